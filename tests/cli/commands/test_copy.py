"""`factledger copy`, `reindex` and `verify --index`: what they say, and the codes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cli_tools import ROOT, run
from factledger import Ledger

DEMO = str(ROOT / "ledgers/japan-ukraine")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a ledger in SQLite: a copy of the example."""
    assert run("copy", DEMO, str(tmp_path / "x.db")).code == 0
    return tmp_path / "x.db"


def changed(path: Path, statement: str) -> None:
    """Change the file with another program."""
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()


def test_copy_there_and_back(tmp_path: Path) -> None:
    """A folder into SQLite and back is the same file, byte for byte, with what git must know."""
    head = Ledger.open(DEMO).head
    said = run("copy", DEMO, str(tmp_path / "x.db"))
    assert said.out == f"copied #1-#75 to {tmp_path / 'x.db'}, head {head}\n"
    run("copy", str(tmp_path / "x.db"), str(tmp_path / "back"))
    original = Path(DEMO, "ledger.jsonl").read_bytes()
    assert (tmp_path / "back/ledger.jsonl").read_bytes() == original
    assert "-text" in (tmp_path / "back/.gitattributes").read_text()
    assert not (tmp_path / ".gitattributes").exists()
    again = run("copy", str(tmp_path / "x.db"), str(tmp_path / "back"))
    assert (again.code, again.out) == (0, f"nothing new for {tmp_path / 'back'}, head {head}\n")


def test_a_copy_answers_alike(copied: Path) -> None:
    """The same question to both gives the same lines."""
    assert (
        run("-l", str(copied), "asof", "2023-04-01").out
        == run("-l", DEMO, "asof", "2023-04-01").out
    )


def test_copy_of_nothing_is_misuse(tmp_path: Path) -> None:
    """Where there is no ledger to copy, nothing is made."""
    said = run("copy", str(tmp_path / "none"), str(tmp_path / "x.db"))
    assert said.code == 2
    assert "not found" in said.err
    assert list(tmp_path.iterdir()) == []


def test_copy_into_another_ledger_is_refused(copied: Path, tmp_path: Path) -> None:
    """One line says at which entry they part, and to do what."""
    run("init", str(tmp_path / "other.db"))
    said = run("copy", DEMO, str(tmp_path / "other.db"))
    assert (said.code, said.err) == (
        1,
        f"{tmp_path / 'other.db'}: cannot write: its entry 1 is not that of {DEMO}/ledger.jsonl; "
        "name another place for the copy; nothing was written\n",
    )


def test_reindex_says_how_many(copied: Path, tmp_path: Path) -> None:
    """The entries are counted; a ledger in a file keeps no index, and that is no fault."""
    said = run("reindex", "-l", str(copied))
    assert (said.code, said.out) == (0, "75 entries indexed\n")
    run("init", str(tmp_path / "one.db"))
    assert run("reindex", "-l", str(tmp_path / "one.db")).out == "1 entry indexed\n"
    said = run("reindex", "-l", DEMO)
    assert (said.code, said.out) == (0, f"{DEMO}/ledger.jsonl keeps no index\n")


def test_verify_of_an_index(copied: Path) -> None:
    """A row that differs from the one that the lines make is a problem, and the code is 1."""
    assert run("verify", "--index", "-l", str(copied)).out.startswith("75 entries verified, head ")
    changed(copied, "DELETE FROM posting WHERE list = 'label' AND key = 'c09'")
    assert run("verify", "-l", str(copied)).code == 0
    said = run("verify", "--index", "-l", str(copied))
    assert (said.code, said.out) == (1, f"{copied}: index-agrees: posting: missing: label c09 31\n")
    run("reindex", "-l", str(copied))
    assert run("verify", "--index", "-l", str(copied)).code == 0
    assert run("verify", "--index", "-l", DEMO).code == 0


def test_verify_of_an_index_that_is_behind(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that lacks entries is a problem; no text is asked about, for it would tell half."""
    changed(copied, "DROP TABLE progress")
    monkeypatch.setattr("factledger.ledger.indexed_store._BEHIND", 10)
    said = run("verify", "-l", str(copied), "--text", str(tmp_path / "none.txt"))
    assert (said.code, said.out) == (
        1,
        f"{copied}: index-complete: the index ends at entry 0, the log at entry 75; "
        "'factledger reindex' brings it up\n",
    )
    assert run("log", "-l", str(copied)).code == 1
    assert run("reindex", "-l", str(copied)).out == "75 entries indexed\n"
    assert run("log", "-l", str(copied)).code == 0


def test_a_changed_line_is_damage(copied: Path) -> None:
    """A line that another program changed does not verify, and the entry is named."""
    for statement in (
        "DROP TRIGGER record_unchanged",
        "UPDATE record SET salt = salt || '' WHERE seq = 9",
    ):
        changed(copied, statement)
    assert run("verify", "-l", str(copied)).code == 0
    changed(copied, "UPDATE record SET body = replace(body, '1', '2') WHERE seq = 29")
    said = run("verify", "-l", str(copied))
    assert said.code == 1
    assert said.err.startswith(f"{copied}:29: damaged: ")


def test_init_of_a_ledger_in_sqlite(tmp_path: Path) -> None:
    """A path that ends in .db is a file, its name the origin, and git needs to know nothing."""
    assert (
        run("init", str(tmp_path / "large.db")).out
        == f"made {tmp_path / 'large.db'}, with entry #1\n"
    )
    header = Ledger.open(tmp_path / "large.db").header
    assert header is not None
    assert header.origin == "large"
    assert not (tmp_path / ".gitattributes").exists()
