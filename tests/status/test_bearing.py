"""With many claims about the same, the few that are asked tell what all of them would."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.dates.edtf import parse
from factledger.records.claims import Event, Participant, State
from factledger.status.belief import Live
from factledger.status.contests import Contest, Contests, certainly_held
from factledger.status.effects import Enders, explanations
from factledger.status.inertia import Limit, Rivals, displacement, displaces
from factledger.status.merging import MergedClaim, compared_value, narrowness, value_of
from factledger.status.spans import Span, Status, Tail
from factledger.status.standings import MOST_CONTESTS
from ledgers import ledger


def span(random: Random) -> Span:
    """Return a span of a few days, so that many meet; with whatever can be strange about it."""

    def day(*more: Day) -> Day:
        return random.choice([*map(Day, range(8)), *more])

    tail: Tail = Status.PRESUMED if random.random() < 0.5 else Status.POSSIBLE
    return Span(day(BEGINNING), day(FOREVER), day(BEGINNING), day(FOREVER, FOREVER), tail)


def state(number: int, span: Span, value: str, sure: bool = True) -> MergedClaim:
    """Return a state of a span and a value, with a source that was or was not surely published."""
    claim = State(type="office", value=value, since="2020", until=f"{2000 + number}")
    return MergedClaim((Live(number, claim, (), sure),), claim, span, (), (value, None, ()))


def crowd(random: Random, most: int = 20, values: str = "abc") -> list[MergedClaim]:
    """Return states under one key."""
    count = random.randrange(most)
    return [
        state(n, span(random), random.choice(values), random.random() < 0.7) for n in range(count)
    ]


seeds = st.integers(0, 2**32)


@example(135)  # one takes over, all at once, on the very day up to which the other is attested
@given(seeds)
def test_neighbours_displace_a_state_as_all_its_rivals_do(seed: int) -> None:
    """The first that may, and the first that surely takes the place of a state, is among its neighbours."""
    states = crowd(Random(seed))
    rivals = Rivals(states)
    for one in states:
        cuts = [displacement(one, other) for other in states if displaces(other, one)]
        every = Limit(*map(min, zip(Limit(), *cuts, strict=True)))
        found = rivals.limit(one)
        first = one.span.first  # before it nothing can be cut
        assert max(found.maybe, first) == max(every.maybe, first)
        assert found.surely == every.surely


def gone(one: MergedClaim) -> Day:
    """Return from when a state has ended."""
    return max(one.span.first, one.span.gone)


def contradicting(states: Sequence[MergedClaim], one: MergedClaim) -> set[Contest]:
    """Return what contradicts a state, by the rule: both certainly held for more than a day."""
    found = set()
    for other in states:
        both = max(one.span.sure, other.span.sure)
        over = min(one.held_to, other.held_to)
        together = both < over or (both == over and one.span.sure == other.span.sure)
        if one.value != other.value and together:
            found.add(Contest(both, gone(other), other.number))
    return found


@given(seeds)
def test_contests_are_those_of_all_others_by_the_rule(seed: int) -> None:
    """Whoever holds together with a state for more than the day of a change contradicts it."""
    states = crowd(Random(seed))
    contests = Contests(states, lambda c: c.value, gone)
    for one in filter(certainly_held, states):
        assert {*contests.of(one)} == contradicting(states, one)
        assert len(contests.of(one)) == len({*contests.of(one)})


@given(seeds)
def test_a_state_that_very_many_contradict_is_contested_as_long_as_any_of_them_stands(
    seed: int,
) -> None:
    """The first are named from the day of the very first on, up to the end of the last."""
    random = Random(seed)
    others = [state(n, span(random), "b") for n in range(1, 4 * MOST_CONTESTS)]
    one = state(0, span(random), "a")
    found = Contests([one, *others], lambda c: c.value, gone).of(one)
    exact = contradicting(others, one) if certainly_held(one) else set()
    if len(exact) <= MOST_CONTESTS:
        assert {*found} == exact
    else:
        assert len(found) == MOST_CONTESTS
        assert {c.number for c in found} <= {c.number for c in exact}
        assert {c.start for c in found} == {min(c.start for c in exact)}
        assert {c.stop for c in found} == {max(map(gone, filter(certainly_held, others)))}


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
    return MergedClaim(
        (live,), claim, Span(first, sure), BELIEF.keys(claim), value_of(claim, BELIEF)
    )


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
