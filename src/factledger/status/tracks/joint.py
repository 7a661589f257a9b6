"""The track of a claim that others may bear on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from factledger.dates.days import FOREVER, Day
from factledger.frozen import with_fields
from factledger.named import NamedTuple
from factledger.records.claims import Claim
from factledger.status.inertia import status_at
from factledger.status.merging import MergedClaim
from factledger.status.spans import Status
from factledger.status.standings import MOST_CONTESTS, Standing
from factledger.status.tracks.track import days_of_turns, turns_of

if TYPE_CHECKING:  # it is given what others do: how that is found out need not be known here
    from factledger.status.inertia import Limit
    from factledger.status.things.contests import Contest

Turned: TypeAlias = tuple[Status, tuple[int, ...]]
"""What turns with the days: the status of a claim, and the entries that contest it."""


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
        return days_of_turns(turns_of(self.placed.span, marks), self._on)

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
