"""A spreadsheet of quotes: a row a mark."""

from __future__ import annotations

import pytest

from factledger import Refused
from factledger.intake.marks.quote_rows import row_marks


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_are_named_as_in_a_draft(delimiter: str) -> None:
    """Several actors are parted by semicolons; a column of another name goes into the comment."""
    head = ["Quote", "type", "actor", "when", "note", "Page"]
    rows = [
        ['"She went"', "CONSULT/visit", '"A; B"', "2023", "sure", "7"],
        ["", "", "", "", "", ""],
        ["x"],
    ]
    text = "\n".join(delimiter.join(row) for row in [head, *rows])
    one, other = row_marks(f"\ufeff{text}\n", "q.csv")
    assert (one.where, one.quote, one.comment) == ("q.csv: row 2", "She went", "sure page: 7")
    assert one.fields == {"type": "CONSULT", "mode": "visit", "actor": ["A", "B"], "when": "2023"}
    assert (other.where, other.quote, other.fields) == ("q.csv: row 4", "x", {})


@pytest.mark.parametrize(("text", "found"), [("", "nothing"), ("a,b\n", "a, b")])
def test_a_table_without_quotes_is_told(text: str, found: str) -> None:
    """With the columns that it has."""
    with pytest.raises(
        Refused, match=f"q.csv:1: draft-readable: wanted a column 'quote', found {found}"
    ):
        row_marks(text, "q.csv")
