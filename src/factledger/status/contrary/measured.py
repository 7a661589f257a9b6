"""Quantities of which one excludes the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from factledger.dates.days import Day
from factledger.records.claims import State
from factledger.records.quantities import Quantity, cannot_both_be, quantity_of
from factledger.status.merging import MergedClaim, grouped, said_by
from factledger.status.neighbours import Neighbours, Reach
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.contests import Contest

if TYPE_CHECKING:
    from factledger.status.belief import Belief


def unlike_amounts(
    claims: Iterable[MergedClaim], belief: Belief
) -> Iterator[tuple[MergedClaim, list[Contest]]]:
    """Yield the claims of quantities with those that give another amount of the same, at one time."""
    read = {c.number: (c, quantity_of(c.claim.value or "")) for c in claims}
    known = {number: found for number, (_, found) in read.items() if found is not None}
    told = (c for number, (c, _) in read.items() if number in known)
    for same in grouped(told, lambda c: _measure(c, known[c.number], belief)).values():
        at_once = AtOnce(same, lambda c: known[c.number])
        for one in same if len(same) > 1 else ():
            against = [
                c for c in at_once.of(one) if cannot_both_be(known[c.numbers[0]], known[one.number])
            ]
            yield one, against


def _measure(one: MergedClaim, found: Quantity, belief: Belief) -> Hashable:
    """Return what is measured, and when: of what happened the day, where it is known."""
    span = one.span
    day = None if isinstance(one.claim, State) else (span.first, span.sure)
    known = day is None or day[0] == day[1]
    return one.claim.mode, said_by(one, belief), found.unit, day, None if known else one.number


class AtOnce:
    """Amounts of one measure, each on the side of those that it equals: who contradicts whom, and when.

    Two contradict one another from the first day on which both are definite, for as long as both
    stand. Where more than `MOST_CONTESTS` contradict one state, they are not told apart: the first
    of them are named from the day of the very first on, as long as any of them stands.
    """

    def __init__(
        self, states: Iterable[MergedClaim], side: Callable[[MergedClaim], Hashable]
    ) -> None:
        self._side = side
        held = [state for state in states if state.definite]
        self._held = Neighbours(
            held, day=lambda s: s.span.sure, reach=lambda s: s.span.until, side=side
        )
        self._last = Reach()
        for state in held:
            self._last = self._last.joined(Reach(state.span.gone, side(state)))

    def of(self, state: MergedClaim) -> list[Contest]:
        """Return what contradicts a state."""
        if not state.definite:
            return []
        (_, sure, until, gone, _), side = state.span, self._side(state)
        contests = [
            Contest(max(sure, o.span.sure), min(o.span.gone, gone), (o.number,))
            for o in islice(
                self._held.others(side, until=until, beyond=sure - 1), MOST_CONTESTS + 1
            )
        ]
        if len(contests) <= MOST_CONTESTS:
            return contests
        start = min(contest.start for contest in contests)
        stop = min(Day(self._last.against(side)), gone)
        return [Contest(start, stop, c.numbers) for c in contests[:MOST_CONTESTS]]
