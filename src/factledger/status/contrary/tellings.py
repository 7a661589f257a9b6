"""Tellings of one event, of which one gives it another place, value or amount than the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from factledger.dates.days import Day
from factledger.named import NamedTuple
from factledger.records.claims import Claim, Event
from factledger.records.quantities import cannot_both_be, quantity_of
from factledger.status.merging import MergedClaim, compared_value
from factledger.status.standings import MOST_CONTESTS

if TYPE_CHECKING:
    from factledger.status.belief import Belief


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
        return cannot_both_be(quantity_of(self.amount), quantity_of(other.amount))

    def _elsewhere(self, other: Telling) -> bool:
        return self.places.isdisjoint(other.around) and other.places.isdisjoint(self.around)


_NOTHING = Telling()
_Told: TypeAlias = frozenset[Telling]
"""What the sources of one standing say."""


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
        # By the identity of a set: the set, how many of it were looked at, and what these say.
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
    """Yield standings about one event that cannot both be right, with the day from which both are definite.

    Those that say the same stand together, and what excludes it is looked for once for all of them.
    """
    for alike in _by_event(claims, belief):
        said = [*alike]
        for place, told in enumerate(said):
            later = (other for other in islice(said, place + 1, None) if _exclude(told, other))
            apart = [*islice(later, MOST_CONTESTS)]
            for one in alike[told] if apart else ():
                against = (other for beside in apart for other in alike[beside])
                differing = (o for o in against if not _called_different(one, o, belief))
                for other in islice(differing, MOST_CONTESTS):
                    yield one, other, max(one.span.sure, other.span.sure)


def _by_event(
    claims: Iterable[MergedClaim], belief: Belief
) -> Iterable[dict[_Told, list[MergedClaim]]]:
    """Return the standings about each event that say anything of it, by what they say."""
    found: dict[int, dict[_Told, list[MergedClaim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        told = frozenset(telling_of(live.claim, belief) for live in claim.lives) - {_NOTHING}
        for thing in claim.things if told else ():
            found[thing][told].append(claim)
    return found.values()


def _exclude(one: _Told, other: _Told) -> bool:
    return any(mine.excludes(theirs) for mine in one for theirs in other)


def _called_different(one: MergedClaim, other: MergedClaim, belief: Belief) -> bool:
    verdicts = belief.verdicts(one.number)
    return any(
        verdicts.get(belief.index.chains.first(live.number)) == "different" for live in other.lives
    )
