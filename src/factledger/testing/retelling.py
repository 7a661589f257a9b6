"""Histories told again: in another order, under other numbers, about other actors."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import attrs
from hypothesis import strategies as st

from factledger.records.amendments import Correct, Corroborate, Dispute, Identify
from factledger.records.claims import Assessment, Claim
from factledger.records.codec import to_body
from factledger.records.declarations import Actor, Source, Type
from factledger.records.record import Record
from factledger.status.standings import Standing


def renumbered(standing: Standing, number_of: dict[int, int]) -> Standing:
    """Return a standing with the entries that it names renumbered, its supports' order aside."""

    def new(number: int) -> int:
        return number_of.get(number, number)

    supports = [s._replace(number=new(s.number)) for s in standing.supports]
    return attrs.evolve(
        standing,
        number=new(standing.number),
        claim=retargeted(standing.claim, number_of),
        because=None if standing.because is None else new(standing.because),
        also=tuple(sorted(map(new, standing.also))),
        contested_by=tuple(sorted(map(new, standing.contested_by))),
        differs=tuple(sorted(map(new, standing.differs))),
        supports=tuple(sorted(supports, key=repr)),
    )


def all_unlike(records: Sequence[Record]) -> bool:
    """Return whether no two claims say the same in the same words: nothing tells them apart."""
    contents = [record.content for record in records]
    bodies = [json.dumps(to_body(c), sort_keys=True) for c in contents if isinstance(c, Claim)]
    return len(set(bodies)) == len(bodies)


def reordered(
    draw: Callable[[st.SearchStrategy[Any]], Any], records: Sequence[Record]
) -> list[int]:
    """Return the records in another order: claims, corroborations and disputes move about.

    All others keep their order among themselves, and a record stays after those it names.
    """
    floating = [isinstance(r, Claim | Corroborate | Dispute) for r in records]
    declared = {r.id: i for i, r in enumerate(records) if isinstance(r, Source)}
    order = [i for i, r in enumerate(records) if isinstance(r, Actor | Type)]
    left = [i for i in range(len(records)) if i not in order]
    while left:
        fixed = next((i for i in left if not floating[i]), None)
        candidates = [i for i in left if floating[i] or i == fixed]
        free = [i for i in candidates if _named(records[i], declared) <= set(order)]
        order.append(draw(st.sampled_from(free)))
        left.remove(order[-1])
    return order


def _named(record: Any, declared: dict[str, int]) -> set[int]:
    """Return the places of the records that a record names: entries and sources."""
    content = record.content
    named = [a.target for a in getattr(content, "about", ())]
    named += [record.target] if hasattr(record, "target") else []
    named += record.claims if isinstance(record, Identify) else []
    named += record.settles if isinstance(record, Correct) else []
    sources = {declared[c.source] for c in getattr(content, "citations", ())}
    return {number - 2 for number in named} | sources


def retargeted(record: Any, number_of: dict[int, int]) -> Any:
    """Return a record that names the same entries under their new numbers."""

    def new(number: int) -> int:
        return number_of.get(number, number)

    changed: dict[str, Any] = {}
    if hasattr(record, "target"):
        changed["target"] = new(record.target)
    if isinstance(record, Identify):
        changed["claims"] = [new(n) for n in record.claims]
    if isinstance(record, Correct):
        changed["settles"] = [new(n) for n in record.settles]
        changed["record"] = retargeted(record.record, number_of)
    if isinstance(record, Assessment):
        changed["about"] = [attrs.evolve(a, target=new(a.target)) for a in record.about]
    return attrs.evolve(record, **changed)


def renamed(record: Any) -> Any:
    """Return the record with the names of all actors changed, in the same alphabetical order."""
    if isinstance(record, Actor):
        return attrs.evolve(record, id=_other(record.id), of=_other(record.of))
    if isinstance(record, Correct):
        return attrs.evolve(record, record=renamed(record.record))
    if isinstance(record, Identify):
        return attrs.evolve(record, actors=[_other(name) for name in record.actors])
    if isinstance(record, Claim):
        people = [
            attrs.evolve(p, actor=_other(p.actor), of=_other(p.of)) for p in record.participants
        ]
        return attrs.evolve(record, participants=people)
    return record


def _other(name: str | None) -> Any:
    return name and f"other-{name}"


def elsewhere(record: Any) -> Any:
    """Return the record about other actors, of the same kinds, and about no other record."""
    found = renamed(record)
    return attrs.evolve(found, about=()) if isinstance(found, Assessment) else found
