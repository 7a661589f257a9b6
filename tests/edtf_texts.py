"""Hypothesis strategies for EDTF texts; all that they make are dates, but for `mutated`."""

from __future__ import annotations

from hypothesis import strategies as st

from factledger.dates.days import Day, days_in_month
from factledger.dates.edtf import parse

PRECISIONS = ("year", "month", "day", "season")
QUALIFIERS = ("", "", "", "?", "~", "%")
WINTERS = ("24", "28", "30")
SEASONS = tuple(str(code) for code in range(21, 42))


def written_year(year: int) -> str:
    """Return a year as EDTF writes it: four digits, a sign only before year zero."""
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def years(low: int = -9999) -> st.SearchStrategy[str]:
    """Make years of the profile from a year on, included."""
    return st.integers(low, 9999).map(written_year)


@st.composite
def days(draw: st.DrawFn, low: int = -9999) -> str:
    """Make days that exist, from a year on, included."""
    year, month = draw(st.integers(low, 9999)), draw(st.integers(1, 12))
    day = draw(st.integers(1, days_in_month(year, month)))
    return f"{written_year(year)}-{month:02}-{day:02}"


def months(low: int = -9999) -> st.SearchStrategy[str]:
    """Make months, from a year on, included."""
    return days(low).map(lambda text: text[:-3])


def seasons() -> st.SearchStrategy[str]:
    """Make seasons and other parts of a year."""
    return st.builds("{}-{}".format, years(), st.sampled_from(SEASONS))


def plain_dates() -> st.SearchStrategy[str]:
    """Make days, months and years without any mark."""
    return st.one_of(days(), months(), years())


@st.composite
def with_x(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """Replace some digits by `X`."""
    return "".join("X" if mark.isdigit() and draw(st.booleans()) else mark for mark in draw(texts))


@st.composite
def qualified(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """Put qualifiers before or after the components of a date, or none."""
    text = draw(texts)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    marks = st.sampled_from(QUALIFIERS)
    year, *rest = text.split("-")
    parts = [f"{draw(marks)}{sign}{year}{draw(marks)}"]
    return "-".join(parts + [f"{draw(marks)}{part}{draw(marks)}" for part in rest])


def dates_of(precision: str) -> st.SearchStrategy[str]:
    """Make dates of one precision, with every mark that it takes."""
    if precision == "season":
        return st.one_of(seasons(), qualified(seasons()))
    plain = {"year": years(), "month": months(), "day": days()}[precision]
    return st.one_of(plain, with_x(plain), qualified(with_x(plain)))


def dates() -> st.SearchStrategy[str]:
    """Make dates of every precision, with every mark of the profile."""
    return st.one_of([dates_of(precision) for precision in PRECISIONS])


def first_day(text: str) -> Day:
    """Return the first day that a date without an open end can mean."""
    found = parse(text).earliest
    assert isinstance(found, Day)
    return found


def pairs(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """Make two dates, the second of which can be after the first."""
    return st.lists(texts, min_size=2, max_size=2).map(lambda pair: sorted(pair, key=first_day))


def ranges() -> st.SearchStrategy[str]:
    """Make ranges within a set: two dates of one precision."""
    alike = st.one_of([pairs(dates_of(precision)) for precision in PRECISIONS])
    return alike.map("..".join)


def intervals() -> st.SearchStrategy[str]:
    """Make intervals, some with an end that is open or unknown."""
    no_date = st.sampled_from(("", ".."))
    return st.one_of(
        pairs(dates()).map("/".join),
        st.builds("{}/{}".format, dates(), no_date),
        st.builds("{}/{}".format, no_date, dates()),
        st.builds("{}/{}".format, no_date, no_date),
    )


@st.composite
def sets(draw: st.DrawFn) -> str:
    """Make sets of dates and ranges, some with an open end."""
    first = draw(st.one_of(ranges(), dates().map("..{}".format), st.just("")))
    middle = draw(st.lists(st.one_of(dates(), ranges()), min_size=0 if first else 2, max_size=3))
    last = draw(st.one_of(dates(), ranges(), dates().map("{}..".format), st.just("")))
    members = [member for member in (first, *middle, last) if member]
    return draw(st.sampled_from(("[{}]", "{{{}}}"))).format(",".join(members))


def texts() -> st.SearchStrategy[str]:
    """Make dates, intervals and sets."""
    return st.one_of(dates(), intervals(), sets())


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Change, drop or insert a few characters of an EDTF text."""
    marks = list(draw(texts()))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(marks)))
        new = draw(st.sampled_from([*"0123456789X?~%-/.,[]{}YESTZ: xq٥²–+", ""]))
        marks[at : at + draw(st.integers(0, 1))] = new
    return "".join(marks)
