"""The texts of sources beside a ledger: given once, used everywhere, erased with their source."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from factledger import Ledger, NotFound, Refused, WriteRefused
from factledger.ledger.texts import KeptTexts

TEXT = "He left. Ada Lorn visited Ombra on 2 May 2021. Why?"
SOURCE = {
    "kind": "source",
    "id": "s",
    "title": "S",
    "published": "2021-05-03",
    "licence": "CC0-1.0",
}
ACTOR = {"kind": "actor", "id": "A", "category": "person", "names": ["Ada Lorn"]}
VISIT = {
    "kind": "event", "type": "CONSULT", "actor": "A", "when": "2021-05-02", "source": "s",
    "quote": "visited Ombra on 2 May 2021",
}  # fmt: skip


def opened(where: Path, **source: Any) -> Ledger:
    """Return a new ledger in a file, with a source whose text it keeps, and an actor."""
    ledger = Ledger.create(where, origin="o")
    ledger.append({**SOURCE, **source}, ACTOR, texts={"s": TEXT})
    ledger.texts.keep("s", TEXT)
    return ledger


@pytest.fixture(params=["folder", "kept.jsonl", "kept.db"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    """Return a ledger that keeps a text, in a folder, a file of lines or a file of SQLite."""
    return opened(tmp_path / request.param)


def test_a_text_is_given_once(ledger: Ledger) -> None:
    """A quote is proved by the text that is kept; what was cited can be shown in its sentence."""
    [entry] = ledger.append(VISIT)
    [cited] = entry.record.citations  # type: ignore[union-attr]
    assert (cited.start, cited.end) == (18, 45)
    assert str(ledger.passage(cited)) == "Ada Lorn ‹visited Ombra on 2 May 2021›."
    assert ledger.text("s") == TEXT
    with pytest.raises(Refused, match="quote-found"):
        ledger.append({**VISIT, "quote": "visited Ombra on 3 May 2021"})


def test_each_ledger_has_a_place_of_its_own(tmp_path: Path) -> None:
    """Beside a `ledger.jsonl` it is `texts`, beside another file that with `.texts`; else there is none."""
    for address, folder in (
        ("l/ledger.jsonl", "l/texts"),
        ("m.db", "m.db.texts"),
        ("n.jsonl", "n.jsonl.texts"),
    ):
        assert KeptTexts.beside(str(tmp_path / address)).folder == tmp_path / folder
    for address in ("memory:", "postgresql://host/news/l"):
        kept = KeptTexts.beside(address)
        assert (kept.folder, kept.get("s"), kept.forget("s")) == (None, None, False)
        with pytest.raises(
            NotFound, match="a place for the text: not found; this ledger keeps none"
        ):
            kept.keep("s", TEXT)
        with pytest.raises(NotFound, match="a place for the text"):
            kept.refer("s", tmp_path)


def test_another_text_than_the_cited_one_is_none(ledger: Ledger) -> None:
    """A file that somebody changed proves nothing and is not shown."""
    [entry] = ledger.append(VISIT)
    path = ledger.texts.path("s")
    assert path is not None
    path.write_text(f"{TEXT} And more.")
    assert ledger.text("s") is None
    assert ledger.passage(entry.record.citations[0]) is None  # type: ignore[union-attr]
    with pytest.raises(Refused, match="source-text: the text given for source 's' does not have"):
        ledger.append({**VISIT, "when": "2021-05"})


def test_a_file_that_cannot_be_read_is_no_text(ledger: Ledger, tmp_path: Path) -> None:
    """Nor are a link, bytes that are no UTF-8, a folder, and what no source is called."""
    path = ledger.texts.path("s")
    assert path is not None
    path.write_bytes(b"\xff")
    assert ledger.text("s") is None
    path.unlink()
    (tmp_path / "elsewhere.txt").write_text(TEXT)
    path.symlink_to(tmp_path / "elsewhere.txt")
    assert ledger.texts.get("s") is None
    path.unlink()
    path.mkdir()
    assert ledger.texts.get("s") is None
    assert ledger.texts.get("../s") is None
    assert not ledger.texts.forget("unknown")
    assert ledger.text("unknown") is None


def test_a_place_without_words_has_no_passage(ledger: Ledger) -> None:
    """A page has none, nor has a source without a text."""
    page = {name: held for name, held in VISIT.items() if name != "quote"}
    [entry] = ledger.append({**page, "locator": "p. 1"})
    assert ledger.passage(entry.record.citations[0]) is None  # type: ignore[union-attr]
    [quoted] = ledger.append(VISIT)
    ledger.texts.forget("s")
    assert ledger.passage(quoted.record.citations[0]) is None  # type: ignore[union-attr]


def test_of_a_sealed_text_only_the_place_is_noted(tmp_path: Path) -> None:
    """It proves passages, and leaves the ledger no word; forgotten, it stays where it is."""
    ledger = Ledger.create(tmp_path / "l", origin="o")
    text = tmp_path / "private.txt"
    text.write_text(TEXT)
    ledger.append({**SOURCE, "policy": "sealed"}, ACTOR, texts={"s": TEXT})
    ledger.texts.refer("s", text)
    [entry] = ledger.append(VISIT)
    assert entry.record.citations[0].sealed  # type: ignore[union-attr]
    assert not ledger.texts.kept_inside("s")
    noted = tmp_path / "l/texts/outside.json"
    hashed = hashlib.sha256(TEXT.encode()).hexdigest()
    assert json.loads(noted.read_text()) == {"s": {"path": str(text), "sha256": hashed}}
    kept = [
        p for p in (tmp_path / "l").rglob("*") if p.is_file() and b"visited Ombra" in p.read_bytes()
    ]
    assert kept == []
    assert ledger.texts.forget("s")
    assert (ledger.text("s"), text.read_text(), json.loads(noted.read_text())) == (None, TEXT, {})


def test_a_folder_that_was_handed_over_names_no_file_of_its_reader(tmp_path: Path) -> None:
    """Whoever makes the note of places cannot know the hash of a text that is not his, so none of it is shown."""
    ledger = Ledger.create(tmp_path / "l", origin="o")
    ledger.append({"kind": "source", "id": "s", "title": "S"}, ACTOR)
    [entry] = ledger.append(VISIT, texts={"s": TEXT})
    secret, folder = tmp_path / "secret", tmp_path / "l/texts"
    secret.write_text("The words of a private key")
    folder.mkdir()
    for noted in (str(secret), {"path": str(secret)}, {"path": str(secret), "sha256": "0" * 64}):
        (folder / "outside.json").write_text(json.dumps({"s": noted}))
        assert ledger.text("s") is None
        assert ledger.passage(entry.record.citations[0]) is None  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["outside.json", "s.txt"])
def test_nobody_waits_for_a_pipe_beside_the_ledger(tmp_path: Path, name: str) -> None:
    """What stands under the name of a text, or of the note of places, is read if it is a file."""
    kept = KeptTexts.beside(str(tmp_path / "ledger.jsonl"))
    (tmp_path / "texts").mkdir()
    os.mkfifo(tmp_path / "texts" / name)
    assert kept.get("s") is None


@pytest.mark.parametrize(
    "noted", ["{", "[]", '{"s": 7}', '{"s": {"path": 7, "sha256": ""}}', "[" * 9000]
)
def test_a_note_that_says_nothing_is_none(tmp_path: Path, noted: str) -> None:
    """Whatever stands in the file of places, it names no text."""
    ledger = Ledger.create(tmp_path / "l", origin="o")
    (tmp_path / "l/texts").mkdir()
    (tmp_path / "l/texts/outside.json").write_text(noted)
    assert ledger.texts.path("s") is None


def test_erasing_a_source_takes_its_text_along(ledger: Ledger, tmp_path: Path) -> None:
    """The words that were erased are nowhere."""
    ledger.append(VISIT)
    ledger.redact(2, 4, reason="asked for", authority="the editor")
    ledger.close()
    held = [p for p in tmp_path.rglob("*") if p.is_file() and b"visited Ombra" in p.read_bytes()]
    assert held == []


def test_a_text_that_holds_what_is_erased_is_told(tmp_path: Path) -> None:
    """A claim whose words are kept in a text is not erased before that is taken away, unless on purpose."""
    ledger = Ledger.create(tmp_path / "l", origin="o")
    ledger.append(SOURCE, ACTOR)
    ledger.append(VISIT, texts={"s": TEXT})
    ledger.texts.keep("s", TEXT)
    why: dict[str, Any] = {"reason": "asked for", "authority": "the editor"}
    told = "the text that is kept of source 's' holds its words; 'factledger source forget s' takes"
    with pytest.raises(Refused, match=told):
        ledger.redact(4, **why)
    assert len(ledger) == 4
    assert "the text that is kept of source 's' in #2" in map(str, ledger.traces(4))
    ledger.redact(4, **why, leave_traces=True)
    assert ledger.text("s") == TEXT
    ledger.append({**VISIT, "when": "2021-05"})
    assert ledger.texts.forget("s")
    ledger.redact(6, **why)
    assert not [
        p for p in (tmp_path / "l").rglob("*") if p.is_file() and b"visited" in p.read_bytes()
    ]


def test_a_disk_that_fails_keeps_the_text_that_is_there(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither half a text nor none: what could not be done is said."""

    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(WriteRefused, match="no space left"):
        ledger.texts.keep("s", "another")
    monkeypatch.undo()
    assert ledger.text("s") == TEXT
