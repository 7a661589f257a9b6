"""Strategies for days and dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.dates.edtf import parse, parse_endpoint
from factledger.errors import DateError


def days(first: str = "2020-11-01", last: str = "2022-06-30") -> st.SearchStrategy[Day]:
    """Make days from `first` to `last`, both included."""
    return st.integers(Day.parse(first), Day.parse(last)).map(Day)


@st.composite
def dates(draw: st.DrawFn) -> Edtf:
    """Make dates of the whole EDTF profile: with X, qualifiers, seasons, intervals and sets."""
    kinds = (_simple(), _joined("{}/{}"), _joined("[{}..{}]"), _joined("{{{},{}}}"))
    return draw(_read(parse, st.one_of(kinds)))


@st.composite
def endpoints(draw: st.DrawFn) -> Edtf:
    """Make what one end of a state can be: a date, a set `[…]`, open or unknown."""
    kinds = (st.sampled_from(["..", ""]), _simple(), _joined("[{}..{}]"))
    return draw(_read(parse_endpoint, st.one_of(kinds)))


def is_dated(end: Edtf) -> bool:
    """Return whether an end names days, and is neither open nor unknown."""
    return end.kind != "end"


def _simple() -> st.SearchStrategy[str]:
    """Make texts of single dates; some name days that do not exist."""
    year = st.builds(
        lambda sign, n: f"{sign}{n:04}", st.sampled_from(["", "", "", "-"]), st.integers(1, 9999)
    )
    month = st.sampled_from([f"{m:02}" for m in (*range(1, 13), *range(21, 42))] + ["XX", "1X"])
    day = st.sampled_from([f"{d:02}" for d in range(1, 32)] + ["XX", "X1", "2X"])
    plain = st.one_of(
        year,
        st.builds("{}-{}".format, year, month),
        st.builds("{}-{}-{}".format, year, month, day),
        year.map(lambda y: f"{y[:-1]}X"),
    )
    return st.builds("{}{}".format, plain, st.sampled_from(["", "", "", "?", "~", "%"]))


def _joined(pattern: str) -> st.SearchStrategy[str]:
    end = st.one_of(_simple(), st.just(""))
    return st.builds(pattern.format, end, end)


def _read(read: Callable[[str], Edtf], texts: st.SearchStrategy[str]) -> st.SearchStrategy[Edtf]:
    """Make the dates that the texts name; those that name none are passed over."""

    def date_or_none(text: str) -> Edtf | None:
        try:
            return read(text)
        except DateError:
            return None

    found: Any = texts.map(date_or_none).filter(lambda date: date is not None)
    return found  # type: ignore[no-any-return]
