"""The events that end states, each found by what it names and by when it was."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, islice, product, takewhile
from typing import TYPE_CHECKING, TypeAlias

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.records.claims import State
from factledger.records.vocabulary import Key, key_of
from factledger.status.effects.begun import moved, who
from factledger.status.merging import MergedClaim, compared_value
from factledger.status.standings import MOST_CONTESTS

if TYPE_CHECKING:
    from factledger.status.belief import Belief

Named: TypeAlias = frozenset[tuple[str, str]]  # roles and actors


class Enders:
    """The events that end states.

    An event ends those states under a key that fit all it names: its value, and its actors in
    the roles that the state has, the location aside.
    """

    def __init__(self, stated: Iterable[MergedClaim], belief: Belief) -> None:
        self._belief = belief
        self._events: dict[Key, list[MergedClaim]] = defaultdict(list)
        self._fitting: dict[tuple[Key, frozenset[str]], _Fitting] = {}
        for event in stated:
            for kind in moved(event, belief.vocabulary, "ends"):
                self._events[key_of(kind, who(event.claim, belief))].append(event)

    @property
    def some(self) -> bool:
        """Whether there are any."""
        return bool(self._events)

    def first_after(self, state: MergedClaim) -> MergedClaim | None:
        """Return the event that is the first to end a state.

        That is one which cannot have been before the state had surely begun, and which may have been
        on the day for which a source vouches, or after it.
        """
        span = state.span
        found = (row.first_since(span.sure, span.until) for row in self._rows(state))
        return min((event for event in found if event), key=_over, default=None)

    def earliest_after(self, state: MergedClaim) -> Day:
        """Return the first day on which any of the events after a state has begun can have ended it."""
        span = state.span
        found = (row.earliest_since(span.sure, span.until) for row in self._rows(state))
        return min(found, default=FOREVER)

    def latest(self, state: MergedClaim) -> Day:
        """Return the last day on which an event can have ended a state, if there is any."""
        found = (row.latest_since(state.span.until) for row in self._rows(state))
        return max(found, default=BEGINNING)

    def perhaps(self, state: MergedClaim, beside: MergedClaim | None = None) -> Day:
        """Return the first day on which an event that perhaps counts for nothing can have ended a state.

        Those that end another as well are left out, if it is given.
        """
        span = state.span
        found = (row.perhaps(span.until) for row in self._rows(state, beside))
        return min(found, default=FOREVER)

    def last_before(self, state: MergedClaim) -> Day:
        """Return the last first day of the events that are over before a day for which a source vouches.

        Those that cannot have been before it had begun are left out.
        """
        days = state.span.until, state.worlds.begins[1]
        return max((row.last_before(*days) for row in self._rows(state)), default=BEGINNING)

    def between(self, state: MergedClaim) -> list[MergedClaim]:
        """Return the events after a state had surely begun, and before a day for which a source vouches."""
        span = state.span
        found = (row.between(span.sure, span.until) for row in self._rows(state))
        return [*islice(chain.from_iterable(found), MOST_CONTESTS)]

    def first_around(
        self, state: MergedClaim, beside: MergedClaim | None = None
    ) -> MergedClaim | None:
        """Return the first event that came perhaps before a state surely began, perhaps after it did.

        Those that end another as well are left out, if it is given.
        """
        span = state.span
        since = max(span.first, span.until)
        found = (row.first_around(since, span.sure) for row in self._rows(state, beside))
        return min((event for event in found if event), key=_begun, default=None)

    def _rows(self, state: MergedClaim, beside: MergedClaim | None = None) -> Iterator[_Row]:
        """Return the events that end a state, and not another, those that name the same in one row."""
        if not self._events:
            return iter(())
        if beside is None:
            return self._rows_of(state)
        others = {id(row) for row in self._rows_of(beside)}
        return (row for row in self._rows_of(state) if id(row) not in others)

    def _rows_of(self, state: MergedClaim) -> Iterator[_Row]:
        if isinstance(state.claim, State) and state.claim.factual:
            named = frozenset(who(state.claim, self._belief))
            roles = frozenset(role for role, _ in named) - {"location"}
            for key in state.keys:
                if key in self._events:
                    yield from self._under(key, roles).rows(compared_value(state.claim), named)

    def _under(self, key: Key, roles: frozenset[str]) -> _Fitting:
        if (key, roles) not in self._fitting:
            self._fitting[key, roles] = _Fitting(self._events[key], roles, self._belief)
        return self._fitting[key, roles]


class _Fitting:
    """The events under a key, in rows that name the same, each found by the rarest of its actors."""

    def __init__(
        self, events: Iterable[MergedClaim], roles: frozenset[str], belief: Belief
    ) -> None:
        alike: dict[tuple[str | None, Named], list[MergedClaim]] = defaultdict(list)
        for event in events:
            named = frozenset(one for one in who(event.claim, belief) if one[0] in roles)
            value = None if event.claim.value is None else compared_value(event.claim)
            alike[value, named].append(event)
        often = Counter(one for _, named in alike for one in named)
        self._rows: dict[object, list[tuple[Named, _Row]]] = defaultdict(list)
        for (value, named), row in alike.items():
            rarest = min(named, key=often.__getitem__, default=None)
            self._rows[value, rarest].append((named, _Row(row)))

    def rows(self, value: str, named: Named) -> Iterator[_Row]:
        """Yield the rows of events that name no other value and nobody else."""
        for wanted in product((value, None), (*named, None)):
            yield from (row for theirs, row in self._rows.get(wanted, ()) if theirs <= named)


class _Row:
    """Events that end the same states, in the order of their first days."""

    def __init__(self, events: Iterable[MergedClaim]) -> None:
        every = sorted(events, key=_begun)
        self._events = [event for event in every if event.sure]
        self._unsure = [event for event in every if not event.sure]
        self._last = max(event.span.sure for event in every)
        self._firsts = [event.span.first for event in self._events]
        self._latest = [*accumulate((event.span.sure for event in self._events), max)]
        self._over = [*accumulate(reversed(self._events), lambda *two: min(*two, key=_over))][::-1]

    def first_since(self, begun: Day, day: Day) -> MergedClaim | None:
        """Return the event that is over first, of those after a day that are over on another or later."""
        place = bisect_left(self._firsts, max(begun, day))
        later = self._over[place : place + 1]
        early = islice(self._events, bisect_left(self._firsts, begun), place)
        around = islice((event for event in early if event.span.sure >= day), MOST_CONTESTS)
        return min((*later, *around), key=_over, default=None)

    def earliest_since(self, begun: Day, day: Day) -> Day:
        """Return the first day, from one on, on which an event after another can have been."""
        place = bisect_left(self._firsts, max(begun, day))
        early = islice(self._events, bisect_left(self._firsts, begun), place)
        if any(event.span.sure >= day for event in early):
            return day
        return self._firsts[place] if place < len(self._firsts) else FOREVER

    def latest_since(self, day: Day) -> Day:
        """Return the last day, from one on, on which an event can have been."""
        return self._last if self._last >= day else BEGINNING

    def perhaps(self, day: Day) -> Day:
        """Return the first day, from one on, on which an event that is not sure can have been."""
        later = (max(e.span.first, day) for e in self._unsure if e.span.sure >= day)
        return min(later, default=FOREVER)

    def last_before(self, day: Day, begun: Day) -> Day:
        """Return the last first day, before another, of the events that are surely over before a day."""
        early = reversed(self._events[: bisect_left(self._firsts, begun)])
        return next((e.span.first for e in early if e.span.sure < day), BEGINNING)

    def between(self, since: Day, until: Day) -> Iterator[MergedClaim]:
        """Yield the events that cannot have been before a day, and are over before another."""
        later = islice(self._events, bisect_left(self._firsts, since), None)
        return (e for e in takewhile(lambda e: e.span.first < until, later) if e.span.sure < until)

    def first_around(self, first: Day, sure: Day) -> MergedClaim | None:
        """Return the first event that can have been on one day or after it, and before another."""
        place = bisect_left(self._latest, first)
        reached = place < len(self._events) and self._firsts[place] < sure
        return self._events[place] if reached else None


def _begun(event: MergedClaim) -> tuple[Day, str]:
    return event.span.first, event.content


def _over(event: MergedClaim) -> tuple[Day, Day, str]:
    return event.span.sure, event.span.first, event.content
