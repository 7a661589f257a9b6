"""Each claim's standing as steps of the date, and the changes from one step to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeAlias

from factledger.dates.dated import Edtf
from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.frozen import with_fields
from factledger.named import NamedTuple
from factledger.records.claims import Claim
from factledger.status.inertia import status_at
from factledger.status.merging import MergedClaim, component_of
from factledger.status.spans import Span, Status
from factledger.status.standings import MOST_CONTESTS, Standing, is_after_all
from factledger.status.things.alone import Alone

if TYPE_CHECKING:  # it is given what is live: how that is found out need not be known here
    from factledger.status.bearing import Bearing
    from factledger.status.belief import Belief
    from factledger.status.inertia import Limit
    from factledger.status.live.live import Live
    from factledger.status.things.contests import Contest

Turned: TypeAlias = tuple[Status, tuple[int, ...]]
"""What turns with the days: the status of a claim, and the entries that contest it."""

_KEPT = 64  # answers: a few actors and relationships are asked about again and again


class Track(Protocol):
    """The standings of one claim along time: `standings[i]` from `days[i]` on.

    `days` rises, and begins at the beginning of time: there is one standing at every date. `order`
    is the place among tracks: the first possible day, which all have, then the entry.
    """

    @property
    def days(self) -> tuple[Day, ...]:
        """The days on which the standing turns, the beginning of time first."""

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The standing from each of these days on."""

    @property
    def order(self) -> tuple[Day, int, bool]:
        """The place in the order of tracks."""

    def at(self, day: int) -> Standing:
        """Return the standing on a day."""

    def shown(self, day: int) -> Standing | None:
        """Return the standing on a day if it is definite, possible, presumed or contested, else None."""


def steps_along(track: Track) -> Iterator[tuple[Day, Standing]]:
    """Yield each day on which the standing of a track turns, with the standing from then on."""
    return zip(track.days, track.standings, strict=True)


class Course(NamedTuple):
    """Days, and the standing from each of them on."""

    days: Sequence[int]
    standings: Sequence[Standing]

    def at(self, day: int) -> Standing:
        """Return the standing on a day."""
        return self.standings[bisect_right(self.days, day) - 1]


class JointTrack(NamedTuple):
    """The track of a claim that others may bear on: what they do to it is known, and read off it as asked.

    `placed` has the days that others leave it; `inherited` contest it on days on which it is shown, and
    `always` on each of them; `making` gives a standing. The `first` day that is asked about is worked out
    by itself; once there is a second, all days are, and kept as the one `course`. As `Track`.
    """

    placed: MergedClaim
    limit: Limit
    contests: Sequence[Contest]
    inherited: Sequence[Contest]
    always: frozenset[int]
    making: Callable[[Turned], Standing]
    first: dict[int, Turned]
    course: list[Course]

    @property
    def days(self) -> tuple[Day, ...]:
        """The days on which the standing turns, the beginning of time first."""
        told = (*self.contests, *self.inherited)
        marks = {*self.limit.marks, *(day for contest in told for day in contest[:2])}
        return _turning(turns_of(self.placed.span, marks), self._on)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The standing from each of these days on."""
        return tuple(self._along().standings)

    @property
    def order(self) -> tuple[Day, int, bool]:
        """The place in the order of tracks."""
        placed, limit = self.placed, self.limit
        days = turns_of(placed.span, limit.marks) if limit.gaps else [placed.span.first]
        begun = (d for d in days if status_at(placed, limit, d) is not Status.NOT_YET)
        return next(begun, FOREVER), placed.number, placed.derived

    def at(self, day: int) -> Standing:
        """Return the standing on a day."""
        turned = self._first(day)
        return self._along().at(day) if turned is None else self.making(turned)

    def shown(self, day: int) -> Standing | None:
        """Return the standing on a day if it is shown."""
        turned = self._first(day)
        if turned is None:
            standing = self._along().at(day)
            return standing if standing.status.shown else None
        return self.making(turned) if _is_shown(turned) else None

    def _first(self, day: int) -> Turned | None:
        """Return what is so on the first day that is asked about, None for any other."""
        if not self.first:
            self.first[day] = self._on(day)
        return self.first.get(day)

    def _along(self) -> Course:
        if not self.course:
            days = self.days
            self.course.append(Course(days, [self.making(self._on(day)) for day in days]))
        return self.course[0]

    def _on(self, day: int) -> Turned:
        """Work out the status on a day, and the entries that contest it."""
        day = Day(min(day, FOREVER - 1))
        alone = status_at(self.placed, self.limit, day)
        told = (*self.contests, *self.inherited) if alone.shown else self.contests
        against = {n for c in told if c.start <= day < c.stop for n in c.numbers}
        if alone.shown and self.always:
            against |= self.always
        return alone, tuple(sorted(against)[:MOST_CONTESTS]) if against else ()


class OwnTrack:
    """The track of a claim that no other bears on, read off its span as it is asked; as `Track`."""

    __slots__ = ("_live", "_made", "_span", "_telling")

    def __init__(self, live: Live, span: Span, telling: Callable[[Claim], str]) -> None:
        self._live, self._span, self._telling = live, span, telling
        self._made: dict[Status, Standing] = {}

    @property
    def days(self) -> tuple[Day, ...]:
        """The days on which the standing turns, the beginning of time first."""
        return _turning(turns_of(self._span), self._span.status)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The standing from each of these days on."""
        return tuple(map(self.at, self.days))

    @property
    def order(self) -> tuple[Day, int, bool]:
        """The place in the order of tracks."""
        return self._span.first, self._live.number, False

    def at(self, day: int) -> Standing:
        """Return the standing on a day."""
        status = self._span.status(day)
        found = self._made.get(status)
        if found is None:
            found = self._made[status] = self._standing(status)
        return found

    def shown(self, day: int) -> Standing | None:
        """Return the standing on a day if it is shown."""
        return self.at(day) if self._span.status(day).shown else None

    def _standing(self, status: Status) -> Standing:
        live = self._live
        return with_fields(
            Standing,
            number=live.number,
            claim=live.claim,
            status=status,
            until=getattr(live.claim, "until", None),
            attested=self._span.until if status is Status.PRESUMED else None,
            because=None,
            also=(),
            contested_by=(),
            differs=(),
            supports=live.supports,
            telling=self._telling,
            alone=status,
        )


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
        self._alone: Alone | None = None  # once all claims are asked about

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
            self.expect_all()
            return self.belief.claims()
        return self.belief.between(*sides) if len(sides) == 2 else self.belief.involving(*sides)

    def expect_all(self) -> None:
        """Find out which claims meet no other, since all or very many are asked about next."""
        self._alone = self._alone or Alone(self.belief)

    def tracks(self, lives: Iterable[Live]) -> list[Track]:
        """Return the tracks of some claims, each once: claims that are the same share theirs."""
        from factledger.collecting import no_collecting

        with no_collecting():
            # They are read together, before any is asked about.
            found = {id(track): track for live in [*lives] for track in self.of(live)}
        return list(found.values())

    def of(self, live: Live) -> tuple[Track, ...]:
        """Return the tracks of one claim: its own, and those of the states that it begins."""
        if live.number not in self._by_entry:
            span = self._alone.span(live) if self._alone else None
            if span is None:
                self._by_entry.update(tracks_of(self.belief, live))
            else:
                self._by_entry[live.number] = (OwnTrack(live, span, self.belief.sentence),)
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
    # How a claim by itself stands can be understood without what others do to it, and found without.
    from factledger.status.bearing import Bearing

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
    always = frozenset(merged.clashes).union(*(live.disputes for live in merged.lives))
    placed, differs = bearing.placed(merged), bearing.differing(merged)
    making = partial(standing_of, merged, placed.attested, differs, belief.sentence)
    contests, inherited = bearing.contests(merged), bearing.inherited(merged)
    return JointTrack(placed, bearing.limit(merged), contests, inherited, always, making, {}, [])


