"""Tellings of one state whose days are vague: a second evaluator says of each day how they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import some_examples
from factledger.dates.days import Day
from factledger.records.amendments import Identify
from factledger.records.claims import Claim
from factledger.records.record import Record
from factledger.records.vocabulary import shipped
from factledger.status.standings import MOST_CONTESTS
from ledgers import FIRST_NUMBER, event, ledger, office, source
from oracle import Oracle
from oracle_tools import rows, turning_days

SOURCES = ("early", "late", "vague")
PUBLISHED = (
    source("early", "2021-06-10"),
    source("late", "2021-12"),
    source("vague", None, retrieved="2022-02-01"),
)
FIRST = FIRST_NUMBER + len(PUBLISHED)


def dates_of(months: range) -> st.SearchStrategy[str]:
    """Make days, months, and stretches in which a day lies, within some months."""
    days = st.sampled_from([f"2021-{month:02d}-{day}" for month in months for day in ("05", "20")])
    stretches = st.tuples(days, days).map(sorted).map("..".join).map("[{}]".format)
    return st.one_of(days, days.map(lambda day: day[:7]), stretches)


PAST, ANY = dates_of(range(1, 6)), dates_of(range(1, 9))  # before all sources, or not
cited = st.lists(st.sampled_from(SOURCES), min_size=1, max_size=2, unique=True)


@st.composite
def tenures(draw: st.DrawFn) -> Claim:
    """Make a tenure of one post, mostly of one person, with days that need not be told."""
    since = draw(st.one_of(PAST, st.sampled_from(["[..2021-03-05]", "[..2021-04-20]", ""])))
    until = draw(st.one_of(ANY, st.sampled_from(["..", ""])))
    if since and until not in ("..", "") and since.strip("[.") > until.strip("[."):
        until = ".."
    return office(
        draw(st.sampled_from(["p1", "p1", "p1", "p2"])), since, until, sources=draw(cited)
    )


@st.composite
def endings(draw: st.DrawFn) -> Claim:
    """Make an event that begins or ends a tenure."""
    kind = draw(st.sampled_from(["office-left", "office-left", "office-assumed"]))
    return event(kind, draw(PAST), holder="p1", post="pm", sources=draw(cited))


@st.composite
def tellings(draw: st.DrawFn) -> list[Record]:
    """Make some tellings, of which a person may say which are the same and which are not."""
    told = draw(st.lists(tenures(), min_size=2, max_size=5, unique_by=repr))
    numbers = st.integers(FIRST, FIRST + len(told) - 1)
    told += draw(st.lists(endings(), max_size=2, unique_by=repr))
    pairs = draw(st.lists(st.lists(numbers, min_size=2, max_size=2, unique=True), max_size=2))
    said = [
        Identify(claims=pair, verdict=draw(st.sampled_from(["same", "different"])), reason="read")
        for pair in pairs
    ]
    return [*told, *said]


@some_examples
@given(tellings())
def test_tellings_of_one_state_stand_as_the_rules_say(told: list[Record]) -> None:
    """On each day on which anything turns, status, reasons and rivals are those of the rules."""
    found = ledger(*PUBLISHED, *told)
    oracle = Oracle(found.entries(), shipped().types, len(found))
    for day in turning_days(found, oracle):
        assert rows(found.as_of(day)) == oracle.rows(day), day


NEW_YEAR = Day.parse("1906-01-01")


@pytest.mark.parametrize(
    ("others", "against"),
    [
        (MOST_CONTESTS, [32, 31, 2, 1, 0, 0]),  # each contradicts up to its own day
        (MOST_CONTESTS + 1, [32, 32, 32, 32, 32, 0]),  # up to the day of the last
    ],
)
def test_of_very_many_who_contradict_the_days_are_not_told_apart(
    others: int, against: list[int]
) -> None:
    """Of as many as are told, each contradicts on its own days; of more the first ones, on those of all."""
    births = [event("born", str(Day(NEW_YEAR + i)), actor="p1") for i in range(others + 1)]
    found = ledger(source(), *births)
    days = [Day(NEW_YEAR + i) for i in (0, 1, 30, 31, 32, 33)]
    first = [next(s for s in found.as_of(d).every if s.number == FIRST_NUMBER + 1) for d in days]
    assert [len(standing.contested_by) for standing in first] == against
    last = others if others == MOST_CONTESTS else 1
    assert first[3].contested_by[0] == FIRST_NUMBER + 1 + last
