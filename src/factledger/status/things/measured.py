"""Quantities of which one excludes the other."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from factledger.records.claims import State
from factledger.records.quantities import Quantity, cannot_both_be, quantity_of
from factledger.status.belief import Belief
from factledger.status.merging import MergedClaim, grouped, said_by
from factledger.status.things.contests import Contest, Contests


def unlike_amounts(
    claims: Iterable[MergedClaim], belief: Belief
) -> Iterator[tuple[MergedClaim, list[Contest]]]:
    """Yield the claims of quantities with those that give another amount of the same, at one time."""
    read = {c.number: (c, quantity_of(c.claim.value or "")) for c in claims}
    known = {number: found for number, (_, found) in read.items() if found is not None}
    told = (c for number, (c, _) in read.items() if number in known)
    for same in grouped(told, lambda c: _measure(c, known[c.number], belief)).values():
        at_once = Contests(same, lambda c: known[c.number], lambda c: c.span.gone)
        for one in same if len(same) > 1 else ():
            against = [
                c for c in at_once.of(one) if cannot_both_be(known[c.number], known[one.number])
            ]
            yield one, against


def _measure(one: MergedClaim, found: Quantity, belief: Belief) -> Hashable:
    """Return what is measured, and when: of what happened the day, where it is known."""
    span = one.span
    day = None if isinstance(one.claim, State) else (span.first, span.sure)
    known = day is None or day[0] == day[1]
    return one.claim.mode, said_by(one, belief), found.unit, day, None if known else one.number
