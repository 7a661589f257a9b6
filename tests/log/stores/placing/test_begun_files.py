"""Files on their way: nobody else's is written to or deleted, and none of ours is left."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from factledger.log.stores.files import Access
from factledger.log.stores.placing import begun_files
from factledger.log.stores.placing.begun_files import (
    begun_beside,
    begun_file,
    begun_path,
    delete_left,
    only_one,
    write_durably,
    write_new,
)
from processes import in_child


def put(path: Path, data: bytes = b"new") -> None:
    """Write a file durably."""
    write_durably(path, data, os.fsync, Access(0o600))


@pytest.mark.parametrize("name", ["x.part", ".x.part", "x.factledger.part", ".factledger-x.part"])
def test_what_somebody_named_so_stays(name: str, tmp_path: Path) -> None:
    """A file of somebody that has a name as a part might have it is neither written to nor deleted."""
    (tmp_path / name).write_bytes(b"theirs")
    put(tmp_path / "x")
    assert (tmp_path / name).read_bytes() == b"theirs"
    assert {path.name for path in tmp_path.iterdir()} == {"x", name}


def test_what_a_killed_process_left_is_deleted(tmp_path: Path) -> None:
    """Whoever writes to a place next deletes what was left for it, and nothing that was left for another."""
    mine, others = begun_path(tmp_path / "x"), begun_path(tmp_path / "y")
    folder = begun_path(tmp_path / "x")
    (folder / "day").mkdir(parents=True)
    for path in (mine, others, folder / "day" / "page.html"):
        path.write_bytes(b"left")
    put(tmp_path / "x")
    assert {path.name for path in tmp_path.iterdir()} == {"x", others.name}


def test_what_a_process_is_at_stays(tmp_path: Path) -> None:
    """Two that write to one place write to files of their own, and the last one takes the place."""
    with begun_file(tmp_path / "x") as first:
        put(tmp_path / "x")
        os.write(first.fd, b"later")
        first.take(tmp_path / "x")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x", b"later")]


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.symlink("/dev/null", path)])
def test_what_is_no_file_is_not_waited_for(make: Callable[[Path], None], tmp_path: Path) -> None:
    """A pipe or a link under the name of a part is none that was left."""
    path = begun_path(tmp_path / "x")
    make(path)
    put(tmp_path / "x")
    assert os.path.lexists(path)


def test_a_part_that_is_taken_away_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between being made and being held a part may be taken for one that was left; another is made."""
    made: list[Path] = []

    def swept(fd: int) -> bool:
        if not made:
            made.extend(begun_beside(tmp_path / "x"))
            made[0].unlink()
        return only_one(fd)

    monkeypatch.setattr(begun_files, "only_one", swept)
    put(tmp_path / "x")
    assert len(made) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_part_that_cannot_be_told_from_others_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk does not say which file was made, it is gone, and that is told."""

    def refuse(status: object) -> None:
        raise OSError(116, "Stale file handle")

    with monkeypatch.context() as patched:
        patched.setattr(begun_files, "identity_of", refuse)
        with pytest.raises(OSError, match="Stale"):
            put(tmp_path / "x")
    assert not [*tmp_path.iterdir()]


def test_a_part_goes_also_where_the_disk_does_not_say_which_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the end a part of ours goes unless another is seen to have taken its name."""
    with monkeypatch.context() as patched, begun_file(tmp_path / "x"):
        patched.setattr(begun_files, "identity_at", lambda path: None)
    assert not [*tmp_path.iterdir()]


def test_parts_that_are_always_taken_away_are_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every part is taken away at once, that is told, and nobody goes on for ever."""
    monkeypatch.setattr(begun_files, "only_one", lambda fd: False)
    with pytest.raises(FileNotFoundError, match="again and again"):
        put(tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_another_that_took_the_name_of_a_part_stays(tmp_path: Path) -> None:
    """At the end only what was made is deleted, not what somebody put in its place."""
    with begun_file(tmp_path / "x") as part:
        part.path.unlink()
        part.path.write_bytes(b"theirs")
    assert part.path.read_bytes() == b"theirs"


def test_a_process_forked_inside_deletes_nothing(tmp_path: Path) -> None:
    """A process that is forked while a file is begun leaves it to the one that began it."""
    with ExitStack() as begun:
        part = begun.enter_context(begun_file(tmp_path / "x"))
        assert in_child(begun.close) == "None"
        assert part.path.exists()


def test_a_new_file_is_written_over_nothing(tmp_path: Path) -> None:
    """A file that came meanwhile is not written over, whether the disk knows second names or not."""
    (tmp_path / "x").write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "x", b"mine", os.fsync)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x", b"theirs")]


@pytest.mark.parametrize("there", [False, True])
def test_a_disk_without_second_names(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a file can have one name only, it is given that name, but for one that is there."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "no second name")

    monkeypatch.setattr(os, "link", refuse)
    if there:
        (tmp_path / "x").symlink_to("nowhere")
        with pytest.raises(FileExistsError):
            write_new(tmp_path / "x", b"mine", os.fsync)
    else:
        write_new(tmp_path / "x", b"mine", os.fsync)
        assert (tmp_path / "x").read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_new_file_whose_name_may_be_lost_is_taken_back(tmp_path: Path) -> None:
    """Where the folder cannot be synced the refusal is true: no file is there."""
    calls: list[int] = []

    def sync(fd: int) -> None:
        calls.append(fd)
        if len(calls) == 2:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        write_new(tmp_path / "x", b"mine", sync)
    assert not [*tmp_path.iterdir()]


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file can be locked, files are written all the same."""

    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    put(tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == b"new"


def test_a_folder_that_cannot_be_looked_into_has_no_parts(tmp_path: Path) -> None:
    """Where the names in a folder are not told, nothing is deleted."""
    assert not [*begun_beside(tmp_path / "none" / "x")]
    delete_left([tmp_path / "none"])


def test_a_part_fits_beside_the_longest_name(tmp_path: Path) -> None:
    """A name of as many bytes as a file system takes has parts too."""
    put(tmp_path / ("x" * 255))
    assert len(begun_path(tmp_path / ("x" * 255)).name) < 60
