"""What stands on a day: from the columns of the index where they tell it, else from the tracks."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from heapq import heappop, heappush, merge
from itertools import islice
from operator import itemgetter
from typing import TypeAlias

from factledger.dates.days import FOREVER, Day
from factledger.index.base import Columns
from factledger.index.bodies import ordered
from factledger.records.claims import SHAPES, Claim
from factledger.status.spans import Span, Status, Tail
from factledger.status.standings import Standing
from factledger.status.timeline import (
    Change,
    Timeline,
    Track,
    changes,
    changes_of,
    in_order_of_time,
)

Pair: TypeAlias = tuple[str, str]


class Scope:
    """The claims that questions are about: all, those of an actor, or those of a relationship.

    It keeps what one question found out for the next: which claims others bear on, and from the
    second question on the spans of the rest.
    """

    def __init__(self, timeline: Timeline, sides: tuple[str, ...] = ()) -> None:
        self.timeline = timeline
        self.sides = sides
        self._day: Day | None = None  # the first that was asked about

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
        if self._columns is None:
            return list(self.tracks)
        plain = [n for shape in SHAPES for n in self._plain(day, shape)]
        return in_order_of_time([*self._bearing, *self._tracks_of(plain)])

    def numbers(self, day: Day, shape: str) -> list[int]:
        """Return the entries that speak for the standings of a shape on a day, in order."""
        if self._columns is None:
            return sorted(numbers_of(self.tracks, day, shape))
        bearing = numbers_of(self._bearing, day, shape) if self._bearing else ()
        return sorted([*self._plain(day, shape), *bearing])

    def count(self, day: Day, shape: str) -> int:
        """Return how many standings of a shape there are on a day."""
        columns = self._columns
        if columns is None:
            return sum(1 for _ in numbers_of(self.tracks, day, shape))
        bearing = sum(1 for _ in numbers_of(self._bearing, day, shape)) if self._bearing else 0
        if (spans := self._spans(day)) is not None:
            return bearing + spans[shape].count(day)
        return bearing + columns.count(self._pairs, SHAPES.index(shape), day, self._cut)

    def by_pair(self, day: Day) -> dict[Pair, Counter[str]]:
        """Return how many standings of each shape there are on a day, by relationship."""
        columns = self._columns
        found: dict[Pair, Counter[str]] = {}
        if columns is not None:
            for one, other, shape, count in columns.by_pair(day, self._cut):
                if other:
                    found.setdefault((one, other), Counter())[SHAPES[shape]] = count
        for track in self.tracks if columns is None else self._bearing:
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
        plain = turns(columns.spans(self._pairs, self._cut), self._read)
        if not self._bearing:
            yield from map(itemgetter(1), plain)
            return
        placed = [
            ((change.day, *track.order), change)
            for track in self._bearing
            for change in changes_of(track)
        ]
        key = itemgetter(0)
        yield from map(itemgetter(1), merge(plain, sorted(placed, key=key), key=key))

    def _read(self, change: Change) -> Standing:
        """Return the standing of a claim on which nothing bears: its own track comes first."""
        return self.timeline.speaking(change.number)[0].at(change.day)

    # --- what the columns tell

    @property
    def _columns(self) -> Columns | None:
        """Return the columns where they tell: they know of no publication cut."""
        belief = self.timeline.belief
        return belief.index.columns if belief.published is None else None

    @property
    def _told(self) -> Columns:
        columns = self._columns
        assert columns is not None  # noqa: S101  asked for where they tell
        return columns

    @property
    def _cut(self) -> int:
        return self.timeline.belief.recorded

    @cached_property
    def _pairs(self) -> list[int] | None:
        standing_for = self.timeline.belief.standing_for
        if not self.sides:
            return None
        if len(self.sides) == 1:
            return self._told.pairs_of(standing_for(*self.sides))
        return self._told.pairs(*map(standing_for, self.sides))

    @cached_property
    def _bearing(self) -> list[Track]:
        """Return the tracks of the claims on which others bear."""
        return self._tracks_of(self._told.bearing(self._pairs, self._cut))

    def _plain(self, day: Day, shape: str) -> list[int]:
        """Return the claims of a shape that stand on a day by their spans alone."""
        if (spans := self._spans(day)) is not None:
            return spans[shape].standing(day)
        return self._told.standing(self._pairs, SHAPES.index(shape), day, self._cut)

    def _spans(self, day: Day) -> dict[str, Spans] | None:
        """Return the spans of a scope that is asked about another day, unless they are too many."""
        if self._day is None or not self.sides:
            self._day = day
        return None if day == self._day else self._all_spans

    @cached_property
    def _all_spans(self) -> dict[str, Spans] | None:
        few = self._told.some_spans(self._pairs, self._cut, _FEW + 1)
        if len(few) > _FEW:
            return None
        return {
            shape: Spans(sorted(rest for found, *rest in few if found == place))
            for place, shape in enumerate(SHAPES)
        }

    def _tracks_of(self, numbers: Iterable[int]) -> list[Track]:
        lives = self.timeline.belief.living(numbers)
        found = {id(track): track for live in lives for track in self.timeline.of(live)}
        return list(found.values())


def scope_of(timeline: Timeline, sides: tuple[str, ...]) -> Scope:
    """Return the scope of questions about the same at the same cuts: one for all of them."""
    found: Scope | None = timeline.scopes.get(sides)
    if found is None:
        while len(timeline.scopes) >= _KEPT:
            del timeline.scopes[next(iter(timeline.scopes))]
        found = timeline.scopes[sides] = Scope(timeline, sides)
    return found


class Spans:
    """The first day, the day of the end and the entry of claims, by first day."""

    def __init__(self, spans: list[list[int]]) -> None:
        self._spans = spans
        self._firsts = [first for first, _, _ in spans]
        self._ends = sorted(max(first, gone) for first, gone, _ in spans if gone < FOREVER)

    def standing(self, day: int) -> list[int]:
        """Return the claims that have begun by a day and not ended."""
        begun = islice(self._spans, bisect_right(self._firsts, day))
        return [number for _, gone, number in begun if gone > day]

    def count(self, day: int) -> int:
        """Return how many claims have begun by a day and not ended."""
        return bisect_right(self._firsts, day) - bisect_right(self._ends, day)


_FEW = 300  # spans that a scope keeps
_KEPT = 64  # scopes that a timeline keeps
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
