"""Contacts in numbers: what is itemised beside what the sources count, never added together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factledger.claims import Count
from factledger.spans import Status
from factledger.standings import SHOWN, Standing

WORDS = {
    "visit": "visits",
    "phone": "telephone calls",
    "meeting": "meetings",
    "multilateral": "multilateral meetings",
    "third-party": "mediations",
    None: "contacts of no stated kind",
}


def contact_lines(standings: Iterable[Standing]) -> Iterator[str]:
    """Yield one line for each mode of contact, in the order in which they are met."""
    contacts = [
        s
        for s in standings
        if s.claim.type == "CONSULT" and s.status in SHOWN and s.claim.modality != "planned"
    ]
    for mode in dict.fromkeys(s.claim.mode for s in contacts):
        yield f"    {WORDS.get(mode, mode)}: {counted([s for s in contacts if s.claim.mode == mode])}"


def counted(contacts: Iterable[Standing]) -> str:
    """Return how many contacts there were: by the sources' own count, and as itemised here."""
    itemised = {Status.DEFINITE: 0, Status.POSSIBLE: 0}
    tallies = []
    for standing in contacts:
        count = getattr(standing.claim, "count", None)
        if count is not None:
            later = "" if standing.status is Status.DEFINITE else " in a period that ends later"
            tallies.append(f"{_how_many(count)}{later} (#{standing.number})")
        elif standing.claim.factual:
            itemised[standing.status] += 1
    possible = itemised[Status.POSSIBLE]
    here = f"itemised here: {itemised[Status.DEFINITE]}"
    here += f" and possibly {possible} more" if possible else ""
    return f"counted by the source: {', '.join(tallies)}; {here}" if tallies else here


def _how_many(count: Count) -> str:
    return "none" if count.upper == 0 else str(count)
