"""What stands on a day: from the columns of the index where they tell it, else from the tracks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush, merge
from operator import itemgetter
from typing import TypeAlias

import attrs

from factledger.claims import Claim
from factledger.days import FOREVER, Day
from factledger.index import SHAPES, Columns, ordered
from factledger.spans import Span, Status, Tail
from factledger.standings import Standing
from factledger.timeline import Change, Timeline, Track, changes, changes_of, in_order_of_time

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

    def changes(self) -> Iterator[Change]:
        """Yield every change of the tracks, by day; on one day in the order of the tracks."""
        columns = self._columns
        if columns is None:
            yield from changes(self.tracks)
            return
        cut, pairs = self.timeline.belief.recorded, self._pairs(columns)
        bearing = self._tracks_of(columns.bearing(pairs, cut))
        plain = turns(columns.spans(pairs, cut), self._read)
        if not bearing:
            yield from (change for _, change in plain)
            return
        placed = [
            ((change.day, *track.order), change)
            for track in bearing
            for change in changes_of(track)
        ]
        key = itemgetter(0)
        yield from (change for _, change in merge(plain, sorted(placed, key=key), key=key))

    def _read(self, change: Change) -> Standing:
        """Return the standing of a claim on which nothing bears: its own track comes first."""
        return self.timeline.speaking(change.number)[0].at(change.day)

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


Placed: TypeAlias = tuple[tuple[int, int, int, bool], Change]  # day, first day, entry, derived


def turns(
    spans: Iterable[tuple[int, int, str, int, int, int, int, int]],
    read: Callable[[Change], Standing],
) -> Iterator[Placed]:
    """Yield the changes of claims on which nothing bears, each with its place in the order.

    `spans` come by their first days, so no more is kept than what turns later.
    """
    later: dict[int, list[Placed]] = {}
    waiting: list[int] = []
    for number, shape, kind, first, sure, until, gone, presumed in spans:
        while waiting and waiting[0] <= first:
            yield from sorted(later.pop(heappop(waiting)), key=itemgetter(0))
        name, day = SHAPES[shape], Day(first)
        if sure <= first and until >= FOREVER <= gone:  # an event on a known day: most are
            change = Change(day, number, name, kind, _NOT_YET, _DEFINITE, read)
            yield (first, first, number, False), change
            continue
        before = _NOT_YET
        span = Span(day, Day(sure), Day(until), Day(gone), _TAILS[presumed])
        for turn, after in steps(span):
            change = Change(turn, number, name, kind, before, after, read)
            placed = (turn, first, number, False), change
            if turn == first:
                yield placed
            elif turn in later:
                later[turn].append(placed)
            else:
                later[turn] = [placed]
                heappush(waiting, turn)
            before = after
    while waiting:
        yield from sorted(later.pop(heappop(waiting)), key=itemgetter(0))


def steps(span: Span) -> Iterator[tuple[Day, Status]]:
    """Yield each day on which the status of a span turns, with what it is from then on."""
    before = Status.NOT_YET
    for day in sorted({span.first, span.sure, Day(span.until + 1), span.gone}):
        if day < FOREVER and day >= span.first and (after := span.status(day)) is not before:
            yield day, after
            before = after


_NOT_YET, _DEFINITE = Status.NOT_YET, Status.DEFINITE
_TAILS: tuple[Tail, Tail] = (Status.POSSIBLE, Status.PRESUMED)


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
