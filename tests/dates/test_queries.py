"""Dates on a command line are a closed grammar: each has one meaning, the rest is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.dates.days import Day
from factledger.dates.queries import parse_ends, parse_query
from factledger.errors import DateError


def never() -> date:
    """Fail: the text does not depend on today."""
    raise AssertionError("asked for today")


@pytest.mark.parametrize(
    ("text", "day", "reached"),
    [
        ("2023-04-01", "2023-04-01", None),
        ("-0400-01-01", "-0400-01-01", None),
        ("2023-04", "2023-04-30", "end of 2023-04"),
        ("2023", "2023-12-31", "end of 2023"),
        ("2023-Q1", "2023-03-31", "end of 2023-Q1"),
        ("2023-Q2", "2023-06-30", "end of 2023-Q2"),
        ("2023-Q4", "2023-12-31", "end of 2023-Q4"),
        ("-0044-Q1", "-0044-03-31", "end of -0044-Q1"),
        ("2023-24", "2024-02-29", "end of 2023-24"),
    ],
)
def test_a_coarse_date_means_its_last_day(text: str, day: str, reached: str | None) -> None:
    """A date coarser than a day means its last day, and says so; it needs no clock."""
    assert parse_query(text, never) == (Day.parse(day), reached)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2024-03-31"),
        ("yesterday", "2024-03-30"),
        ("1 day ago", "2024-03-30"),
        ("0 days ago", "2024-03-31"),
        ("31 days ago", "2024-02-29"),
        ("2 weeks ago", "2024-03-17"),
        ("1 month ago", "2024-02-29"),
        ("3 months ago", "2023-12-31"),
        ("13 months ago", "2023-02-28"),
        ("1 year ago", "2023-03-31"),
        ("2024 years ago", "0000-03-31"),
    ],
)
def test_a_relative_date_counts_back_from_today(text: str, day: str) -> None:
    """Days and weeks are counted, months and years keep the day or take the last of the month."""
    assert parse_query(text, lambda: date(2024, 3, 31)) == (Day.parse(day), None)


@given(st.dates(), st.integers(0, 9999))
def test_twelve_months_are_a_year(today: date, count: int) -> None:
    """A year ago is twelve months ago, a week ago seven days ago."""
    ago = {
        unit: parse_query(f"{number} {unit} ago", lambda: today)[0]
        for unit, number in (("years", count // 12), ("months", count // 12 * 12))
    }
    assert ago["years"] == ago["months"]
    weeks = parse_query(f"{count // 7} weeks ago", lambda: today)
    assert weeks == parse_query(f"{count // 7 * 7} days ago", lambda: today)


@pytest.mark.parametrize(
    "text",
    [
        *("", "tomorrow", "now", "Today", " today", "2023-Q5", "2023-Q0", "2023-q2", "2023Q2"),
        *("last month", "a year ago", "10000 days ago", "-1 days ago", "٣ days ago", "3  days ago"),
        *("2023-13", "2023-02-30", "2023-4-1", "20230401", "1/4/2023", "April 2023", "198X"),
        *("2023-04?", "2023/2024", "[2021..2022]", "..", "-0000", "2023-04\n", "2023-21-01"),
    ],
)
def test_refuses_what_it_would_have_to_guess(text: str) -> None:
    """Anything else is refused, without asking for the time."""
    with pytest.raises(DateError):
        parse_query(text, never)


def test_refusal_shows_examples() -> None:
    """The refusal lists what can be written."""
    with pytest.raises(DateError) as refused:
        parse_query("tomorrow", never)
    assert str(refused.value) == (
        "'tomorrow' is not a date: write 2023-04-01, 2023-04, 2023, 2023-Q2, today, yesterday or "
        "'3 months ago' (days, weeks, months, years)"
    )


@pytest.mark.parametrize("text", ["2022..", "..2023", ".."])
def test_two_ends_are_written_both(text: str) -> None:
    """Where an end is missing, nothing is taken for it."""
    with pytest.raises(DateError, match=r"lacks an end: write both, as in A\.\.B"):
        parse_ends(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14 Feb 2025", "2025-02-14"),
        ("March 2023", "2023-03"),
        ("412 BCE", "-0411"),
    ],
)
def test_a_date_in_words_is_told_how_it_is_written(text: str, meant: str) -> None:
    """It is not read, but the date that it can only mean is said."""
    with pytest.raises(DateError, match=f"write {meant}$"):
        parse_query(text, never)
