"""What is left of a state whose end an event set, between which days."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given

from crowds import crowd, seeds, state
from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.effects.endings import (
    begun_after,
    ended_within,
    left_within,
    planned_until,
)
from factledger.status.merging import MergedClaim
from factledger.status.spans import Plan, Status, Worlds

NOT_YET, POSSIBLE, DEFINITE = Status.NOT_YET, Status.POSSIBLE, Status.DEFINITE
PRESUMED, ENDED = Status.PRESUMED, Status.ENDED

# Of a state that began on day 2 and for which its source vouches up to day 4.
HELD = state(0, Worlds((Day(2), Day(2)), (Day(4), FOREVER), (Plan(Day(4), FOREVER, FOREVER),)), "a")


def told(one: MergedClaim, *days: int) -> list[Status]:
    """Return the status of a state on some days."""
    return [one.span.status(day) for day in days]


def test_an_event_ends_a_state_that_held_until_then() -> None:
    """It held up to the first day on which the event can have been, and is over after the last."""
    ended = ended_within(HELD, Day(6), Day(8))
    assert told(ended, 1, 2, 6, 7, 8, 9) == [NOT_YET, DEFINITE, DEFINITE, POSSIBLE, POSSIBLE, ENDED]


def test_an_end_is_not_before_the_day_for_which_a_source_vouches() -> None:
    """Whatever the days of an event are, what a source saw was so."""
    assert told(ended_within(HELD, Day(1), Day(3)), 4, 5) == [DEFINITE, ENDED]
    assert told(left_within(HELD, Day(1), Day(3)), 4, 5) == [DEFINITE, ENDED]


def test_what_was_left_is_presumed_to_have_held_and_by_nobody_said() -> None:
    """Between what a source vouches for and the first day of an end, it is presumed."""
    left = left_within(HELD, Day(6), Day(8))
    assert told(left, 4, 5, 6, 7, 8, 9) == [DEFINITE, PRESUMED, PRESUMED, POSSIBLE, POSSIBLE, ENDED]


def test_a_planned_end_waits_for_the_event_that_perhaps_comes_later() -> None:
    """The last day of a plan is put off, never brought forward; without an event it stays."""
    plan = Worlds((Day(2), Day(2)), (Day(4), FOREVER), (Plan(Day(4), Day(5), Day(6)),))
    planned = state(0, plan, "a")
    assert told(planned_until(planned, Day(8)), 6, 8, 9) == [POSSIBLE, POSSIBLE, ENDED]
    assert planned_until(planned, Day(3)).span == planned.span
    assert planned_until(planned, BEGINNING) is planned


@pytest.mark.parametrize(("day", "first"), [(2, 3), (3, 4), (4, 5), (5, 3), (9, 3)])
def test_a_state_that_an_event_did_not_end_began_after_it(day: int, first: int) -> None:
    """It began on the day after, if that is among the days on which it can have begun."""
    one = state(0, Worlds((Day(3), Day(5)), (Day(7), FOREVER), (Plan(Day(7)),)), "a")
    found = begun_after(one, Day(day))
    assert found.span.first == first
    assert found.span.sure == 5


@given(seeds)
def test_no_end_takes_a_day_from_what_a_source_saw(seed: int) -> None:
    """From its surest first day to the day that is vouched for, a state is definite, end or none."""
    random = Random(seed)
    states = [one for one in crowd(random) if one.span.binding == FOREVER]
    assume(states)
    one = random.choice(states)
    first, last = sorted(random.choices([*map(Day, range(10))], k=2))
    for how in (ended_within, left_within):
        ended = how(one, first, last)
        for day in range(one.span.sure, min(one.span.until + 1, 12)):
            assert ended.span.status(day) is DEFINITE
