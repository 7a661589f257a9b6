"""How wide an approximate date is meant, and the window that it then is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.dates.dated import Edtf
from factledger.dates.days import BEGINNING, FOREVER, Day, day_or
from factledger.dates.edtf import parse, parse_endpoint
from factledger.dates.widths import DECLARED_WIDTH, windowed
from factledger.testing.strategies.dates import dates, endpoints

WIDTHS = st.builds("{} {}s".format, st.integers(1, 9999), st.sampled_from(["day", "month", "year"]))


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("10 years", True),
        ("1 year", True),
        ("6 months", True),
        ("5 days", True),
        ("0 years", False),
        ("10", False),
        ("ten years", False),
        ("10 weeks", False),
        ("10  years", False),
        ("٥ days", False),
        ("10000 years", False),
    ],
)
def test_a_width_is_a_number_of_days_months_or_years(text: str, fits: bool) -> None:
    """It is written in words that are read one way."""
    assert bool(DECLARED_WIDTH.fullmatch(text)) is fits


@pytest.mark.parametrize(
    ("date", "width", "window"),
    [
        ("1630~", "10 years", "[1620..1640]"),
        ("1630?", "1 year", "[1629..1631]"),
        ("1630%", "6 months", "[1629-07..1631-06]"),
        ("1630~", "5 days", "[1629-12-27..1631-01-05]"),
        ("163X~", "1 year", "[1629..1640]"),
        ("1630-02?", "1 month", "[1630-01..1630-03]"),
        ("1630-02~", "10 years", "[1620-02..1640-02]"),
        ("1630-24~", "2 days", "[1630-11-29..1631-03-02]"),
        ("1630-24~", "2 years", "[1628-12..1633-02]"),
        ("1630-33~", "1 month", "[1629-12..1630-04]"),
        ("1630-~05-03", "2 days", "[1630-05-01..1630-05-05]"),
        ("2024-02-29~", "1 year", "[2023-02-28..2025-02-28]"),
        ("2024-03-31~", "1 month", "[2024-02-29..2024-04-30]"),
        ("-0001~", "3 years", "[-0004..0002]"),
        ("9999%", "10 years", "[9989..9999]"),
        ("-9999?", "1 day", "[-9999-01-01..-9998-01-01]"),
        ("[1630~,1650]", "1 year", "[1629..1631,1650]"),
        ("[1630~..1635]", "1 year", "[1629..1636]"),
        ("[..1630~]", "1 year", "[..1631]"),
        ("[1630~..]", "1 year", "[1629..]"),
    ],
)
def test_a_qualified_date_is_a_window_of_the_width_to_both_sides(
    date: str, width: str, window: str
) -> None:
    """Its own bounds are widened; it is written as fine as the finer of the two."""
    assert windowed(parse(date), width).text == window


@pytest.mark.parametrize("text", ["1630", "1630~/1640", "{1630~,1640}", "[1630..1640]", "", ".."])
def test_what_has_no_qualifier_or_no_day_to_widen_stays(text: str) -> None:
    """An open end and an unknown one stay apart, and an interval cannot hold a window."""
    date = parse(text) if "/" in text or "{" in text else parse_endpoint(text)
    assert windowed(date, "10 years") is date


def test_without_a_width_a_date_stays() -> None:
    """Nothing is widened that nobody declared to be wide."""
    date = parse("1630~")
    assert windowed(date, None) is date


def test_a_width_that_is_none_is_a_mistake_of_the_caller() -> None:
    """Records have their widths checked before."""
    with pytest.raises(ValueError, match="wanted a width such as"):
        windowed(parse("1630~"), "a while")


def test_a_set_too_long_for_windows_is_one_window() -> None:
    """What is read has a length; nothing is lost but the gaps."""
    years = [f"{year}~" for year in range(1500, 1660)]
    found = windowed(parse(f"[{','.join(years)}]"), "1 year")
    assert found.text == "[1499-01-01..1660-12-31]"


@given(st.one_of(dates(), endpoints()), WIDTHS)
def test_a_window_holds_the_date_and_is_no_longer_approximate(date: Edtf, width: str) -> None:
    """It only widens; a second time changes nothing; open ends stay open and unknown ones unknown."""
    found = windowed(date, width)
    assert day_or(found.earliest, BEGINNING) <= day_or(date.earliest, BEGINNING)
    assert day_or(found.latest, FOREVER) >= day_or(date.latest, FOREVER)
    assert isinstance(found.earliest, Day) == isinstance(date.earliest, Day)
    assert isinstance(found.latest, Day) == isinstance(date.latest, Day)
    assert windowed(found, width) is found
    assert not found.qualified or date.kind in ("interval", "all-of")


@given(st.dates(), st.integers(1, 9999))
def test_a_window_of_days_is_so_many_days_wide(day: object, count: int) -> None:
    """Days are counted one by one, up to the last that a date can be written with."""
    date = parse(f"{day}~")
    found = windowed(date, f"{count} days")
    latest = min(date.latest + count, Day.of(9999, 12, 31))  # type: ignore[operator]
    assert (found.earliest, found.latest) == (date.earliest - count, latest)  # type: ignore[operator]
