"""The rule of docs/explanation/status.md for one claim by itself, in the order of that page.

What other claims do to it comes later, in `inertia` and `timeline`.
"""

from __future__ import annotations

from enum import StrEnum

from factledger.caching import cached_property
from factledger.dates.dated import OPEN, UNKNOWN, Edtf
from factledger.dates.days import BEGINNING, FOREVER, Day, day_or
from factledger.named import NamedTuple


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


class Span(NamedTuple):
    """The days on which the status of a claim turns.

    Possible from `first`, definite from `sure` to `until` (both included), then presumed up to
    `presumed`, then possible up to the day before `gone`, ended from `gone` on. Where `presumed`
    is not after `until` it is never presumed. A day that never comes is FOREVER.
    """

    first: Day
    sure: Day
    until: Day
    gone: Day
    presumed: Day = BEGINNING

    def status(self, day: int) -> Status:
        """Return the status on a day."""
        if day < self.first:
            return Status.NOT_YET
        if day >= self.gone:
            return Status.ENDED
        if day < self.sure:
            return Status.POSSIBLE
        if day <= self.until:
            return Status.DEFINITE
        return Status.PRESUMED if day <= self.presumed else Status.POSSIBLE

    @property
    def stands_to(self) -> Day:
        """The last day on which it is definite or presumed, if it is so from `sure` on."""
        return max(self.until, self.presumed)

    @property
    def binding(self) -> Day:
        """The day from which its sources say that it no longer holds: a planned end says nothing."""
        return FOREVER if self.presumed >= self.until > BEGINNING else self.gone


class Plan(NamedTuple):
    """The end that a source foresees, from its day of publication on: it binds nobody.

    `told` is the day up to which the source vouches, `first` and `last` are those of the end. An
    open end is one that never comes.
    """

    told: Day
    first: Day = FOREVER
    last: Day = FOREVER


class Worlds(NamedTuple):
    """The ways in which a claim can have been: its first day and its last, each within two days.

    `begins` and `ends` hold the earliest and the latest; of an end that is not known, or only
    foreseen, the latest is FOREVER. What happened never ends. `plans` are the ends that sources
    foresee.
    """

    begins: tuple[Day, Day]
    ends: tuple[Day, Day] = (FOREVER, FOREVER)
    plans: tuple[Plan, ...] = ()

    @property
    def some(self) -> bool:
        """Whether there is any: the end can be at the beginning or after it."""
        return (
            self.begins[0] <= self.begins[1]
            and self.ends[0] <= self.ends[1]
            and self.begins[0] <= self.ends[1]
        )

    def within(self, other: Worlds) -> Worlds:
        """Return the ways in which two claims about one thing can both have been."""
        return Worlds(
            _common(self.begins, other.begins),
            _common(self.ends, other.ends),
            tuple(sorted({*self.plans, *other.plans})),
        )

    @property
    def span(self) -> Span:
        """The days on which the status turns: definite is what is so in all of the worlds."""
        (first, started), (ended, last) = self.begins, self.ends
        sure, until = max(first, min(started, last)), min(max(first, ended), last)
        plan = self._plan(until)
        if plan is None:
            return Span(first, sure, until, _after(last))
        return Span(first, sure, until, _after(plan.last), max(plan.first, until))

    @property
    def carried(self) -> bool:
        """Whether inertia carries it on: no source tells of its end, but as a plan or as open."""
        (first, _), (ended, last) = self.begins, self.ends
        return self._plan(min(max(first, ended), last)) is not None

    def _plan(self, until: Day) -> Plan | None:
        """Return the end that was foreseen last, if no source tells of another or of a later day."""
        if not self.plans or self.ends[1] < FOREVER:
            return None
        held = (plan for plan in self.plans if plan.first < FOREVER and until <= plan.last)
        ever = Plan(until) if any(plan.first == FOREVER for plan in self.plans) else None
        return max(held, key=lambda p: (p.told, -p.last, -p.first), default=ever)


def _common(one: tuple[Day, Day], other: tuple[Day, Day]) -> tuple[Day, Day]:
    return max(one[0], other[0]), min(one[1], other[1])


def _after(day: Day) -> Day:
    return Day(day + 1) if day < FOREVER else FOREVER


