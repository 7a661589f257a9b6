"""A tally beside what is itemised: which events of the same kind, between the same, stand here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factledger.dates.dated import Edtf
from factledger.dates.days import BEGINNING, FOREVER, Day, day_or
from factledger.records.claims import Claim, Event, Tally
from factledger.records.fields import UNKNOWN_END
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
    found = ", ".join(f"#{event.number}" for event in itemised(tally, view))
    return f"counts {claim.count}, itemised here: {found or 'none'}"


def itemised(tally: Standing, view: View) -> Iterator[Standing]:
    """Yield the events in view that a tally may have counted, whatever their status.

    They are of its type, and of its mode and value where it has them; they can have been within
    its period, and name who takes part in it.
    """
    claim = tally.claim
    wanted, (first, last) = list(sides(claim, view)), _period(tally)
    for standing in view.standings:
        event = standing.claim
        if isinstance(event, Event) and event.factual and _is_counted(claim, event):
            there = list(sides(event, view))
            starts, ends = day_or(event.when.earliest, first), day_or(event.when.latest, last)
            within = starts <= last and ends >= first
            if within and all(any(side & other for other in there) for side in wanted):
                yield standing


def _is_counted(tally: Claim, event: Event) -> bool:
    """Return whether an event is of the type, the mode and the value that a tally counts."""
    same_value = tally.value is None or tally.value.casefold() == (event.value or "").casefold()
    return event.type == tally.type and tally.mode in (None, event.mode) and same_value


def _period(tally: Standing) -> tuple[Day, Day]:
    """Return the first and the last day of a tally's period; an open one ends as it was told."""
    since: Edtf = getattr(tally.claim, "since", UNKNOWN_END)
    until: Edtf = getattr(tally.claim, "until", UNKNOWN_END)
    told = min((s.published.last for s in tally.supports), default=FOREVER)
    return day_or(since.earliest, BEGINNING), day_or(until.latest, told)


def sides(claim: Claim, view: View) -> Iterable[frozenset[str]]:
    """Yield for each participant of a claim its ids: itself, whom it acts for, whom it belongs to."""
    for participant in claim.participants:
        named = (participant.actor, participant.of, view.owner(participant.actor))
        yield frozenset(name for name in named if name is not None)
