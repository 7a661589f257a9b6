"""Who takes the place of a state, and from when: how far inertia carries it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Hashable, Iterable, Iterator
from itertools import accumulate, chain, islice
from typing import TypeAlias

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.neighbours import Reach
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.pieces import Piece
from factledger.status.things.rows import Row, Sided, by_day

FreeFrom: TypeAlias = Callable[[int, Day], Day]
"""Gives the first day from another on that a state can have, since nobody else does."""


class Least:
    """Of states whose days begin on one or later, by which day the first has surely begun."""

    def __init__(self, members: Iterable[Sided]) -> None:
        found = sorted(members, key=lambda m: -m[2].low)
        self._lows = [-m[2].low for m in found]
        late = (Reach(-m[2].late, m[1]) for m in found)
        self._lates = [*accumulate(late, Reach.joined, initial=Reach())]

    def least(self, side: Hashable, day: Day) -> Day:
        """Return the day by which one of another side has begun, none of whose days are before a day."""
        found = self._lates[bisect_right(self._lows, -day)].against(side)
        return Day(min(-found, FOREVER))


class Following:
    """Who takes the place of a state beyond the day up to which a source vouches for it.

    A state that nobody can place in time, without an earliest day and sure on none, takes nobody's.
    If it is `binding`, neither does one that is only perhaps told.
    """

    def __init__(
        self,
        row: Row,
        pieces: dict[int, Piece],
        clashing: Container[int] = (),
        is_unsettled: Callable[[int, Day], bool] = lambda one, day: False,
        free_from: FreeFrom = lambda one, day: day,
        perhaps_left: Callable[[int, int], Day] = lambda one, beside: FOREVER,
        *,
        binding: bool = False,
    ) -> None:
        self._sides, self._binding = row.sides, binding
        self._is_unsettled = is_unsettled
        self._free_from, self._perhaps_left = free_from, perhaps_left
        self._clashing = clashing
        members = [m for m in row.members(pieces) if m[0] not in row.unplaced]
        members = [m for m in members if m[2].sure] if binding else members
        self._starting = by_day(members, lambda m: m[2].first, lambda m: m[2].late)
        lasting = [m for m in members if m[2].whole or not m[2].carried]
        self._begun = by_day(lasting, lambda m: m[2].low, lambda m: m[2].last)
        sure = [m for m in members if m[2].sure]
        self._begun_after = Least(sure)
        vague = [m for m in sure if not m[2].whole]
        self._vague = Least(m for m in vague if m[0] not in clashing)
        carried = [m for m in members if m[2].carried]
        even = [m for m in carried if not m[2].whole and m[2].low == m[2].ended]
        self._even_vague = by_day(even, lambda m: m[2].low, lambda m: m[2].late)
        even_sure = (m for m in even if m[2].sure)
        self._even_begun = by_day(even_sure, lambda m: m[2].low, lambda m: m[2].first)
        needing = [m for m in members if m[2].whole]
        self._needed = by_day(needing, lambda m: m[2].low, lambda m: m[2].high)
        needing = [m for m in needing if m[2].sure]
        self._needing = by_day(needing, lambda m: m[2].low, lambda m: m[2].high)
        lasting_on = (m for m in carried if m[2].whole)
        self._even = by_day(lasting_on, lambda m: m[2].ended, lambda m: m[2].late)
        late = [m for m in carried if m[2].told_to < m[2].late < m[2].foreseen]
        self._late = by_day(late, lambda m: m[2].late, lambda m: m[2].late)
        late = [m for m in late if m[0] in clashing or not m[2].sure]
        self._even_late = by_day(late, lambda m: m[2].late, lambda m: m[2].late)

    def perhaps(self, one: int, piece: Piece, since: int = BEGINNING - 1) -> Day:
        """Return the first day on which another, that can begin after a day, can have taken its place."""
        side, end = self._sides[one], piece.ended
        found = chain(self._perhaps(side, end, piece, since), self._beside(one, piece))
        return min(found, default=FOREVER)

    def _beside(self, one: int, piece: Piece) -> Iterator[Day]:
        """Yield the day after the last of a state if others can have that day, too: it is contested."""
        side, last = self._sides[one], piece.ended_late
        if self._is_unsettled(one, last):
            lasting = () if piece.whole else self._begun.others(side, until=last, beyond=last)
            begun = self._late.others(side, since=last, until=last, beyond=piece.first)
            yield from (Day(last + 1) for _ in islice(chain(lasting, begun), 1))

    def _perhaps(self, side: Hashable, end: Day, piece: Piece, since: int) -> Iterator[Day]:
        after = Day(end + 1)
        spanning = self._starting.others(side, until=end, beyond=end)
        for theirs, _, other in islice(spanning, MOST_CONTESTS):
            free = after if other.whole else self._free_from(theirs, after)
            if free <= other.late:
                yield free
        for later in islice(self._starting.others(side, since=after, beyond=BEGINNING - 1), 1):
            yield later[2].first
        there = self._begun if piece.whole else self._needed
        lasting = islice(there.others(side, until=end, beyond=end), MOST_CONTESTS)
        newer = (m for m in lasting if m[2].late > since)
        if self._binding:
            newer = (m for m in newer if not m[2].is_over_before(piece))
        free_days = ((self._free_from(m[0], after), m[2]) for m in newer)
        yield from (free for free, other in free_days if free <= other.last)
        beside = () if piece.whole else self._begun.others(side, until=end, beyond=end)
        if any(self._is_unsettled(theirs, end) for theirs, _, _ in islice(beside, MOST_CONTESTS)):
            yield after
        for row in (self._even, self._even_vague, self._even_late):
            even = row.others(side, since=end, until=end, beyond=piece.first)
            if self._binding and row is self._even_late:  # who has room elsewhere was not there
                even = (m for m in islice(even, MOST_CONTESTS) if piece.holds(m[2].low))
            yield from (after for _ in islice(even, 1))

    def surely(self, one: int, piece: Piece) -> Day:
        """Return the day from which another has surely taken the place of a state."""
        side, end = self._sides[one], piece.ended_late
        # Its days up to then are nobody else's, or nobody tells them apart.
        own = piece.whole or one in self._clashing or self._is_unsettled(one, piece.late)
        vague = self._vague.least(side, Day(end + 1) if own else piece.late)
        return min(vague, *self._surely(one, end, piece))

    def _surely(self, one: int, end: Day, piece: Piece) -> Iterator[Day]:
        side = self._sides[one]
        yield self._begun_after.least(side, Day(end + 1))
        even = self._even_begun.others(side, since=end, until=end, beyond=piece.late)
        yield from (other[2].late for other in islice(even, MOST_CONTESTS))
        if any(True for _ in islice(self._needing.others(side, until=end, beyond=end), 1)):
            yield Day(end + 1)
        newer = self._even.others(side, since=end, until=end, beyond=piece.late)
        if any(
            other.sure
            and (other.first if piece.sure else other.late) > piece.late
            and self._perhaps_left(theirs, one) > end  # else it was over when the other went on
            for theirs, _, other in islice(newer, MOST_CONTESTS)
        ):
            yield Day(end + 1)
