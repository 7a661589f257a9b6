"""Events, tallies and quantities of which one denies or excludes the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING, TypeAlias

from factledger.dates.days import FOREVER, Day
from factledger.records.claims import Count, Event, Tally
from factledger.status.merging import MergedClaim, compared_value, dates_of, grouped, said_by
from factledger.status.neighbours import Neighbours
from factledger.status.spans import period_of
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.contests import Contest

if TYPE_CHECKING:
    from factledger.status.belief import Belief

_Pair: TypeAlias = tuple[MergedClaim, MergedClaim, Day]
_Days: TypeAlias = tuple[Day, Day]  # the first and the last, both included
"""Two claims that cannot both be right, and the day from which they are contested."""


def opposed(claims: Sequence[MergedClaim], belief: Belief) -> dict[int, list[Contest]]:
    """Return what contradicts events, tallies and quantities, by the identity of each of them."""
    told = [c for c in claims if c.told and c.sure and not c.derived]
    happened = [c for c in told if isinstance(c.claim, Event)]
    counted = [c for c in told if isinstance(c.claim, Tally)]
    found: dict[int, list[Contest]] = {}
    for one, other, day in (
        *denied(happened, belief),
        *miscounted(counted, belief),
        *none_counted(counted, happened, belief),
        *_unlike([c for c in happened if c.things], belief),
    ):
        for mine, theirs in ((one, other), (other, one)):
            found.setdefault(id(mine), []).append(Contest(day, FOREVER, (theirs.number,)))
    if amounts := [c for c in told if _is_measured(c, belief)]:
        from factledger.status.contrary.measured import unlike_amounts  # most answers meet none

        for claim, contests in unlike_amounts(amounts, belief):
            found.setdefault(id(claim), []).extend(contests)
    return found


def _unlike(claims: Sequence[MergedClaim], belief: Belief) -> Iterator[_Pair]:
    """Yield the tellings of one event with those that give it another place, value or amount."""
    if len(claims) > 1:
        from factledger.status.contrary.tellings import unlike_tellings  # most answers meet none

        yield from unlike_tellings(claims, belief)


def _is_measured(one: MergedClaim, belief: Belief) -> bool:
    """Return whether the value of a claim is a quantity that is said to be so."""
    kind = belief.vocabulary.types.get(one.claim.type)
    return kind is not None and kind.quantity and one.claim.factual


def said_of(one: MergedClaim, belief: Belief) -> Hashable:
    """Return all that a claim says but for its dates and whether it is so: of whom, and what."""
    return one.claim.mode, compared_value(one.claim), said_by(one, belief)


# --- events


def denied(events: Iterable[MergedClaim], belief: Belief) -> Iterator[_Pair]:
    """Yield the events with those that deny them: on every day on which they can have been."""
    for alike in grouped(events, lambda c: said_of(c, belief)).values():
        denials = [c for c in alike if c.claim.polarity == "denied"]
        if not denials or len(denials) == len(alike):
            continue
        during = _wide(denials)
        for event in alike:
            if event.claim.polarity == "asserted":
                span = event.span
                found = during.others(None, until=span.first, beyond=span.sure - 1)
                yield from ((event, o, span.sure) for o in islice(found, MOST_CONTESTS))


def _wide(claims: Iterable[MergedClaim]) -> Neighbours[MergedClaim]:
    return Neighbours(
        claims, day=lambda c: c.worlds.begins[0], reach=lambda c: c.worlds.begins[1], side=id
    )


# --- tallies


def miscounted(tallies: Iterable[MergedClaim], belief: Belief) -> Iterator[_Pair]:
    """Yield the tallies of which one counts more within a period than the other around it.

    A denied tally contradicts one of the same period whose numbers can be the same.
    """
    for alike in grouped(tallies, lambda c: said_of(c, belief)).values():
        by_period: dict[_Days, list[MergedClaim]] = defaultdict(list)
        for tally in alike if len(alike) > 1 else ():
            by_period[period_of(dates_of(tally.lives[0]))].append(tally)
        bounded = {period: _by_upper(them) for period, them in by_period.items()}
        for period, them in by_period.items():
            around = [bounded[other] for other in by_period if _within(period, other)]
            denied_ones = [c for c in them if c.claim.polarity == "denied"]
            for one in (c for c in them if c.claim.polarity == "asserted"):
                fewer = (o for found in around for o in _below(found, _count(one).lower))
                same = (o for o in denied_ones if _overlap(_count(one), _count(o)))
                found = islice(chain(fewer, same), MOST_CONTESTS)
                yield from ((one, o, _later(one, o)) for o in found)


def _within(inner: _Days, outer: _Days) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _by_upper(tallies: Iterable[MergedClaim]) -> list[tuple[int, MergedClaim]]:
    """Return the asserted tallies that count up to some number, with it, the fewest first."""
    found = [(_count(c).upper, c) for c in tallies if c.claim.polarity == "asserted"]
    return sorted(
        ((upper, c) for upper, c in found if upper is not None), key=lambda f: (f[0], f[1].number)
    )


def _below(found: list[tuple[int, MergedClaim]], lower: int) -> Iterator[MergedClaim]:
    return (claim for _, claim in takewhile(lambda one: one[0] < lower, found))


def _overlap(one: Count, other: Count) -> bool:
    lower = max(one.lower, other.lower)
    return all(count.upper is None or lower <= count.upper for count in (one, other))


def _count(one: MergedClaim) -> Count:
    assert isinstance(one.claim, Tally)  # noqa: S101  only tallies are asked
    return one.claim.count


def _later(one: MergedClaim, other: MergedClaim) -> Day:
    return max(one.span.sure, other.span.sure)


def none_counted(
    tallies: Iterable[MergedClaim], events: Sequence[MergedClaim], belief: Belief
) -> Iterator[_Pair]:
    """Yield the tallies of none, each with the events that it would count."""
    none = [c for c in tallies if c.claim.factual and _count(c).upper == 0]
    happened = grouped(
        (c for c in events if none and c.claim.factual), lambda c: said_by(c, belief)
    )
    for tally in none:
        last = period_of(dates_of(tally.lives[0]))[1]
        first = tally.span.sure
        for event in happened.get(said_by(tally, belief), ()):
            inside = first <= event.span.first and event.span.sure <= last
            if inside and is_counted(tally, event):
                yield tally, event, _later(tally, event)


def is_counted(tally: MergedClaim, event: MergedClaim) -> bool:
    """Return whether an event is of the mode and the value that a tally counts, if it names them."""
    claim, counted = event.claim, tally.claim
    return counted.mode in (None, claim.mode) and (
        counted.value is None or compared_value(counted) == compared_value(claim)
    )
