"""Segments are the lines of the log in files; they grow as it does, and lose what is erased."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from factledger import Ledger
from factledger.errors import Damaged, LogError, NewerFormat, NotALedger, NotFound, WriteRefused
from factledger.log.stores import Store, open_store
from factledger.scaling import fold_parts, manifest_in, seal_lines, verify_segments
from factledger.scaling.files import delete_old, delete_unfinished, packed, put_json, write_whole

WORD = "Quixotania"


def actor(number: int, name: str = "A") -> dict[str, object]:
    """Return the record of an actor."""
    return {"kind": "actor", "id": f"a{number}", "category": "group", "names": [f"{name} {number}"]}


@pytest.fixture
def address(tmp_path: Path) -> str:
    """Return the address of a ledger of 21 entries."""
    with Ledger.create(tmp_path / "ledger", origin="sealed") as ledger:
        ledger.append(*(actor(n) for n in range(10)))
        for n in range(10, 20):
            ledger.append(actor(n))
    return str(tmp_path / "ledger")


@pytest.fixture
def store(address: str) -> Store:
    """Return its store."""
    return open_store(address)


def test_segments_hold_the_lines_of_the_log(store: Store, tmp_path: Path) -> None:
    """The lines of all segments, one after another, are those of the log."""
    made = seal_lines(store, tmp_path / "parts", size=8)
    raws = [raw for segment in made.segments for raw in segment.lines(tmp_path / "parts")]
    assert raws == [line.encode() for line in store.read()]
    assert [s.count for s in made.segments] == [8, 8, 5]
    assert manifest_in(tmp_path / "parts") == made


def test_a_full_segment_is_not_written_again(address: str, store: Store, tmp_path: Path) -> None:
    """What is appended makes the last segment longer, and leaves the files before as they are."""
    before = seal_lines(store, tmp_path / "parts", size=8)
    full = [s.path(tmp_path / "parts") for s in before.full()]
    stamps = [path.stat().st_mtime_ns for path in full]
    with Ledger.open(address) as ledger:
        ledger.append(*(actor(n) for n in range(20, 25)))
    told: list[int] = []
    after = seal_lines(open_store(address), tmp_path / "parts", on_progress=told.append)
    assert after.entries == 26
    assert told == [24, 26]
    assert [path.stat().st_mtime_ns for path in full] == stamps
    assert sorted((tmp_path / "parts" / "segments").iterdir()) == sorted(
        s.path(tmp_path / "parts") for s in after.segments
    )


def test_what_is_erased_is_in_no_file(address: str, tmp_path: Path) -> None:
    """Once content is erased from the ledger, the next sealing takes it out of every file."""
    folder = tmp_path / "parts"
    with Ledger.open(address) as ledger:
        [erased] = ledger.append(actor(20, WORD))
        ledger.append(*(actor(n) for n in range(21, 30)))
    seal_lines(open_store(address), folder, size=4)
    fold_parts(folder)
    assert any(WORD.encode() in data for data in contents(folder))
    with Ledger.open(address) as ledger:
        ledger.redact(erased.number, reason="asked for", authority="court")
    seal_lines(open_store(address), folder)
    assert not any(WORD.encode() in data for data in contents(folder))
    assert manifest_in(folder).awaited == ()
    assert verify_segments(folder).entries == 32


def contents(folder: Path) -> list[bytes]:
    """Return what the files below a folder hold, unpacked."""
    import gzip

    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found.append(gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data)
    return found


def test_what_is_said_to_be_erased_and_is_not_is_looked_for_again(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the erasing itself was cut short, the entry is awaited until its content is gone."""
    folder = tmp_path / "parts"
    with Ledger.open(address) as ledger:
        store = ledger._kept.store
        with monkeypatch.context() as broken:
            broken.setattr(type(store), "erase", stopped)
            with pytest.raises(KeyboardInterrupt):
                ledger.redact(3, reason="asked for", authority="court")
    assert seal_lines(open_store(address), folder, size=4).awaited == (3,)
    with Ledger.open(address) as ledger:
        ledger.redact(3, reason="asked for", authority="court")
    assert seal_lines(open_store(address), folder).awaited == ()
    assert b"A 1" not in b"".join(
        raw for raw in manifest_in(folder).segments[0].lines(folder) if b'"seq":3}' in raw
    )


