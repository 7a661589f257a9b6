"""What a row comes to, as a line of a file and read again."""

from __future__ import annotations

from factledger.dates.historical.readings import Question
from factledger.errors import Problem
from factledger.intake.batches import MappedRow
from factledger.intake.parts.step_lines import mapped_row_lines, mapped_rows_of
from factledger.intake.reading.dating import FieldDate
from factledger.intake.reading.row import FileRow
from factledger.intake.row_steps import RowStep


def test_whatever_a_row_comes_to_is_read_again() -> None:
    """Nothing, a problem, and a step with a date that a person is asked about."""
    asked = FieldDate("since", Question("1/2/1400", "order", (("day", "1400-02-01"),)))
    step = RowStep(
        where="f.csv:4", operation="assert", label="t-1", at=None, source="s", locator="row 4",
        claim={"kind": "state"}, words={}, row=FileRow(4, "0" * 64, {"since": "1/2/1400"}, place="row 4"),
        dates=(asked,), rule=0, series=None, width=None, disputed=None, tried=False,
    )  # fmt: skip
    rows: list[MappedRow] = [None, Problem("f.csv:3", "record-form", "what is wrong"), step]
    assert [*mapped_rows_of(mapped_row_lines(rows), "f.csv")] == rows
