"""The track of a claim that others may bear on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from factledger.dates.dated import Edtf
from factledger.dates.days import FOREVER, Day
from factledger.frozen import with_fields
from factledger.named import NamedTuple
from factledger.records.claims import Claim
from factledger.status.inertia import status_at
from factledger.status.merging import MergedClaim
from factledger.status.spans import Status
from factledger.status.standings import MOST_CONTESTS, Standing, is_after_all
from factledger.status.tracks.track import along, turns_of

if TYPE_CHECKING:  # it is given what others do: how that is found out need not be known here
    from factledger.status.inertia import Limit
    from factledger.status.things.contests import Contest

Turned: TypeAlias = tuple[Status, tuple[int, ...]]
"""What turns with the days: the status of a claim, and the entries that contest it."""


class Course(NamedTuple):
    """Days on which a standing turns, and the standing from each of them on."""

    days: tuple[Day, ...]
    standings: tuple[Standing, ...]

    def at(self, day: int) -> Standing:
        """Return the standing on a day."""
        return self.standings[bisect_right(self.days, day) - 1]


class JointTrack:
    """The track of a claim that others may bear on: what they do to it is known, and read off it as asked.

    `placed` has the days that others leave it; `inherited` contest it on days on which it is shown, and
    `always` on each of them; `making` gives a standing. The first day that is asked about is worked out
    by itself; once there is a second, all days are, and kept as one course. As `Track`.
    """

    __slots__ = (
        "_course",
        "_first",
        "always",
        "contests",
        "inherited",
        "limit",
        "making",
        "placed",
    )

    def __init__(
        self,
        placed: MergedClaim,
        limit: Limit,
        contests: Sequence[Contest],
        inherited: Sequence[Contest],
        always: frozenset[int],
        making: Callable[[Turned], Standing],
    ) -> None:
        self.placed, self.limit = placed, limit
        self.contests, self.inherited, self.always = contests, inherited, always
        self.making = making
        self._first: tuple[int, Turned] | None = None
        self._course: Course | None = None

    @property
    def days(self) -> tuple[Day, ...]:
        """The days on which the standing turns, the beginning of time first."""
        return self._along().days

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The standing from each of these days on."""
        return self._along().standings

    @property
    def order(self) -> tuple[Day, int, bool]:
        """The place in the order of tracks."""
        placed, limit = self.placed, self.limit
        days = turns_of(placed.span, limit.marks) if limit.gaps else [placed.span.first]
        begun = (d for d in days if status_at(placed, limit, d) is not Status.NOT_YET)
        return next(begun, FOREVER), placed.number, placed.derived

    def at(self, day: int) -> Standing:
        """Return the standing on a day."""
        turned = self._turned_first(day)
        return self._along().at(day) if turned is None else self.making(turned)

    def shown(self, day: int) -> Standing | None:
        """Return the standing on a day if it is shown."""
        turned = self._turned_first(day)
        if turned is None:
            standing = self._along().at(day)
            return standing if standing.status.shown else None
        return self.making(turned) if _is_shown(turned) else None

    def _turned_first(self, day: int) -> Turned | None:
        """Return what is so on the first day that is asked about, None for any other."""
        if self._first is None:
            self._first = day, self._on(day)
        first, turned = self._first
        return turned if day == first else None

    def _along(self) -> Course:
        if self._course is None:
            days, turned = along(self._turns(), self._on)
            self._course = Course(days, tuple(map(self.making, turned)))
        return self._course

    def _turns(self) -> list[Day]:
        """Return the days on which it may turn."""
        told = (*self.contests, *self.inherited)
        marks = {*self.limit.marks, *(day for contest in told for day in contest[:2])}
        return turns_of(self.placed.span, marks)

    def _on(self, day: int) -> Turned:
        """Work out the status on a day, and the entries that contest it."""
        day = Day(min(day, FOREVER - 1))
        alone = status_at(self.placed, self.limit, day)
        told = (*self.contests, *self.inherited) if alone.shown else self.contests
        against = {n for c in told if c.start <= day < c.stop for n in c.numbers}
        if alone.shown and self.always:
            against |= self.always
        return alone, tuple(sorted(against)[:MOST_CONTESTS]) if against else ()


def _is_shown(turned: Turned) -> bool:
    alone, against = turned
    return alone.shown or bool(against)


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
    told = {
        (until.latest - until.earliest, until.text): until
        for live in merged.lives
        if isinstance(until := getattr(live.claim, "until", None), Edtf)
        if isinstance(until.earliest, Day) and isinstance(until.latest, Day)
        if not is_after_all(until, [s.published.last for s in live.supports])
    }
    return told[min(told)] if told else None
