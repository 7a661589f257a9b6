"""What is beside a ledger and holds the words of what is erased from it: named, for `redact` does not reach it."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from html import escape
from os import urandom
from pathlib import Path
from unicodedata import normalize

import pytest

from cli_tools import run
from factledger import Ledger
from factledger.intake.adding.kept_draft import KeptDraft
from factledger.ledger.erasing import told_beside

NAMES = ["ledger.jsonl", "kept.jsonl", "kept.db"]
QUOTE = "Ada\nLorn \u201cvisited\u201d Ombra on 2\u00a0May 2021"
VISIT = {
    "kind": "event", "type": "CONSULT", "actor": "A", "when": "2021-05-02", "source": "s",
    "quote": QUOTE,
}  # fmt: skip


@pytest.fixture(params=NAMES)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    """A ledger whose fifth entry is the visit, the fourth of it by somebody whose name is short."""
    made = Ledger.create(tmp_path / request.param, origin="o")
    made.append(
        {"kind": "source", "id": "s", "title": "S"},
        {"kind": "actor", "id": "A", "category": "person", "names": ["Ada Lorn"]},
        {"kind": "actor", "id": "B", "category": "person", "names": ["Bo"]},
        VISIT,
        unproved=True,
    )
    return made


def test_a_draft_that_waits_is_named(ledger: Ledger, tmp_path: Path) -> None:
    """A claim that waits with the words of an erased one would come back with the next append."""
    draft = KeptDraft.beside(ledger.address, "s")
    draft.add([{**VISIT, "when": "2021"}])
    assert ledger.told_beside(5) == (draft.path,)
    assert ledger.told_beside(4) == ()
    said = run("redact", "5", "-l", ledger.address, "--reason", "r", "--authority", "a", "--yes")
    assert said.code == 0
    told = f"still told: the words in {draft.path}; take the words out of it, or delete it"
    assert told in said.out.splitlines()
    assert draft.path.exists()
    ledger.refresh()
    assert ledger.told_beside(5) == ()  # once they are erased, nobody knows what to look for


BESIDE = {
    "wrong.csv": f'1,2021,"{QUOTE}"\n'.encode(),
    "export.json": json.dumps({"quote": QUOTE}).encode(),
    "sheet.csv": QUOTE.encode("utf-16"),
    "page.html": b"<p>Ada Lorn &ldquo;visited&rdquo; Ombra on 2&nbsp;May 2021</p>",
    "rows.csv.gz": gzip.compress(b"1;" + QUOTE.encode()),
    "rows.csv.xz": lzma.compress(b"1;" + QUOTE.encode()),
    "rows.csv.bz2": bz2.compress(b"1;" + QUOTE.encode()),
    "torn.csv.gz": gzip.compress(QUOTE.encode() + b" " + urandom(90_000))[:-9],
    "export.jsonl": json.dumps({"quote": QUOTE}, ensure_ascii=False).encode(),
    "torn-3": b"\x00\xff" + QUOTE.encode(),
    "report.md": b"About ADA  LORN, and others",
    "ledger.jsonl.part": QUOTE.encode(),
}


@pytest.mark.parametrize("name", BESIDE)
def test_other_files_beside_it_are_named(ledger: Ledger, tmp_path: Path, name: str) -> None:
    """Rejected rows, exports, torn lines: whatever stands between the words, they are found."""
    (tmp_path / name).write_bytes(BESIDE[name])
    (tmp_path / "other.md").write_text("Ada Lorna visited Ombra")
    (tmp_path / "article.txt").write_text(QUOTE)
    assert ledger.told_beside(*((3, 5) if name == "report.md" else (5,))) == (tmp_path / name,)


@pytest.mark.parametrize("name", ["Zo\u00eb Brontë", "O’Brien", "Ελένη", "\U0001d4d0da & Lorn"])
def test_names_are_found_however_they_are_written(tmp_path: Path, name: str) -> None:
    """A letter may be written by its number, as one of HTML, or in parts."""
    with Ledger.create(tmp_path / "ledger.jsonl", origin="o") as ledger:
        ledger.append({"kind": "actor", "id": "A", "category": "person", "names": [name]})
        ways = {
            "a.json": json.dumps(name), "b.html": escape(name), "d.csv": normalize("NFD", name),
            "c.html": name.encode("ascii", "xmlcharrefreplace").decode(),
        }  # fmt: skip
        for file, text in ways.items():
            (tmp_path / file).write_text(f"<{text}>", encoding="utf-8")
        assert ledger.told_beside(2) == tuple(tmp_path / file for file in sorted(ways))


def test_copies_of_the_ledger_are_named(ledger: Ledger, tmp_path: Path) -> None:
    """A copy in either store holds the words, but the ledger does not tell of itself."""
    for name in ("copy.jsonl", "copy.db"):
        assert run("copy", ledger.address, str(tmp_path / name)).code == 0
    assert ledger.told_beside(5) == (tmp_path / "copy.db", tmp_path / "copy.jsonl")


def test_what_cannot_be_searched_is_passed_over(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link, a folder, what comes late in a large file: nothing is followed, and nothing ends the search."""
    (tmp_path / "large.csv").write_text(QUOTE * 100)
    (tmp_path / "large.csv.xz").write_bytes(lzma.compress(bytes(90_000) + QUOTE.encode()))
    (tmp_path / "none.gz").write_bytes(b"no such thing")
    (tmp_path / "linked.csv").symlink_to("/dev/zero")
    (tmp_path / "folder").mkdir()
    monkeypatch.setattr(told_beside, "SEARCHED", 10)
    assert ledger.told_beside(5) == ()


def test_a_ledger_in_memory_has_nothing_beside_it() -> None:
    """Where there is no folder, nothing is looked for."""
    with Ledger.create("memory:", origin="o") as ledger:
        assert ledger.told_beside(1) == ()


def test_a_file_that_goes_away_while_it_is_searched_holds_nothing(tmp_path: Path) -> None:
    """What was there when the folder was listed may be gone when it is read."""
    assert told_beside._held(tmp_path / "gone") == ""


def test_other_names_of_the_file_are_told(tmp_path: Path) -> None:
    """A file of lines is replaced, so a hard link, as some backups are, keeps what was erased; a SQLite file is not."""
    for name, told in (("x.jsonl", True), ("x.db", False)):
        path, other = tmp_path / name, tmp_path / f"other-{name}"
        with Ledger.create(path, origin="o") as made:
            made.append({"kind": "actor", "id": "A", "category": "person", "names": ["Ada Lorn"]})
        other.hardlink_to(path)
        said = run("redact", "2", "-l", str(path), "--reason", "r", "--authority", "a", "--yes")
        line = f"still told: {path} has another name (a hard link), which keeps all of it; delete what they name"
        assert (line in said.out.splitlines(), b"Ada Lorn" in other.read_bytes()) == (told, told)
    assert told_beside.names_that_keep("memory:") == 0
