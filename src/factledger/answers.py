"""What stands on a day: from the columns of the index where they tell it, else from the tracks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import attrs

from factledger.claims import Claim
from factledger.days import Day
from factledger.index import SHAPES, Columns, ordered
from factledger.timeline import Timeline, Track, in_order_of_time

Pair: TypeAlias = tuple[str, str]


@attrs.frozen
class Scope:
    """The claims that a question is about: all, those of an actor, or those of a relationship."""

    timeline: Timeline
    sides: tuple[str, ...] = ()

    @property
    def tracks(self) -> tuple[Track, ...]:
        """Return every track, in order."""
        if not self.sides:
            return self.timeline.all
        if len(self.sides) == 1:
            return self.timeline.involving(*self.sides)
        return self.timeline.between(*self.sides)

    def shown(self, day: Day) -> list[Track]:
        """Return the tracks whose standing on a day is shown, in order, and few others."""
        columns = self._columns
        if columns is None:
            return list(self.tracks)
        belief, pairs = self.timeline.belief, self._pairs(columns)
        numbers = set(columns.bearing(pairs, belief.recorded))
        for shape in range(len(SHAPES)):
            numbers.update(columns.standing(pairs, shape, day, belief.recorded))
        return in_order_of_time(self._tracks_of(numbers))

    def numbers(self, day: Day, shape: str) -> list[int]:
        """Return the entries that speak for the standings of a shape on a day, in order."""
        columns = self._columns
        if columns is None:
            return sorted(numbers_of(self.tracks, day, shape))
        cut, pairs = self.timeline.belief.recorded, self._pairs(columns)
        plain = columns.standing(pairs, SHAPES.index(shape), day, cut)
        bearing = self._tracks_of(columns.bearing(pairs, cut))
        return sorted([*plain, *numbers_of(bearing, day, shape)]) if bearing else plain

    def count(self, day: Day, shape: str) -> int:
        """Return how many standings of a shape there are on a day."""
        columns = self._columns
        if columns is None:
            return sum(1 for _ in numbers_of(self.tracks, day, shape))
        cut, pairs = self.timeline.belief.recorded, self._pairs(columns)
        bearing = self._tracks_of(columns.bearing(pairs, cut))
        plain = columns.count(pairs, SHAPES.index(shape), day, cut)
        return plain + sum(1 for _ in numbers_of(bearing, day, shape))

    def by_pair(self, day: Day) -> dict[Pair, Counter[str]]:
        """Return how many standings of each shape there are on a day, by relationship."""
        columns = self._columns
        found: dict[Pair, Counter[str]] = {}
        tracks: Iterable[Track] = self.tracks if columns is None else ()
        if columns is not None:
            cut = self.timeline.belief.recorded
            for one, other, shape, count in columns.by_pair(day, cut):
                if other:
                    found.setdefault((one, other), Counter())[SHAPES[shape]] = count
            tracks = self._tracks_of(columns.bearing(None, cut))
        for track in tracks:
            claim = track.at(day).claim
            if track.at(day).status.shown:
                for pair in pairs_in(claim):
                    found.setdefault(pair, Counter())[claim.shape] += 1
        return found

    @property
    def _columns(self) -> Columns | None:
        """Return the columns where they tell: they know of no publication cut."""
        belief = self.timeline.belief
        return belief.index.columns if belief.published is None else None

    def _pairs(self, columns: Columns) -> list[int] | None:
        standing_for = self.timeline.belief.standing_for
        if not self.sides:
            return None
        if len(self.sides) == 1:
            return columns.pairs_of(standing_for(*self.sides))
        return columns.pairs(*map(standing_for, self.sides))

    def _tracks_of(self, numbers: Iterable[int]) -> list[Track]:
        lives = self.timeline.belief.living(numbers)
        found = {id(track): track for live in lives for track in self.timeline.of(live)}
        return list(found.values())


def numbers_of(tracks: Iterable[Track], day: Day, shape: str) -> Iterator[int]:
    """Yield the entries of the tracks whose standing on a day is of a shape and possible at least."""
    for track in tracks:
        standing = track.at(day)
        if standing.status.shown and standing.claim.shape == shape:
            yield standing.number


def pairs_in(claim: Claim) -> list[Pair]:
    """Return every two actors that a claim names, each two in alphabetical order."""
    named = [a for p in claim.participants for a in (p.actor, p.of) if a is not None]
    actors = list(dict.fromkeys(named))
    return [ordered(one, other) for i, one in enumerate(actors) for other in actors[i + 1 :]]
