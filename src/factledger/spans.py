"""From when to when one claim is possible, definite and ended, taken by itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

from factledger.belief import Live
from factledger.claims import Assessment, Claim, Event, State, Tally
from factledger.days import BEGINNING, FOREVER, Day
from factledger.edtf import OPEN, Edtf


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


def span_of(live: Live) -> Span:
    """Return the span of a live claim, from its own dates and those of its sources."""
    claim = live.claim
    when: Edtf | None = claim.when if isinstance(claim, Event | Assessment) else None
    if isinstance(claim, Tally):
        span = _tally(claim, live)
    elif when is not None:
        span = _event(when, live)
    else:
        span = _state(claim, live)
    return span._replace(sure=FOREVER) if claim.modality == "planned" else span


def _event(when: Edtf, live: Live) -> Span:
    """An event is definite once its window is over; a doubtful date only once it was reported."""
    return Span(_start(when), _settled_by(when, live))


def _state(claim: Claim, live: Live) -> Span:
    since, until = _ends(claim, live)
    sure = BEGINNING if _is_open(since) else _settled_by(since, live)
    return _ending(Span(_start(since), sure), until, live)


def _ending(span: Span, until: Edtf, live: Live) -> Span:
    if _is_open(until):
        return span._replace(until=live.attested, tail=Status.PRESUMED)
    comes = isinstance(until.latest, Day) and (live.ending is None or live.ending.sure)
    gone = Day(_settled_by(until, live) + 1) if comes else FOREVER
    return span._replace(until=_start(until), gone=gone)


def _is_open(end: Edtf) -> bool:
    """Return whether an end is `..` itself: a set with open bounds names days all the same."""
    return end.kind == "end" and end.latest is OPEN


def _tally(claim: Tally, live: Live) -> Span:
    """A count is definite once its period is over; a count of none on every day of it."""
    over = _settled_by(claim.until, live)
    none = claim.count.upper == 0
    return Span(_start(claim.since), min(over, _day(claim.since.latest, over)) if none else over)


def _ends(claim: Claim, live: Live) -> tuple[Edtf, Edtf]:
    """Return the start and the end of a state, the end as a `close` record gives it."""
    assert isinstance(claim, State | Assessment)  # noqa: S101  the other shapes have their own rule
    return claim.since, live.ending.until if live.ending else claim.until


def _start(date: Edtf) -> Day:
    return _day(date.earliest, BEGINNING)


def _settled_by(date: Edtf, live: Live) -> Day:
    """Return the day by which the date is surely reached.

    A doubtful (`?`, `~`, `%`), unknown or open date is settled by the first source that speaks
    of it as past.
    """
    latest = _day(date.latest, live.settled)
    return max(latest, live.settled) if date.qualified else latest


def _day(bound: object, otherwise: Day) -> Day:
    return bound if isinstance(bound, Day) else otherwise
