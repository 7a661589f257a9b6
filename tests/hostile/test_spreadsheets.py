"""Spreadsheets: no cell of an export is run, and a table stays a table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from cli_tools import run
from factledger.text import show, spreadsheet_cell
from hostile_tools import forged

FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A",
    "=HYPERLINK(\"http://evil.example\",\"x\")", "=cmd|' /C calc'!A0", "=1\n2", '=1","=2', "==1",
    "said;=1+1", 'said;"=1+1', "said\n=1+1", 'said\n"=1', ";;@A",
]  # fmt: skip
STARTS = tuple("=+-@\t\r\n\0＝＋－＠")


@pytest.mark.parametrize("words", [("export",), ("log",), ("asof", "2021", "--all")], ids=" ".join)
def test_no_cell_begins_as_a_formula(words: tuple[str, ...], tmp_path: Path) -> None:
    """Read back, each cell of a CSV stands in its column, and none begins as a formula does."""
    cited = [{"source": "s", "locator": text} for text in FORMULAS[:3]]
    path = forged(
        tmp_path,
        [
            {"kind": "source", "id": "s", "title": FORMULAS[0]},
            {"kind": "actor", "id": "a", "category": "person", "names": FORMULAS},
            *(
                {
                    "kind": "event", "type": "CONSULT", "mode": text, "value": text, "text": text, "label": text,
                    "when": "2020", "citations": cited, "participants": [{"role": "actor", "actor": text}],
                }
                for text in FORMULAS
            ),
        ],
    )  # fmt: skip
    said = run(*words, "--format", "csv", "-l", str(path))
    assert said.code == 0
    header, *rows = csv.reader(io.StringIO(said.out, newline=""), strict=True)
    assert {len(row) for row in rows} == {len(header)}
    assert [cell for row in rows for cell in row if cell.startswith(STARTS)] == []
    texts = [row[header.index("label")] for row in rows if row[header.index("type")] == "CONSULT"]
    shown = [spreadsheet_cell(show(text, newlines=True)) for text in FORMULAS]
    assert sorted(texts) == sorted(shown)
    assert [cell for cell in parted_at_semicolons(said.out) if cell.startswith(STARTS)] == []


def parted_at_semicolons(text: str) -> list[str]:
    """Return the cells of a spreadsheet that parts them so, and takes quotes inside for text."""
    return [cell.lstrip('"') for line in text.split("\n") for cell in line.split(";")]
