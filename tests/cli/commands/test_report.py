"""`factledger report`: Markdown and CSL-JSON, to files or to standard output."""

from __future__ import annotations

import json
from pathlib import Path

from cli_tools import run, small_ledger


def test_report_and_bibliography_are_written(tmp_path: Path) -> None:
    """The report to one file, the sources that it cites to another."""
    small_ledger(tmp_path)
    files = [str(tmp_path / "report.md"), str(tmp_path / "sources.json")]
    said = run("report", "2023-04-01", "-o", files[0], "--csl", files[1], "-l", str(tmp_path))
    assert (said.code, said.out, said.err) == (0, "", "")
    assert "1. *Two capitals*, The Gazette, November 2024" in Path(files[0]).read_text(
        encoding="utf-8"
    )
    assert [item["id"] for item in json.loads(Path(files[1]).read_text())] == ["gazette"]


def test_report_of_a_relationship_goes_to_standard_output(tmp_path: Path) -> None:
    """Without a file it is printed."""
    small_ledger(tmp_path)
    said = run("report", "2023-04-01", "--between", "JPN", "RUS", "-l", str(tmp_path))
    assert said.out.startswith("# Japan and Russia on 1 April 2023, from 1 source\n")


def test_erased_content_is_told(tmp_path: Path) -> None:
    """What is not known any more has a part of its own; an erased source keeps its id."""
    small_ledger(tmp_path)
    words = ("--reason", "personal data", "--authority", "a court", "--yes", "-l", str(tmp_path))
    assert run("redact", "9", *words).code == 0
    said = run("report", "2023-04-01", "-l", str(tmp_path))
    assert "## Not known any more\n\n- **redacted** · #9 was redacted" in said.out.replace("\\", "")
