"""A state as the days that it needs and those that it can have, and what is left of them beside others."""

from __future__ import annotations

from typing import Self

from factledger.dates.days import FOREVER, Day
from factledger.named import NamedTuple
from factledger.status.merging import MergedClaim
from factledger.status.things.taken import Taken


class Piece(NamedTuple):
    """The days of a state, as its sources tell of them and others leave them.

    It begins on `first` at the earliest and lasts to `last` at the latest. If it is `whole` it holds
    from `low` to `high`; else on one of these days at least, and nobody knows on which. `told_to` is
    the day up to which a source vouches, if it began by then; `carried` tells that inertia carries it
    on from there, to `foreseen` at the latest.
    """

    first: Day
    low: Day
    high: Day
    last: Day
    whole: bool
    told_to: Day
    carried: bool
    sure: bool
    foreseen: Day = FOREVER

    @property
    def late(self) -> Day:
        """The day by which it has surely begun."""
        return self.low if self.whole else self.high

    @property
    def ended(self) -> Day:
        """The last day for which a source vouches if it begins as early as it can."""
        return max(self.first, self.told_to)

    @property
    def ended_late(self) -> Day:
        """The last day for which a source vouches if it begins as late as it can."""
        return max(self.late, self.told_to)

    @property
    def worlds(self) -> tuple[tuple[Day, Day], tuple[Day, Day]]:
        """The first and the last days that are left."""
        last = FOREVER if self.carried else self.last
        return (self.first, self.late), (min(max(self.told_to, self.first), last), last)

    def holds(self, day: Day) -> bool:
        """Return whether it surely holds on a day."""
        return self.whole and self.low <= day <= self.high

    def is_over_before(self, needing: Piece) -> bool:
        """Return whether it has room only before the days that another needs, and none within or behind them."""
        reached = self.low if not self.whole else self.high
        return needing.whole and reached < needing.low and self.late <= needing.high

    def beside(self, taken: Taken, side: object) -> Self:
        """Return what days that others take leave of it, but not fewer than none."""
        if self.whole:
            return self
        low, high = taken.free_from(side, self.low), taken.free_until(side, self.high)
        if low > high or (low, high) == (self.low, self.high):
            return self
        first = low if low > self.told_to else self.first  # none of its days can pass over theirs
        last = high if self.carried or high < self.high else self.last
        return self._replace(first=first, low=low, high=high, last=last, whole=low == high)

    def over_on(self, day: Day) -> Self:
        """Return it as it hands over on a day: it began before it, unless that is told as its end."""
        low = min(self.low, day if is_told_over(self) else Day(day - 1))
        return self._replace(low=low, high=day, last=day, whole=True)

    def begun_on(self, day: Day) -> Self:
        """Return it as it takes over on a day."""
        low, high = (self.low, self.high) if self.whole else (day, day)
        last = day if self.carried and not self.whole else self.last
        return self._replace(first=day, low=low, high=high, last=last, whole=True)

    def between(self, before: Day, after: Day) -> Self:
        """Return it as it is after one day, and before another."""
        first = max(self.first, min(self.low, Day(before + 1)))
        last = min(self.last, max(self.high, Day(after - 1)))
        return self._replace(first=first, last=last)


def piece_of(state: MergedClaim) -> Piece:
    """Return the days of a state as its own sources tell of them."""
    carried = state.worlds.carried
    (first, begun), (ended, last) = state.worlds.begins, state.worlds.ends
    foreseen = Day(state.span.gone - 1) if carried and state.span.gone < FOREVER else FOREVER
    if begun <= ended:
        last = ended if carried else last
        return Piece(first, begun, ended, last, True, ended, carried, state.sure, foreseen)
    low, high = max(first, ended), begun if carried else min(begun, last)
    last = high if carried else last
    return Piece(first, low, high, last, low == high, ended, carried, state.sure, foreseen)


def hand_over(early: Piece, late: Piece) -> bool:
    """Return whether one of two takes over from the other on a day that is told.

    That is the end of the one, or the only start of the other.
    """
    if not (early.whole and late.whole and early.high == late.low):
        return False
    return is_told_over(early) or (late.first == late.low and early.first < late.low)


def is_told_over(piece: Piece) -> bool:
    """Return whether a source says on which day it ended at the latest."""
    return not piece.carried and piece.last < FOREVER
