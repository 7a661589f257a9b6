"""The claims that questions are about, and which of two ways answers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from factledger.dates.days import Day
from factledger.records.plain.who import Pair
from factledger.status.timeline import Timeline
from factledger.status.tracks.changes import Change
from factledger.status.tracks.track import Track
from factledger.views.folded import FoldedScope

if TYPE_CHECKING:
    from factledger.views.indexed import IndexedScope

_KEPT = 64  # scopes whose reading is kept


class Scope(Protocol):
    """The claims that questions are about: all, those of an actor, or those of a relationship."""

    def candidates(self, day: Day) -> Sequence[Track]:
        """Return tracks, in order, among which are all whose standing on a day is shown."""
        ...

    def numbers(self, day: Day, shape: str) -> list[int]:
        """Return the entries that speak for the standings of a shape on a day, in order."""
        ...

    def count(self, day: Day, shape: str) -> int:
        """Return how many standings of a shape there are on a day."""
        ...

    def by_pair(self, day: Day) -> dict[Pair, Counter[str]]:
        """Return how many standings of each shape there are on a day, by relationship."""
        ...

    def changes(self) -> Iterator[Change]:
        """Yield every change of the standings, by day; on one day in the order of the tracks."""
        ...


class Scopes:
    """The scopes of questions at two cuts, one for any sides; one question reads for the next."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._indexed: dict[tuple[str, ...], IndexedScope] = {}

    def about(self, *sides: str) -> Scope:
        """Return the scope of a relationship, of an actor, or of all claims.

        The columns of the index answer where they hold the whole log. They know of no
        publication cut.
        """
        belief = self.timeline.belief
        columns = belief.index.columns if belief.published is None else None
        if columns is None:
            return FoldedScope(self.timeline.about(*sides))
        found = self._indexed.get(sides)
        if found is None:
            from factledger.views.indexed import IndexedScope  # only large ledgers have columns

            while len(self._indexed) >= _KEPT:
                self._indexed.pop(next(iter([*self._indexed])), None)
            found = self._indexed[sides] = IndexedScope(self.timeline, columns, sides)
        return found
