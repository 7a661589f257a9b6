"""Hypothesis strategies for EDTF texts, by their shape; not all that they make are dates."""

from __future__ import annotations

from hypothesis import strategies as st

from factledger.days import days_in_month

QUALIFIERS = ("", "", "", "?", "~", "%")
WINTERS = ("24", "28", "30")
SEASONS = tuple(str(code) for code in range(21, 42))


def written_year(year: int) -> str:
    """Return a year as EDTF writes it: four digits, a sign only before year zero."""
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def years(low: int = -9999, high: int = 9999) -> st.SearchStrategy[str]:
    """Make years of the profile, both bounds included."""
    return st.integers(low, high).map(written_year)


@st.composite
def days(draw: st.DrawFn, low: int = -9999, high: int = 9999) -> str:
    """Make days that exist."""
    year, month = draw(st.integers(low, high)), draw(st.integers(1, 12))
    day = draw(st.integers(1, days_in_month(year, month)))
    return f"{written_year(year)}-{month:02}-{day:02}"


def plain_dates(low: int = -9999, high: int = 9999) -> st.SearchStrategy[str]:
    """Make days, months and years that exist, without any mark."""
    return st.one_of(days(low, high), days(low, high).map(lambda text: text[:-3]), years(low, high))


def seasons(low: int = -9999, high: int = 9999) -> st.SearchStrategy[str]:
    """Make seasons and other parts of a year."""
    return st.builds(
        lambda year, code: f"{year}-{code}", years(low, high), st.sampled_from(SEASONS)
    )


@st.composite
def with_x(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """Replace some digits by `X`; what comes out need not name a day that exists."""
    return "".join("X" if mark.isdigit() and draw(st.booleans()) else mark for mark in draw(texts))


@st.composite
def qualified(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """Put qualifiers before or after the components of a date."""
    text = draw(texts)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    marks = st.sampled_from(QUALIFIERS)
    year, *rest = text.split("-")
    parts = [f"{draw(marks)}{sign}{year}{draw(marks)}"]
    return "-".join(parts + [f"{draw(marks)}{part}{draw(marks)}" for part in rest])


def dates() -> st.SearchStrategy[str]:
    """Make dates with every mark of the profile."""
    bare = st.one_of(plain_dates(), seasons(), with_x(plain_dates()))
    return st.one_of(plain_dates(), bare, qualified(bare))


def intervals() -> st.SearchStrategy[str]:
    """Make intervals; about half of them end before they start."""
    ends = st.one_of(dates(), dates(), st.sampled_from(("", "..")))
    return st.builds(lambda start, end: f"{start}/{end}", ends, ends)


@st.composite
def sets(draw: st.DrawFn) -> str:
    """Make sets of dates and ranges; some have an open end."""
    member = st.one_of(dates(), st.builds(lambda low, high: f"{low}..{high}", dates(), dates()))
    members = draw(st.lists(member, min_size=1, max_size=3))
    members = [f"..{draw(dates())}", *members] if draw(st.booleans()) else members
    members = [*members, draw(dates()) + ".."] if draw(st.booleans()) else members
    return draw(st.sampled_from(("[{}]", "{{{}}}"))).format(",".join(members))


def texts() -> st.SearchStrategy[str]:
    """Make texts of every shape of the profile."""
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
