"""Who definitely holds on which days, among the sides of one key: whoever else does not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.merging import MergedClaim
from factledger.status.neighbours import Neighbours


class DayRange(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: Day
    last: Day


class Clear(NamedTuple):
    """A stretch on which one side alone is definite, and none contests it.

    `before` is the place of the last stretch before it that is of another side, -1 for none.
    """

    first: Day
    last: Day
    side: Hashable
    before: int


class Holders:
    """The days on which sides are definite: each by itself, and those on which one alone is.

    `clear` gives the days on which nobody contests what a state says of itself.
    """

    def __init__(
        self,
        states: Sequence[MergedClaim],
        side: Callable[[MergedClaim], Hashable],
        clear: Callable[[MergedClaim], DayRange | None],
    ) -> None:
        self._side = side
        definite = [state for state in states if state.definite]
        self._definite = Neighbours(
            definite, day=lambda s: s.span.sure, reach=lambda s: s.span.until, side=side
        )
        every = [(DayRange(s.span.sure, s.span.until), side(s)) for s in definite]
        undisputed = [(days, side(s)) for s in definite if (days := clear(s)) is not None]
        self._clear = [*_clear_stretches(every, undisputed)]
        self._firsts = [one.first for one in self._clear]

    def next_definite(self, state: MergedClaim, day: Day) -> Day:
        """Return the first day from one on, on which another side is definite; FOREVER for none."""
        others = self._definite.others(self._side(state), beyond=day - 1)
        return next((max(day, other.span.sure) for other in others), FOREVER)

    def definite_within(self, state: MergedClaim, most: int) -> list[MergedClaim]:
        """Return the states of other sides that are definite on days on which one can stand, by their starts."""
        span = state.span
        until = min(span.gone, FOREVER) - 1
        others = self._definite.others(self._side(state), until=until, beyond=span.first - 1)
        return [*islice(others, most)]

    def clear_before(self, state: MergedClaim, day: Day) -> Day:
        """Return the day after the last one before a day that is another side's alone."""
        place = bisect_left(self._firsts, day) - 1
        if place >= 0 and self._clear[place].side == self._side(state):
            place = self._clear[place].before
        return BEGINNING if place < 0 else Day(min(self._clear[place].last, day - 1) + 1)

    def clear_within(self, state: MergedClaim, first: Day, last: Day) -> Iterator[DayRange]:
        """Yield the stretches between two days that are another side's alone, in order."""
        place = max(bisect_right(self._firsts, first) - 1, 0)
        side = self._side(state)
        for at in range(place, len(self._clear)):
            one = self._clear[at]
            if one.first > last:
                return
            if one.side != side and one.last >= first:
                yield DayRange(one.first, one.last)


def _clear_stretches(
    definite: Iterable[tuple[DayRange, Hashable]], undisputed: Iterable[tuple[DayRange, Hashable]]
) -> Iterator[Clear]:
    """Yield the stretches on which one side alone is definite, and undisputed, in order."""
    turns: list[tuple[Day, int, int, Hashable]] = []
    for which, stretches in enumerate((definite, undisputed)):
        for days, side in stretches:
            turns.append((days.first, which, 1, side))
            if days.last < FOREVER:
                turns.append((Day(days.last + 1), which, -1, side))
    turns.sort(key=lambda turn: turn[0])
    active: tuple[Counter[Hashable], Counter[Hashable]] = Counter(), Counter()
    found: list[Clear] = []
    start, holder = BEGINNING, _NOBODY
    for place, (day, which, by, side) in enumerate(turns):
        active[which][side] += by
        if not active[which][side]:
            del active[which][side]
        if place + 1 < len(turns) and turns[place + 1][0] == day:
            continue
        now = next(iter(active[0])) if len(active[0]) == 1 and active[1] else _NOBODY
        if now is holder or now == holder:
            continue
        if holder is not _NOBODY:
            found.append(_placed(found, start, Day(day - 1), holder))
        start, holder = day, now
    if holder is not _NOBODY:
        found.append(_placed(found, start, FOREVER, holder))
    return iter(found)


def _placed(found: Sequence[Clear], first: Day, last: Day, side: Hashable) -> Clear:
    """Return a stretch that follows those that were found."""
    before = len(found) - 1
    if before >= 0 and found[before].side == side:
        before = found[before].before
    return Clear(first, last, side, before)


_NOBODY = object()
