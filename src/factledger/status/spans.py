"""From when to when one claim is possible, definite and ended, taken by itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.dates.edtf import OPEN, Edtf
from factledger.records.claims import Assessment, Event, Tally
from factledger.records.fields import UNKNOWN_END
from factledger.status.belief import Live


class Status(StrEnum):
    """How a claim stands at a date.

    `definite` and `possible` are the terms of Dyreson and Snodgrass (Supporting Valid-Time
    Indeterminacy, 1998); `presumed` is what was attested before and that nothing ended since.
    """

    NOT_YET = "not-yet"
    POSSIBLE = "possible"
    DEFINITE = "definite"
    PRESUMED = "presumed"
    ENDED = "ended"

    @property
    def shown(self) -> bool:
        """Return whether it says that something may stand: definite, possible or presumed."""
        return self not in (Status.NOT_YET, Status.ENDED)


Tail: TypeAlias = Literal[Status.PRESUMED, Status.POSSIBLE]


class Span(NamedTuple):
    """The days on which the status of a claim turns.

    Possible from `first`, definite from `sure` to `until` (both included), then `tail` up to
    the day before `gone`, ended from `gone` on. A day that never comes is FOREVER.
    """

    first: Day
    sure: Day
    until: Day = FOREVER
    gone: Day = FOREVER
    tail: Tail = Status.POSSIBLE

    def status(self, day: int) -> Status:
        """Return the status on a day."""
        if day < self.first:
            return Status.NOT_YET
        if day >= self.gone:
            return Status.ENDED
        if day < self.sure:
            return Status.POSSIBLE
        return Status.DEFINITE if day <= self.until else self.tail


class Dates(NamedTuple):
    """What the span of a claim depends on: its shape, its dates, and when its sources spoke.

    `settled` is the last day on which the first of its sources can have been published,
    `attested` the first day on which the newest can. `none` tells that it counts none, `comes`
    that its end is certain to come where it has a date.
    """

    shape: str
    when: Edtf | None
    since: Edtf
    until: Edtf
    settled: Day
    attested: Day
    planned: bool = False
    none: bool = False
    comes: bool = True


def span_of(live: Live) -> Span:
    """Return the span of a live claim, from its own dates and those of its sources."""
    return span(dates_of(live))


def dates_of(live: Live) -> Dates:
    """Return what the span of a live claim depends on; its end is as a `close` record gives it."""
    claim, ending = live.claim, live.ending
    return Dates(
        shape=claim.shape,
        when=claim.when if isinstance(claim, Event | Assessment) else None,
        since=UNKNOWN_END if isinstance(claim, Event) else claim.since,  # type: ignore[attr-defined]
        until=ending.until if ending else getattr(claim, "until", UNKNOWN_END),
        settled=live.settled,
        attested=live.attested,
        planned=claim.modality == "planned",
        none=isinstance(claim, Tally) and claim.count.upper == 0,
        comes=ending is None or ending.sure,
    )


def span(dates: Dates) -> Span:
    """Return the span of a claim with these dates."""
    if dates.shape == "tally":
        found = _tally(dates)
    elif dates.when is not None:
        found = _event(dates.when, dates)
    else:
        found = _state(dates)
    return found._replace(sure=FOREVER) if dates.planned else found


def _event(when: Edtf, dates: Dates) -> Span:
    """An event is definite once its window is over; a doubtful date only once it was reported."""
    return Span(_start(when), _settled_by(when, dates))


def _state(dates: Dates) -> Span:
    sure = BEGINNING if _is_open(dates.since) else _settled_by(dates.since, dates)
    return _ending(Span(_start(dates.since), sure), dates)


def _ending(begun: Span, dates: Dates) -> Span:
    until = dates.until
    if _is_open(until):
        return begun._replace(until=dates.attested, tail=Status.PRESUMED)
    comes = isinstance(until.latest, Day) and dates.comes
    gone = Day(_settled_by(until, dates) + 1) if comes else FOREVER
    return begun._replace(until=_start(until), gone=gone)


def _is_open(end: Edtf) -> bool:
    """Return whether an end is `..` itself: a set with open bounds names days all the same."""
    return end.kind == "end" and end.latest is OPEN


def _tally(dates: Dates) -> Span:
    """A count is definite once its period is over; a count of none on every day of it."""
    over = _settled_by(dates.until, dates)
    begun = min(over, _day(dates.since.latest, over)) if dates.none else over
    return Span(_start(dates.since), begun)


def _start(date: Edtf) -> Day:
    return _day(date.earliest, BEGINNING)


def _settled_by(date: Edtf, dates: Dates) -> Day:
    """Return the day by which the date is surely reached.

    A doubtful (`?`, `~`, `%`), unknown or open date is settled by the first source that speaks
    of it as past.
    """
    latest = _day(date.latest, dates.settled)
    return max(latest, dates.settled) if date.qualified else latest


def _day(bound: object, otherwise: Day) -> Day:
    return bound if isinstance(bound, Day) else otherwise
