"""What claims say against one another, their dates apart: each meets few of the others.

What they say is held against the rules in `tests/status/things/test_things.py`, and by the second
evaluators.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from factledger.records.claims import Event
from factledger.records.declarations import Actor, Type
from factledger.status.contrary.tellings import Telling
from factledger.status.spans import Status
from growth_tools import Work, assert_grows_evenly
from ledgers import FIRST_NUMBER, event, ledger, source

TOWN = Telling(places=frozenset({"town"}), around=frozenset({"town", "land"}))
LAND = Telling(places=frozenset({"land"}), around=frozenset({"land"}))
VALE = Telling(places=frozenset({"vale"}), around=frozenset({"vale"}))
KING, EMPEROR = Telling(value="king"), Telling(value="emperor")
MUCH, MORE, LIKE = (
    Telling("4.2 million t"),
    Telling("more than 5 million t"),
    Telling("4,187,000 t"),
)


@pytest.mark.parametrize(
    ("one", "other", "excludes"),
    [
        (TOWN, VALE, True), (TOWN, LAND, False), (TOWN, Telling(), False),
        (KING, EMPEROR, True), (KING, KING, False), (KING, TOWN, False),
        (MUCH, MORE, True), (MUCH, LIKE, False), (MUCH, Telling("much"), False),
    ],
)  # fmt: skip
def test_tellings_exclude_one_another_by_what_both_say(
    one: Telling, other: Telling, excludes: bool
) -> None:
    """Another value, another amount, or a place that lies in none of the others; either way round."""
    assert (one.excludes(other), other.excludes(one)) == (excludes, excludes)


PLACES = [Actor(id=f"t{n}", category="place", names=[f"T{n}"]) for n in range(4)]
SIGNED = Type(id="sealed", shape="event", required=["party"], once=["party"])


def sealed(day: str, **fields: str) -> Event:
    """Return that a treaty was sealed, which happens once."""
    return event("sealed", day, party="JPN", **fields)


def at_few_places(count: int) -> list[Event]:
    """Return tellings with a day each, at three places in turns."""
    return [sealed(f"{1000 + i}-01-01", location=f"t{i % 3}") for i in range(count)]


def at_one_place(count: int) -> list[Event]:
    """Return tellings with a day each that agree in their place."""
    return [sealed(f"{1000 + i}-01-01", location="t0") for i in range(count)]


def of_one_day(count: int) -> list[Event]:
    """Return tellings of one day with five values in turns, in words of their own."""
    return [sealed("1900-01-01", value=f"{i % 5}", text=f"{i}") for i in range(count)]


@pytest.mark.parametrize("claims", [at_few_places, at_one_place, of_one_day])
def test_twice_the_tellings_of_one_event_are_little_more_than_twice_the_work(
    claims: Callable[[int], list[Event]],
) -> None:
    """However many sources tell of it, what excludes a telling is looked for once for all who say it."""

    def work(count: int) -> Work:
        made = ledger(source(), SIGNED, *PLACES, *claims(count))
        return lambda: [c.standing.contested_by for c in made.changes()]

    assert_grows_evenly(work, 100, most=2.5)


def test_tellings_of_one_day_at_other_places_are_in_dispute_with_those_elsewhere() -> None:
    """Each is in dispute with all that name another place, and with none that names its own."""
    places = ["t0", "t1", "t0", "t2", "t1"]
    claims = [sealed("1900-01-01", location=p, text=f"{n}") for n, p in enumerate(places)]
    found = ledger(source(), SIGNED, *PLACES, *claims)
    first = FIRST_NUMBER + 2 + len(PLACES)
    named = {s.number: {s.number, *s.also} for s in found.as_of("1950-01-01").standings}
    assert {n for them in named.values() for n in them} == set(range(first, first + len(places)))
    for standing in found.as_of("1950-01-01").standings:
        assert standing.status is Status.CONTESTED
        assert set(standing.contested_by) == named.keys() - {standing.number}
    assert all(
        places[one - first] == places[other - first]
        for them in named.values()
        for one, other in combinations(sorted(them), 2)
    )
