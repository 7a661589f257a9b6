"""A scope answered from the standings of its claims along time, with all that bears on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from factledger.dates.days import Day
from factledger.records.claims import Claim, actors_named
from factledger.records.plain.who import Pair, pairs_among
from factledger.status.tracks.changes import Change, changes
from factledger.status.tracks.track import Track


class FoldedScope:
    """The claims of some tracks, asked one by one; as `factledger.views.scope.Scope`."""

    def __init__(self, tracks: Sequence[Track]) -> None:
        self.tracks = tracks

    def candidates(self, day: Day) -> Sequence[Track]:
        """Return all tracks, whatever the day: what is shown is among them."""
        return self.tracks

    def numbers(self, day: Day, shape: str) -> list[int]:
        """Return the entries that speak for the standings of a shape on a day, in order."""
        return sorted(numbers_of(self.tracks, day, shape))

    def count(self, day: Day, shape: str) -> int:
        """Return how many standings of a shape there are on a day."""
        return sum(1 for _ in numbers_of(self.tracks, day, shape))

    def by_pair(self, day: Day) -> dict[Pair, Counter[str]]:
        """Return how many standings of each shape there are on a day, by relationship."""
        counted: dict[Pair, Counter[str]] = {}
        for track in self.tracks:
            if (standing := track.shown(day)) is not None:
                claim = standing.claim
                for pair in pairs_named(claim):
                    counted.setdefault(pair, Counter())[claim.shape] += 1
        return counted

    def changes(self) -> Iterator[Change]:
        """Yield every change of the tracks, by day; on one day in the order of the tracks."""
        return iter(changes(self.tracks))


def numbers_of(tracks: Sequence[Track], day: Day, shape: str) -> Iterator[int]:
    """Yield the entries of the tracks whose standing on a day is of a shape and possible at least."""
    for track in tracks:
        if (standing := track.shown(day)) is not None and standing.claim.shape == shape:
            yield standing.number


def pairs_named(claim: Claim) -> list[Pair]:
    """Return every two actors that a claim names, each two in alphabetical order."""
    return pairs_among(actors_named(claim.participants))