class Dates(NamedTuple):
    """All that the worlds of a claim depend on: its shape, its dates, and when its sources spoke.

    `settled` is the last day on which the first of its sources can have been published,
    `attested` the first day on which the newest can, or on which the newest can that tells of its
    end, `spoken` the day up to which an end is no plan. `told` is true where they tell of it as past or
    as holding, `planned` of a plan, `none` of a count of none, `throughout` of what is so on each day of
    its window: that nothing happened. `comes` is false where the end has a date but may not have come.
    """

    shape: str
    when: Edtf | None
    since: Edtf
    until: Edtf
    settled: Day
    attested: Day
    spoken: Day
    told: bool = True
    planned: bool = False
    none: bool = False
    comes: bool = True
    throughout: bool = False


def span(dates: Dates) -> Span:
    """Return the span of a claim with these dates."""
    return span_in(worlds(dates), dates.planned, dates.throughout)


def span_in(found: Worlds, planned: bool, throughout: bool = False) -> Span:
    """Return the span of what can have been in some worlds; a plan is possible at most.

    What is so `throughout` a window is definite from its first day on.
    """
    whole = found.span
    if throughout:
        return whole._replace(sure=whole.first)
    return whole._replace(sure=FOREVER, presumed=BEGINNING) if planned else whole


def is_placed(date: Edtf) -> bool:
    """Return whether a date says surely from which day on it can be."""
    return not date.qualified and date.earliest is not UNKNOWN and not _is_open(date)


def worlds(dates: Dates) -> Worlds:
    """Return the ways in which a claim with these dates can have been."""
    if dates.shape == "tally":
        return _tally(dates)
    if dates.when is not None:
        begins = _begins(dates.when, dates)
        return Worlds(_spoken_of(begins, dates) if dates.throughout else begins)
    return _state(dates)


def _state(dates: Dates) -> Worlds:
    """It begins within `since` and ends within `until`; an end after the publication is a plan.

    An open end is vouched for up to the newest source, and presumed after it. One that is not
    known can be on any day.
    """
    first, _ = begins = _start_of_state(dates)
    until, vouched = dates.until, max(dates.attested, first)
    if _is_open(until):
        return Worlds(begins, (vouched, FOREVER), (Plan(vouched),))
    end = max(first, _start(until))
    comes = isinstance(until.latest, Day) and dates.comes
    last = _settled_by(until, dates) if comes else FOREVER
    if first <= last and end > max(dates.spoken, first):
        begun = first, min(begins[1], last)  # who planned its end took it to begin before
        return Worlds(begun, (vouched, FOREVER), (Plan(vouched, end, last),))
    return Worlds(begins, (end if end <= last else last, last))


def _start_of_state(dates: Dates) -> tuple[Day, Day]:
    return (BEGINNING, BEGINNING) if _is_open(dates.since) else _begins(dates.since, dates)


def _is_open(end: Edtf) -> bool:
    """Return whether an end is `..` itself; a set such as `[2021..]` names days all the same."""
    return end.kind == "end" and end.latest is OPEN


def _tally(dates: Dates) -> Worlds:
    """Definite once its period is over, and for good; a count of none on every day of it."""
    over = _settled_by(dates.until, dates)
    first, begun = _start_of_state(dates)
    return Worlds((first, max(first, min(over, begun) if dates.none else over)))


def period_of(dates: Dates) -> tuple[Day, Day]:
    """Return the first and the last day over which a tally counts: none after its sources spoke."""
    period = _start(dates.since), _settled_by(dates.until, dates)
    return _spoken_of(period, dates) if dates.told else period


def _spoken_of(days: tuple[Day, Day], dates: Dates) -> tuple[Day, Day]:
    """Return of some days those of which a source can say that nothing, or no more, happened."""
    first, last = days
    return first, max(first, min(last, dates.spoken))


def _start(date: Edtf) -> Day:
    return day_or(date.earliest, BEGINNING)


def _begins(date: Edtf, dates: Dates) -> tuple[Day, Day]:
    """Return the first and the last day on which what is dated can have begun, or happened.

    What a source tells as past had begun by the last day on which the source can have been
    published; a doubtful date never says more than that.
    """
    first, last = _start(date), _settled_by(date, dates)
    told = dates.told and not date.qualified
    return first, max(first, min(last, dates.settled) if told else last)


def _settled_by(date: Edtf, dates: Dates) -> Day:
    """Return the day by which a date is surely reached: its last.

    A doubtful date, and one without a last day, is settled by the first source that tells of it.
    """
    latest = day_or(date.latest, dates.settled)
    return max(latest, dates.settled) if date.qualified else latest