def _is_shown(turned: Turned) -> bool:
    alone, against = turned
    return alone.shown or bool(against)


def _turning(days: Sequence[Day], turned: Callable[[Day], object]) -> tuple[Day, ...]:
    """Return the days on which what days give is not as on the one before."""
    found = [None, *map(turned, days)]
    return tuple(d for d, was, now in zip(days, found, found[1:], strict=False) if was != now)


def turns_of(span: Span, marks: Iterable[Day] = ()) -> list[Day]:
    """Return the days on which a status may turn, rising from the beginning: those of a span, and more."""
    turns = (span.first, span.sure, Day(span.until + 1), Day(span.presumed + 1), span.gone)
    days = {BEGINNING, *turns, *marks}
    return sorted(day for day in days if BEGINNING <= day < FOREVER)


def standing_of(
    merged: MergedClaim,
    attested: Day,
    differs: tuple[int, ...],
    telling: Callable[[Claim], str],
    turned: Turned,
) -> Standing:
    """Return a standing of a claim: its status, and who contests it, are what turns with the days."""
    alone, contested_by = turned
    closed = next((live.ending.until for live in merged.lives if live.ending), None)
    if closed is None and len(merged.lives) > 1:
        closed = _end_among(merged)
    return with_fields(
        Standing,
        number=merged.number,
        claim=merged.claim,
        status=Status.CONTESTED if contested_by else alone,
        until=closed or getattr(merged.claim, "until", None),
        attested=attested if alone is Status.PRESUMED else None,
        because=merged.because,
        also=tuple(sorted(live.number for live in merged.lives[1:])),
        contested_by=contested_by,
        differs=differs,
        supports=merged.supports,
        telling=telling,
        alone=alone,
    )


def _end_among(merged: MergedClaim) -> Edtf | None:
    """Return the narrowest end that the claims of one state tell as past, None where none does."""
    told = [
        (until.latest - until.earliest, until.text, until)
        for live in merged.lives
        if isinstance(until := getattr(live.claim, "until", None), Edtf)
        if isinstance(until.earliest, Day) and isinstance(until.latest, Day)
        if not is_after_all(until, [s.published.last for s in live.supports])
    ]
    return min(told)[-1] if told else None


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
    for day, standing in steps_along(track):
        if standing.status is not Status.NOT_YET or before is not Status.NOT_YET:
            claim, reading = standing.claim, partial(_given, standing)
            after = standing.status
            yield Change(day, standing.number, claim.shape, claim.type, before, after, reading)
            before = after


def _given(standing: Standing, _: Change) -> Standing:
    return standing