def stopped(*_: object, **__: object) -> None:
    """Stop as if interrupted."""
    raise KeyboardInterrupt


def test_a_folder_is_of_one_ledger(store: Store, tmp_path: Path) -> None:
    """Segments of another ledger, and files that are no segments, are left alone."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    with pytest.raises(WriteRefused, match="it is not empty"):
        seal_lines(store, tmp_path / "other")
    other = Ledger.create(tmp_path / "second", origin="another")
    other.close()
    seal_lines(open_store(str(tmp_path / "second")), tmp_path / "parts")
    with pytest.raises(WriteRefused, match="segments of 'another'"):
        seal_lines(store, tmp_path / "parts")


def test_another_history_is_not_sealed_behind_the_first(tmp_path: Path) -> None:
    """A ledger that does not hold the last line that was sealed is refused."""
    for name in ("one", "two"):
        with Ledger.create(tmp_path / name, origin="same") as ledger:
            ledger.append(actor(1, name))
    seal_lines(open_store(str(tmp_path / "one")), tmp_path / "parts")
    with pytest.raises(Damaged, match="not the entry that was sealed"):
        seal_lines(open_store(str(tmp_path / "two")), tmp_path / "parts")


def test_a_manifest_that_cannot_be_read_is_told(store: Store, tmp_path: Path) -> None:
    """No manifest, a later one, and what is none are each told in a line."""
    with pytest.raises(NotFound, match="scale seal"):
        manifest_in(tmp_path)
    seal_lines(store, tmp_path / "parts")
    path = tmp_path / "parts" / "manifest.json"
    for value, error in (({"form": 2}, NewerFormat), ({"form": 1}, NotALedger), ([], NotALedger)):
        put_json(path, value)
        with pytest.raises(error):
            manifest_in(tmp_path / "parts")
    for text in (b"{", b"[]", b'{"is":"0","value":{"form":1}}'):
        path.write_bytes(text)
        with pytest.raises(LogError, match="delete the folder, and run"):
            manifest_in(tmp_path / "parts")


def test_a_file_that_cannot_be_written_leaves_none(tmp_path: Path) -> None:
    """A refused write names the file, and leaves nothing half-written."""
    (tmp_path / "taken").mkdir()
    with pytest.raises(WriteRefused, match="taken"):
        write_whole(tmp_path / "taken", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_equal_content_is_equal_bytes() -> None:
    """What is packed twice is the same, so a task that ran twice does no harm."""
    assert packed(b"data" * 100) == packed(b"data" * 100)


def test_what_others_put_there_is_neither_written_to_nor_deleted(tmp_path: Path) -> None:
    """Behind a folder that is a link nothing is ours, and what bears no name of ours stays anywhere."""
    mine, ours, left = (
        tmp_path / name
        for name in ("mine.txt", f"{'0' * 32}.json", f".factledger-{'0' * 12}-{'0' * 16}.part")
    )
    mine.write_text("mine")
    (tmp_path / f".mine.txt.{os.getpid()}").symlink_to(mine)
    write_whole(ours, b"ours")
    left.write_bytes(b"left")
    (tmp_path / "folder").symlink_to(tmp_path)
    delete_old(tmp_path / "folder")
    delete_unfinished(tmp_path / "folder")
    assert (ours.read_bytes(), left.exists()) == (b"ours", True)
    delete_old(tmp_path)
    (tmp_path / "room").mkdir()
    deep = tmp_path / "room" / left.name
    deep.write_bytes(b"left")
    delete_unfinished(tmp_path)
    assert not deep.exists()
    assert mine.read_text() == "mine"
    assert not ours.exists()
    assert not left.exists()
