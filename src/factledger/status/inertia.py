"""How a claim stands on a day once others take its place: inertia, never overwrite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import filterfalse, islice
from typing import NamedTuple

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.merging import MergedClaim
from factledger.status.neighbours import Neighbours
from factledger.status.spans import Status

_CAPPED = {Status.DEFINITE: Status.POSSIBLE, Status.PRESUMED: Status.POSSIBLE}


class Limit(NamedTuple):
    """The limit that others set to a span: possible at most from `maybe`, ended from `surely`."""

    maybe: Day = FOREVER
    surely: Day = FOREVER

    def within(self, other: Limit) -> Limit:
        """Return the limit that two set together."""
        return Limit(min(self.maybe, other.maybe), min(self.surely, other.surely))


def status_at(merged: MergedClaim, limit: Limit, day: Day) -> Status:
    """Return the status of a claim on a day, within its limit."""
    status = merged.span.status(day)
    if not status.shown:
        return status
    if day >= limit.surely:
        return Status.ENDED
    if not merged.sure or day >= limit.maybe:
        return _CAPPED.get(status, status)
    return status


def gone_from(merged: MergedClaim, limit: Limit) -> Day:
    """Return the day from which a claim has ended, FOREVER if it does not."""
    return max(merged.span.first, min(merged.span.gone, limit.surely))


class Rivals:
    """The states under one single-valued key, of which a later one takes the place of an earlier.

    Of those that displace a state the first ones are its neighbours in the order in which states
    begin, and in that in which they surely begin. So only these few are asked.
    """

    def __init__(self, states: Iterable[MergedClaim]) -> None:
        placed = [state for state in states if state.known_to_start]
        certain = [state for state in placed if state.sure]
        self._starting = _by_start(placed)
        self._settled = Neighbours(
            filterfalse(_foretold, certain),
            day=lambda s: s.span.sure,
            reach=_follows,
            side=lambda s: s.value,
        )
        self._foretold = _by_start(filter(_foretold, certain))

    def limit(self, state: MergedClaim) -> Limit:
        """Return the limit that the others set to a state: inertia, never overwrite.

        What a source attests is never cut; only what is presumed or possible beyond it.
        """
        others = (other for other in self._neighbours(state) if displaces(other, state))
        return reduce(Limit.within, (displacement(state, other) for other in others), Limit())

    def _neighbours(self, state: MergedClaim) -> Iterator[MergedClaim]:
        """Yield the few of another value among which are those that displace a state first."""
        first, sure, held = state.span.first, state.span.sure, state.held_to
        ways = (
            (self._starting, BEGINNING, first),
            (self._starting, held, first),
            (self._settled, first + 1, sure - 1),
            (self._settled, max(first + 1, held), max(sure, held) - 1),
            (self._foretold, sure, first),
            (self._foretold, max(sure, held), first),
        )
        for states, since, beyond in ways:
            yield from islice(states.others(state.value, since=since, beyond=beyond), 1)


def displaces(other: MergedClaim, state: MergedClaim) -> bool:
    """Return whether a rival may have taken the place of a state."""
    return (
        other.known_to_start and other.span.sure > state.span.first and other.value != state.value
    )


def displacement(state: MergedClaim, other: MergedClaim) -> Limit:
    """Return from when a state gives way to the one that took its place."""
    start, sure = other.span.first, other.span.sure
    maybe = start if start >= state.held_to else Day(state.held_to + 1)
    later = _follows(other) >= state.span.sure
    return Limit(maybe, max(sure, maybe) if later and other.sure else FOREVER)


def _follows(state: MergedClaim) -> int:
    """Return the last day by which a state that this one surely follows has surely begun."""
    first, sure = state.span.first, state.span.sure
    return first if first > BEGINNING else sure - 1


def _foretold(state: MergedClaim) -> bool:
    """Return whether its source spoke before the state can have begun, as of `[2022..]` in 2021."""
    return state.span.sure < state.span.first


def _by_start(states: Iterable[MergedClaim]) -> Neighbours[MergedClaim]:
    return Neighbours(
        states, day=lambda s: s.span.first, reach=lambda s: s.span.sure, side=lambda s: s.value
    )
