"""The days under one key that are surely one side's: whoever else does not hold on them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import groupby

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.named import NamedTuple


class DayRange(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: Day
    last: Day


class Taken:
    """Stretches of days that sides take, in order; a day of two is no other's.

    >>> taken = Taken([(DayRange(Day(2), Day(4)), "a"), (DayRange(Day(5), Day(6)), "b")])
    >>> int(taken.free_from("c", Day(3))), int(taken.free_from("b", Day(3)))
    (7, 5)
    >>> int(taken.before("b", Day(9))), int(taken.after("a", Day(1)))
    (4, 5)
    """

    def __init__(self, days: Iterable[tuple[DayRange, Hashable]]) -> None:
        found = [*_stretches(days)]
        self._firsts = [first for first, _, _ in found]
        self._lasts = [last for _, last, _ in found]
        self._sides = [side for _, _, side in found]
        count = len(found)
        self._before, self._after = [-1] * count, [count] * count
        self._run_first, self._run_last = [*self._firsts], [*self._lasts]
        for i in range(1, count):
            same = self._sides[i - 1] == self._sides[i]
            self._before[i] = self._before[i - 1] if same else i - 1
            if self._lasts[i - 1] + 1 == self._firsts[i]:
                self._run_first[i] = self._run_first[i - 1]
        for i in range(count - 2, -1, -1):
            same = self._sides[i + 1] == self._sides[i]
            self._after[i] = self._after[i + 1] if same else i + 1
            if self._lasts[i] + 1 == self._firsts[i + 1]:
                self._run_last[i] = self._run_last[i + 1]
        self._own: dict[Hashable, list[int]] = defaultdict(list)
        for i, side in enumerate(self._sides):
            self._own[side].append(i)

    def _holding(self, side: Hashable, day: Day) -> int | None:
        """Return the place of the stretch of another side that holds a day."""
        place = bisect_right(self._firsts, day) - 1
        if place < 0 or self._lasts[place] < day or self._sides[place] == side:
            return None
        return place

    def free_from(self, side: Hashable, day: Day) -> Day:
        """Return the first day from one on that no other side takes."""
        place = self._holding(side, day)
        if place is None:
            return day
        own = self._own.get(side, [])
        later = bisect_right(own, place)
        free = min(self._run_last[place], FOREVER - 1) + 1
        return Day(min(free, self._firsts[own[later]]) if later < len(own) else free)

    def free_until(self, side: Hashable, day: Day) -> Day:
        """Return the last day up to one that no other side takes."""
        place = self._holding(side, day)
        if place is None:
            return day
        own = self._own.get(side, [])
        earlier = bisect_left(own, place) - 1
        free = self._run_first[place] - 1
        return Day(max(free, self._lasts[own[earlier]]) if earlier >= 0 else free)

    def before(self, side: Hashable, day: Day) -> Day:
        """Return the last day before one that another side takes; the one before all days for none."""
        place = bisect_left(self._firsts, day) - 1
        if place >= 0 and self._sides[place] == side:
            place = self._before[place]
        return Day(BEGINNING - 1) if place < 0 else Day(min(self._lasts[place], day - 1))

    def after(self, side: Hashable, day: Day) -> Day:
        """Return the first day after one that another side takes; FOREVER for none."""
        place = bisect_right(self._firsts, day) - 1
        if place >= 0 and self._lasts[place] > day and self._sides[place] != side:
            return Day(day + 1)
        place += 1
        if place < len(self._firsts) and self._sides[place] == side:
            place = self._after[place]
        return FOREVER if place >= len(self._firsts) else self._firsts[place]

    def within(self, side: Hashable, first: Day, last: Day) -> Iterator[DayRange]:
        """Yield the stretches between two days that other sides take, in order."""
        for at in range(bisect_left(self._lasts, first), len(self._firsts)):
            if self._firsts[at] > last:
                return
            if self._sides[at] != side:
                yield DayRange(self._firsts[at], self._lasts[at])


_BOTH = object()
_Turn = tuple[Day, int, Hashable]


def _stretches(days: Iterable[tuple[DayRange, Hashable]]) -> Iterator[tuple[Day, Day, Hashable]]:
    """Yield the stretches on which one side, or several, hold, each as long as it can be."""
    turns: list[_Turn] = []
    for stretch, side in days:
        turns.append((stretch.first, 1, side))
        if stretch.last < FOREVER:
            turns.append((Day(stretch.last + 1), -1, side))
    active: dict[Hashable, int] = {}
    start, holder = BEGINNING, None
    found = groupby(sorted(turns, key=lambda turn: turn[0]), key=lambda turn: turn[0])
    for day, those in found:
        for _, by, side in those:
            holding = active.get(side, 0) + by
            if holding:
                active[side] = holding
            else:
                del active[side]
        now = None if not active else next(iter(active)) if len(active) == 1 else _BOTH
        if now == holder:
            continue
        if holder is not None:
            yield start, Day(day - 1), holder
        start, holder = day, now
    if holder is not None:
        yield start, FOREVER, holder
