"""A scope answered from the columns of the index where no other claim matters, else from tracks."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush, merge
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from factledger.caching import cached_property
from factledger.dates.days import FOREVER, Day
from factledger.records.claims import SHAPES
from factledger.records.plain.who import Pair
from factledger.status.spans import Span, Status
from factledger.status.standings import Standing
from factledger.status.timeline import Timeline
from factledger.status.tracks.changes import Change, changes_of
from factledger.status.tracks.track import Track, in_order_of_time, turns_of
from factledger.views.folded import FoldedScope

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Columns

_FEW = 300  # spans that a scope keeps


class IndexedScope:
    """The claims about some sides, asked in the columns; as `factledger.views.scope.Scope`.

    The columns tell of the claims on which no other bears; the rest is folded. What a question
    reads is kept for the next: the pairs, the tracks of the rest, and the spans where there are
    no more than a few hundred.
    """

    def __init__(self, timeline: Timeline, columns: Columns, sides: tuple[str, ...]) -> None:
        self._timeline = timeline
        self._columns = columns
        self._sides = sides
        self._cut = timeline.belief.recorded

    def candidates(self, day: Day) -> list[Track]:
        """Return the tracks whose standing on a day is shown, in order, and those of the rest."""
        alone = [number for shape in SHAPES for number in self._standing(day, shape)]
        return in_order_of_time([*self._rest.tracks, *self._tracks(alone)])

    def numbers(self, day: Day, shape: str) -> list[int]:
        """Return the entries that speak for the standings of a shape on a day, in order."""
        return sorted([*self._standing(day, shape), *self._rest.numbers(day, shape)])

    def count(self, day: Day, shape: str) -> int:
        """Return how many standings of a shape there are on a day."""
        rest = self._rest.count(day, shape)
        if self._spans is not None:
            return rest + self._spans[shape].count(day)
        return rest + self._columns.count(self._pairs, SHAPES.index(shape), day, self._cut)

    def by_pair(self, day: Day) -> dict[Pair, Counter[str]]:
        """Return how many standings of each shape there are on a day, by relationship."""
        if self._sides:  # the columns count by relationship over the whole log alone
            return FoldedScope(self._timeline.about(*self._sides)).by_pair(day)
        counted: dict[Pair, Counter[str]] = {}
        for one, other, shape, count in self._columns.by_pair(day, self._cut):
            if other:
                counted.setdefault((one, other), Counter())[SHAPES[shape]] = count
        for pair, shapes in self._rest.by_pair(day).items():
            counted.setdefault(pair, Counter()).update(shapes)
        return counted

    def changes(self) -> Iterator[Change]:
        """Yield every change of the standings, by day; on one day in the order of the tracks."""
        alone = span_changes(self._columns.spans(self._pairs, self._cut), self._read)
        placed = [
            ((change.day, *track.order), change)
            for track in self._rest.tracks
            for change in changes_of(track)
        ]
        placed.sort(key=itemgetter(0))
        return map(itemgetter(1), merge(alone, placed, key=itemgetter(0)) if placed else alone)

    def _read(self, change: Change) -> Standing:
        """Return the standing of a claim on which nothing bears: its own track comes first."""
        return self._timeline.speaking(change.number)[0].at(change.day)

    @cached_property
    def _pairs(self) -> list[int] | None:
        """The numbers of the relationships asked about, None for all."""
        if not self._sides:
            return None
        one, *others = map(self._timeline.belief.standing_for, self._sides)
        return self._columns.pairs(one, *others) if others else self._columns.pairs_of(one)

    @cached_property
    def _rest(self) -> FoldedScope:
        """The claims on which others bear."""
        found = self._columns.bearing(self._pairs, self._cut)
        lives = self._timeline.belief.living(found, *self._sides)
        if not self._sides:
            self._timeline.expect_all()
        return FoldedScope(self._timeline.tracks(lives))

    def _standing(self, day: Day, shape: str) -> list[int]:
        """Return the claims of a shape that stand on a day by their spans alone."""
        if self._spans is not None:
            return self._spans[shape].standing(day)
        return self._columns.standing(self._pairs, SHAPES.index(shape), day, self._cut)

    @cached_property
    def _spans(self) -> dict[str, KeptSpans] | None:
        """The spans that alone tell what stands, by shape; None where they are too many to keep."""
        spans = self._columns.some_spans(self._pairs, self._cut, _FEW + 1)
        if len(spans) > _FEW:
            return None
        by_shape: dict[str, list[tuple[int, int, int]]] = {shape: [] for shape in SHAPES}
        for place, first, gone, number in sorted(spans):
            by_shape[SHAPES[place]].append((first, gone, number))
        return {shape: KeptSpans(found) for shape, found in by_shape.items()}

    def _tracks(self, numbers: Iterable[int]) -> list[Track]:
        if not self._sides:
            self._timeline.expect_all()
        return self._timeline.tracks(self._timeline.belief.living(numbers))


class KeptSpans:
    """The first day, the day of the end and the entry of claims, by first day."""

    def __init__(self, spans: list[tuple[int, int, int]]) -> None:
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


PlacedChange: TypeAlias = tuple[tuple[int, int, int, bool], Change]
"""A change with its place in the order: its day; then first day, entry and whether it is derived."""


def span_changes(
    spans: Iterable[tuple[int, int, str, int, int, int, int, int]],
    read: Callable[[Change], Standing],
) -> Iterator[PlacedChange]:
    """Yield the changes of claims on which nothing bears, each with its place in the order.

    `spans` come by their first days, so no more is kept than what turns later.
    """
    later: dict[int, list[PlacedChange]] = {}
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
        span = Span(day, Day(sure), Day(until), Day(gone), Day(presumed))
        for turn in turns_of(span):
            after = span.status(turn)
            if after is before:
                continue
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


_NOT_YET, _DEFINITE = Status.NOT_YET, Status.DEFINITE
