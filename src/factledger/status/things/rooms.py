"""What the claims under one key leave to one another: their days, and how far inertia carries them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple, TypeAlias

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.records.claims import State
from factledger.records.vocabulary import Vocabulary
from factledger.status.merging import MergedClaim, grouped, is_single
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

    def handed_over(self, pieces: dict[int, Piece]) -> Iterator[tuple[int, int, Day]]:
        """Yield each two of which one takes over from the other, and the day of the handover."""
        sure = [m for m in self.members(pieces) if m[2].sure]
        whole = [m for m in sure if m[2].whole]
        ending = _by(whole, lambda m: m[2].high, lambda m: FOREVER)
        for late in whole:
            day = late[2].low
            for early in islice(ending.others(late[1], since=day, until=day, beyond=0), 32):
                if hand_over(early[2], late[2]):
                    yield early[0], late[0], day
        needing = _by(whole, lambda m: m[2].low, lambda m: m[2].high)
        for one, side, piece in sure:
            if not piece.whole:
                around = needing.others(side, until=piece.low, beyond=piece.high - 1)
                for other, _, there in islice(around, 1):
                    for day in _handed(piece, there)[:1]:
                        early, late = (one, other) if day == there.low else (other, one)
                        yield early, late, day

    def covered(self, pieces: dict[int, Piece]) -> Iterator[tuple[int, DayRange]]:
        """Yield the states all of whose days another needs, with the days of the other."""
        whole = (m for m in self.members(pieces) if m[2].whole and m[2].sure)
        needing = _by(whole, lambda m: m[2].low, lambda m: m[2].high)
        for one, side, piece in self.members(pieces):
            around = needing.others(side, until=piece.low, beyond=piece.high - 1)
            if not piece.whole:
                yield from ((one, DayRange(o[2].low, o[2].high)) for o in islice(around, 1))

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


def rows_of(states: Iterable[MergedClaim], vocabulary: Vocabulary) -> list[Row]:
    """Return the states of which one side stands at a time: a denial and what it denies; values."""
    told = [c for c in states if isinstance(c.claim, State) and c.told]
    single = (c for c in told if is_single(c, vocabulary))
    opposites, values = grouped(told, _meaning).values(), grouped(single, _key).values()
    found = [Row(them, _polarity) for them in opposites if len({*map(_polarity, them)}) > 1]
    return [*found, *(Row(them, _value) for them in values if len({*map(_value, them)}) > 1)]


def _key(state: MergedClaim) -> Hashable:
    return state.claim.type, state.keys


def _meaning(state: MergedClaim) -> Hashable:
    return state.meaning


def _value(state: MergedClaim) -> Hashable:
    return state.value


def _polarity(state: MergedClaim) -> Hashable:
    return state.claim.polarity


class Rooms:
    """What is left of each state of some rows, once none holds on days that are surely another's."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self.pieces = {id(s): piece_of(s) for row in rows for s in row.states}
        self.clashes: dict[int, list[Clash]] = {}
        self._covered = {
            one: days for row in rows for one, days in row.covered(self.pieces) if one in self.pieces
        }
        for row in rows:
            for clash in row.clashes(self.pieces):
                self.clashes.setdefault(clash.one, []).append(clash)
        self._gaps: dict[int, list[DayRange]] = {}

    def settle(
        self, clear: Callable[[int, list[Clash], DayRange], Iterable[DayRange]]
    ) -> None:
        """Leave to each what is not surely another's; `clear` gives the days that nothing contests."""
        self._clear, rows = clear, self._rows
        handed = [h for row in rows for h in row.handed_over(self.pieces)]
        handed = [h for h in handed if all(self._is_clear(one, h[2]) for one in h[:2])]
        for early, late, day in handed:
            over, begun = self.pieces[early], self.pieces[late]
            self.pieces[early] = over.over_on(day, begun)
            self.pieces[late] = begun.begun_on(day, over)
        self._settle()
        self.taken = taken = [self._taken(row) for row in rows]
        near = [_Vague(m for m in row.members(self.pieces) if m[0] not in self.clashes) for row in rows]
        left: dict[int, Piece] = {}
        for row, days, vague in zip(rows, taken, near, strict=True):
            for one, side, piece in row.members(self.pieces):
                first, last = self._covered.get(one, DayRange(piece.low, piece.high))
                before = max(days.before(side, first), vague.before(side, piece))
                after = min(days.after(side, last), vague.after(side, piece))
                left[one] = left.get(one, piece).between(before, after)
        self.pieces.update(left)
        for early, late, day in handed:
            self.pieces[early] = self.pieces[early].over_on(day, self.pieces[late])
        for row, days in zip(rows, taken, strict=True):
            for one, side, piece in row.members(self.pieces):
                whole = piece.whole or one in self._covered
                found = () if whole else days.within(side, piece.first, piece.last)
                self._gaps.setdefault(one, []).extend(islice(found, 32))

    def _is_clear(self, one: int, day: Day) -> bool:
        return any(True for _ in self._clear(one, self.clashes.get(one, []), DayRange(day, day)))

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
                    left = piece if one in self._covered else piece.beside(days, side)
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


