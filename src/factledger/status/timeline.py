"""Each claim's standing as steps of the date, and the changes from one step to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.belief import Belief, Live
from factledger.status.inertia import Bearing, Cut, contested_from
from factledger.status.merging import Candidate, component_of
from factledger.status.spans import Status
from factledger.status.standings import SHOWN, Standing

_CAPPED = {Status.DEFINITE: Status.POSSIBLE, Status.PRESUMED: Status.POSSIBLE}


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
        """Return what puts tracks in order: the first possible day, which all have, then the entry."""
        first = next(d for d, s in self.steps() if s.status is not Status.NOT_YET)
        return first, self.standings[0].number, self.standings[0].derived

    def steps(self) -> Iterator[tuple[Day, Standing]]:
        """Yield each day on which the standing turns, with what it is from then on."""
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
        """Return what stands from the day on."""
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
        self.scopes: dict[tuple[str, ...], Any] = {}  # what questions about the same found out

    @property
    def all(self) -> tuple[Track, ...]:
        """Return every track, in order."""
        return self._kept((), self.belief.claims)

    def between(self, one: str, other: str) -> tuple[Track, ...]:
        """Return the tracks of the claims in which both take part, in order."""
        return self._kept((one, other), lambda: self.belief.between(one, other))

    def involving(self, actor: str) -> tuple[Track, ...]:
        """Return the tracks of the claims in which an actor takes part, in order."""
        return self._kept((actor,), lambda: self.belief.involving(actor))

    def of(self, live: Live) -> tuple[Track, ...]:
        """Return the tracks of one claim: its own, and those of the states that it begins."""
        if live.number not in self._by_entry:
            self._by_entry.update(tracks_of(self.belief, live))
        return self._by_entry[live.number]

    def speaking(self, number: int) -> tuple[Track, ...]:
        """Return the tracks that an entry speaks for; none where it holds no live claim."""
        live = self.belief.live(number) if number >= 1 else None
        return self.of(live) if live else ()

    def _kept(
        self, actors: tuple[str, ...], lives: Callable[[], Iterable[Live]]
    ) -> tuple[Track, ...]:
        if actors not in self._answers:
            found = {id(track): track for live in lives() for track in self.of(live)}
            self._answers[actors] = tuple(in_order_of_time(found.values()))
        return self._answers[actors]


def tracks_of(belief: Belief, seed: Live) -> dict[int, tuple[Track, ...]]:
    """Return the tracks of the component of a claim, by the entries that they speak for.

    A component is closed: claims under one key, and claims that are the same, bear on one
    another; no other claim has any effect.
    """
    bearing = Bearing(belief, component_of(belief, seed))
    cuts = {id(c): tuple(bearing.cuts(c)) for c in bearing.candidates}
    by_entry: dict[int, tuple[Track, ...]] = {}
    for candidate in bearing.candidates:
        contests = [*contests_of(candidate, bearing, cuts)]
        track = track_of(candidate, cuts[id(candidate)], contests, belief)
        for live in candidate.lives:
            by_entry[live.number] = (*by_entry.get(live.number, ()), track)
    return by_entry


class Contest(NamedTuple):
    """An entry that contradicts a standing from day `start` on, up to the day before `stop`."""

    start: Day
    stop: Day
    number: int


def contests_of(
    candidate: Candidate, bearing: Bearing, cuts: dict[int, tuple[Cut, ...]]
) -> Iterator[Contest]:
    """Yield what contradicts a candidate: other claims, what clashes with it, and disputes."""
    for other in bearing.contradicting(candidate):
        start = contested_from(candidate, other)
        if start is not None:
            yield Contest(start, gone_from(other, cuts[id(other)]), other.number)
    always = (*candidate.clashes, *(n for live in candidate.lives for n in live.disputes))
    yield from (Contest(BEGINNING, FOREVER, number) for number in always)


def track_of(
    candidate: Candidate, cuts: Sequence[Cut], contests: Sequence[Contest], belief: Belief
) -> Track:
    """Return the track of a candidate: its status on each day that turns it, and who contests it."""
    marks = {day for contest in contests for day in (contest.start, contest.stop)}
    whole = standing_of(candidate, belief)
    days: list[Day] = []
    standings: list[Standing] = []
    for day in turns(candidate, cuts, marks):
        status = status_at(candidate, cuts, day)
        against = {c.number for c in contests if c.start <= day < c.stop}
        turned = status, tuple(sorted(against)) if status in SHOWN else ()
        if not standings or turned != (standings[-1].status, standings[-1].contested_by):
            days.append(day)
            attested = candidate.span.until if status is Status.PRESUMED else None
            standings.append(whole(status, attested, turned[1]))
    return Track(tuple(days), tuple(standings))


def turns(candidate: Candidate, cut: Iterable[Cut], marks: Iterable[Day] = ()) -> list[Day]:
    """Return the days on which a candidate's standing may turn, rising, from the beginning on."""
    span = candidate.span
    days = {BEGINNING, span.first, span.sure, Day(span.until + 1), span.gone, *marks}
    days.update(day for c in cut for day in (c.maybe, c.surely))
    return sorted(day for day in days if BEGINNING <= day < FOREVER)


def status_at(candidate: Candidate, cut: Iterable[Cut], day: Day) -> Status:
    """Return the status of a candidate on a day, with all that cuts it taken in."""
    status = candidate.span.status(day)
    if status in (Status.NOT_YET, Status.ENDED):
        return status
    if any(day >= c.surely for c in cut):
        return Status.ENDED
    if not candidate.sure or any(day >= c.maybe for c in cut):
        return _CAPPED.get(status, status)
    return status


def gone_from(candidate: Candidate, cut: Sequence[Cut]) -> Day:
    """Return the day from which a candidate has ended, FOREVER if it does not."""
    ends = (d for d in turns(candidate, cut) if status_at(candidate, cut, d) is Status.ENDED)
    return next(ends, FOREVER)


def standing_of(
    candidate: Candidate, belief: Belief
) -> Callable[[Status, Day | None, tuple[int, ...]], Standing]:
    """Return what makes a standing of a candidate, given what turns with the days."""
    closed = next((live.ending.until for live in candidate.lives if live.ending), None)
    until = closed or getattr(candidate.claim, "until", None)
    also = tuple(sorted(live.number for live in candidate.lives[1:]))
    supports = candidate.supports

    def made(status: Status, attested: Day | None, contested_by: tuple[int, ...]) -> Standing:
        return Standing(
            number=candidate.number,
            claim=candidate.claim,
            status=status,
            until=until,
            attested=attested,
            because=candidate.because,
            also=also,
            contested_by=contested_by,
            supports=supports,
            telling=belief.sentence,
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
        if standing.status is not Status.NOT_YET:
            claim, reading = standing.claim, partial(_given, standing)
            after = standing.status
            yield Change(day, standing.number, claim.shape, claim.type, before, after, reading)
            before = after


def _given(standing: Standing, change: Change) -> Standing:
    return standing
