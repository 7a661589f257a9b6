"""Days count on without a gap, agree with `datetime.date` where it goes, and print as ISO 8601."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.dates.days import BEGINNING, FOREVER, Day, days_in_month
from factledger.errors import DateError

FIRST, LAST = Day.of(-9999, 1, 1), Day.of(9999, 12, 31)
every_day = st.integers(FIRST, LAST).map(Day)


@given(st.dates())
def test_agrees_with_datetime(value: date) -> None:
    """In the years 1 to 9999 a day is the ordinal of `datetime.date` and prints the same."""
    day = Day.from_date(value)
    assert day == value.toordinal() == Day.of(value.year, value.month, value.day)
    assert (str(day), day.year, day.month, day.day) == (
        value.isoformat(),
        value.year,
        value.month,
        value.day,
    )


@given(every_day)
def test_text_round_trip(day: Day) -> None:
    """Every day of the years -9999 to 9999 is read back from its text."""
    assert Day.parse(str(day)) == day
    assert Day.of(day.year, day.month, day.day) == day


@given(every_day)
def test_no_gap(day: Day) -> None:
    """The next number is the next day of the month, or the first of the next month."""
    following = Day(day + 1)
    if following.day == 1:
        assert day.day == days_in_month(day.year, day.month)
        months = (d.year * 12 + d.month for d in (day, following))
        assert -next(months) + next(months) == 1
    else:
        assert (following.year, following.month, following.day) == (
            day.year,
            day.month,
            day.day + 1,
        )


@given(every_day, every_day)
def test_order_is_that_of_the_calendar(a: Day, b: Day) -> None:
    """Days sort as their years, months and days of the month do."""
    assert (a < b) == ((a.year, a.month, a.day) < (b.year, b.month, b.day))


@pytest.mark.parametrize(
    ("year", "month", "day", "text"),
    [
        (1, 1, 1, "0001-01-01"),
        (0, 12, 31, "0000-12-31"),
        (0, 2, 29, "0000-02-29"),
        (-1, 12, 31, "-0001-12-31"),
        (-400, 1, 1, "-0400-01-01"),
        (-4, 2, 29, "-0004-02-29"),
        (-9999, 1, 1, "-9999-01-01"),
        (10000, 2, 29, "10000-02-29"),
    ],
)
def test_text_of_days_around_year_zero(year: int, month: int, day: int, text: str) -> None:
    """Years have four digits, and a sign before year zero, which is a leap year."""
    assert str(Day.of(year, month, day)) == text


def test_the_first_day_is_number_one() -> None:
    """1 January of year 1 is day 1, the day before it day 0."""
    assert Day.of(1, 1, 1) == 1
    assert Day.of(0, 12, 31) == 0


@pytest.mark.parametrize(
    "text",
    [
        *("", "2023", "2023-04", "2023-4-1", "20230401", "2023-04-01 ", "2023-04-01\n"),
        *("+2023-04-01", "٢٠٢٣-04-01", "2023-04-0_1", "-0000-01-01", "10000-01-01", "infinity"),
        *("2023-00-01", "2023-13-01", "2023-04-00", "2023-04-31", "1900-02-29"),
    ],
)
def test_refuses_what_is_not_a_day(text: str) -> None:
    """Only YYYY-MM-DD in ASCII digits, of a day that exists, is a day."""
    with pytest.raises(DateError):
        Day.parse(text)


@pytest.mark.parametrize(
    ("year", "month", "day", "reason"),
    [
        (2023, 13, 1, "'2023-13-01' is not a date: month 13 does not exist, months are 01 to 12"),
        (2023, 2, 30, "'2023-02-30' is not a date: that month has days 01 to 28"),
        (-4, 2, 30, "'-0004-02-30' is not a date: that month has days 01 to 29"),
    ],
)
def test_says_why_there_is_no_such_day(year: int, month: int, day: int, reason: str) -> None:
    """The error names the month that does not exist, or the days that the month has."""
    with pytest.raises(DateError) as refused:
        Day.of(year, month, day)
    assert str(refused.value) == reason


@given(every_day)
def test_beginning_and_forever_enclose_every_day(day: Day) -> None:
    """The two sentinels sort before and after all days, and their texts are not dates."""
    assert BEGINNING < day < FOREVER
    assert (str(BEGINNING), str(FOREVER)) == ("-infinity", "infinity")


def test_forms_of_text() -> None:
    """A day shows its date in `repr` and in format strings, padded as text is."""
    day = Day.parse("2023-04-01")
    assert (repr(day), f"{day}", f"{day:>12}") == (
        "Day('2023-04-01')",
        "2023-04-01",
        "  2023-04-01",
    )
    assert f"{FOREVER}" == "infinity"


def test_arithmetic_gives_plain_numbers() -> None:
    """Adding to a day gives a number, not a day, until it is wrapped."""
    day = Day.parse("2023-04-01")
    assert type(day + 1) is int
    assert Day(day + 30) == Day.parse("2023-05-01")


def test_copies_stay_days() -> None:
    """A day survives copying and pickling."""
    day = Day.parse("-0400-01-01")
    for twin in (copy.deepcopy(day), pickle.loads(pickle.dumps(day))):
        assert (twin, type(twin)) == (day, Day)


def test_an_instant_gives_the_day_written_in_it() -> None:
    """Of a `datetime` only the date counts, in whatever zone it is written."""
    assert Day.from_date(datetime(2023, 4, 1, 23, 59)) == Day.parse("2023-04-01")


@given(st.integers(-9999, 9999), st.integers(1, 12))
def test_days_in_month_end_where_the_next_month_begins(year: int, month: int) -> None:
    """A month has as many days as there are from its first to the first of the next."""
    following = Day.of(year + month // 12, month % 12 + 1, 1)
    assert following - Day.of(year, month, 1) == days_in_month(year, month)
