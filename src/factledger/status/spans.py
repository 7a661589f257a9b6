"""The rule of docs/explanation/status.md for one claim by itself, in the order of that page.

What other claims do to it comes later, in `inertia` and `timeline`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from factledger.dates.days import BEGINNING, FOREVER, Day, day_or
from factledger.dates.edtf import OPEN, Edtf


class Status(StrEnum):
    """How a claim stands at a date.

    `definite` and `possible` are the terms of Dyreson and Snodgrass (Supporting Valid-Time
    Indeterminacy, 1998); `presumed` is what was attested before and that nothing ended since;
    `contested` is a day on which sources cannot all be right.
    """

    NOT_YET = "not-yet"
    POSSIBLE = "possible"
    DEFINITE = "definite"
    PRESUMED = "presumed"
    ENDED = "ended"
    CONTESTED = "contested"

    @cached_property
    def shown(self) -> bool:
        """Whether a claim may stand: definite, possible, presumed or contested."""
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
    """All that the span of a claim depends on: its shape, its dates, and when its sources spoke.

    `settled` is the last day on which the first of its sources can have been published,
    `attested` the first day on which the newest can. `planned` is true of a plan, `none` of a
    count of none; `comes` is false where the end has a date but may not have come.
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


def span(dates: Dates) -> Span:
    """Return the span of a claim with these dates; a plan is possible at most."""
    if dates.shape == "tally":
        found = _tally(dates)
    elif dates.when is not None:
        found = _event(dates.when, dates)
    else:
        found = _state(dates)
    return found._replace(sure=FOREVER) if dates.planned else found


def _event(when: Edtf, dates: Dates) -> Span:
    """Possible from the first day of its date, definite once that is over; it never ends."""
    return Span(_start(when), _settled_by(when, dates))


def _state(dates: Dates) -> Span:
    """Possible from the first day of `since`, definite from its last; from ever if it is open."""
    sure = BEGINNING if _is_open(dates.since) else _settled_by(dates.since, dates)
    return _ending(Span(_start(dates.since), sure), dates)


def _ending(begun: Span, dates: Dates) -> Span:
    """Definite up to the first day of `until`, possible up to its last, and ended after that.

    An open end is attested up to the newest source, and presumed after it. An unknown end
    leaves the state possible on every day: it is never definite, and never ends.
    """
    until = dates.until
    if _is_open(until):
        return begun._replace(until=dates.attested, tail=Status.PRESUMED)
    comes = isinstance(until.latest, Day) and dates.comes
    gone = Day(_settled_by(until, dates) + 1) if comes else FOREVER
    return begun._replace(until=_start(until), gone=gone)


def _is_open(end: Edtf) -> bool:
    """Return whether an end is `..` itself; a set such as `[2021..]` names days all the same."""
    return end.kind == "end" and end.latest is OPEN


def _tally(dates: Dates) -> Span:
    """Definite once its period is over, and for good; a count of none on every day of it."""
    over = _settled_by(dates.until, dates)
    begun = min(over, day_or(dates.since.latest, over)) if dates.none else over
    return Span(_start(dates.since), begun)


def _start(date: Edtf) -> Day:
    return day_or(date.earliest, BEGINNING)


def _settled_by(date: Edtf, dates: Dates) -> Day:
    """Return the day by which a date is surely reached: its last.

    A doubtful date, and one without a last day, is settled by the first source that tells of it.
    """
    latest = day_or(date.latest, dates.settled)
    return max(latest, dates.settled) if date.qualified else latest
