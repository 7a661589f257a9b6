"""The answers of a ledger at each point of its history: vintages, and the steps to a standing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from factledger.errors import NotFound
from factledger.status.standings import Standing
from factledger.views.causes import ViewAt, cause, group_of
from factledger.views.relevance import Relevance
from factledger.views.steps import Step
from factledger.views.view import Answer, View

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Index

MOST_CUTS = 64
"""Of how many entries that can bear on a claim each is asked whether it changed it."""


@attrs.frozen
class Vintage:
    """An answer that a ledger gave from entry `recorded`, at instant `at`, up to the next vintage.

    `view` is the view in which it stood.
    """

    recorded: int
    at: str
    answer: Answer
    view: View = attrs.field(repr=False)


def vintages_of(view_at: ViewAt, last: View, post: str | None) -> Iterator[Vintage]:
    """Yield each answer that differs from the one before it: who held a post, or what stood.

    `last` is the view up to which the history is asked.
    """
    index, newest = last.belief.index, last.belief.recorded
    relevance = Relevance(index)
    sides = [relevance.standing_for(side) for side in last.sides]
    seeds = index.involving(*sides) if len(sides) == 1 else index.between(*sides)
    before: tuple[Standing, ...] = ()
    for cut in batch_ends(index, relevance.of(seeds, last.sides), newest):
        view = view_at(cut)
        answer = _answer(view, post)
        if answer.standings != before:
            yield Vintage(cut, index.at(cut), answer, view)
            before = answer.standings


def batch_ends(index: Index, numbers: Iterable[int], newest: int) -> list[int]:
    """Return where the batches of some entries end, each once, none after `newest`."""
    entries = range(1, newest + 1)
    firsts = {index.batch(number) for number in numbers if number <= newest}
    return sorted(bisect_right(entries, first, key=index.batch) for first in firsts)


def _answer(view: View, post: str | None) -> Answer:
    if post is None:
        return Answer(view.standings)
    try:
        return view.holder(post)
    except NotFound:  # not declared by then
        return Answer(())


def steps_of(view_at: ViewAt, number: int, newest: int) -> Iterator[Step]:
    """Yield a step for each entry up to `newest` that changed the standing of a claim.

    Where more than `MOST_CUTS` entries can bear on it, so many views are asked, and not one for each:
    what was undone by others in between may be left out, and steps that lie close may be one, by the
    last entry that can have led to it.
    """
    index = view_at(newest).belief.index
    chain = index.chains.of(number)
    cuts = [cut for cut in Relevance(index).of(chain.readings) if cut <= newest]

    @cache
    def at(place: int) -> dict[str | None, Standing]:
        return held(view_at(cuts[place]), chain.readings) if place >= 0 else {}

    before: dict[str | None, Standing] = {}
    for place in turning_places(at, stops_among(cuts, chain.entries)):
        after, by = at(place), (cause(index, cuts[place]),)
        for slot in dict.fromkeys((*before, *after)):
            if before.get(slot) != after.get(slot):
                group = group_of(by, slot not in before and cuts[place] in chain.readings[:1])
                yield Step("recorded", group, before.get(slot), after.get(slot), by=by)
        before = after


def stops_among(cuts: Sequence[int], own: Collection[int]) -> list[int]:
    """Return the places of cuts that are asked in any case, and the one before the first.

    Those are all where they are few; else the first and the last, and around what is said of the claim
    itself, of which only the newest are.
    """
    ends = -1, len(cuts) - 1
    if len(cuts) <= MOST_CUTS:
        return [*range(-1, len(cuts))]
    about = {*own}
    said = [place for place, cut in enumerate(cuts) if cut in about][-MOST_CUTS // 2 :]
    return sorted({*ends, *said, *(place - 1 for place in said)})


def turning_places(at: Callable[[int], object], stops: Sequence[int]) -> list[int]:
    """Return places at which another answer begins, found between stops by asking in the middle.

    Once enough was asked, the last place stands for all of a stretch in which the answer turns.

    >>> turning_places(lambda place: place >= 7, [-1, 9])
    [7]
    """
    waiting = [(low - high, low, high) for low, high in pairwise(stops)]
    heapify(waiting)  # the longest stretch first
    found, asked = [], len(stops)
    while waiting:
        _, low, high = heappop(waiting)
        if at(low) != at(high):
            if high == low + 1 or asked >= 2 * MOST_CUTS:
                found.append(high)
                continue
            middle, asked = (low + high) // 2, asked + 1
            heappush(waiting, (low - middle, low, middle))
            heappush(waiting, (middle - high, middle, high))
    return sorted(found)


def held(view: View, chain: Sequence[int]) -> dict[str | None, Standing]:
    """Return how the newest of several claims stands: itself under None, what it begins by type."""
    standing = view.belief.standing_reading(chain[0])
    shown = () if standing is None else view.why(standing)
    return {s.claim.type if s.derived else None: s for s in shown}
