"""Small ledgers for tables of examples: sources, claims and what stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from factledger.ledger.ledger import Ledger
from factledger.records.claims import ROLES, Citation, Claim, Event, Participant, State
from factledger.records.declarations import Source
from factledger.records.record import Record
from factledger.status.standings import Standing
from factledger.testing import ACTORS, TYPES, extended
from factledger.testing.history import beginning

LATE = datetime(2024, 1, 1, 12, tzinfo=UTC)
FIRST_NUMBER = 2 + len(ACTORS) + len(TYPES)
"""The number of the first entry after the declarations that every such ledger begins with."""


beginning(LATE, timedelta(0))  # made and kept now, before any test changes the code


def ledger(*records: Record) -> Ledger:
    """Return a ledger that holds the records, all recorded on 2024-01-01; the first is #17."""
    return extended(beginning(LATE, timedelta(0)), records)


def source(name: str = "s", published: str | None = "2022-06-01", **fields: Any) -> Source:
    """Return a source, published on 2022-06-01 unless said otherwise."""
    return Source(id=name, title="Story", published=published, **fields)


def cited(*sources: str) -> list[Citation]:
    """Return citations of sources, of their first page."""
    return [Citation(source=name, locator="p. 1") for name in sources or ("s",)]


def people(**roles: str) -> list[Participant]:
    """Return participants by role; several actors of one role are written `JPN UKR`."""
    return [
        Participant(role=role, actor=name)
        for role, names in roles.items()
        for name in names.split()
    ]


def office(
    holder: str = "p1",
    since: str = "2021-03-01",
    until: str = "..",
    *,
    post: str = "pm",
    sources: Sequence[str] = ("s",),
    **fields: Any,
) -> State:
    """Return that somebody holds a post."""
    return State(
        type="office",
        since=since,
        until=until,
        participants=people(holder=holder, post=post),
        citations=cited(*sources),
        **fields,
    )


def level(
    value: str | None = "partner",
    since: str = "2021-03-01",
    until: str = "..",
    *,
    sources: Sequence[str] = ("s",),
    **fields: Any,
) -> State:
    """Return that Japan and Ukraine have a relationship of a level."""
    return State(
        type="relationship-level",
        value=value,
        since=since,
        until=until,
        participants=people(party="JPN UKR"),
        citations=cited(*sources),
        **fields,
    )


def event(type: str, when: str, *, sources: Sequence[str] = ("s",), **fields: Any) -> Event:
    """Return an event; a keyword that is a role names its actors: `holder="p1"`."""
    roles = {name: fields.pop(name) for name in ROLES if name in fields}
    return Event(
        type=type, when=when, participants=people(**roles), citations=cited(*sources), **fields
    )


def standings(of: Ledger, day: str, **cuts: Any) -> dict[tuple[int, bool], Standing]:
    """Return every standing on a day by entry, and by whether it was derived."""
    view = of.as_of(day, **cuts)
    return {(s.number, s.derived): s for s in view.every}


def statuses(claim: Claim, *days: str, published: str | None = "2022-06-01") -> list[str]:
    """Return the statuses of one claim on days, its source published as said, recorded 2024."""
    found = ledger(source(published=published), claim)
    return [str(standings(found, day)[len(found), False].status) for day in days]
