"""What the claims under one key leave to one another: nobody holds on days that are surely another's."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import accumulate, islice

from factledger.caching import cached_property
from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.neighbours import Neighbours, Reach
from factledger.status.things.following import Least
from factledger.status.things.pieces import Piece, piece_of
from factledger.status.things.rows import Clash, Row, Sided, by_day
from factledger.status.things.taken import DayRange, Taken

_MOST_GAPS = 32  # stretches of others within what is only possible; the rest are left possible


class Rooms:
    """What is left of each state of some rows, once none holds on days that are surely another's.

    The `disputed` ones, by their identity, take nothing from others, and others nothing from them.
    """

    def __init__(self, rows: Sequence[Row], disputed: set[int]) -> None:
        self._rows, self._disputed = rows, disputed
        self.pieces = {id(s): piece_of(s) for row in rows for s in row.states}
        self.clashes: dict[int, list[Clash]] = {}
        self._around: dict[int, DayRange] = {}
        for row in rows:
            for clash in row.clashes(self.pieces):
                self.clashes.setdefault(clash.one, []).append(clash)
            for one, other in row.crowded(self.pieces):
                there = self.pieces[other]
                low, high = self._around.get(one, (there.low, there.high))
                self._around[one] = DayRange(min(low, there.low), max(high, there.high))
        self.unsettled = {*self.clashes, *disputed}
        either = (one for row in rows for one in row.either_side(self.pieces))
        self._fixed = {*disputed, *self._around, *either}
        self._gaps: dict[int, list[DayRange]] = {}

    def settle(self, clear: Callable[[int, list[Clash], DayRange], Iterable[DayRange]]) -> None:
        """Leave to each what is not surely another's; `clear` gives the days that nothing contests."""
        self._clear, rows = clear, self._rows
        handed = [h for row in rows for h in row.handed_over(self.pieces)]
        handed = [h for h in handed if self._is_clear(*h)]
        for early, late, day in handed:
            before, after = self.pieces[early], self.pieces[late]
            if after.sure:
                self.pieces[early] = before.over_on(day)
            if before.sure:
                self.pieces[late] = after.begun_on(day)
        taken = self._settle()
        self._hem_in(taken)
        for row, days in zip(rows, taken, strict=True):
            for one, side, piece in row.members(self.pieces):
                found = (
                    ()
                    if piece.whole or one in self._fixed
                    else days.within(side, piece.first, piece.last)
                )
                self._gaps.setdefault(one, []).extend(islice(found, _MOST_GAPS))

    def end(self, over: Mapping[int, Day]) -> None:
        """Leave to states no day behind one on which they are over, but for those that they need."""
        for one, day in over.items():
            piece = self.pieces[one]
            self.pieces[one] = piece._replace(last=min(piece.last, max(piece.high, day)))

    def _hem_in(self, taken: Sequence[Taken]) -> None:
        """Leave to each the days between the last before it, and the first after it, that others need."""
        left: dict[int, Piece] = {}
        for row, days in zip(self._rows, taken, strict=True):
            members = row.members(self.pieces)
            vague = _Vague(m for m in members if self._settles(m[0], m[2]))
            for one, side, piece in members:
                if one in self._disputed:
                    continue
                first, last = self._around.get(one, DayRange(piece.low, piece.high))
                before, after = days.before(side, first), days.after(side, last)
                if vague.some:
                    unsettled = self._unsettled_days(one)
                    before = max(before, vague.before(side, piece, unsettled))
                    after = min(after, vague.after(side, piece, unsettled))
                left[one] = left.get(one, piece).between(before, after)
        self.pieces.update(left)

    def _settles(self, one: int, piece: Piece) -> bool:
        """Return whether others leave a state its days: nothing contests any of those that it can have."""
        days = DayRange(piece.low, piece.high)
        return one not in self.unsettled and [*self.clear(one, days)] == [days]

    def _unsettled_days(self, one: int) -> DayRange:
        """Return the days from the first to the last on which a state clashes with others."""
        clashes = self.clashes.get(one)
        if not clashes:
            return DayRange(FOREVER, Day(BEGINNING - 1))
        return DayRange(min(c.first for c in clashes), max(c.last for c in clashes))

    def _is_clear(self, early: int, late: int, day: Day) -> bool:
        """Return whether nothing contests two on the day of a handover, nor on others that one can have."""
        days = DayRange(day, day)
        for piece in (self.pieces[early], self.pieces[late]):
            days = days if piece.whole else DayRange(piece.low, piece.high)
        return all([*self.clear(one, days)] == [days] for one in (early, late))

    def clear(self, one: int, days: DayRange) -> Iterable[DayRange]:
        """Return those of some days on which nothing contests a state."""
        return self._clear(one, self.clashes.get(one, []), days)

    def free_from(self, one: int, day: Day) -> Day:
        """Return the first day from one on that is in no gap of a state."""
        for gap in sorted(self.gaps(one)):
            day = Day(gap.last + 1) if gap.first <= day <= gap.last else day
        return day

    def is_unsettled(self, one: int, day: Day) -> bool:
        """Return whether it is contested who holds on a day, so that a state leaves it to everybody."""
        return not any(self.clear(one, DayRange(day, day)))

    def gaps(self, one: int) -> list[DayRange]:
        """Return the stretches of others within what is left of a state."""
        return self._gaps.get(one, [])

    def _settle(self) -> list[Taken]:
        """Take from each the days that are surely another's, until nothing changes; return these."""
        free = {one: sides for one, sides in self._sides().items() if one not in self._fixed}
        changed = True
        while changed:
            taken = [*map(self._taken, self._rows)]
            found = {one: self._beside(one, sides, taken) for one, sides in free.items()}
            changed = any(left.whole and left != self.pieces[one] for one, left in found.items())
            self.pieces.update(found)
        return taken

    def _sides(self) -> dict[int, list[tuple[int, Hashable]]]:
        """Return the rows in which each state is, by their places, with its side."""
        found: dict[int, list[tuple[int, Hashable]]] = defaultdict(list)
        for place, row in enumerate(self._rows):
            for one, side in row.sides.items():
                found[one].append((place, side))
        return found

    def _beside(
        self, one: int, sides: Sequence[tuple[int, Hashable]], taken: Sequence[Taken]
    ) -> Piece:
        """Return what the days that others take in each of its rows leave of a state."""
        before, piece = None, self.pieces[one]
        while piece != before:
            before = piece
            for place, side in sides:
                piece = piece.beside(taken[place], side)
        return piece

    def _taken(self, row: Row) -> Taken:
        """Return the days that are surely one side's, and nobody contests it."""
        return Taken(
            (days, side)
            for one, side, piece in row.members(self.pieces)
            if piece.whole and piece.sure
            for days in self.clear(one, DayRange(piece.low, piece.high))
        )


