"""Which events end a state, beside one who looks at all of them."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given

from crowds import seeds
from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.dates.edtf import parse
from factledger.records.claims import Event, Participant, State
from factledger.status.effects.enders import Enders
from factledger.status.live.live import Live
from factledger.status.merging import MergedClaim, compared_value, value_of
from factledger.status.spans import Plan, Worlds
from ledgers import ledger

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
    live = Live(number, claim, (), random.random() < 0.8, None, ())
    first, sure = sorted(random.choices([*map(Day, range(8))], k=2))
    until = max(first, random.choice([*map(Day, range(8))]))
    open_end = (until, FOREVER), (Plan(until),)
    own = Worlds((first, sure), *open_end) if kind is State else Worlds((first, sure))
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
        certain, (_, sure, until, *_) = [e for e in fitting if e.sure], one.span
        after = [e for e in certain if e.span.first >= sure and e.span.sure >= until]
        first = min(after, key=lambda e: (e.span.sure, e.span.first, e.content), default=None)
        assert enders.first_after(one) == first
        around = [e for e in certain if e.span.first < sure and e.span.sure >= one.span.first]
        around = [e for e in around if e.span.sure >= until]
        begun = min(around, key=lambda e: (e.span.first, e.content), default=None)
        assert enders.first_around(one) == begun


@given(seeds)
def test_an_event_before_a_day_for_which_a_source_vouches_ended_nothing_then(seed: int) -> None:
    """It was before the start, or contradicts the state; one that perhaps counts may have ended it."""
    random = Random(seed)
    one = said_of(random, State, 0)
    events = [said_of(random, Event, number) for number in range(random.randrange(20))]
    enders, until = Enders(events, BELIEF), one.span.until
    fitting = [event for event in events if ends(event, one)]
    over = [e.span for e in fitting if e.sure and e.span.sure < until]
    early = (s.first for s in over if s.first < one.worlds.begins[1])
    assert enders.last_before(one) == max(early, default=BEGINNING)
    between = [s for s in over if s.first >= one.span.sure]
    assert sorted(e.span for e in enders.between(one)) == sorted(between)
    unsure = (max(e.span.first, until) for e in fitting if not e.sure and e.span.sure >= until)
    assert enders.perhaps(one) == min(unsure, default=FOREVER)
