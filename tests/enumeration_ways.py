"""The ways in which one claim can have been: pairs of a first and a last day, on a dozen days.

These are the plain tuples that the judge (`enumeration`) is handed, and what follows for a day from
all the ways there are. Nothing of factledger is imported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

# From ever, which is some days before the calendar, so that one can follow another there, and all days
# after it.
BEFORE, AFTER = -2, 13
DAYS = range(1, 13)
EVER = range(BEFORE, AFTER)
NOT_YET, POSSIBLE, DEFINITE, PRESUMED, CONTESTED, ENDED = ".pD~!x"


class Date(NamedTuple):
    """A day between two, None for a bound that is not known; or an `open` or `unknown` end."""

    first: int | None = None
    last: int | None = None
    form: str = "date"
    doubtful: bool = False


class Claim(NamedTuple):
    """What sources say; `start` of an event is its day, `roles` are pairs of a role and an actor."""

    shape: str
    type: str
    roles: frozenset[tuple[str, str]]
    start: Date
    end: Date = Date(form="unknown")
    sources: tuple[str, ...] = ()
    polarity: str = "asserted"
    modality: str = "actual"
    mode: str | None = None
    value: str = ""
    counted: tuple[int, int] = (0, 0)


class Kind(NamedTuple):
    """A type of claim: the roles of its key, those that tell values apart, what it begins and ends."""

    key: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    single: bool = False
    once: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    quantity: bool = False


class Entry(NamedTuple):
    """A line of the log: a claim, or a word about the claim of an earlier line."""

    number: int
    verb: str  # assert, correct, close, retract, corroborate, dispute, same, different, withdraw
    claim: Claim | None = None
    target: int = 0
    other: int = 0
    sources: tuple[str, ...] = ()
    until: Date = Date()
    reason: str = ""


class Way(NamedTuple):
    """From a first to a last day; `limit` is how far inertia carries it, None where nobody knows."""

    first: int
    last: int
    limit: int | None
    over: bool = False  # whether a source says that it ended on the last day
    plan: tuple[int, int] = (0, 0)  # when an end was foreseen, and the last day for which it was

    def holds(self, day: int) -> bool:
        """Whether it is surely so on a day."""
        return self.first <= day <= self.last

    def lasts(self, day: int) -> bool:
        """Whether it is so on a day, by inertia if by nothing else."""
        return self.first <= day <= (self.last if self.limit is None else self.limit)


def status(ways: Collection[Way], day: int) -> str:
    """Return what follows for a day from all the ways there are: the principle."""
    if ways and all(w.holds(day) for w in ways):
        return DEFINITE
    if ways and all(w.lasts(day) for w in ways):
        return PRESUMED
    if any(w.lasts(day) for w in ways):
        return POSSIBLE
    return NOT_YET if any(w.first > day for w in ways) else ENDED


# --- the ways of one claim


def factual(claim: Claim) -> bool:
    """Whether it is told as past or as holding."""
    return claim.polarity == "asserted" and claim.modality == "actual"


def window(date: Date, claim: Claim, settled: int) -> range:
    """Return the days that a start can be: publication settles what is told as past or holding."""
    if date.form == "open":
        return range(BEFORE, BEFORE + 1)
    first = BEFORE if date.first is None else date.first
    last = settled if date.last is None else date.last
    if date.doubtful:
        last = max(last, settled)
    elif factual(claim):
        last = min(last, settled)
    return range(first, max(first, last) + 1)


def throughout(claim: Claim) -> bool:
    """Whether a claim says that nothing happened on any day of a window."""
    if claim.shape == "event":
        return (claim.polarity, claim.modality) == ("denied", "actual") and placed(claim.start)
    none = claim.shape == "tally" and claim.counted[1] == 0 and factual(claim)
    return none and claim.end == claim.start and placed(claim.start)


def placed(date: Date) -> bool:
    """Whether it is surely said from which day on a date can be."""
    return not date.doubtful and date.form == "date"


def closing(end: Date, settled: int) -> int:
    """Return the last day of the period of a tally; an open one goes up to the publication."""
    last = settled if end.last is None else end.last
    return max(last, settled) if end.doubtful else last


def spoken_by(published: Sequence[tuple[int, int]]) -> int:
    """Return the day up to which sources surely can tell of anything."""
    return max(last if first == BEFORE else first for first, last in published)


def ways_of(claim: Claim, end: Date, published: Sequence[tuple[int, int]]) -> Iterator[Way]:
    """Yield every way in which one claim can have been, by its own dates and its sources' days."""
    settled = min(last for _, last in published)
    days = window(claim.start, claim, settled)
    if claim.shape == "tally":
        over = min(closing(end, settled), days[-1] if claim.counted[1] == 0 else AFTER)
        settled_on = range(days[0], max(days[0], over) + 1)
        yield from (Way(first, AFTER, AFTER) for first in settled_on)
        return
    if claim.shape == "event":
        seen = spoken_by(published) if throughout(claim) else AFTER
        yield from (Way(first, AFTER, AFTER) for first in days if first <= max(days[0], seen))
        return
    vouched = max(days[0], *(first for first, _ in published))
    spoken = max(days[0], spoken_by(published))
    last = settled if end.doubtful and end.last is not None and end.last < settled else end.last
    for first in days:
        if end.form == "open":
            yield Way(first, max(first, vouched), AFTER)
        elif end.form == "unknown":
            yield Way(first, first, None)
        elif end.first is not None and end.first > spoken:  # a plan
            limits = range(end.first, (AFTER if last is None else last) + 1)
            plan = vouched, limits[-1]
            held = max(first, vouched)
            yield from (Way(first, held, x, plan=plan) for x in limits if x >= first)
        elif last is None:
            yield Way(first, max(first, end.first or BEFORE), None)
        else:
            lasts = range(max(first, end.first or BEFORE), last + 1)
            yield from (Way(first, x, x, over=True) for x in lasts)


def as_one(a: Way, b: Way) -> Way | None:
    """Return the way of one thing of which both are told, None if it cannot be both."""
    if a.first != b.first or (a.over and b.last > a.last) or (b.over and a.last > b.last):
        return None
    if a.over or b.over:
        return a if a.over else b
    last = max(a.last, b.last)
    plans = [
        w for w in (a, b) if w.plan[1] and last <= w.plan[1]
    ]  # one that is over came to nothing
    if plans:
        newest = max(plans, key=lambda w: (w.plan[0], -w.plan[1], -(w.limit or AFTER)))
        return None if newest.limit is None or newest.limit < last else newest._replace(last=last)
    limits = [w.limit for w in (a, b) if w.limit is not None and not w.plan[1]]
    return Way(a.first, last, min(limits) if limits else None)


def together(claims: Iterable[frozenset[Way]]) -> frozenset[Way]:
    """Return the ways that all claims about one thing allow."""
    first, *others = claims
    for ways in others:
        first = frozenset(w for a, b in product(first, ways) if (w := as_one(a, b)) is not None)
    return first


def spelt(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Return the ways with every last day that nobody knows."""
    found = set()
    for way in ways:
        lasts = range(way.last, AFTER + 1) if way.limit is None else ()
        found |= {Way(way.first, last, last) for last in lasts} or {way}
    return tuple(sorted(found))
