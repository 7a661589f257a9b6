"""How a claim stands on a day once others take its place: inertia, never overwrite."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from typing import NamedTuple, TypeAlias

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.holders import DayRange, Holders
from factledger.status.merging import MergedClaim
from factledger.status.neighbours import Neighbours
from factledger.status.spans import Status
from factledger.status.standings import MOST_CONTESTS

_CAPPED = {Status.DEFINITE: Status.POSSIBLE, Status.PRESUMED: Status.POSSIBLE}
_MOST_GAPS = 32  # stretches of others within what is only possible; the rest are left possible
_TRIED = 1000  # rivals that are over before they can take a place; of more nobody takes it
SideOf: TypeAlias = Callable[[MergedClaim], Hashable]


class Limit(NamedTuple):
    """The limit that others set to a span.

    It has not begun before `begun`, nor on the days of `gaps`; it is possible at most from
    `maybe`, and ended from `surely`.
    """

    begun: Day = BEGINNING
    maybe: Day = FOREVER
    surely: Day = FOREVER
    gaps: tuple[DayRange, ...] = ()

    def within(self, other: Limit) -> Limit:
        """Return the limit that two set together."""
        return Limit(
            max(self.begun, other.begun),
            min(self.maybe, other.maybe),
            min(self.surely, other.surely),
            (*self.gaps, *other.gaps),
        )

    @property
    def marks(self) -> Iterator[Day]:
        """The days on which it turns."""
        yield from (self.begun, self.maybe, self.surely)
        for gap in self.gaps:
            yield from (gap.first, Day(gap.last + 1))


def status_at(merged: MergedClaim, limit: Limit, day: Day) -> Status:
    """Return the status of a claim on a day, within its limit."""
    status = merged.span.status(day)
    if not status.shown:
        return status
    if day >= limit.surely:
        return Status.ENDED
    if day < limit.begun or any(gap.first <= day <= gap.last for gap in limit.gaps):
        return Status.NOT_YET
    if not merged.sure or day >= limit.maybe:
        return _CAPPED.get(status, status)
    return status


def gone_from(merged: MergedClaim, limit: Limit) -> Day:
    """Return the day from which a claim has ended, FOREVER if it does not."""
    return max(merged.span.first, min(merged.span.gone, limit.surely))


class Rivals:
    """The states under one single-valued key, of which a later one takes the place of an earlier.

    Nobody is possible beside a definite holder: on the days on which one side alone is definite,
    and nobody contests it, the others are not. Of those that displace a state the first ones are
    its neighbours in the order in which states begin, and in that in which they surely begin. So
    only these few are asked.
    """

    def __init__(
        self,
        states: Sequence[MergedClaim],
        side: SideOf,
        clear: Callable[[MergedClaim], DayRange | None],
    ) -> None:
        self._side = side
        self._holders = Holders(states, side, clear)
        self._limits = {id(state): self.hemmed_in(state) for state in states}
        self.crowded_out = [
            (state, self._holders.definite_within(state, MOST_CONTESTS))
            for state in states
            if self._without_room(state)
        ]
        self._limits.update((id(state), Limit()) for state, _ in self.crowded_out)
        placed = [self.within(state) for state in states]
        placed = [state for state in placed if state.known_to_start]
        self._starting = self._by(placed, lambda s: s.span.first, lambda s: s.span.sure)
        certain = [state for state in placed if state.sure]
        self._settled = self._by(certain, lambda s: s.span.sure, _follows)

    def _by(
        self,
        states: Iterable[MergedClaim],
        day: Callable[[MergedClaim], int],
        reach: Callable[[MergedClaim], int],
    ) -> Neighbours[MergedClaim]:
        return Neighbours(states, day=day, reach=reach, side=self._side)

    # --- nobody beside a definite holder

    def hemmed_in(self, state: MergedClaim) -> Limit:
        """Return the limit that definite holders set to a state, before others take its place."""
        if state.held:
            after = self._holders.next_definite(state, Day(state.span.until + 1))
            begun = self._holders.clear_before(state, state.span.sure)
            return Limit(begun=begun, surely=after)
        presumed = state.span.presumed >= state.span.sure
        after = self._holders.next_definite(state, state.span.sure) if presumed else FOREVER
        return self._in_gaps(state, min(after, state.span.gone))

    def _without_room(self, state: MergedClaim) -> bool:
        """Return whether definite holders leave a state no day to begin.

        The sources cannot all be right then: it began on some day. So nobody hems it in.
        """
        limit, span = self._limits[id(state)], state.span
        began = min(state.worlds.begins[1], min(span.gone, limit.surely) - 1)
        return not state.definite and state.sure and limit.begun > began >= span.first

    def _in_gaps(self, state: MergedClaim, gone: Day) -> Limit:
        """Return the limit of a state that is definite on no day: the days of definite holders.

        Where nothing of it is left after them it has ended.
        """
        found = self._holders.clear_within(state, state.span.first, Day(gone - 1))
        gaps, begun = [*islice(found, _MOST_GAPS)], BEGINNING
        while gaps and gaps[-1].last >= gone - 1:
            gone = gaps.pop().first
        while gaps and gaps[0].first <= max(state.span.first, begun):
            begun = Day(gaps.pop(0).last + 1)
        return Limit(begun=begun, surely=gone, gaps=tuple(gaps))

    def room(self, state: MergedClaim) -> Limit:
        """Return the limit that definite holders set to a state, none where they leave it no day to begin."""
        return self._limits[id(state)]

    def within(self, state: MergedClaim) -> MergedClaim:
        """Return a state with the days on which nobody else is definite."""
        limit, span = self.room(state), state.span
        first, gone = max(span.first, limit.begun), min(span.gone, limit.surely)
        sure = max(span.sure, first)
        return state._replace(span=span._replace(first=first, sure=sure, gone=gone))

    # --- inertia

    def limit(self, state: MergedClaim) -> Limit:
        """Return the limit that the others set to a state: inertia, never overwrite.

        What a source attests is never cut; only what is presumed or possible beyond it.
        """
        own, hemmed = self.within(state), self.room(state)
        return reduce(
            Limit.within, (displacement(own, other) for other in self._neighbours(own)), hemmed
        )

    def _neighbours(self, state: MergedClaim) -> Iterator[MergedClaim]:
        """Yield the few of another side among which are those that displace a state first."""
        first, sure, held = state.span.first, state.span.sure, state.held_to
        ways = (
            (self._starting, BEGINNING, first),
            (self._starting, held, first),
            (self._settled, first + 1, sure - 1),
            (self._settled, max(first + 1, held), max(sure, held) - 1),
        )
        for states, since, beyond in ways:
            others = islice(states.others(self._side(state), since=since, beyond=beyond), _TRIED)
            yield from islice((other for other in others if displaces(other, state)), 1)


def displaces(other: MergedClaim, state: MergedClaim) -> bool:
    """Return whether a rival may have taken the place of a state, and be there still when it can."""
    later = other.known_to_start and other.span.sure > state.span.first
    return later and other.span.gone > _gives_way(state, other)


def _gives_way(state: MergedClaim, other: MergedClaim) -> Day:
    """Return the first day on which a rival can take the place of a state: not before it is let go."""
    return max(other.span.first, Day(state.held_to + 1))


def displacement(state: MergedClaim, other: MergedClaim) -> Limit:
    """Return from when a state gives way to the one that took its place."""
    sure, maybe = other.span.sure, _gives_way(state, other)
    later = _follows(other) >= state.span.sure
    return Limit(maybe=maybe, surely=max(sure, maybe) if later and other.sure else FOREVER)


def _follows(state: MergedClaim) -> int:
    """Return the last day by which a state that this one surely follows has surely begun."""
    first, sure = state.span.first, state.span.sure
    return first if first > BEGINNING else sure - 1