class _Least:
    """Of states whose days begin on one or later, by which day the first has surely begun."""

    def __init__(self, members: Iterable[Member]) -> None:
        found = sorted(members, key=lambda m: -m[2].low)
        self._lows = [-m[2].low for m in found]
        late = (Reach(-m[2].late, m[1]) for m in found)
        self._lates = [*accumulate(late, Reach.joined, initial=Reach())]

    def least(self, side: Hashable, day: Day) -> Day:
        """Return the day by which one of another side has begun, none of whose days are before a day."""
        found = self._lates[bisect_right(self._lows, -day)].against(side)
        return Day(min(-found, FOREVER))


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

    def before(self, side: Hashable, piece: Piece) -> Day:
        """Return the last day on which another side, over before a state, can have begun to hold."""
        day = piece.low if not piece.whole else piece.low - 1 if piece.sure else piece.high
        return Day(self._lows_before[bisect_right(self._highs, day)].against(side))

    def after(self, side: Hashable, piece: Piece) -> Day:
        """Return the first day by which another side, that follows a state, has surely begun."""
        day = piece.high if not piece.whole else piece.high + 1 if piece.sure else piece.low
        found = self._highs_after[bisect_right(self._lows, -day)].against(side)
        return Day(min(-found, FOREVER))


class Following:
    """Who takes the place of a state beyond the day up to which a source vouches for it."""

    def __init__(
        self,
        row: Row,
        pieces: dict[int, Piece],
        clashing: Container[int] = (),
        taken: Taken | None = None,
    ) -> None:
        self._sides = row.sides
        self._taken = taken or Taken(())
        members = row.members(pieces)
        self._starting = _by(members, lambda m: m[2].first, lambda m: m[2].late)
        self._begun = _by(members, lambda m: m[2].low, lambda m: m[2].last)
        sure = [m for m in members if m[2].sure]
        self._begun_after = _Least(sure)
        vague = [m for m in sure if not m[2].whole]
        self._vague = _Least(m for m in vague if m[0] not in clashing)
        self._even_vague = _Least(
            m for m in vague if m[2].carried and m[2].first == m[2].low == m[2].told_to
        )
        whole = [m for m in members if m[2].whole]
        self._needing = _by(whole, lambda m: m[2].low, lambda m: m[2].high)
        carried = [m for m in members if m[2].carried]
        self._holding = _by((m for m in whole if m[2].sure), lambda m: m[2].low, lambda m: m[2].high)
        self._even = _by(carried, lambda m: m[2].ended_late, lambda m: m[2].late)

    def perhaps(self, one: int, piece: Piece, since: int = BEGINNING - 1) -> Day:
        """Return the first day on which another, that can begin after a day, can have taken its place."""
        side, end = self._sides[one], piece.ended
        return min(self._perhaps(side, end, piece, since), default=FOREVER)

    def _perhaps(self, side: Hashable, end: Day, piece: Piece, since: int) -> Iterator[Day]:
        after = Day(end + 1)
        for _, theirs, other in islice(self._starting.others(side, until=end, beyond=end), 4):
            free = after if other.whole else self._taken.free_from(theirs, after)
            if free <= other.late:
                yield free
        for later in islice(self._starting.others(side, since=after, beyond=BEGINNING - 1), 1):
            yield later[2].first
        there = self._begun if piece.whole else self._needing
        lasting = islice(there.others(side, until=end, beyond=end), MOST_CONTESTS)
        if any(other[2].late > since for other in lasting):
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
        yield self._begun_after.least(side, Day(end + 1))
        yield self._vague.least(side, Day(end + 1) if piece.whole else piece.late)
        if piece.late < end:
            yield self._even_vague.least(side, end)
        if any(True for _ in islice(self._holding.others(side, until=end, beyond=end), 1)):
            yield Day(end + 1)
        newer = self._even.others(side, since=end, until=end, beyond=piece.late)
        later = (o[2] for o in islice(newer, MOST_CONTESTS) if o[2].ended == end)
        if any(
            other.sure and (other.first if piece.sure else other.late) > piece.late
            for other in later
        ):
            yield Day(end + 1)


def _by(
    members: Iterable[Member], day: Callable[[Member], int], reach: Callable[[Member], int]
) -> Neighbours[Member]:
    return Neighbours(members, day=day, reach=reach, side=lambda m: m[1])

