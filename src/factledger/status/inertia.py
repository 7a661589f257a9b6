"""How a claim stands on a day once others take its place: inertia, never overwrite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factledger.dates.days import FOREVER, Day
from factledger.named import NamedTuple
from factledger.status.merging import MergedClaim
from factledger.status.spans import Status
from factledger.status.things.taken import DayRange

_CAPPED = {Status.DEFINITE: Status.POSSIBLE, Status.PRESUMED: Status.POSSIBLE}


class Limit(NamedTuple):
    """The limit that others set to a span.

    It has not begun on the days of `gaps`; it is possible at most from `maybe`, and ended from
    `surely`.
    """

    maybe: Day = FOREVER
    surely: Day = FOREVER
    gaps: tuple[DayRange, ...] = ()

    @property
    def marks(self) -> Iterator[Day]:
        """The days on which it turns."""
        yield from (self.maybe, self.surely)
        for gap in self.gaps:
            yield from (gap.first, Day(gap.last + 1))


def within_all(limits: Sequence[Limit]) -> Limit:
    """Return the limit that several set together."""
    maybes, surelys, gaps = zip(*limits, strict=True)
    return Limit(min(maybes), min(surelys), sum(gaps, ()))


def status_at(merged: MergedClaim, limit: Limit, day: Day) -> Status:
    """Return the status of a claim on a day, within its limit."""
    status = merged.span.status(day)
    if not status.shown:
        return status
    if day >= limit.surely:
        return Status.ENDED
    if any(gap.first <= day <= gap.last for gap in limit.gaps):
        return Status.NOT_YET
    if not merged.sure or day >= limit.maybe:
        return _CAPPED.get(status, status)
    return status
