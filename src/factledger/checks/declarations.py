"""Checks of declarations: sources, actors and types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factledger.errors import Fault
from factledger.records.claims import ROLES
from factledger.records.declarations import Actor, Source, Type
from factledger.records.record import Record
from factledger.records.vocabulary import shipped
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
    for role in (*kind.required, *kind.key, *kind.once, *kind.apart):
        if role not in ROLES:
            yield "record-form", f"role {role!r} is not one of {', '.join(ROLES)}"
    yield from _once_faults(kind)
    yield from _apart_faults(kind)
    effects = (*kind.begins_by, *kind.ends_by)
    for mode in (effect.mode for effect in effects if effect.mode not in kind.modes):
        yield "type-form", f"mode {mode!r} is not one of the modes of {kind.id!r}; add it to modes"
    for name in (*kind.begins, *kind.ends, *(name for effect in effects for name in effect.types)):
        found = before.vocabulary.types.get(name)
        if found is None:
            yield unknown(before, "type", name)
        elif found.shape != "state" or not found.key:
            yield (
                "type-shape",
                f"type {name!r} is no state with a key, so nothing begins or ends it",
            )


def _once_faults(kind: Type) -> Iterator[Fault]:
    if kind.once and kind.shape != "event":
        yield "type-form", f"once is for events, and {kind.id!r} is of shape {kind.shape}"
    if kind.quantity and kind.shape not in ("event", "state"):
        yield "type-form", f"quantity is for events and states, and {kind.id!r} is neither"


def _apart_faults(kind: Type) -> Iterator[Fault]:
    """Yield why a single-valued state cannot tell values apart by the roles that it names."""
    if kind.apart and not kind.single:
        yield "type-form", f"apart is for types with single = true, and {kind.id!r} has it not"
    for role in kind.apart:
        if role in kind.key:
            yield "type-form", f"role {role!r} is in the key, so it tells no values apart"
    for role in kind.required if kind.apart else ():
        if role not in kind.key and role not in kind.apart:
            yield (
                "type-form",
                f"role {role!r} is required and would not be compared: two actors in it would pass "
                "for one value; add it to apart or to key",
            )


def unknown(before: Belief, kind: str, name: str) -> Fault:
    """Return the fault of a name that is not declared, with the nearest that is."""
    return f"{kind}-declared", f"unknown {kind} {name!r}; {_advice(before, kind, name)}"


def _advice(before: Belief, kind: str, name: str) -> str:
    if kind == "type" and name in shipped().types:
        return (
            "it is of a later vocabulary than the one that this ledger was begun with; append before "
            f"what 'factledger types {name}' prints"
        )
    near = before.nearest(kind, name)
    return f"did you mean {near!r}?" if near else f"declare it before with [[{kind}]]"
