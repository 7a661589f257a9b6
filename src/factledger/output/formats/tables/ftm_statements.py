"""Claims → FollowTheMoney statements: a row for each value of each property of each entity.

One list of statements holds less than a ledger: no quotes, no negation, no windows, one clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha1

from factledger.dates.dated import Edtf
from factledger.index.base import Index
from factledger.records.claims import Claim, Event, State
from factledger.records.declarations import Actor
from factledger.status.belief import Belief
from factledger.status.live.live import Live

FTM_COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
    "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip
"""The columns of statements, in the order of FollowTheMoney 4."""

_SCHEMATA = {
    "country": "Country",
    "person": "Person",
    "organization": "Organization",
    "group": "Organization",
    "post": "Position",
}
_STATES = {  # of a type: its schema, and the property of each role
    "office": ("Occupancy", {"holder": "holder", "post": "post"}),
    "membership": ("Membership", {"holder": "member", "party": "organization"}),
}
_TYPES = {"name": "name", "startDate": "date", "endDate": "date", "date": "date"}
_PREFIX = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")


def ftm_statements(belief: Belief) -> Iterator[tuple[str, ...]]:
    """Yield the statements of what is live at a cut: offices, memberships and events, and who takes part.

    Denied and planned claims are left out, and others without a schema; of a date what is no plain
    day, month or year.
    """
    told: set[str] = set()
    for live in belief.claims():
        claim = live.claim
        entity = _entity(belief, live)
        if entity is None or claim.polarity == "denied" or claim.modality != "actual":
            continue
        dataset, seen = claim.citations[0].source, belief.index.at(live.number)
        for actor in (belief.actor(p.actor) for p in claim.participants):
            if actor is not None and actor.id not in told and actor.category in _SCHEMATA:
                told.add(actor.id)
                yield from _statements(_actor(actor), dataset, _seen(belief.index, actor.id, seen))
        yield from _statements(entity, dataset, seen)


_Entity = tuple[str, str, list[tuple[str, str]]]  # id, schema, properties with their values


def _seen(index: Index, actor: str, otherwise: str) -> str:
    """Return when an actor was declared."""
    numbers = index.declarations("actor", actor)
    return index.at(numbers[0]) if numbers else otherwise


def _actor(actor: Actor) -> _Entity:
    return actor.id, _SCHEMATA[actor.category], [("name", name) for name in actor.names]


def _entity(belief: Belief, live: Live) -> _Entity | None:
    claim, name = live.claim, live.claim.label or f"claim-{live.number}"
    if isinstance(claim, State) and claim.type in _STATES:
        schema, roles = _STATES[claim.type]
        until = live.ending.until if live.ending is not None else claim.until
        dates = [*_dated("startDate", claim.since), *_dated("endDate", until)]
        return name, schema, [*_roles(claim, roles), *dates]
    if isinstance(claim, Event):
        who = [("involved", p.actor) for p in claim.participants if p.role != "location"]
        where = [("location", p.actor) for p in claim.participants if p.role == "location"]
        said = [("name", belief.sentence(claim).removesuffix(".")), *_dated("date", claim.when)]
        return name, "Event", [*said, *who, *where]
    return None


def _roles(claim: Claim, roles: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((roles[p.role], p.actor) for p in claim.participants if p.role in roles)


def _dated(prop: str, date: Edtf) -> list[tuple[str, str]]:
    return [(prop, date.text)] if _PREFIX.fullmatch(date.text) else []


def _statements(entity: _Entity, dataset: str, seen: str) -> Iterator[tuple[str, ...]]:
    """Yield the statements of an entity: that there is one, then each value."""
    name, schema, values = entity
    whole = sha1("".join(f"{p}{v}" for p, v in values).encode(), usedforsecurity=False).hexdigest()
    rows: Iterable[tuple[str, str]] = [("id", whole), *dict.fromkeys(values)]
    for prop, value in rows:
        key = f"{dataset}.{name}.{prop}.{value}".encode()
        made = sha1(key, usedforsecurity=False).hexdigest()
        kind = _TYPES.get(prop, "id" if prop == "id" else "entity")
        day = seen[:19]
        yield (
            name,
            name,
            prop,
            kind,
            schema,
            value,
            dataset,
            "factledger",
            "",
            "",
            "f",
            day,
            day,
            made,
        )
