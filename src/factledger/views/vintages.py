"""The answers of a ledger at each point of its history: vintages, and the steps to a standing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
    """Yield a step for each entry up to `newest` that changed the standing of a claim."""
    index = view_at(newest).belief.index
    chain = index.chains.of(number).readings
    before: dict[str | None, Standing] = {}
    for cut in Relevance(index).of(chain):
        if cut <= newest:
            after = held(view_at(cut), chain)
            for slot in dict.fromkeys((*before, *after)):
                if before.get(slot) != after.get(slot):
                    by = (cause(index, cut),)
                    group = group_of(by, slot not in before and cut in chain[:1])
                    yield Step("recorded", group, before.get(slot), after.get(slot), by=by)
            before = after


def held(view: View, chain: Sequence[int]) -> dict[str | None, Standing]:
    """Return how the newest of several claims stands: itself under None, what it begins by type."""
    standing = view.belief.standing_reading(chain[0])
    shown = () if standing is None else view.why(standing)
    return {s.claim.type if s.derived else None: s for s in shown}
