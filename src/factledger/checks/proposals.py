"""Proposals: records on their way into the log, with the shorthand of drafts written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, overload

import attrs

from factledger.dates.ends import last_before
from factledger.errors import DateError, Fault
from factledger.records.claims import DATES, ROLES, SHAPES
from factledger.records.codec import Body
from factledger.records.kinds import KINDS
from factledger.records.record import Record

_CITING = ("quote", "start", "end", "sealed", "prefix", "suffix", "locator")
_WITH_CITATIONS = frozenset({*SHAPES, "close", "corroborate", "dispute", "note"})
_ENDING = frozenset({"state", "tally", "assessment", "close"})
_DATES = (*DATES, "published", "retrieved", "before")


@attrs.frozen
class Proposal:
    """A record that is to be appended, not checked yet, and the place where it was written.

    In `body` targets may be labels or `#N`. `texts` holds the texts of sources that the draft
    names, by source id. `record` is the value itself where it was given in Python; `body` is
    empty then.
    """

    where: str
    body: Body
    texts: Mapping[str, str] = attrs.field(factory=dict)
    record: Record | None = None


def proposed(record: Record | Proposal | Body, place: int) -> Proposal:
    """Return the proposal of a record, draft table or proposal; `place` counts from 1."""
    if isinstance(record, Proposal):
        return record
    if isinstance(record, dict):
        return Proposal(f"record {place}", expanded(record))
    return Proposal(f"record {place}", {}, record=record)


@overload
def expanded(table: Body, default_source: object = None) -> Body: ...


@overload
def expanded(table: object, default_source: object = None) -> Any: ...


def expanded(table: object, default_source: object = None) -> object:
    """Return a draft's table with its shorthand written out.

    A role as a key (`actor = "JPN"`, `party = ["JPN", "UKR"]`) makes participants; a `quote`,
    `start` and `end`, or `locator` beside the other keys makes a citation of `source`, or of
    the draft's default source. `before`, an end that is not included, makes the `until` of the day
    before it, where there is no `until`.

    >>> expanded({"kind": "event", "type": "AGREE", "party": ["JPN", "UKR"]})["participants"]
    [{'role': 'party', 'actor': 'JPN'}, {'role': 'party', 'actor': 'UKR'}]
    """
    if not isinstance(table, dict) or table.get("kind") not in KINDS:
        return table
    body = dict(table)
    if isinstance(body.get("record"), dict):
        body["record"] = expanded(body["record"], default_source)
    if isinstance(body.get("change"), dict):
        body["change"] = _expanded_change(body["change"], default_source)
    if body["kind"] not in _WITH_CITATIONS:
        return _plain_dates(body)
    roles = [role for role in ROLES if role in body]
    people = [_participant(role, who) for role in roles for who in as_list(body.pop(role))]
    if people:
        body["participants"] = [*as_list(body.get("participants", [])), *people]
    return _ended(_plain_dates(_cited(body, default_source)))


def _expanded_change(change: Body, default_source: object) -> Body:
    """Return what a correction changes with its shorthand written out; each role keeps a list of its own."""
    roles = {
        role: [_participant(role, who) for who in as_list(change[role])]
        for role in ROLES
        if role in change
    }
    cites = any(name in change for name in (*_CITING, "citations"))
    return _plain_dates({**(_cited(dict(change), default_source) if cites else change), **roles})


def _participant(role: str, who: object) -> object:
    return {"role": role, **who} if isinstance(who, dict) else {"role": role, "actor": who}


def _cited(body: Body, default_source: object) -> Body:
    source = body.pop("source", default_source)
    own = {name: body.pop(name) for name in _CITING if name in body}
    given = as_list(body.get("citations", []))
    cited = [{"source": source, **c} if isinstance(c, dict) and source else c for c in given]
    if own:
        cited.insert(0, {"source": source, **own} if source else own)
    return {**body, "citations": cited} if cited else body


def _plain_dates(body: Body) -> Body:
    """Return the body with TOML's own dates as text: `when = 2023-03-21` needs no quotes."""
    return {
        name: value.isoformat() if name in _DATES and hasattr(value, "isoformat") else value
        for name, value in body.items()
    }


def _ended(body: Body) -> Body:
    """Return the body with the last day included in the place of an end that is not.

    What makes no end is left as it is, for `before_faults` to tell.
    """
    if "before" not in body or next(before_faults(body), None):
        return body
    until = last_before(body["before"]).text
    return {name: held for name, held in body.items() if name != "before"} | {"until": until}


def before_faults(body: Body) -> Iterator[Fault]:
    """Yield why the `before` of a draft's table makes no end of it."""
    if "before" not in body:
        return
    if body.get("kind") not in _ENDING:
        yield "record-form", f"before: a record of kind {body.get('kind')!r} has no end"
    elif "until" in body:
        told = "until and before both say when it ended, until with that day; leave one out"
        yield "record-form", f"before: {told}"
    elif not isinstance(body["before"], str):
        yield "record-form", f"before: wanted a date as text, found {body['before']!r}"
    else:
        try:
            last_before(body["before"])
        except DateError as error:
            yield "record-form", f"before: {error}"


def as_list(tables: object) -> list[Any]:
    """Return a list as it is, and any other value as a list of one."""
    return tables if isinstance(tables, list) else [tables]
