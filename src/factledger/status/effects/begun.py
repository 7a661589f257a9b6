"""The states that events begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from factledger.dates.days import BEGINNING, FOREVER
from factledger.records.claims import Claim, Event, State
from factledger.records.vocabulary import Vocabulary, begun_by, ended_by, state_begun
from factledger.status.merging import MergedClaim, grouped, narrowness, value_of
from factledger.status.neighbours import Neighbours
from factledger.status.spans import Plan, Worlds
from factledger.status.things.agreeing import agreeing

if TYPE_CHECKING:
    from factledger.records.declarations import Type
    from factledger.status.belief import Belief


def moved(event: MergedClaim, vocabulary: Vocabulary, how: str) -> Iterator[Type]:
    """Yield the types of state that an event `begins` or `ends`; a plan or a denial moves none."""
    claim = event.claim
    kind = vocabulary.types.get(claim.type)
    if kind is not None and isinstance(claim, Event) and claim.factual:
        names = (begun_by if how == "begins" else ended_by)(kind, claim.mode)
        yield from (vocabulary.types[name] for name in names if name in vocabulary.types)


def who(claim: Claim, belief: Belief) -> list[tuple[str, str]]:
    """Return the roles and actors of a claim, aliases resolved."""
    return [(p.role, belief.canonical(p.actor)) for p in claim.participants]


# --- begin


def with_begun(stated: Sequence[MergedClaim], belief: Belief) -> list[MergedClaim]:
    """Return the stated claims, then the states that events began and nobody stated.

    A stated state that an event began takes the narrower start of both, and names the event.
    Several events that can have begun a state on one day began one state.
    """
    begun = [state for event in stated for state in states_of(event, belief)]
    if not begun:
        return [*stated]
    alike = grouped(begun, lambda c: c.meaning).values()
    ones = [as_begun(one) for same in alike for one in agreeing(sorted(same, key=narrowness))]
    found = explained(stated, ones)
    told = {(c.because, c.meaning) for c in found if c.because is not None}
    left = (state for state in ones if (state.because, state.meaning) not in told)
    return [*found, *sorted(left, key=lambda c: c.number)]


def states_of(event: MergedClaim, belief: Belief) -> Iterator[MergedClaim]:
    """Yield the states that an event begins: attested at its start, presumed from then on."""
    for kind in moved(event, belief.vocabulary, "begins"):
        state = state_begun(event.claim, kind)
        yield event._replace(
            claim=state,
            keys=belief.state_keys(state),
            value=value_of(state, belief),
            because=event.number,
            derived=True,
        )


def as_begun(events: Sequence[MergedClaim]) -> MergedClaim:
    """Return the state that some events began, which can all have been on one day."""
    first, lives = events[0], tuple(live for event in events for live in event.lives)
    begins = reduce(Worlds.within, (event.worlds for event in events)).begins
    worlds = Worlds(begins, (begins[0], FOREVER), (Plan(begins[0]),))
    clashes = dict.fromkeys(number for event in events for number in event.clashes)
    return first._replace(
        lives=lives, worlds=worlds, span=worlds.span, things=(), clashes=tuple(clashes)
    )


def explained(stated: Sequence[MergedClaim], begun: Iterable[MergedClaim]) -> list[MergedClaim]:
    """Return the stated claims, each state with the event that began it, if one did."""
    events = grouped(begun, lambda c: c.meaning)
    factual = (c for c in stated if isinstance(c.claim, State) and c.claim.factual)
    states = grouped(factual, lambda c: c.meaning)
    reasons = {
        id(state): event
        for meaning, alike in events.items()
        for state, event in explanations(states.get(meaning, ()), alike)
    }
    return [explained_by(c, reasons[id(c)]) if id(c) in reasons else c for c in stated]


def explanations(
    states: Iterable[MergedClaim], begun: Iterable[MergedClaim]
) -> Iterator[tuple[MergedClaim, MergedClaim]]:
    """Yield the states that can have begun with an event, each with that of the narrowest window."""
    waiting = Neighbours(
        filter(has_start, states),
        day=lambda s: s.span.first,
        reach=lambda s: s.span.sure,
        side=type,  # one for all
    )
    for event in sorted(filter(has_start, begun), key=narrowness):
        for state in waiting.take(until=event.span.sure, beyond=event.span.first - 1):
            yield state, event


def has_start(state: MergedClaim) -> bool:
    """Return whether there is a day on which a state can have begun."""
    return state.worlds.some


def explained_by(state: MergedClaim, begun: MergedClaim) -> MergedClaim:
    """Return a stated state that begins on the day of the event that began it."""
    worlds = state.worlds.within(Worlds(begun.worlds.begins, (BEGINNING, FOREVER)))
    return state._replace(worlds=worlds, span=worlds.span, because=begun.number)
