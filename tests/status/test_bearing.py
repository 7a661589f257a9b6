"""With many claims about the same, the few that are asked tell what all of them would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import example, given

import oracle_rooms
from crowds import crowd, seeds, state, worlds
from factledger.dates.days import FOREVER, Day
from factledger.status.bearing import left_of
from factledger.status.contrary.measured import AtOnce
from factledger.status.merging import MergedClaim
from factledger.status.spans import Worlds
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.contests import Contest, capped
from factledger.status.things.following import Following
from factledger.status.things.pieces import Piece
from factledger.status.things.rooms import Rooms
from factledger.status.things.rows import Row
from factledger.status.things.taken import DayRange
from oracle_rooms import first_free, room_of, settle

DAYS = [*map(Day, range(-2, 14))]


def side(one: MergedClaim) -> str:
    """Return the side of a state."""
    return one.value[0]


def foreseen(one: MergedClaim) -> int:
    """Return the last day to which inertia carries a state."""
    return one.span.gone - 1 if one.span.gone < FOREVER else FOREVER


def rooms_of(states: list[MergedClaim]) -> tuple[Row, Rooms, oracle_rooms.Row]:
    """Return some states in a row, and the same row for whoever looks at everybody."""
    row = Row(states, side)
    slow = oracle_rooms.Row(
        (s, side(s), room_of(s.worlds.begins, s.worlds.ends, s.worlds.carried, s.sure, foreseen(s)))
        for s in states
    )
    return row, Rooms([row], set()), slow


def days_of(piece: Piece | oracle_rooms.Room) -> tuple[int, ...]:
    """Return what is compared of the days of a state."""
    return piece.first, piece.low, piece.high, piece.last, piece.whole, piece.told_to


def clashing(one: MergedClaim, slow: oracle_rooms.Row) -> set[tuple[int, int, int]]:
    """Return who contradicts a state, and when, by the rule."""
    return {(id(o), a, b) for s, o, a, b in slow.clashes() if s is one}


def settled(states: list[MergedClaim]) -> tuple[Row, Rooms, oracle_rooms.Row, dict[int, list[Any]]]:
    """Return a row with what is left of each state, found by neighbours and by all."""
    row, rooms, slow = rooms_of(states)
    contested = {id(one): [(a, b) for _, a, b in clashing(one, slow)] for one, _, _ in slow.members}
    for one, _, room in slow.members:
        room.clear = contested[id(one)].copy
        room.clashes = contested[id(one)]
        room.clashing = bool(room.clashes)
    by_room = {id(room): contested[id(one)] for one, _, room in slow.members}

    def undisputed(one: int, clashes: object, days: DayRange) -> Iterator[DayRange]:
        yield from left_of(days, [(Day(a), Day(b + 1)) for a, b in contested[one]])

    rooms.settle(undisputed)
    gaps = settle(
        [slow],
        lambda room, days: not any(a <= days[1] and b >= days[0] for a, b in by_room[id(room)]),
    )
    return row, rooms, slow, gaps


@example(64)  # several of vague days on one side
@example(381)  # a stretch that reaches beyond the days of a state
@given(seeds)
def test_states_leave_to_one_another_what_is_nobody_elses(seed: int) -> None:
    """What neighbours leave of a state is what all others leave of it, day by day."""
    _, rooms, slow, gaps = settled([s for s in crowd(Random(seed), 8) if s.worlds.some])
    for one, _, room in slow.members:
        piece = rooms.pieces[id(one)]
        assert days_of(piece) == days_of(room)
        # How far a stretch of others reaches beyond the days of the state is nothing to it.
        days = range(max(piece.first, -2), min(piece.last, 14) + 1)
        theirs, found = gaps.get(id(one), []), rooms.gaps(id(one))
        assert [d for d in days if any(a <= d <= b for a, b in found)] == [
            d for d in days if any(a <= d <= b for a, b in theirs)
        ]


@pytest.mark.parametrize(("over", "last"), [(12, 9), (6, 6), (2, 4)])
def test_a_state_that_is_over_keeps_the_days_that_it_needs(over: int, last: int) -> None:
    """It has none after the day on which it is over, unless its sources say that it held then."""
    one = state(0, Worlds((Day(0), Day(1)), (Day(4), Day(9))), "a")
    rooms = Rooms([Row([one], side)], set())
    rooms.end({id(one): Day(over)})
    piece = rooms.pieces[id(one)]
    assert (piece.first, piece.high, piece.last) == (0, 4, last)


def test_of_very_many_gaps_the_first_are_kept() -> None:
    """On the days of all other gaps a state stays possible, so that no two states cost very much."""
    vague = state(0, Worlds((Day(0), Day(200)), (Day(0), Day(200))), "a")
    days = [Day(2 * n) for n in range(1, 41)]
    others = [state(n, Worlds((day, day), (day, day)), "b") for n, day in enumerate(days, 1)]
    rooms = Rooms([Row([vague, *others], side)], set())
    rooms.settle(lambda one, clashes, asked: [asked])
    assert [gap.first for gap in rooms.gaps(id(vague))] == days[:32]


@given(seeds)
def test_neighbours_take_the_place_of_a_state_as_all_its_rivals_do(seed: int) -> None:
    """The first that may, and the first that surely takes the place of a state, is among its neighbours."""
    row, rooms, slow, gaps = settled([s for s in crowd(Random(seed), 12) if s.worlds.some])
    following = Following(row, rooms.pieces, rooms.unsettled, rooms.is_unsettled, rooms.free_from)
    for one, theirs, room in slow.members:
        piece = rooms.pieces[id(one)]
        assert following.surely(id(one), piece) == slow.surely(theirs, room)
        found = slow.perhaps(theirs, room, free=lambda o, day: first_free(gaps.get(id(o), []), day))
        assert following.perhaps(id(one), piece) == found


@given(seeds)
def test_who_has_no_day_of_its_own_takes_nobodys_place(seed: int) -> None:
    """The fewer days others can have, the later one of them may have begun."""
    row, rooms, slow, _ = settled([s for s in crowd(Random(seed), 12) if s.worlds.some])
    beside = rooms.unsettled, rooms.is_unsettled
    free = Following(row, rooms.pieces, *beside)
    none = Following(row, rooms.pieces, *beside, lambda one, day: FOREVER)
    some = Following(row, rooms.pieces, *beside, rooms.free_from)
    for one, _, _ in slow.members:
        found = [of.perhaps(id(one), rooms.pieces[id(one)]) for of in (free, some, none)]
        assert found == sorted(found)


@given(seeds)
def test_who_contradicts_a_state_is_found_among_its_neighbours(seed: int) -> None:
    """Two values of a key contradict each other on the days that both need, if none takes over that day."""
    _, rooms, slow = rooms_of([s for s in crowd(Random(seed)) if s.worlds.some])
    for one, _, _ in slow.members:
        found = rooms.clashes.get(id(one), [])
        told = [(other, c.first, c.last) for c in found for other in c.others]
        assert {*told} == clashing(one, slow)
        assert len(told) == len({*told})


def contradicting(states: Sequence[MergedClaim], one: MergedClaim) -> set[Contest]:
    """Return what contradicts an amount, by the rule: both certainly held."""
    found = set()
    for other in states:
        both = max(one.span.sure, other.span.sure)
        together = both <= min(one.span.until, other.span.until)
        if one.value != other.value and together and one.definite and other.definite:
            found.add(Contest(both, min(one.span.gone, other.span.gone), (other.number,)))
    return found


@given(seeds)
def test_contests_are_those_of_all_others_by_the_rule(seed: int) -> None:
    """Whatever holds together with an amount contradicts it."""
    states = crowd(Random(seed))
    contests = AtOnce(states, lambda c: c.value)
    for one in states:
        assert {*contests.of(one)} == contradicting(states, one)
        assert len(contests.of(one)) == len({*contests.of(one)})


@given(seeds)
def test_what_very_many_contradict_is_contested_as_long_as_any_of_them_stands(seed: int) -> None:
    """The first are named from the day of the very first on, up to the end of the last."""
    random = Random(seed)
    others = [state(n, worlds(random), "b") for n in range(1, 4 * MOST_CONTESTS)]
    one = state(0, worlds(random), "a")
    found = AtOnce([one, *others], lambda c: c.value).of(one)
    exact = contradicting(others, one)
    if len(exact) <= MOST_CONTESTS:
        assert {*found} == exact
    else:
        assert len(found) == MOST_CONTESTS
        assert {c.numbers for c in found} <= {c.numbers for c in exact}
        assert {c.start for c in found} == {min(c.start for c in exact)}
        last = max(other.span.gone for other in others if other.definite)
        assert {c.stop for c in found} == {min(last, one.span.gone)}


def test_of_very_many_contests_the_first_are_kept_for_all_their_days() -> None:
    """More than can be named are not told apart: the lowest entries, from the first day to the last."""
    many = [Contest(Day(n), Day(n + 10), (n,)) for n in range(3 * MOST_CONTESTS)]
    found = capped(many)
    assert found == [Contest(Day(0), Day(3 * MOST_CONTESTS + 9), tuple(range(MOST_CONTESTS)))]
    assert capped(many[:MOST_CONTESTS]) == many[:MOST_CONTESTS]
