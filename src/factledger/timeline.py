"""Each claim's standing as steps of the date, and the changes from one step to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from factledger.belief import Belief, Live, Support
from factledger.claims import Citation, Claim
from factledger.days import BEGINNING, FOREVER, Day
from factledger.edtf import Edtf
from factledger.inertia import Candidate, Cut, candidates, component_of, contested_from, cuts
from factledger.spans import Status

SHOWN = frozenset({Status.DEFINITE, Status.POSSIBLE, Status.PRESUMED})
_CAPPED = {Status.DEFINITE: Status.POSSIBLE, Status.PRESUMED: Status.POSSIBLE}


@attrs.frozen
class Standing:
    """A claim together with its status at a date.

    `number` is its entry; `because` the event that began it: where the standing was worked out
    from that event alone, both are the same. `also` lists further entries that are the same
    claim. `until` is its end as it is known, with a later `close` taken in. `attested` is the
    last day for which a source vouches, where the standing is presumed. `contested_by` lists
    the entries that contradict or dispute it on that date.
    """

    number: int
    claim: Claim
    status: Status
    until: Edtf | None = None
    attested: Day | None = None
    because: int | None = None
    also: tuple[int, ...] = ()
    contested_by: tuple[int, ...] = ()
    supports: tuple[Support, ...] = attrs.field(default=(), repr=False)
    telling: Callable[[Claim], str] = attrs.field(default=repr, eq=False, repr=False)

    @property
    def sentence(self) -> str:
        """Return the claim in words."""
        return self.telling(self.claim)

    @property
    def shown(self) -> bool:
        """Return whether a view shows it unless asked for more."""
        return self.status in SHOWN and self.claim.shape != "assessment"

    @property
    def derived(self) -> bool:
        """Return whether no source states it: it follows from the event of the same entry."""
        return self.because == self.number

    @property
    def support(self) -> int:
        """Return how many independent publishers say so; a copy adds none."""
        return len({s.origin for s in self.supports})

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return every place where it was said, in the order of the log."""
        return tuple(s.citation for s in self.supports)


@attrs.frozen
class Track:
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
        """Return what puts tracks in order: the first possible day, then the entry."""
        first = next((d for d, s in self.steps() if s.status is not Status.NOT_YET), FOREVER)
        return first, self.standings[0].number, self.standings[0].derived

    def steps(self) -> Iterator[tuple[Day, Standing]]:
        """Yield each day on which the standing turns, with what it is from then on."""
        return zip(self.days, self.standings, strict=True)


@attrs.frozen
class Change:
    """A turn in the standing of one claim: from `day` on it is `after`, and was `before`.

    What held at the beginning of time turns there from not-yet.
    """

    day: Day
    standing: Standing
    before: Status
    after: Status


class Timeline:
    """The tracks of all claims at two cuts, worked out as they are asked for, and kept."""

    def __init__(self, belief: Belief) -> None:
        self.belief = belief
        self._by_entry: dict[int, tuple[Track, ...]] = {}
        self._answers: dict[object, tuple[Track, ...]] = {}

    @property
    def all(self) -> tuple[Track, ...]:
        """Return every track, in order."""
        return self._kept("all", self.belief.claims)

    def between(self, one: str, other: str) -> tuple[Track, ...]:
        """Return the tracks of the claims in which both take part, in order."""
        return self._kept((one, other), lambda: self.belief.between(one, other))

    def involving(self, actor: str) -> tuple[Track, ...]:
        """Return the tracks of the claims in which an actor takes part, in order."""
        return self._kept(actor, lambda: self.belief.involving(actor))

    def of(self, live: Live) -> tuple[Track, ...]:
        """Return the tracks of one claim: its own, and those of the states that it begins."""
        if live.number not in self._by_entry:
            self._by_entry.update(tracks_of(self.belief, live))
        return self._by_entry[live.number]

    def _kept(self, question: object, lives: Callable[[], Iterable[Live]]) -> tuple[Track, ...]:
        if question not in self._answers:
            found = {id(track): track for live in lives() for track in self.of(live)}
            self._answers[question] = tuple(sorted(found.values(), key=lambda t: t.order))
        return self._answers[question]


def tracks_of(belief: Belief, seed: Live) -> dict[int, tuple[Track, ...]]:
    """Return the tracks of the component of a claim, by the entries that they speak for.

    A component is closed: claims under one key, and claims that are the same, bear on one
    another; no other claim has any effect.
    """
    found = candidates(belief, component_of(belief, seed))
    reach = {id(c): tuple(cuts(c, found, belief)) for c in found}
    tracks = [(c, track_of(c, found, reach, belief)) for c in found]
    by_entry: dict[int, tuple[Track, ...]] = {}
    for candidate, track in tracks:
        for live in candidate.lives:
            by_entry[live.number] = (*by_entry.get(live.number, ()), track)
    return by_entry


def track_of(
    candidate: Candidate,
    others: Sequence[Candidate],
    reach: dict[int, tuple[Cut, ...]],
    belief: Belief,
) -> Track:
    """Return the track of a candidate among the others of its component."""
    contests = [
        (start, gone_from(other, reach[id(other)]), other.number)
        for other in others
        if (start := contested_from(candidate, other, belief)) is not None
    ]
    always = [*candidate.clashes, *(n for live in candidate.lives for n in live.disputes)]
    contests += [(BEGINNING, FOREVER, number) for number in always]
    cut = reach[id(candidate)]
    marks = {day for start, stop, _ in contests for day in (start, stop)}
    days: list[Day] = []
    standings: list[Standing] = []
    for day in turns(candidate, cut, marks):
        standing = stand(candidate, status_at(candidate, cut, day), day, contests, belief)
        if not standings or standing != standings[-1]:
            days.append(day)
            standings.append(standing)
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


def stand(
    candidate: Candidate,
    status: Status,
    day: Day,
    contests: Iterable[tuple[Day, Day, int]],
    belief: Belief,
) -> Standing:
    """Return the standing of a candidate in a status, contested by those that are on that day."""
    claim = candidate.claim
    closed = next((live.ending.until for live in candidate.lives if live.ending), None)
    shown = status in SHOWN
    rivals = {number for start, stop, number in contests if start <= day < stop and shown}
    return Standing(
        number=candidate.number,
        claim=claim,
        status=status,
        until=closed or getattr(claim, "until", None),
        attested=candidate.span.until if status is Status.PRESUMED else None,
        because=candidate.because,
        also=tuple(sorted(live.number for live in candidate.lives[1:])),
        contested_by=tuple(sorted(rivals)),
        supports=candidate.supports,
        telling=lambda said: belief.vocabulary.sentence(said, belief.name),
    )


def changes(tracks: Iterable[Track]) -> list[Change]:
    """Return every change of the tracks, by day; on one day in the order of the tracks."""
    found: list[Change] = []
    for track in sorted(tracks, key=lambda t: t.order):
        before = Status.NOT_YET
        for day, standing in track.steps():
            if standing.status is not Status.NOT_YET:
                found.append(Change(day, standing, before, standing.status))
                before = standing.status
    return sorted(found, key=lambda c: c.day)
