"""Checks of declarations: sources, actors and types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factledger.errors import Fault
from factledger.records.claims import ROLES
from factledger.records.declarations import Actor, Source, Type
from factledger.records.record import Record
from factledger.status.belief import Belief

_SHA256 = re.compile(r"[0-9a-f]{64}")
_QID = re.compile(r"Q[1-9][0-9]*")
_ISO3166 = re.compile(r"[A-Z]{3}")
_KIND = {Source: "source", Actor: "actor", Type: "type"}


def declaration_faults(before: Belief, record: Record) -> Iterator[Fault]:
    """Yield the faults of a declaration, given the declarations before it."""
    content = record.content
    if not isinstance(content, Source | Actor | Type):
        return
    kind = _KIND[type(content)]
    if content is record:
        yield from _declared_before(before, kind, content.id)
    if isinstance(content, Source):
        yield from _source_faults(before, content)
    elif isinstance(content, Actor):
        yield from _actor_faults(before, content)
    else:
        yield from _type_faults(before, content)


def _declared_before(before: Belief, kind: str, name: str) -> Iterator[Fault]:
    earlier = list(before.index.upto(before.index.declarations(kind, name), before.recorded))
    if earlier:
        yield (
            "declared-once",
            f"{kind} {name!r} is declared in #{earlier[0]}, otherwise; correct that entry instead",
        )
    elif kind == "type" and name in before.index.shipped.types:
        yield "declared-once", f"type {name!r} is in the vocabulary; declare yours by another id"


def _source_faults(before: Belief, source: Source) -> Iterator[Fault]:
    if source.sha256 is not None and not _SHA256.fullmatch(source.sha256):
        yield "source-form", f"sha256 {source.sha256!r} is not 64 hexadecimal digits"
    if source.copy_of == source.id:
        yield "source-form", f"source {source.id!r} cannot be a copy of itself"
    elif source.copy_of is not None and not before.has("source", source.copy_of):
        yield unknown(before, "source", source.copy_of)


def _actor_faults(before: Belief, actor: Actor) -> Iterator[Fault]:
    if actor.category == "post" and actor.of is None:
        yield "actor-form", f"post {actor.id!r} belongs to nobody; say of = the country or body"
    if actor.of is not None and not before.has("actor", actor.of):
        yield unknown(before, "actor", actor.of)
    if actor.iso3166 is not None and not _ISO3166.fullmatch(actor.iso3166):
        yield "actor-form", f"iso3166 {actor.iso3166!r} is not three capital letters, as in JPN"
    if actor.wikidata is not None and not _QID.fullmatch(actor.wikidata):
        yield "actor-form", f"wikidata {actor.wikidata!r} is not an id such as Q17"


def _type_faults(before: Belief, kind: Type) -> Iterator[Fault]:
    for role in (*kind.required, *kind.key):
        if role not in ROLES:
            yield "record-form", f"role {role!r} is not one of {', '.join(ROLES)}"
    for name in (*kind.begins, *kind.ends):
        found = before.vocabulary.types.get(name)
        if found is None:
            yield unknown(before, "type", name)
        elif found.shape != "state" or not found.key:
            yield (
                "type-shape",
                f"type {name!r} is no state with a key, so nothing begins or ends it",
            )


def unknown(before: Belief, kind: str, name: str) -> Fault:
    """Return the fault of a name that is not declared, with the nearest that is."""
    near = before.nearest(kind, name)
    advice = f"did you mean {near!r}?" if near else f"declare it before with [[{kind}]]"
    return f"{kind}-declared", f"unknown {kind} {name!r}; {advice}"
