"""Which claims are about one thing, and which of these can all be right: they are one standing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice
from typing import TYPE_CHECKING

from factledger.records.claims import Event
from factledger.records.vocabulary import Key, once_of
from factledger.status.groups import joined
from factledger.status.merging import (
    MergedClaim,
    grouped,
    is_single,
    is_throughout,
    narrowness,
    unmerged,
)
from factledger.status.spans import Span, Worlds, span_in
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.agreeing import agreeing
from factledger.status.things.apart import Apart

if TYPE_CHECKING:
    from factledger.status.belief import Belief
    from factledger.status.live.live import Live


def merged(belief: Belief, lives: Sequence[Live]) -> list[MergedClaim]:
    """Return the claims, those about one thing that can all be right merged; the rest differ."""
    alone = {live.number: unmerged(belief, live) for live in lives}
    things = [*_identified(belief, alone), *_happening_once(belief, alone)]
    joint = joined([*things, *_one_state(belief, alone)])
    grouped = {number for group in joint for number in group}
    found = [c for number, c in alone.items() if number not in grouped]
    thing_of = {number: min(group) for group in joined(things) for number in group}
    apart = Apart(belief, alone)
    for group in joint:
        found.extend(standings_among([alone[number] for number in sorted(group)], thing_of, apart))
    return sorted(found, key=lambda c: c.number)


def _identified(belief: Belief, alone: Mapping[int, MergedClaim]) -> Iterator[tuple[int, ...]]:
    """Yield the pairs of claims that a person called the same."""
    return ((n, other) for n in alone for other in belief.same_as(n) if other in alone)


def _happening_once(belief: Belief, alone: Mapping[int, MergedClaim]) -> Iterator[list[int]]:
    """Yield the events that are one, since theirs can happen only once to the same actors."""
    found: dict[Key, list[int]] = defaultdict(list)
    for number, one in alone.items():
        kind = belief.vocabulary.types.get(one.claim.type)
        if kind is not None and kind.once and isinstance(one.claim, Event) and one.claim.factual:
            who = ((p.role, belief.canonical(p.actor)) for p in one.claim.participants)
            if key := once_of(kind, who):
                found[key].append(number)
    return (numbers for numbers in found.values() if len(numbers) > 1)


def _one_state(belief: Belief, alone: Mapping[int, MergedClaim]) -> Iterator[list[int]]:
    """Yield the states that say the same of one single-valued key."""
    states = (c for c in alone.values() if is_single(c, belief.vocabulary))
    for alike in grouped(states, lambda c: c.meaning).values():
        if len(alike) > 1:
            yield [c.number for c in alike]


def standings_among(
    group: Sequence[MergedClaim], thing_of: Mapping[int, int], apart: Apart
) -> Iterator[MergedClaim]:
    """Yield claims about one thing as standings: those that can all be right are one.

    An event and a state, an assertion and a denial are never one: they clash.
    """
    kinds = grouped(group, lambda c: (c.claim.shape, c.claim.polarity))
    for kind, alike in kinds.items():
        others = [c.number for other, them in kinds.items() if other != kind for c in them]
        for agreed in _agreeing(sorted(alike, key=_precision), apart):
            things = {thing_of[c.number] for c in agreed if c.number in thing_of}
            against = islice((n for n in others if thing_of.get(n) in things), MOST_CONTESTS + 1)
            clashes = tuple(against)
            yield as_one(agreed)._replace(things=tuple(sorted(things)), clashes=clashes)


def _agreeing(ranked: Sequence[MergedClaim], apart: Apart) -> list[list[MergedClaim]]:
    """Return claims about one thing in sets that can all be right; a plan goes with whatever came."""
    came = [c for c in ranked if not _is_plan(c)]
    sets = agreeing(came or ranked, apart)
    if came:
        sets[0] += filter(_is_plan, ranked)
    return sets


def _is_plan(one: MergedClaim) -> bool:
    return one.claim.modality == "planned"


def as_one(agreed: Sequence[MergedClaim]) -> MergedClaim:
    """Return claims that can all be right as one, in the words of the first; a plan binds nobody."""
    first, lives = agreed[0], tuple(live for c in agreed for live in c.lives)
    bound = [c.worlds for c in agreed if not _is_plan(c)] or [c.worlds for c in agreed]
    found = reduce(Worlds.within, bound)
    return first._replace(lives=lives, worlds=found, span=_span_of(first, found))


def _span_of(one: MergedClaim, found: Worlds) -> Span:
    """Return the span of claims that are one, of which these worlds are left."""
    return span_in(found, _is_plan(one), is_throughout(one.claim))


def _precision(one: MergedClaim) -> tuple[bool, int, str]:
    return not one.claim.factual, *narrowness(one)
