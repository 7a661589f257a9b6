"""Claims of different publishers that are likely one thing: pairs for a person to say yes or no to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

import attrs

from factledger.named import NamedTuple
from factledger.records.claims import Assessment, Claim, Event, Tally
from factledger.records.quantities import quantity_of
from factledger.status.belief import Belief
from factledger.status.merging import MergedClaim, compared_value, unmerged
from factledger.status.standings import Standing
from factledger.views.view import View

_TRIED = 16  # neighbours: more of one thing that touch are named along the chain


@attrs.frozen
class Suggestion:
    """Two standings, of different publishers, that are likely one thing.

    They are of one shape, type, polarity and modality, name the same participants, differ neither
    in mode nor in value where both have one, are not known to be one thing already, and their times
    can touch; `exact` if their dates are the same. Two quantities differ where they cannot both be
    right. Where their times cannot touch, they lie so many days `apart`, and contradict each other if
    they are one thing.
    """

    one: Standing
    other: Standing
    exact: bool
    apart: int = 0

    @property
    def numbers(self) -> tuple[int, int]:
        """The entries that speak for the two."""
        return self.one.number, self.other.number


class Window(NamedTuple):
    """The first and the last day, both included, on which what a claim tells can have been."""

    first: int
    last: int


def suggestions(view: View, *, near: int = 0) -> tuple[Suggestion, ...]:
    """Return pairs of standings in view that are likely one thing, and of which nobody has said so.

    Each is paired with the nearest earlier one of another publisher, for what is the same is so
    along a chain. With `near`, their times may also lie up to so many days apart. Those of equal
    dates come first, then those whose times can touch, then the nearest, each by their entries.
    About n log n for n.
    """
    stated = (track.standings[0] for track in view.tracks)
    alike: dict[Hashable, list[tuple[Window, Standing]]] = defaultdict(list)
    for standing in stated:
        live = view.belief.live(standing.number)
        if live is not None and not standing.derived and not isinstance(live.claim, Assessment):
            days = window_of(unmerged(view.belief, live))
            alike[_thing(live.claim, view.belief)].append((days, standing))
    found = (pair for group in alike.values() for pair in _pairs(group, view.belief, near))
    return tuple(sorted(found, key=lambda s: (not s.exact, s.apart, s.numbers)))


def window_of(one: MergedClaim) -> Window:
    """Return the days on which an event can have happened, a state have held, a tally have counted."""
    last = one.span.sure if isinstance(one.claim, Event | Tally) else one.span.gone - 1
    return Window(one.span.first, last)


def _thing(claim: Claim, belief: Belief) -> Hashable:
    """Return what two claims of one thing have in common, whatever their dates, modes and values."""
    who = frozenset((p.role, belief.canonical(p.actor)) for p in claim.participants)
    count = claim.count if isinstance(claim, Tally) else None
    return claim.shape, claim.type, claim.polarity, claim.modality, who, count


def _pairs(
    group: Iterable[tuple[Window, Standing]], belief: Belief, near: int
) -> Iterator[Suggestion]:
    """Yield each of a group with the nearest before it that it can be one with."""
    before: list[tuple[Window, Standing]] = []
    for days, standing in sorted(group, key=lambda member: (member[0], member[1].number)):
        before = [m for m in before if days.first - m[0].last <= near][-_TRIED:]
        found = next((m for m in reversed(before) if likely(m[1], standing, belief)), None)
        if found is not None:
            one, other = sorted((found[1], standing), key=lambda s: s.number)
            apart = max(0, days.first - found[0].last)
            yield Suggestion(one, other, found[0] == days, apart)
        before.append((days, standing))


def likely(one: Standing, other: Standing, belief: Belief) -> bool:
    """Return whether two standings of one type and with the same participants may be one thing."""
    return (
        not _differ(one.claim.mode, other.claim.mode)
        and not _values_differ(one.claim, other.claim, belief)
        and set(one.publishers).isdisjoint(other.publishers)
        and other.number not in one.differs
        and not _answered(one, other, belief)
    )


def _values_differ(one: Claim, other: Claim, belief: Belief) -> bool:
    """Return whether both have a value, and it is another: of a quantity, if both cannot be right."""
    if not _differ(compared_value(one), compared_value(other)):
        return False
    if not belief.vocabulary.types[one.type].quantity:
        return True
    mine, theirs = quantity_of(one.value or ""), quantity_of(other.value or "")
    if mine is None or theirs is None or mine.unit != theirs.unit:
        return True
    return mine.approximate or theirs.approximate or not mine.meets(theirs)


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _answered(one: Standing, other: Standing, belief: Belief) -> bool:
    """Return whether somebody has said already that the two are the same, different or unsure."""
    there = {belief.index.chains.first(number) for number in (other.number, *other.also)}
    here = (one.number, *one.also)
    return any(not there.isdisjoint(belief.verdicts(number)) for number in here)
