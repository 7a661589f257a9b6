"""Each claim's standing as steps of the date, and the changes from one step to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from heapq import nsmallest
from typing import NamedTuple

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.bearing import Bearing
from factledger.status.belief import Belief, Live
from factledger.status.inertia import status_at
from factledger.status.merging import MergedClaim, component_of
from factledger.status.spans import Span, Status
from factledger.status.standings import MOST_CONTESTS, Standing

_KEPT = 64  # answers: a few actors and relationships are asked about again and again


class Track(NamedTuple):
    """The standings of one claim along time: `standings[i]` from `days[i]` on.

    `days` rises, and begins at the beginning of time: there is one standing at every date.
    """

    days: tuple[Day, ...]
    standings: tuple[Standing, ...]

    def at(self, day: int) -> Standing:
        """Return the standing on a day."""
        return self.standings[bisect_right(self.days, day) - 1]

    @property
    def order(self) -> tuple[Day, int, bool]:
        """The place in the order of tracks: the first possible day, which all have, then the entry."""
        first = next((d for d, s in self.steps() if s.alone is not Status.NOT_YET), FOREVER)
        return first, self.standings[0].number, self.standings[0].derived

    def steps(self) -> Iterator[tuple[Day, Standing]]:
        """Yield each day on which the standing turns, with the standing from then on."""
        return zip(self.days, self.standings, strict=True)


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


class Timeline:
    """The tracks of all claims at two cuts, worked out as they are asked for, and kept."""

    def __init__(self, belief: Belief) -> None:
        self.belief = belief
        self._by_entry: dict[int, tuple[Track, ...]] = {}
        self._answers: dict[tuple[str, ...], tuple[Track, ...]] = {}  # by the actors asked about

    def about(self, *sides: str) -> tuple[Track, ...]:
        """Return the tracks of a relationship, of an actor, or of all claims, in order of time."""
        found = self._answers.get(sides)
        if found is None:
            while len(self._answers) >= _KEPT:
                self._answers.pop(next(iter([*self._answers])), None)
            tracks = self.tracks(self._lives(*sides))
            found = self._answers[sides] = tuple(in_order_of_time(tracks))
        return found

    @property
    def claims_read(self) -> int:
        """The number of claims whose tracks are kept."""
        return len(self._by_entry)

    def _lives(self, *sides: str) -> Iterable[Live]:
        if not sides:
            return self.belief.claims()
        return self.belief.between(*sides) if len(sides) == 2 else self.belief.involving(*sides)

    def tracks(self, lives: Iterable[Live]) -> list[Track]:
        """Return the tracks of some claims, each once: claims that are the same share theirs."""
        found = {id(track): track for live in lives for track in self.of(live)}
        return list(found.values())

    def of(self, live: Live) -> tuple[Track, ...]:
        """Return the tracks of one claim: its own, and those of the states that it begins."""
        if live.number not in self._by_entry:
            self._by_entry.update(tracks_of(self.belief, live))
        return self._by_entry[live.number]

    def speaking(self, number: int) -> tuple[Track, ...]:
        """Return the tracks that an entry speaks for; none where it holds no live claim."""
        live = self.belief.live(number) if number >= 1 else None
        return self.of(live) if live else ()


def tracks_of(belief: Belief, seed: Live) -> dict[int, tuple[Track, ...]]:
    """Return the tracks of the component of a claim, by the entries that they speak for.

    A component is closed: claims under one key, and claims that are the same, bear on one
    another; no other claim has any effect.
    """
    bearing = Bearing(belief, component_of(belief, seed))
    by_entry: dict[int, tuple[Track, ...]] = {}
    for merged in bearing.claims:
        track = track_of(merged, bearing, belief)
        for live in merged.lives:
            by_entry[live.number] = (*by_entry.get(live.number, ()), track)
    return by_entry


def track_of(merged: MergedClaim, bearing: Bearing, belief: Belief) -> Track:
    """Return the track of a claim: its status on each day that turns it, and who contests it.

    A record that disputes it does on each day on which it is shown; what says that it stood on
    other days contradicts it on these.
    """
    limit, contests = bearing.limit(merged), bearing.contests(merged)
    marks = {*limit.marks, *(day for contest in contests for day in contest[:2])}
    placed = bearing.placed(merged)
    always = {*merged.clashes}.union(*(live.disputes for live in merged.lives))
    whole = standing_of(merged, bearing.differing(merged), belief)
    days: list[Day] = []
    standings: list[Standing] = []
    for day in turns_of(placed.span, marks):
        alone = status_at(placed, limit, day)
        against = {c.number for c in contests if c.start <= day < c.stop}
        against |= always if alone.shown else set()
        turned = alone, tuple(nsmallest(MOST_CONTESTS, against))
        if not standings or turned != (standings[-1].alone, standings[-1].contested_by):
            days.append(day)
            attested = placed.attested if alone is Status.PRESUMED else None
            standings.append(whole(alone, attested, turned[1]))
    return Track(tuple(days), tuple(standings))


def turns_of(span: Span, marks: Iterable[Day] = ()) -> list[Day]:
    """Return the days on which a status may turn, rising from the beginning: those of a span, and more."""
    turns = (span.first, span.sure, Day(span.until + 1), Day(span.presumed + 1), span.gone)
    days = {BEGINNING, *turns, *marks}
    return sorted(day for day in days if BEGINNING <= day < FOREVER)


def standing_of(
    merged: MergedClaim, differs: tuple[int, ...], belief: Belief
) -> Callable[[Status, Day | None, tuple[int, ...]], Standing]:
    """Return a function that makes a standing of a claim from what turns with the days."""
    closed = next((live.ending.until for live in merged.lives if live.ending), None)
    until = closed or getattr(merged.claim, "until", None)
    also = tuple(sorted(live.number for live in merged.lives[1:]))
    supports = merged.supports

    def made(alone: Status, attested: Day | None, contested_by: tuple[int, ...]) -> Standing:
        return Standing(
            number=merged.number,
            claim=merged.claim,
            status=Status.CONTESTED if contested_by else alone,
            until=until,
            attested=attested,
            because=merged.because,
            also=also,
            contested_by=contested_by,
            differs=differs,
            supports=supports,
            telling=belief.sentence,
            alone=alone,
        )

    return made


def in_order_of_time(tracks: Iterable[Track]) -> list[Track]:
    """Return the tracks by their first possible day, then by their entries."""
    return sorted(tracks, key=lambda track: track.order)


def changes(tracks: Iterable[Track]) -> list[Change]:
    """Return every change of the tracks, by day; on one day in the order of the tracks."""
    found = [c for track in in_order_of_time(tracks) for c in changes_of(track)]
    return sorted(found, key=lambda c: c.day)


def changes_of(track: Track) -> Iterator[Change]:
    """Yield the changes of one track, by day."""
    before = Status.NOT_YET
    for day, standing in track.steps():
        if standing.status is not Status.NOT_YET or before is not Status.NOT_YET:
            claim, reading = standing.claim, partial(_given, standing)
            after = standing.status
            yield Change(day, standing.number, claim.shape, claim.type, before, after, reading)
            before = after


def _given(standing: Standing, _: Change) -> Standing:
    return standing
