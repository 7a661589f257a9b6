"""The turns in the standings of claims, by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from factledger.dates.days import Day
from factledger.named import NamedTuple
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.status.tracks.track import Track, in_order_of_time, steps_along


class Change(NamedTuple):
    """A turn in the standing of one claim: from `day` on it is `after`, and was `before`.

    `number`, `shape` and `type` are of the claim; `standing` reads it. What held at the
    beginning of time turns there from not-yet.
    """

    day: Day
    number: int
    shape: str
    type: str
    before: Status
    after: Status
    reading: Callable[[Change], Standing]

    @property
    def standing(self) -> Standing:
        """The standing from the day on."""
        return self.reading(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Change) and (
            self[:-1] == other[:-1] and self.standing == other.standing
        )

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:-1])


def changes(tracks: Iterable[Track]) -> list[Change]:
    """Return every change of the tracks, by day; on one day in the order of the tracks."""
    found = [c for track in in_order_of_time(tracks) for c in changes_of(track)]
    return sorted(found, key=lambda c: c.day)


def changes_of(track: Track) -> Iterator[Change]:
    """Yield the changes of one track, by day."""
    before = Status.NOT_YET
    for day, standing in steps_along(track):
        if standing.status is not Status.NOT_YET or before is not Status.NOT_YET:
            claim, reading = standing.claim, partial(_given, standing)
            after = standing.status
            yield Change(day, standing.number, claim.shape, claim.type, before, after, reading)
            before = after


def _given(standing: Standing, _: Change) -> Standing:
    return standing
