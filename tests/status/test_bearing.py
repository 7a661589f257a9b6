"""With many claims about the same, the few that are asked tell what all of them would."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from random import Random
from typing import Any

from factledger.status.holders import DayRange
from hypothesis import example, given
from hypothesis import strategies as st

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.dates.edtf import parse
from factledger.records.claims import Event, Participant, State
from factledger.status.bearing import capped
from factledger.status.belief import Live
from factledger.status.effects import Enders, explanations
from factledger.status.inertia import Limit, Rivals, displacement, displaces, status_at
from factledger.status.merging import MergedClaim, compared_value, narrowness, value_of
from factledger.status.spans import Plan, Worlds
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.contests import Contest, Contests, hand_over
from ledgers import ledger


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
    live = Live(number, claim, (), sure)
    return MergedClaim((live,), claim, worlds.span, worlds, (), (value, None, ()))


def crowd(random: Random, most: int = 20, values: str = "abc") -> list[MergedClaim]:
    """Return states under one key."""
    count = random.randrange(most)
    return [
        state(n, worlds(random), random.choice(values), random.random() < 0.7) for n in range(count)
    ]


seeds = st.integers(0, 2**32)
DAYS = [*map(Day, range(-2, 14))]


def side(one: MergedClaim) -> str:
    """Return the side of a state."""
    return one.value[0]


def clear(one: MergedClaim) -> DayRange | None:
    """Return the days on which a state is definite: nobody says no."""
    return DayRange(one.span.sure, one.span.until)


def definite(states: Sequence[MergedClaim], day: Day) -> set[str]:
    """Return the sides that are definite on a day."""
    return {side(s) for s in states if s.definite and s.span.sure <= day <= s.span.until}


def left(one: MergedClaim, states: Sequence[MergedClaim]) -> list[Day]:
    """Return the days on which others leave a state possible at least, one by one."""
    others = [s for s in states if side(s) != side(one)]
    mine = [d for d in DAYS if one.span.status(d).shown]
    held = [d for d in DAYS if definite(others, d)]
    alone = [d for d in held if len(definite(states, d)) == 1]
    if one.held:
        begun = max((min(d, one.span.sure - 1) for d in alone if d < one.span.sure), default=-99)
        gone = min((d for d in held if d > one.span.until), default=99)
        return [d for d in mine if begun < d < gone]
    presumed = one.span.presumed >= one.span.sure
    gone = min((d for d in held if presumed and d >= one.span.sure), default=99)
    return [d for d in mine if d < gone and d not in alone]


@given(seeds)
def test_nobody_is_possible_beside_a_definite_holder(seed: int) -> None:
    """What is definite of one side alone is no day of another; what is presumed ends with the first."""
    states = crowd(Random(seed), 8)
    rivals = Rivals(states, side, clear)
    for one in states:
        limit = rivals.hemmed_in(one)
        assert [d for d in DAYS if status_at(one, limit, d).shown] == left(one, states)


@example(135)  # one takes over, all at once, on the very day up to which the other is attested
@given(seeds)
def test_neighbours_displace_a_state_as_all_its_rivals_do(seed: int) -> None:
    """The first that may, and the first that surely takes the place of a state, is among its neighbours."""
    states = crowd(Random(seed))
    rivals = Rivals(states, side, clear)
    for one in states:
        own, others = rivals.within(one), [*map(rivals.within, states)]
        those = [o for o in others if displaces(o, own) and side(o) != side(one)]
        every = reduce(Limit.within, (displacement(own, o) for o in those), rivals.room(one))
        found = rivals.limit(one)
        first = own.span.first  # before it nothing can be cut
        assert max(found.maybe, first) == max(every.maybe, first)
        assert max(found.surely, first) == max(every.surely, first)


def gone(one: MergedClaim) -> Day:
    """Return from when a state has ended."""
    return max(one.span.first, one.span.gone)


def contradicting(states: Sequence[MergedClaim], one: MergedClaim) -> set[Contest]:
    """Return what contradicts a state, by the rule: both certainly held, and none took over that day."""
    found = set()
    for other in states:
        both = max(one.span.sure, other.span.sure)
        over = min(one.span.until, other.span.until)
        together = both <= over and not hand_over(one, other)
        if one.value != other.value and together and one.definite and other.definite:
            found.add(Contest(both, min(gone(one), gone(other)), other.number))
    return found


@given(seeds)
def test_contests_are_those_of_all_others_by_the_rule(seed: int) -> None:
    """Whoever holds together with a state, and did not take over from it that day, contradicts it."""
    states = crowd(Random(seed))
    contests = Contests(states, lambda c: c.value, gone)
    for one in states:
        assert {*contests.of(one)} == contradicting(states, one)
        assert len(contests.of(one)) == len({*contests.of(one)})


@given(seeds)
def test_a_state_that_very_many_contradict_is_contested_as_long_as_any_of_them_stands(
    seed: int,
) -> None:
    """The first are named from the day of the very first on, up to the end of the last."""
    random = Random(seed)
    others = [state(n, worlds(random), "b") for n in range(1, 4 * MOST_CONTESTS)]
    one = state(0, worlds(random), "a")
    found = Contests([one, *others], lambda c: c.value, gone).of(one)
    exact = contradicting(others, one)
    if len(exact) <= MOST_CONTESTS:
        assert {*found} == exact
    else:
        assert len(found) == MOST_CONTESTS
        assert {c.number for c in found} <= {c.number for c in exact}
        assert {c.start for c in found} == {min(c.start for c in exact)}
        last = max(gone(other) for other in others if other.definite)
        assert {c.stop for c in found} == {min(last, gone(one))}


@given(seeds)
def test_the_narrowest_event_that_can_explains_a_state(seed: int) -> None:
    """Of the events that can have begun a state on one day, the one with the narrowest window did."""
    states, begun = crowd(Random(seed)), crowd(Random(seed + 1))
    found = {state.number: event for state, event in explanations(states, begun)}
    for one in states:
        fitting = [
            event
            for event in begun
            if max(one.span.first, event.span.first) <= min(one.span.sure, event.span.sure)
            and one.worlds.some
            and event.worlds.some
        ]
        assert found.get(one.number) == min(fitting, key=narrowness, default=None)


ROLES = {"holder": ["p1", "p2"], "post": ["pm", "pm", "premier"], "topic": ["JPN", "UKR"]}
BELIEF = ledger().belief()
ANY = parse("2021")


def said_of(random: Random, kind: type[Event | State], number: int) -> MergedClaim:
    """Return an office, or an event that ends one: of one post or another, of few or no holders."""
    roles = ("post", *random.choices(["holder", "topic", "location"], k=random.randrange(3)))
    who = [Participant(role=r, actor=random.choice(ROLES.get(r, ["kyiv"]))) for r in roles]
    fields: dict[str, Any] = {"since": ANY, "until": str(2000 + number)}
    if kind is Event:
        fields = {"when": str(2000 + number)}
    claim = kind(
        type="office" if kind is State else "office-left",
        value=random.choice([None, None, "acting"]),
        participants=who,
        **fields,
    )
    live = Live(number, claim, (), True)
    first, sure = sorted(random.choices([*map(Day, range(8))], k=2))
    own = Worlds((first, sure))
    keys, value = BELIEF.state_keys(claim), value_of(claim, BELIEF)
    return MergedClaim((live,), claim, own.span, own, keys, value)


def ends(event: MergedClaim, one: MergedClaim) -> bool:
    """Return whether all that an event names is so of a state."""
    theirs, ours = ({(p.role, p.actor) for p in c.claim.participants} for c in (event, one))
    roles = {role for role, _ in ours} - {"location"}
    named = {pair for pair in theirs if pair[0] in roles}
    same_value = event.claim.value is None or compared_value(event.claim) == compared_value(
        one.claim
    )
    return named <= ours and same_value and event.keys == one.keys


@given(seeds)
def test_the_first_of_all_events_that_name_a_state_ends_it(seed: int) -> None:
    """Whatever events there are of other holders, posts and values, only those count that fit."""
    random = Random(seed)
    states = [said_of(random, State, number) for number in range(random.randrange(6))]
    events = [said_of(random, Event, number) for number in range(random.randrange(20))]
    enders = Enders(events, BELIEF)
    for one in states:
        fitting = [event for event in events if ends(event, one)]
        after = [e for e in fitting if e.span.first >= one.span.sure]
        first = min(after, key=lambda e: (e.span.sure, e.span.first, e.content), default=None)
        assert enders.first_after(one) == first
        around = [
            e for e in fitting if e.span.first < one.span.sure and e.span.sure > one.span.first
        ]
        begun = min(around, key=lambda e: (e.span.first, e.content), default=None)
        assert enders.first_around(one) == begun


def test_of_very_many_contests_the_first_are_kept_for_all_their_days() -> None:
    """More than can be named are not told apart: the lowest entries, from the first day to the last."""
    many = [Contest(Day(n), Day(n + 10), n) for n in range(3 * MOST_CONTESTS)]
    found = capped(many)
    assert {contest.number for contest in found} == set(range(MOST_CONTESTS))
    assert {(c.start, c.stop) for c in found} == {(Day(0), Day(3 * MOST_CONTESTS + 9))}
    assert capped(many[:MOST_CONTESTS]) == many[:MOST_CONTESTS]
