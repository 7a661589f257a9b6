"""What is beside a ledger and holds the words of what is erased from it: named, for `redact` does not reach it."""

from __future__ import annotations

import json
from pathlib import Path

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


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("wrong.csv", f'1,2021,"{QUOTE}"\n'.encode()),
        ("export.json", json.dumps({"quote": QUOTE}).encode()),
        ("export.jsonl", json.dumps({"quote": QUOTE}, ensure_ascii=False).encode()),
        ("torn-3", b"\x00\xff" + QUOTE.encode()),
        ("report.md", b"About ADA  LORN, and others"),
        ("ledger.jsonl.part", QUOTE.encode()),
    ],
)
def test_other_files_beside_it_are_named(
    ledger: Ledger, tmp_path: Path, name: str, data: bytes
) -> None:
    """Rejected rows, exports, torn lines: whatever stands between the words, they are found."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "other.md").write_text("Ada Lorna visited Ombra")
    (tmp_path / "article.txt").write_text(QUOTE)
    assert ledger.told_beside(3, 5) == (tmp_path / name,)


def test_copies_of_the_ledger_are_named(ledger: Ledger, tmp_path: Path) -> None:
    """A copy in either store holds the words, but the ledger does not tell of itself."""
    for name in ("copy.jsonl", "copy.db"):
        assert run("copy", ledger.address, str(tmp_path / name)).code == 0
    assert ledger.told_beside(5) == (tmp_path / "copy.db", tmp_path / "copy.jsonl")


def test_what_cannot_be_searched_is_passed_over(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link, a folder, a file that is too large: nothing is followed, and nothing ends the search."""
    (tmp_path / "large.csv").write_text(QUOTE * 100)
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
