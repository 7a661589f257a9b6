"""`factledger copy`: from one store into another, and what is refused."""

from __future__ import annotations

from pathlib import Path

from cli_tools import DEMO, run
from factledger import Ledger


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
