"""Claims that are not one although their dates allow it: a person says so, or another stood between."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Self, TypeAlias

from factledger.caching import cached_property
from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.named import NamedTuple
from factledger.records.vocabulary import Vocabulary
from factledger.status.merging import MergedClaim
from factledger.status.neighbours import Neighbours
from factledger.status.spans import Span, Worlds
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.rows import Row, state_rows
from factledger.status.things.taken import DayRange

if TYPE_CHECKING:
    from factledger.status.belief import Belief
    from factledger.status.contrary.tellings import Tellings

ClearDays: TypeAlias = Callable[[MergedClaim, DayRange], Iterable[DayRange]]
"""Gives those of some days of a state on which nothing contests it."""
_Sided: TypeAlias = tuple[DayRange, Hashable]


class _Rivals(NamedTuple):
    """The states of a row: those that are definite on a day, and those whose start is placed.

    `settled` are the days on which one is definite and nothing contests it.
    """

    row: Row
    definite: Neighbours[MergedClaim]
    beginning: Neighbours[MergedClaim]
    settled: Neighbours[_Sided]

    @classmethod
    def of(cls, row: Row, clear: ClearDays) -> Self:
        definite = Neighbours(
            (s for s in row.states if s.definite),
            day=lambda s: s.span.sure,
            reach=lambda s: s.span.until,
            side=row.side_of,
        )
        beginning = Neighbours(
            (s for s in row.states if s.known_to_start),
            day=lambda s: s.worlds.begins[0],
            reach=lambda s: s.worlds.begins[1],
            side=row.side_of,
        )
        settled = Neighbours(
            (
                (days, row.side_of(s))
                for s in row.states
                if s.definite
                for days in clear(s, DayRange(s.span.sure, s.span.until))
            ),
            day=lambda found: found[0].first,
            reach=lambda found: found[0].last,
            side=lambda found: found[1],
        )
        return cls(row, definite, beginning, settled)


class StoodBetween:
    """The days on which states begin and are definite, by themselves: who stood between two others."""

    def __init__(
        self,
        states: Iterable[MergedClaim],
        vocabulary: Vocabulary,
        free_from: Callable[[MergedClaim, Day], Day] = lambda state, day: day,
        clear: ClearDays = lambda state, days: (),
    ) -> None:
        self._states, self._vocabulary, self._free_from = [*states], vocabulary, free_from
        self._clear = clear

    def among(
        self,
        states: Iterable[MergedClaim],
        free_from: Callable[[MergedClaim, Day], Day],
        clear: ClearDays,
    ) -> Self:
        """Return the same of other states, of which it is known on which days nothing contests them."""
        return type(self)(states, self._vocabulary, free_from, clear)

    @cached_property
    def _rivals(self) -> dict[tuple[int, str], list[_Rivals]]:
        """Those in one row with each state, by what names it; worked out once somebody asks."""
        found: dict[tuple[int, str], list[_Rivals]] = {}
        for row in state_rows(self._states, self._vocabulary):
            rivals = _Rivals.of(row, self._clear)
            for state in row.states:
                found.setdefault(_name(state), []).append(rivals)
        return found

    def stood(self, one: MergedClaim, after: Day, last: Day) -> bool:
        """Return whether another value is definite on a day after one, up to another."""
        return after < last and any(True for _ in self._definite(one, until=last, beyond=after))

    def overtaken(self, one: MergedClaim) -> bool:
        """Return whether another value, vouched for up to the same day, began later: it is the newer."""
        span = one.span
        if not one.worlds.carried:
            return False
        others = self._definite(one, since=span.sure + 1, until=span.until, beyond=span.until - 1)
        return any(other.worlds.carried and other.span.first > span.sure for other in others)

    def surely_after(self, one: MergedClaim, after: Day) -> Day:
        """Return the first day after one on which another value is definite, and nothing contests it."""
        found = (
            days.first
            for row, *_, settled in self._rivals.get(_name(one), ())
            for days, _ in islice(
                settled.others(row.side_of(one), since=after + 1, beyond=after), 1
            )
        )
        return min(found, default=FOREVER)

    def _definite(
        self,
        one: MergedClaim,
        *,
        since: int = BEGINNING,
        until: int = FOREVER,
        beyond: int,
    ) -> Iterator[MergedClaim]:
        """Yield the first of each row with a state that are definite from a day to another, beyond a third."""
        for row, definite, *_ in self._rivals.get(_name(one), ()):
            found = definite.others(row.side_of(one), since=since, until=until, beyond=beyond)
            yield from islice(found, MOST_CONTESTS)

    def begun_after(self, one: MergedClaim, after: Day) -> Day:
        """Return the first day after one on which another value can have taken the place of a state."""
        there = self._definite(one, until=after, beyond=after - 1)
        if any(other.span.until > after or _perhaps_newer(other, one) for other in there):
            return Day(after + 1)
        found = (
            self._begun_since(other, one, after)
            for row, _, beginning, _ in self._rivals.get(_name(one), ())
            for other in islice(beginning.others(row.side_of(one), beyond=after - 1), MOST_CONTESTS)
        )
        return min(found, default=FOREVER)

    def _begun_since(self, other: MergedClaim, one: MergedClaim, after: Day) -> Day:
        """Return the first day after one on which another value goes on that can begin on it, or later."""
        first, last = other.worlds.begins
        since = after if _perhaps_newer(other, one) else Day(after + 1)
        day = self._free_from(other, max(first, since))
        return max(day, Day(after + 1)) if day <= last else FOREVER


def _perhaps_newer(other: MergedClaim, one: MergedClaim) -> bool:
    """Return whether another value, vouched for up to the same day, can have begun later."""
    return other.worlds.carried and other.span.sure > one.span.first


def _name(state: MergedClaim) -> tuple[int, str]:
    """Return what a state is known by, whatever its days."""
    return state.number, state.claim.type


class Apart:
    """What keeps claims about one thing apart, of those that a component has by themselves.

    Two tellings of one state are of two stretches if as one they would be definite on a day of
    another value, on which neither of them is definite alone. Two of one event that give it another
    place or amount cannot both be right.
    """

    def __init__(self, belief: Belief, alone: Mapping[int, MergedClaim]) -> None:
        self._belief = belief
        self._between = StoodBetween(alone.values(), belief.vocabulary)
        self._tellings: Tellings | None = None

    def __call__(self, some: Sequence[MergedClaim], worlds: Worlds, one: MergedClaim) -> bool:
        """Return whether a claim is not one with some others, of which these worlds are left."""
        if self._is_unlike(some, one):
            return True
        verdicts = self._belief.verdicts(one.number)
        if verdicts:
            first = self._belief.index.chains.first
            said = {verdicts.get(first(o.number)) for o in some}
            if "different" in said or "same" in said:
                return "different" in said
        joined = worlds.within(one.worlds).span
        filled = _filled(joined, worlds.span, one.span)
        return any(self._between.stood(one, Day(d.first - 1), d.last) for d in filled)

    def _is_unlike(self, some: Sequence[MergedClaim], one: MergedClaim) -> bool:
        """Return whether an event is told with another place, value or amount than one of some."""
        kind = self._belief.vocabulary.types.get(one.claim.type)
        if kind is None or not (kind.once or kind.quantity) or one.claim.shape != "event":
            return False
        if self._tellings is None:
            from factledger.status.contrary.tellings import Tellings  # most answers meet none

            self._tellings = Tellings(self._belief)
        return self._tellings.exclude(some, one)


def _filled(joined: Span, *alone: Span) -> Iterator[DayRange]:
    """Yield the days on which all together are definite, and none of them alone."""
    first = joined.sure
    for span in sorted(alone, key=lambda span: span.sure):
        if span.sure <= span.until:
            if first < span.sure and first <= joined.until:
                yield DayRange(first, Day(min(span.sure - 1, joined.until)))
            first = max(first, Day(span.until + 1))
    if first <= joined.until:
        yield DayRange(first, joined.until)
