"""Ends that are not included, as the last day that is."""

from __future__ import annotations

import pytest
from hypothesis import given

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.dates.edtf import parse, parse_endpoint
from factledger.dates.ends import eve_of, last_before
from factledger.errors import DateError
from factledger.testing.strategies.dates import dates


@pytest.mark.parametrize(
    ("date", "last"),
    [
        ("2001-09-30", "2001-09-29"),
        ("2001-03-01", "2001-02-28"),
        ("2000-03-01", "2000-02-29"),
        ("2001-09", "2001-08-31"),
        ("2001", "2000-12-31"),
        ("2001-21", "2001-02-28"),
        ("2001-09-30~", "2001-09-29~"),
        ("2001?", "2000-12-31?"),
        ("2001?-09~", "2001-08-31%"),
        ("0000", "-0001-12-31"),
        ("..", ".."),
        ("", ""),
    ],
)
def test_the_last_day_before_a_date(date: str, last: str) -> None:
    """It is the day before the first that the date can mean; what is open stays open."""
    assert last_before(date).text == last_before(parse_endpoint(date)).text == last


@pytest.mark.parametrize("date", ["200X", "2001-XX", "[2001,2003]"])
def test_what_does_not_say_where_it_begins_has_no_day_before(date: str) -> None:
    """It is refused, with what to write."""
    with pytest.raises(DateError, match="write in 'until' the last day that is included"):
        last_before(date)


@pytest.mark.parametrize("date", ["2001/2002", "{2001,2003}"])
def test_what_is_no_end_has_no_day_before(date: str) -> None:
    """It is refused as the end of a state is."""
    with pytest.raises(DateError, match="an end is one date"):
        last_before(date)


@pytest.mark.parametrize(
    ("date", "eve"),
    [
        ("2001-09-30", "2001-09-29"),
        ("2001-09-30~", "2001-09-29~"),
        ("2001-09", "[2001-08-31..2001-09-29]"),
        ("2001~", "[2000-12-31~..2001-12-30~]"),
        ("[2001..2003]", "[2000-12-31..2003-12-30]"),
        ("[..2003]", "[..2003-12-30]"),
        ("2001/..", "[2000-12-31..]"),
        ("200X", "[1999-12-31..2009-12-30]"),
    ],
)
def test_the_day_before_one_that_a_date_names(date: str, eve: str) -> None:
    """A window of days on which the next can have begun is a window of last days, too."""
    assert eve_of(parse(date)).text == eve


@pytest.mark.parametrize("date", ["", "..", "{2001,2003}"])
def test_what_names_no_day_has_no_eve(date: str) -> None:
    """Neither an open or unknown start, nor one of several days at once."""
    with pytest.raises(DateError, match="no day on which the next can have begun"):
        eve_of(parse_endpoint(date) if "{" not in date else parse(date))


def test_before_the_first_year_nothing_can_be_written() -> None:
    """The day before has no year of four digits."""
    with pytest.raises(DateError, match="the day before is earlier"):
        last_before(parse("-9999"))


@given(dates())
def test_the_last_day_before_is_the_eve_of_the_first(date: Edtf) -> None:
    """Both agree where both are, and neither comes after the date."""
    if date.kind in ("date", "one-of") and date.earliest != Day.of(-9999, 1, 1):
        eve = eve_of(date)
        if isinstance(date.earliest, Day):
            assert eve.earliest == date.earliest - 1
        assert eve.qualified is date.qualified
        if date.kind == "date" and "X" not in date.text:
            assert last_before(date).latest == eve.earliest
