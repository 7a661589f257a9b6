"""What the claims under one key leave to one another: their days, and how far inertia carries them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple, TypeAlias

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.merging import MergedClaim
from factledger.status.neighbours import Neighbours, Reach
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.pieces import Piece, hand_over, is_told_over, piece_of
from factledger.status.things.taken import DayRange, Taken

SideOf: TypeAlias = Callable[[MergedClaim], Hashable]
Member: TypeAlias = tuple[int, Hashable, Piece]  # the identity of a claim, its side, its days


class Clash(NamedTuple):
    """Two claims that cannot both be right, on the days from `first` to `last`."""

    one: int
    other: int
    first: Day
    last: Day


class Row:
    """States under one key of which one side stands at a time, with the days that are left to each."""

    def __init__(self, states: Sequence[MergedClaim], side: SideOf) -> None:
        self.states = states
        self.sides = {id(s): side(s) for s in states}

    def members(self, pieces: dict[int, Piece]) -> list[Member]:
        """Return the states with what is left of them."""
        return [(one, side, pieces[one]) for one, side in self.sides.items()]

    # --- what cannot be together

    def handed_over(self, pieces: dict[int, Piece]) -> Iterator[tuple[int, Piece]]:
        """Yield the states that hand over, or take over, on the day of the handover and no other."""
        whole = [m for m in self.members(pieces) if m[2].whole and m[2].sure]
        ending = _by(whole, lambda m: m[2].high, lambda m: FOREVER)
        for late in whole:
            day = late[2].low
            for early in islice(ending.others(late[1], since=day, until=day, beyond=0), 32):
                if hand_over(early[2], late[2]):
                    yield early[0], pieces[early[0]]._replace(last=day)
                    yield late[0], pieces[late[0]]._replace(first=day)
        sure = _by(whole, lambda m: m[2].low, lambda m: m[2].high)
        for one, side, piece in self.members(pieces):
            if not piece.whole and piece.sure:
                for _, _, there in islice(
                    sure.others(side, until=piece.low, beyond=piece.high - 1), 1
                ):
                    for day in _handed(piece, there)[:1]:
                        yield one, piece.on(day, there.low == day)

    def clashes(self, pieces: dict[int, Piece]) -> Iterator[Clash]:
        """Yield the pairs that cannot both be right, by the days that each needs."""
        sure = [m for m in self.members(pieces) if m[2].sure]
        whole = _by((m for m in sure if m[2].whole), lambda m: m[2].low, lambda m: m[2].high)
        for one, side, piece in sure:
            if piece.whole:
                found = whole.others(side, until=piece.high, beyond=piece.low - 1)
                for other, _, there in islice(found, MOST_CONTESTS + 1):
                    if not (hand_over(piece, there) or hand_over(there, piece)):
                        yield Clash(
                            one, other, max(piece.low, there.low), min(piece.high, there.high)
                        )
            else:
                found = whole.others(side, until=piece.low, beyond=piece.high - 1)
                for other, _, there in islice(found, MOST_CONTESTS):
                    if not _handed(piece, there):
                        days = max(there.low, piece.first), min(there.high, piece.last)
                        yield Clash(one, other, *days)
                        yield Clash(other, one, *days)


def _handed(piece: Piece, there: Piece) -> list[Day]:
    """Return the days on which a state of vague days can hand over to, or take over from, another."""
    days = []
    if piece.low == there.low and (
        is_told_over(piece) or (there.first == there.low and piece.first < there.low)
    ):
        days.append(there.low)
    if piece.high == there.high and is_told_over(there):
        days.append(there.high)
    return days


class Rooms:
    """What is left of each state of some rows, once none holds on days that are surely another's.

    `clear` gives the days, of those from one to another, on which nothing contests a state.
    """

    def __init__(
        self, rows: Sequence[Row], clear: Callable[[int, list[Clash], DayRange], Iterable[DayRange]]
    ) -> None:
        self._rows, self._clear = rows, clear
        self.pieces = {id(s): piece_of(s) for row in rows for s in row.states}
        self.clashes: dict[int, list[Clash]] = {}
        for row in rows:
            for clash in row.clashes(self.pieces):
                self.clashes.setdefault(clash.one, []).append(clash)
        for row in rows:
            for one, piece in row.handed_over(self.pieces):
                self.pieces[one] = piece
        self._settle()
        self._gaps: dict[int, list[DayRange]] = {}
        taken = [self._taken(row) for row in rows]
        near = [_Vague(row.members(self.pieces)) for row in rows]
        left = {}
        for row, days, vague in zip(rows, taken, near, strict=True):
            for one, side, piece in row.members(self.pieces):
                before = max(days.before(side, piece.low), vague.before(side, piece.low))
                after = min(days.after(side, piece.high), vague.after(side, piece.high))
                left[one] = left.get(one, piece).between(before, after)
        self.pieces.update(left)
        for row, days in zip(rows, taken, strict=True):
            for one, side, piece in row.members(self.pieces):
                found = days.within(side, piece.first, piece.last) if not piece.whole else ()
                self._gaps.setdefault(one, []).extend(islice(found, 32))

    def gaps(self, one: int) -> list[DayRange]:
        """Return the stretches of others within what is left of a state."""
        return self._gaps.get(one, [])

    def _settle(self) -> None:
        """Take from each the days that are surely another's, until nothing changes."""
        changed = True
        while changed:
            changed = False
            for row in self._rows:
                days = self._taken(row)
                for one, side, piece in row.members(self.pieces):
                    left = piece.beside(days, side)
                    if left is not piece and left != piece:
                        self.pieces[one] = left
                        changed = changed or left.whole

    def _taken(self, row: Row) -> Taken:
        """Return the days that are surely one side's, and nobody contests it."""
        return Taken(
            (days, side)
            for one, side, piece in row.members(self.pieces)
            if piece.whole and piece.sure
            for days in self._clear(one, self.clashes.get(one, []), DayRange(piece.low, piece.high))
        )


