"""Amounts of which one excludes the other, and tellings of one event with another amount, value or place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from factledger.dates.days import Day
from factledger.named import NamedTuple
from factledger.records.claims import Claim, Event, State
from factledger.records.quantities import Quantity, cannot_both_be, quantity_of
from factledger.status.merging import MergedClaim, compared_value, grouped, said_by
from factledger.status.neighbours import Neighbours, Reach
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.contests import Contest

if TYPE_CHECKING:
    from factledger.status.belief import Belief


def unlike_amounts(
    claims: Iterable[MergedClaim], belief: Belief
) -> Iterator[tuple[MergedClaim, list[Contest]]]:
    """Yield the claims of quantities with those that give another amount of the same, at one time."""
    read = {c.number: (c, quantity_of(c.claim.value or "")) for c in claims}
    known = {number: found for number, (_, found) in read.items() if found is not None}
    told = (c for number, (c, _) in read.items() if number in known)
    for same in grouped(told, lambda c: _measure(c, known[c.number], belief)).values():
        at_once = AtOnce(same, lambda c: known[c.number])
        for one in same if len(same) > 1 else ():
            against = [
                c for c in at_once.of(one) if cannot_both_be(known[c.numbers[0]], known[one.number])
            ]
            yield one, against


def _measure(one: MergedClaim, found: Quantity, belief: Belief) -> Hashable:
    """Return what is measured, and when: of what happened the day, where it is known."""
    span = one.span
    day = None if isinstance(one.claim, State) else (span.first, span.sure)
    known = day is None or day[0] == day[1]
    return one.claim.mode, said_by(one, belief), found.unit, day, None if known else one.number


class AtOnce:
    """Amounts of one measure, each on the side of those that it equals: who contradicts whom, and when.

    Two contradict one another from the first day on which both are definite, for as long as both
    stand. Where more than `MOST_CONTESTS` contradict one state, they are not told apart: the first
    of them are named from the day of the very first on, as long as any of them stands.
    """

    def __init__(
        self, states: Iterable[MergedClaim], side: Callable[[MergedClaim], Hashable]
    ) -> None:
        self._side = side
        held = [state for state in states if state.definite]
        self._held = Neighbours(
            held, day=lambda s: s.span.sure, reach=lambda s: s.span.until, side=side
        )
        self._last = Reach()
        for state in held:
            self._last = self._last.joined(Reach(state.span.gone, side(state)))

    def of(self, state: MergedClaim) -> list[Contest]:
        """Return what contradicts a state."""
        if not state.definite:
            return []
        (_, sure, until, gone, _), side = state.span, self._side(state)
        contests = [
            Contest(max(sure, o.span.sure), min(o.span.gone, gone), (o.number,))
            for o in islice(
                self._held.others(side, until=until, beyond=sure - 1), MOST_CONTESTS + 1
            )
        ]
        if len(contests) <= MOST_CONTESTS:
            return contests
        start = min(contest.start for contest in contests)
        stop = min(Day(self._last.against(side)), gone)
        return [Contest(start, stop, c.numbers) for c in contests[:MOST_CONTESTS]]


# --- one event, told in unlike ways


class Telling(NamedTuple):
    """What one source says of an event that another can contradict: an amount, a value, its places.

    `around` are the places, and those that they belong to.
    """

    amount: str = ""
    value: str = ""
    places: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()

    def excludes(self, other: Telling) -> bool:
        """Return whether two tellings of one event cannot both be right; what is not said excludes nothing."""
        if self.value and other.value and self.value != other.value:
            return True
        if self.places and other.places and self._elsewhere(other):
            return True
        if not self.amount or not other.amount:
            return False
        mine, theirs = quantity_of(self.amount), quantity_of(other.amount)
        known = mine is not None and theirs is not None and mine.unit == theirs.unit
        return known and mine is not None and theirs is not None and cannot_both_be(mine, theirs)

    def _elsewhere(self, other: Telling) -> bool:
        return self.places.isdisjoint(other.around) and other.places.isdisjoint(self.around)


_NOTHING = Telling()


def telling_of(claim: Claim, belief: Belief) -> Telling:
    """Return what a claim says that another about the same event can contradict.

    Of an event that happens once that is its value and its place; a place is also those that it
    belongs to. Of a type of quantities it is the amount.
    """
    kind = belief.vocabulary.types.get(claim.type)
    if kind is None or not isinstance(claim, Event) or not claim.factual:
        return _NOTHING
    here = frozenset(map(belief.canonical, claim.actors("location") if kind.once else ()))
    amount = (claim.value or "") if kind.quantity else ""
    value = compared_value(claim) if kind.once and not kind.quantity else ""
    return Telling(amount, value, here, here and _around(here, belief))


def _around(places: frozenset[str], belief: Belief) -> frozenset[str]:
    """Return places with all that they belong to."""
    found: set[str] = set()
    waiting = [*places]
    while waiting:
        place = waiting.pop()
        actor = None if place in found else belief.actor(place)
        found.add(place)
        if actor is not None and actor.of:
            waiting.append(belief.canonical(actor.of))
    return frozenset(found)


class Tellings:
    """What is said in sets of claims that grow: whether a further claim can be right beside all of a set."""

    def __init__(self, belief: Belief) -> None:
        self._belief = belief
        self._read: dict[int, tuple[Sequence[MergedClaim], int, set[Telling]]] = {}

    def exclude(self, some: Sequence[MergedClaim], one: MergedClaim) -> bool:
        """Return whether a claim cannot be right beside one of some."""
        told = telling_of(one.claim, self._belief)
        return told != _NOTHING and any(map(told.excludes, self._of(some)))

    def _of(self, some: Sequence[MergedClaim]) -> set[Telling]:
        _, seen, told = self._read.get(id(some), (some, 0, set()))
        told.update(telling_of(c.claim, self._belief) for c in islice(some, seen, None))
        self._read[id(some)] = some, len(some), told
        return told


def unlike_tellings(
    claims: Iterable[MergedClaim], belief: Belief
) -> Iterator[tuple[MergedClaim, MergedClaim, Day]]:
    """Yield standings about one event that cannot both be right, with the day from which both are definite."""
    things: dict[int, list[tuple[MergedClaim, set[Telling]]]] = defaultdict(list)
    for claim in claims:
        told = {telling_of(live.claim, belief) for live in claim.lives} - {_NOTHING}
        for thing in claim.things if told else ():
            things[thing].append((claim, told))
    for members in things.values():
        for n, (one, said) in enumerate(members):
            against = (
                other
                for other, told in members[n + 1 :]
                if any(a.excludes(b) for a in said for b in told)
                and not _called_different(one, other, belief)
            )
            for other in islice(against, MOST_CONTESTS):
                yield one, other, max(one.span.sure, other.span.sure)


def _called_different(one: MergedClaim, other: MergedClaim, belief: Belief) -> bool:
    verdicts = belief.verdicts(one.number)
    return any(
        verdicts.get(belief.index.chains.first(live.number)) == "different" for live in other.lives
    )