class _Vague:
    """States that hold on some day of several: another does not have all of these days."""

    def __init__(self, members: Iterable[Sided]) -> None:
        vague = [m for m in members if m[2].sure and not m[2].whole]
        vague.sort(key=lambda m: m[2].high)
        self._vague = vague
        self.some = bool(vague)
        self._highs = [m[2].high for m in vague]
        lows = (Reach(m[2].low, m[1]) for m in vague)
        self._lows_before = [*accumulate(lows, Reach.joined, initial=Reach())]
        self._begun = Least(vague)

    def before(self, side: Hashable, piece: Piece, unsettled: DayRange) -> Day:
        """Return the last day on which another side, over before a state, can have begun to hold.

        It was over before the days on which the state is unsettled, too.
        """
        if piece.whole and not piece.sure:
            early = self._leaving_room.others(side, since=1 - piece.low, beyond=-piece.high - 1)
            return max((m[2].low for m in islice(early, 1)), default=Day(BEGINNING - 1))
        day = piece.low - 1 if piece.whole else piece.low
        over = min(day, unsettled.first - 1)
        return Day(self._lows_before[bisect_right(self._highs, over)].against(side))

    def after(self, side: Hashable, piece: Piece, unsettled: DayRange) -> Day:
        """Return the first day by which another side, that follows a state, has surely begun.

        It follows the days on which the state is unsettled, too.
        """
        if piece.whole and not piece.sure:
            late = self._finding_room.others(side, since=piece.high + 1, beyond=piece.low - 1)
            return min((m[2].high for m in islice(late, 1)), default=FOREVER)
        day = piece.high + 1 if piece.whole else piece.high
        return self._begun.least(side, Day(max(day, unsettled.last + 1)))

    # Beside what perhaps counts for nothing, and else has all its days: those that lie within these
    # contradict it, and say nothing of others.

    @cached_property
    def _leaving_room(self) -> Neighbours[Sided]:
        return by_day(self._vague, lambda m: -m[2].low, lambda m: -m[2].high)

    @cached_property
    def _finding_room(self) -> Neighbours[Sided]:
        return by_day(self._vague, lambda m: m[2].high, lambda m: m[2].low)