class _Vague:
    """States that hold on some day of several: another does not have all of these days."""

    def __init__(self, members: Iterable[Member]) -> None:
        vague = [m for m in members if m[2].sure and not m[2].whole]
        vague.sort(key=lambda m: m[2].high)
        self._highs = [m[2].high for m in vague]
        self._lows_before = [
            *accumulate((Reach(m[2].low, m[1]) for m in vague), Reach.joined, initial=Reach())
        ]
        vague.sort(key=lambda m: -m[2].low)
        self._lows = [-m[2].low for m in vague]
        self._highs_after = [
            *accumulate((Reach(-m[2].high, m[1]) for m in vague), Reach.joined, initial=Reach())
        ]

    def before(self, side: Hashable, day: Day) -> Day:
        """Return the last day on which another side, over by a day, can have begun to hold."""
        return Day(self._lows_before[bisect_right(self._highs, day)].against(side))

    def after(self, side: Hashable, day: Day) -> Day:
        """Return the first day by which another side, none of it before a day, has surely begun."""
        found = self._highs_after[bisect_right(self._lows, -day)].against(side)
        return Day(min(-found, FOREVER))


class Following:
    """Who takes the place of a state beyond the day up to which a source vouches for it."""

    def __init__(self, row: Row, pieces: dict[int, Piece]) -> None:
        self._sides = row.sides
        members = row.members(pieces)
        self._starting = _by(members, lambda m: m[2].first, lambda m: m[2].late)
        self._begun = _by(members, lambda m: m[2].low, lambda m: m[2].last)
        sure = sorted((m for m in members if m[2].sure), key=lambda m: -m[2].low)
        self._lows = [-m[2].low for m in sure]
        self._lates = [
            *accumulate((Reach(-m[2].late, m[1]) for m in sure), Reach.joined, initial=Reach())
        ]
        whole = [m for m in members if m[2].whole]
        self._needing = _by(whole, lambda m: m[2].low, lambda m: m[2].high)
        carried = [m for m in members if m[2].carried]
        self._holding = _by((m for m in whole if m[2].sure), lambda m: m[2].low, lambda m: m[2].high)
        self._even = _by(carried, lambda m: m[2].ended_late, lambda m: m[2].late)

    def perhaps(self, one: int, piece: Piece) -> Day:
        """Return the first day on which another can have taken the place of a state."""
        side, end = self._sides[one], piece.ended
        return min(self._perhaps(side, end, piece), default=FOREVER)

    def _perhaps(self, side: Hashable, end: Day, piece: Piece) -> Iterator[Day]:
        after = Day(end + 1)
        if any(True for _ in islice(self._starting.others(side, until=end, beyond=end), 1)):
            yield after
        for later in islice(self._starting.others(side, since=after, beyond=BEGINNING - 1), 1):
            yield later[2].first
        there = self._begun if piece.whole else self._needing
        if any(True for _ in islice(there.others(side, until=end, beyond=end), 1)):
            yield after
        if any(
            True
            for _ in islice(self._even.others(side, since=end, until=end, beyond=piece.first), 1)
        ):
            yield after

    def surely(self, one: int, piece: Piece) -> Day:
        """Return the day from which another has surely taken the place of a state."""
        side, end = self._sides[one], piece.ended_late
        return min(self._surely(side, end, piece), default=FOREVER)

    def _surely(self, side: Hashable, end: Day, piece: Piece) -> Iterator[Day]:
        yield Day(min(-self._lates[bisect_left(self._lows, -end)].against(side), FOREVER))
        if any(True for _ in islice(self._holding.others(side, until=end, beyond=end), 1)):
            yield Day(end + 1)
        newer = self._even.others(side, since=end, until=end, beyond=piece.late)
        if any(other[2].sure and other[2].first > piece.late for other in islice(newer, 32)):
            yield Day(end + 1)


def _by(
    members: Iterable[Member], day: Callable[[Member], int], reach: Callable[[Member], int]
) -> Neighbours[Member]:
    return Neighbours(members, day=day, reach=reach, side=lambda m: m[1])

