"""Days that are surely one side's."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.things.taken import DayRange, Taken


@pytest.mark.parametrize(("asked", "free"), [("a", 5), ("b", FOREVER)])
def test_what_holds_for_ever_leaves_no_day_to_others(asked: str, free: int) -> None:
    """And every day to its own side."""
    taken = Taken([(DayRange(Day(2), FOREVER), "a")])
    assert taken.free_from(asked, Day(5)) == free
    assert taken.free_until(asked, Day(5)) == (5 if asked == "a" else 1)


some_days = st.lists(st.integers(0, 9), min_size=2, max_size=2).map(sorted)
stretches = st.lists(st.tuples(some_days, st.sampled_from("abc")), max_size=6)
# Two of the other side in a row, and beyond them one's own.
IN_A_ROW = [([0, 0], "b"), ([2, 2], "a"), ([4, 5], "a"), ([7, 7], "b"), ([9, 9], "b")]


@example(IN_A_ROW, "a", 1)
@example(IN_A_ROW, "a", 6)
@example(IN_A_ROW, "b", 3)
@example([([0, 2], "b"), ([3, 4], "a"), ([5, 6], "b")], "c", 3)
@given(stretches, st.sampled_from("abcd"), st.integers(-1, 10))
def test_the_days_of_others_are_found_from_any_day(
    found: list[tuple[list[int], str]], side: str, day: int
) -> None:
    """Forward and back: the next day that is free, and the next that another side takes."""
    taken = Taken((DayRange(Day(one), Day(two)), theirs) for (one, two), theirs in found)
    others = {d for (one, two), s in found if s != side for d in range(one, two + 1)}
    assert taken.free_from(side, Day(day)) == min({*range(day, 12)} - others)
    assert taken.free_until(side, Day(day)) == max({*range(-2, day + 1)} - others)
    assert taken.before(side, Day(day)) == max(
        (d for d in others if d < day), default=BEGINNING - 1
    )
    assert taken.after(side, Day(day)) == min((d for d in others if d > day), default=FOREVER)


@given(stretches, st.sampled_from("abcd"), some_days)
def test_the_days_of_others_within_some_days_come_in_order(
    found: list[tuple[list[int], str]], side: str, asked: list[int]
) -> None:
    """In stretches of which each reaches into the days that are asked about."""
    taken = Taken((DayRange(Day(one), Day(two)), theirs) for (one, two), theirs in found)
    others = {d for (one, two), s in found if s != side for d in range(one, two + 1)}
    first, last = asked
    given_days = [*taken.within(side, Day(first), Day(last))]
    assert all(one <= last and two >= first for one, two in given_days)
    told = [d for one, two in given_days for d in range(one, two + 1)]
    assert told == sorted({*told})
    assert {*told} <= others
    assert {*told} >= {d for d in others if first <= d <= last}
