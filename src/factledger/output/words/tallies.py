"""A tally beside what is itemised: which events of the same kind, between the same, stand here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factledger.records.claims import Claim, Tally
from factledger.status.standings import Standing
from factledger.views.view import View


def beside(tally: Standing, view: View) -> str | None:
    """Return the events in view that a tally counts, in words; None for a claim that counts none.

    The two are never added: the source may have counted the same events. A count of none has
    nothing beside it.
    """
    claim = tally.claim
    if not isinstance(claim, Tally) or claim.count.upper == 0:
        return None
    found = ", ".join(f"#{event.number}" for event in itemised(claim, view))
    return f"counts {claim.count}, itemised here: {found or 'none'}"


def itemised(tally: Tally, view: View) -> Iterator[Standing]:
    """Yield the events in view that the tally may have counted, whatever their status."""
    wanted = list(sides(tally, view))
    for standing in view.standings:
        event = standing.claim
        if event.shape == "event" and event.factual and standing.status.shown:
            same_kind = event.type == tally.type and tally.mode in (None, event.mode)
            there = list(sides(event, view))
            if same_kind and all(any(side & other for other in there) for side in wanted):
                yield standing


def sides(claim: Claim, view: View) -> Iterable[frozenset[str]]:
    """Yield for each participant of a claim its ids: itself, whom it acts for, whom it belongs to."""
    for participant in claim.participants:
        named = (participant.actor, participant.of, view.owner(participant.actor))
        yield frozenset(name for name in named if name is not None)
