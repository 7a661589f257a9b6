"""A text of the EDTF profile means the days from its earliest to its latest, and nothing else."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edtf_texts import (
    PRECISIONS,
    WINTERS,
    dates_of,
    mutated,
    pairs,
    plain_dates,
    qualified,
    seasons,
    texts,
)
from edtf_texts import years as year_texts
from factledger.dates.dated import OPEN, UNKNOWN, Edtf, End
from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.dates.edtf import LONGEST, parse, parse_endpoint
from factledger.errors import DateError

ENDS = {"..": OPEN, "?": UNKNOWN}


def low(bound: Day | End) -> Day:
    """Return a lower bound as a day, the beginning of time if it has none."""
    return bound if isinstance(bound, Day) else BEGINNING


def high(bound: Day | End) -> Day:
    """Return an upper bound as a day, the end of time if it has none."""
    return bound if isinstance(bound, Day) else FOREVER


def outcome(read: Callable[[str], Edtf], text: str) -> Edtf | DateError:
    """Return what a reader makes of a text: a date or the error that refuses it."""
    try:
        return read(text)
    except DateError as error:
        return error


def contains(coarse: Edtf, fine: Edtf) -> bool:
    """Return whether all days that one date can mean are among those of another."""
    return low(coarse.earliest) <= low(fine.earliest) and high(fine.latest) <= high(coarse.latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2023-04-01", "2023-04-01", "2023-04-01"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("0000", "0000-01-01", "0000-12-31"),
        ("-0400-02", "-0400-02-01", "-0400-02-29"),
        # unspecified digits
        ("198X", "1980-01-01", "1989-12-31"),
        ("2023-XX", "2023-01-01", "2023-12-31"),
        ("1XXX-12-XX", "1000-12-01", "1999-12-31"),
        ("XXXX-XX-XX", "0000-01-01", "9999-12-31"),
        ("156X-12-25", "1560-12-25", "1569-12-25"),
        ("-156X-12-25", "-1569-12-25", "-1560-12-25"),
        ("-000X", "-0009-01-01", "-0001-12-31"),
        ("2023-1X", "2023-10-01", "2023-12-31"),
        ("2023-X1", "2023-01-01", "2023-11-30"),
        ("2023-X0-3X", "2023-10-30", "2023-10-31"),
        ("2023-02-X9", "2023-02-09", "2023-02-19"),
        ("201X-02-29", "2012-02-29", "2016-02-29"),
        ("XXXX-02-29", "0000-02-29", "9996-02-29"),
        ("2023-XX-31", "2023-01-31", "2023-12-31"),
        ("201X-21", "2010-03-01", "2019-05-31"),
        # qualifiers do not widen
        ("2024-11?", "2024-11-01", "2024-11-30"),
        ("2004-06~-11", "2004-06-11", "2004-06-11"),
        ("?2004-06-~11", "2004-06-11", "2004-06-11"),
        ("%-0400", "-0400-01-01", "-0400-12-31"),
        # intervals
        ("2004-06/2006", "2004-06-01", "2006-12-31"),
        ("1985/..", "1985-01-01", ".."),
        ("1985/", "1985-01-01", "?"),
        ("../1985", "..", "1985-12-31"),
        ("/1985", "?", "1985-12-31"),
        ("../", "..", "?"),
        ("/", "?", "?"),
        ("2023/2023-04", "2023-01-01", "2023-04-30"),
        ("2023-04/2023", "2023-04-01", "2023-12-31"),
        # sets
        ("[2021..2022]", "2021-01-01", "2022-12-31"),
        ("[..1994-11]", "..", "1994-11-30"),
        ("[1994-11..]", "1994-11-01", ".."),
        ("[..1994,1996..]", "..", ".."),
        ("[1760-01,-1760-02,1760-12..]", "-1760-02-01", ".."),
        ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31"),
        ("[2001-21..2001-23]", "2001-03-01", "2001-11-30"),
    ],
)
def test_bounds(text: str, earliest: str, latest: str) -> None:
    """A text means the days from its earliest to its latest, both included."""
    found = parse(text)
    assert found.earliest == (ENDS.get(earliest) or Day.parse(earliest))
    assert found.latest == (ENDS.get(latest) or Day.parse(latest))


@pytest.mark.parametrize(
    ("text", "kind", "precision", "is_qualified"),
    [
        ("2023-04-01", "date", "day", False),
        ("2023-XX-XX", "date", "day", False),
        ("2023-04~", "date", "month", True),
        ("?2023", "date", "year", True),
        ("2023-21%", "date", "season", True),
        ("2021/2022?", "interval", None, True),
        ("[2021,2022]", "one-of", None, False),
        ("{2021,~2022}", "all-of", None, True),
    ],
)
def test_kinds(text: str, kind: str, precision: str | None, is_qualified: bool) -> None:
    """A date knows its kind, its precision and whether it is qualified anywhere."""
    found = parse(text)
    assert (found.kind, found.precision, found.qualified) == (kind, precision, is_qualified)


def test_an_interval_has_ends() -> None:
    """The ends of an interval are dates, or open, or unknown; other kinds have none."""
    assert (parse("2021?/..").start, parse("2021?/..").end) == (parse("2021?"), OPEN)
    assert (parse("/2022").start, parse("/2022").end) == (UNKNOWN, parse("2022"))
    assert (parse("2022").start, parse("2022").end) == (None, None)


def test_open_and_unknown_are_two_things() -> None:
    """An open end and an unknown one differ, and each is written as EDTF writes it."""
    assert len({OPEN, UNKNOWN}) == 2
    assert (str(OPEN), str(UNKNOWN)) == ("..", "")
    assert parse("1985/..") != parse("1985/")


@given(texts())
def test_text_round_trip(text: str) -> None:
    """A date prints as the text it was read from, and means the same when read again."""
    found = parse(text)
    assert str(found) == found.text == text
    again = parse.__wrapped__(str(found))
    assert (again, again.earliest, again.latest) == (found, found.earliest, found.latest)
    assert hash(again) == hash(found)


def test_equality_is_that_of_the_text() -> None:
    """Two texts of the same days are two dates: what the source wrote is kept apart."""
    assert parse("2023-XX") != parse("2023")
    assert repr(parse("2023-XX")) == "Edtf('2023-XX')"
    assert pickle.loads(pickle.dumps(parse("1985/.."))) == parse("1985/..")


@given(texts())
def test_earliest_is_not_after_latest(text: str) -> None:
    """The first day that a text can mean is not after the last."""
    found = parse(text)
    assert low(found.earliest) <= high(found.latest)


@given(qualified(st.one_of(plain_dates(), seasons())))
def test_qualifiers_do_not_widen(text: str) -> None:
    """A qualified date has the bounds of the bare one; only `qualified` tells them apart."""
    found = parse(text)
    bare = parse(text.translate({ord(mark): None for mark in "?~%"}))
    assert (found.earliest, found.latest) == (bare.earliest, bare.latest)
    assert found.qualified is (found != bare)


@given(st.one_of(plain_dates(), seasons()), st.data())
def test_refinement_of_a_digit(text: str, data: st.DataObject) -> None:
    """Learning an unspecified digit never leads out of the days that were possible."""
    places = [
        at
        for at, mark in enumerate(text)
        if mark.isdigit() and (at < 4 or parse(text).precision != "season")
    ]
    at = data.draw(st.sampled_from(places))
    coarse = parse(f"{text[:at]}X{text[at + 1 :]}")
    assert contains(coarse, parse(text))


@given(st.one_of(dates_of("month"), dates_of("day"), dates_of("season")))
def test_refinement_of_a_component(text: str) -> None:
    """Learning the month or season of a year, or the day of a month, stays within it.

    A winter is the exception, for its last two months are of the next year.
    """
    coarse, _, part = text.rpartition("-")
    within = contains(parse(coarse), parse(text))
    assert within is not (parse(text).precision == "season" and part.strip("?~%") in WINTERS)


@given(st.sampled_from(PRECISIONS).flatmap(lambda precision: pairs(dates_of(precision))))
def test_refinement_of_an_interval_and_a_set(pair: list[str]) -> None:
    """An interval and a range run from the first day of the start to the last of the end."""
    start, end = map(parse, pair)
    for whole in (parse(f"{start}/{end}"), parse(f"[{start}..{end}]")):
        assert (whole.earliest, whole.latest) == (start.earliest, end.latest)
        assert contains(parse(f"[{start}..]"), whole)
        assert contains(parse(f"[..{end}]"), whole)
    listed = parse(f"[{start},{end}]")
    assert contains(listed, start)
    assert contains(listed, end)


@given(plain_dates(), plain_dates())
def test_an_end_before_its_start_is_refused(start: str, end: str) -> None:
    """An interval or range that ends before it can start is refused, any other is read."""
    backwards = high(parse(end).latest) < low(parse(start).earliest)
    for text in (f"{start}/{end}", f"[{start}..{end}]"):
        if backwards:
            with pytest.raises(DateError):
                parse(text)
        elif "/" in text or parse(start).precision == parse(end).precision:
            assert parse(text).earliest == parse(start).earliest


@given(st.one_of(st.text(), mutated(), texts(), st.text("0123456789X-/.[]{},?~%YEST", max_size=20)))
def test_nothing_but_a_date_error_is_raised(text: str) -> None:
    """Whatever the text, it is a date or a `DateError` that keeps it and gives one line."""
    for read in (parse, parse_endpoint):
        found = outcome(read, text)
        assert found.text == text
        assert isinstance(found, Edtf) or (found.reason and "\n" not in found.reason)


YEARS = "years run from -9999 to 9999"


def test_a_very_long_text_is_refused_at_once() -> None:
    """A date has at most 1,000 characters; an error shows the first of a long text."""
    with pytest.raises(DateError) as refused:
        parse("1" * LONGEST)
    assert refused.value.reason == YEARS
    assert len(str(refused.value)) < 200
    with pytest.raises(DateError, match="at most 1,000 characters"):
        parse("{" + ",".join(["2021"] * 200_000) + "}")


@pytest.mark.parametrize(("text", "end"), [("..", OPEN), ("", UNKNOWN)])
def test_an_endpoint_can_be_without_a_date(text: str, end: End) -> None:
    """An end of a state is open or unknown where it is written so."""
    found = parse_endpoint(text)
    assert (found.text, found.kind, found.earliest, found.latest) == (text, "end", end, end)
    assert (found.qualified, found.precision) == (False, None)


@given(texts())
def test_an_endpoint_is_a_date_or_one_of_a_set(text: str) -> None:
    """An end of a state is what `parse` reads, without intervals and sets of all."""
    found = parse(text)
    if found.kind in ("date", "one-of"):
        assert parse_endpoint(text) is parse(text)
    else:
        with pytest.raises(DateError):
            parse_endpoint(text)


@given(year_texts())
def test_a_year_is_all_of_its_days(year: str) -> None:
    """A year runs from 1 January to 31 December, as its twelve months together do."""
    found = parse(year)
    assert (found.earliest, found.latest) == (
        parse(f"{year}-01").earliest,
        parse(f"{year}-12").latest,
    )


@pytest.mark.parametrize(
    "field", ["earliest", "latest", "qualified", "kind", "precision", "start", "end"]
)
def test_dates_are_equal_where_their_texts_are(field: str) -> None:
    """What a date was worked out to be is left aside: the text says it all."""
    date = parse("2021/2022")
    other: dict[str, Any] = {field: "another"}
    changed = attrs.evolve(date, **other)
    assert (changed, hash(changed)) == (date, hash(date))
    assert date != parse("2021/2023")


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2021-0X-31", "2021-01-31", "2021-08-31"),
        ("2021-1X-31", "2021-10-31", "2021-12-31"),
        ("2021-XX-30", "2021-01-30", "2021-12-30"),
        ("202X-02-29", "2020-02-29", "2028-02-29"),
    ],
)
def test_a_day_that_some_months_lack_is_one_of_those_that_have_it(
    text: str, earliest: str, latest: str
) -> None:
    """A bound is a day that exists, the first or the last that fits."""
    date = parse(text)
    assert (str(date.earliest), str(date.latest)) == (earliest, latest)
