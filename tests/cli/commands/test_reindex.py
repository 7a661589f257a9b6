"""`factledger reindex`: how much there is to do."""

from __future__ import annotations

from pathlib import Path

from cli_tools import DEMO, run


def test_reindex_says_how_many(copied: Path, tmp_path: Path) -> None:
    """The entries are counted; a ledger in a file keeps no index, and that is no fault."""
    said = run("reindex", "-l", str(copied))
    assert (said.code, said.out) == (0, "75 entries indexed\n")
    run("init", str(tmp_path / "one.db"))
    assert run("reindex", "-l", str(tmp_path / "one.db")).out == "1 entry indexed\n"
    said = run("reindex", "-l", DEMO)
    assert (said.code, said.out) == (0, f"{DEMO}/ledger.jsonl keeps no index\n")
