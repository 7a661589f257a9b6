"""Parts of a year: seasons, quarters, and the days that they have."""

from __future__ import annotations

import pytest

from factledger.dates.days import Day
from factledger.dates.edtf import parse
from factledger.dates.seasons import MONTHS


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        *(("21", "2023-03-01", "2023-05-31"), ("22", "2023-06-01", "2023-08-31")),
        *(("23", "2023-09-01", "2023-11-30"), ("24", "2023-12-01", "2024-02-29")),
        *(("25", "2023-03-01", "2023-05-31"), ("26", "2023-06-01", "2023-08-31")),
        *(("27", "2023-09-01", "2023-11-30"), ("28", "2023-12-01", "2024-02-29")),
        *(("29", "2023-09-01", "2023-11-30"), ("30", "2023-12-01", "2024-02-29")),
        *(("31", "2023-03-01", "2023-05-31"), ("32", "2023-06-01", "2023-08-31")),
        *(("33", "2023-01-01", "2023-03-31"), ("34", "2023-04-01", "2023-06-30")),
        *(("35", "2023-07-01", "2023-09-30"), ("36", "2023-10-01", "2023-12-31")),
        *(("37", "2023-01-01", "2023-04-30"), ("38", "2023-05-01", "2023-08-31")),
        *(("39", "2023-09-01", "2023-12-31"), ("40", "2023-01-01", "2023-06-30")),
        ("41", "2023-07-01", "2023-12-31"),
    ],
)
def test_parts_of_a_year(code: str, first: str, last: str) -> None:
    """Seasons are three whole months, a winter ends in the next year, the rest divides a year."""
    found = parse(f"2023-{code}")
    assert (found.earliest, found.latest) == (Day.parse(first), Day.parse(last))
    assert found.precision == "season"


def test_all_parts_of_a_year_are_known() -> None:
    """The codes are 21 to 41."""
    assert list(MONTHS) == [str(code) for code in range(21, 42)]
