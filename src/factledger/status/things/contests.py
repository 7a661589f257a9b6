"""Which claims contradict one another: those of different sides whose days meet."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from factledger.dates.days import Day
from factledger.status.merging import MergedClaim
from factledger.status.neighbours import Neighbours, Reach
from factledger.status.standings import MOST_CONTESTS


class Contest(NamedTuple):
    """An entry that contradicts a standing from day `start` on, up to the day before `stop`."""

    start: Day
    stop: Day
    number: int


class Contests:
    """States on different sides, such as other values of one key: who contradicts whom, and when.

    Two contradict one another from the first day on which both are definite, for as long as both
    stand. Where more than `MOST_CONTESTS` contradict one state, they are not told apart: the first
    of them are named from the day of the very first on, as long as any of them stands.
    """

    def __init__(
        self,
        states: Iterable[MergedClaim],
        side: Callable[[MergedClaim], Hashable],
        gone: Callable[[MergedClaim], Day],
    ) -> None:
        self._side = side
        self._gone = gone
        held = [state for state in states if state.definite]
        self._held = Neighbours(
            held, day=lambda s: s.span.sure, reach=lambda s: s.span.until, side=side
        )
        self._last = Reach()
        for state in held:
            self._last = self._last.joined(Reach(gone(state), side(state)))

    def of(self, state: MergedClaim) -> list[Contest]:
        """Return what contradicts a state."""
        against = self._contradicting(state) if state.definite else ()
        found, gone = [*islice(against, MOST_CONTESTS + 1)], self._gone(state)
        contests = [
            Contest(max(state.span.sure, o.span.sure), min(self._gone(o), gone), o.number)
            for o in found
        ]
        if len(found) <= MOST_CONTESTS:
            return contests
        start = min(contest.start for contest in contests)
        stop = min(Day(self._last.against(self._side(state))), gone)
        return [Contest(start, stop, c.number) for c in contests[:MOST_CONTESTS]]

    def _contradicting(self, state: MergedClaim) -> Iterator[MergedClaim]:
        """Return the states that hold together with one, by their starts."""
        span = state.span
        return self._held.others(self._side(state), until=span.until, beyond=span.sure - 1)
