"""States of few days, so that many of them meet: each of random dates, values and sources."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.records.claims import State
from factledger.status.live.live import Live
from factledger.status.merging import MergedClaim
from factledger.status.spans import Plan, Worlds

seeds = st.integers(0, 2**32)


def worlds(random: Random) -> Worlds:
    """Return the first and the last days of a claim, so few that many meet; also where there are none."""

    def day(*more: Day) -> Day:
        return random.choice([*map(Day, range(8)), *more])

    first, ended = day(BEGINNING), day(BEGINNING)
    last = random.choice([FOREVER, FOREVER, max(ended, day())])
    plan = Plan(ended, *random.choice([(FOREVER, FOREVER), (Day(9), FOREVER), (Day(9), Day(10))]))
    plans = (plan,) if last == FOREVER and random.random() < 0.7 else ()
    return Worlds((first, max(first, day())), (ended, last), plans)


def state(number: int, worlds: Worlds, value: str, sure: bool = True) -> MergedClaim:
    """Return a state of some dates and a value, with a source that was or was not surely published."""
    claim = State(type="office", value=value, since="2020", until=f"{2000 + number}")
    live = Live(number, claim, (), sure, None, ())
    return MergedClaim((live,), claim, worlds.span, worlds, (), (value, None, ()))


def crowd(random: Random, most: int = 20, values: str = "abc") -> list[MergedClaim]:
    """Return states under one key."""
    count = random.randrange(most)
    return [
        state(n, worlds(random), random.choice(values), random.random() < 0.7) for n in range(count)
    ]
