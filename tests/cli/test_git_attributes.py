"""What git is told of the lines of a ledger."""

from __future__ import annotations

from pathlib import Path

from factledger.cli.git_attributes import write_attributes


def test_attributes_that_are_there_are_kept(tmp_path: Path) -> None:
    """A folder whose .gitattributes has the line already is left alone."""
    write_attributes(tmp_path)
    before = (tmp_path / ".gitattributes").stat().st_mtime_ns
    write_attributes(tmp_path)
    assert (tmp_path / ".gitattributes").stat().st_mtime_ns == before
