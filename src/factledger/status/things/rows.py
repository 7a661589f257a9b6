"""States under one key of which one side stands at a time: which of them cannot be together, and when."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.named import NamedTuple
from factledger.records.claims import State
from factledger.records.vocabulary import Vocabulary
from factledger.status.merging import MergedClaim, grouped, is_single
from factledger.status.neighbours import Neighbours
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.pieces import Piece, hand_over, is_told_over

SideOf: TypeAlias = Callable[[MergedClaim], Hashable]
Sided: TypeAlias = tuple[int, Hashable, Piece]  # the identity of a claim, its side, its days


class Clash(NamedTuple):
    """A claim and others that cannot be right beside it, on the days from `first` to `last`."""

    one: int
    others: tuple[int, ...]
    first: Day
    last: Day


class Row:
    """States under one key of which one side stands at a time, with the days that are left to each."""

    def __init__(self, states: Sequence[MergedClaim], side: SideOf) -> None:
        self.states, self.side_of = [*states], side
        self.sides = {id(s): side(s) for s in states}
        self.unplaced = {id(s) for s in states if not s.known_to_start}

    def members(self, pieces: dict[int, Piece]) -> list[Sided]:
        """Return the states with what is left of them."""
        return [(one, side, pieces[one]) for one, side in self.sides.items()]

    # --- what cannot be together

    def handed_over(self, pieces: dict[int, Piece]) -> Iterator[tuple[int, int, Day]]:
        """Yield each two of which one takes over from the other, and the day of the handover."""
        members = self.members(pieces)
        whole = [m for m in members if m[2].whole]
        begun = {m[2].low for m in whole}
        ended = (m for m in whole if m[2].high in begun)
        ending = by_day(ended, lambda m: m[2].high, lambda m: FOREVER)
        for late in whole:
            day = late[2].low
            found = ending.others(late[1], since=day, until=day, beyond=BEGINNING - 1)
            for early in islice(found, MOST_CONTESTS):
                if hand_over(early[2], late[2]) and not hand_over(late[2], early[2]):
                    yield early[0], late[0], day
        first = {one: (other, days) for one, other, days in reversed([*self._around(pieces)])}
        for one, (other, days) in first.items():
            if len(days) == 1:  # of two days nobody knows which it was
                day = days[0]
                yield (one, other, day) if day == pieces[other].low else (other, one, day)

    def either_side(self, pieces: dict[int, Piece]) -> Iterator[int]:
        """Yield the states that can hand over to another, or take over from it."""
        return (one for one, _, days in self._around(pieces) if len(days) > 1)

    def clashes(self, pieces: dict[int, Piece]) -> Iterator[Clash]:
        """Yield the states with those that cannot be right beside them, by the days that each needs."""
        sure = [m for m in self.members(pieces) if m[2].sure]
        whole = by_day((m for m in sure if m[2].whole), lambda m: m[2].low, lambda m: m[2].high)
        for one, side, piece in sure:
            if piece.whole:
                found = whole.others(side, until=piece.high, beyond=piece.low - 1)
                for days, them in _together(piece, islice(found, MOST_CONTESTS + 1)):
                    yield Clash(one, tuple(them), *days)
        for one, other in self.crowded(pieces):
            piece, there = pieces[one], pieces[other]
            if piece.sure:
                days = max(there.low, piece.first), min(there.high, piece.last)
                yield Clash(one, (other,), *days)
                yield Clash(other, (one,), *days)

    def crowded(self, pieces: dict[int, Piece]) -> Iterator[tuple[int, int]]:
        """Yield the states of vague days that have no room beside another, which needs all of these."""
        return ((one, other) for one, other, days in self._around(pieces) if not days)

    def _around(self, pieces: dict[int, Piece]) -> Iterator[tuple[int, int, list[Day]]]:
        """Yield the states of vague days with others that need all these, and the days of a handover."""
        members = self.members(pieces)
        vague = [m for m in members if not m[2].whole]
        whole = (m for m in members if vague and m[2].whole and m[2].sure)
        needing = by_day(whole, lambda m: m[2].low, lambda m: m[2].high)
        for one, side, piece in vague:
            found = needing.others(side, until=piece.low, beyond=piece.high - 1)
            for other, _, there in islice(found, MOST_CONTESTS):
                yield one, other, _handed(piece, there)


def _together(piece: Piece, others: Iterable[Sided]) -> Iterator[tuple[tuple[Day, Day], list[int]]]:
    """Yield the days on which a state and others cannot be together, with those others."""
    low, high = piece.low, piece.high
    days, them = (low, high), list[int]()
    for other, _, there in others:
        since, until = there.low, there.high
        touching = since == high or until == low  # else no day is that of a handover
        if touching and (hand_over(piece, there) or hand_over(there, piece)):
            continue
        common = since if since > low else low, until if until < high else high
        if them and common != days:
            yield days, them
            them = []
        days = common
        them.append(other)
    if them:
        yield days, them


def _handed(piece: Piece, there: Piece) -> list[Day]:
    """Return the days on which a state of vague days can hand over to, or take over from, another."""
    days: list[Day] = []
    if piece.low == there.low and (
        is_told_over(piece) or (there.first == there.low and piece.first < there.low)
    ):
        days.append(there.low)
    if piece.high == there.high and is_told_over(there):
        days.append(there.high)
    return days


def state_rows(states: Iterable[MergedClaim], vocabulary: Vocabulary) -> list[Row]:
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


def by_day(
    members: Iterable[Sided], day: Callable[[Sided], int], reach: Callable[[Sided], int]
) -> Neighbours[Sided]:
    """Return members of a row in the order of one of their days, each with a day up to which it reaches."""
    return Neighbours(members, day=day, reach=reach, side=lambda m: m[1])
