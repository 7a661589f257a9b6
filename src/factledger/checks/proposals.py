"""Proposals: records on their way into the log, with the shorthand of drafts written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil, floor
from typing import Any, overload

import attrs

from factledger.dates.ends import last_before
from factledger.errors import DateError, Fault
from factledger.records.claims import DATES, ROLES, SHAPES, Claim
from factledger.records.codec import Body, to_body
from factledger.records.kinds import KINDS
from factledger.records.record import OF_RECORDING, Record
from factledger.status.belief import Belief

_CITING = ("quote", "start", "end", "sealed", "prefix", "suffix", "locator")
_WITH_CITATIONS = frozenset({*SHAPES, "close", "corroborate", "dispute", "note"})
_ENDING = frozenset({"state", "tally", "assessment", "close"})
_DATES = (*DATES, "told_when", "published", "retrieved", "before")


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
    the draft's default source. A `count` that is one number is that number, and one in words
    (`"at least 5"`, `"3 to 5"`) the numbers that they mean. `before`, an end
    that is not included, makes the `until` of the day before it, where there is no `until`.

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
    return _ended(_plain_dates(_counted(_cited(body, default_source))))


def _expanded_change(change: Body, default_source: object) -> Body:
    """Return what a correction changes with its shorthand written out; each role keeps a list of its own."""
    roles = {
        role: [_participant(role, who) for who in as_list(change[role])]
        for role in ROLES
        if role in change
    }
    cites = any(name in change for name in (*_CITING, "citations"))
    known = _cited(dict(change), default_source) if cites else change
    return _plain_dates(_counted({**known, **roles}))


def _participant(role: str, who: object) -> object:
    return {"role": role, **who} if isinstance(who, dict) else {"role": role, "actor": who}


def _counted(body: Body) -> Body:
    """Return the body with the count of a tally as its bounds."""
    count = body.get("count")
    bounds = {"lower": count, "upper": count} if type(count) is int else _bounds(count)
    return {**body, "count": bounds} if bounds else body


def _bounds(count: object) -> Body | None:
    """Return the bounds that a count in words means, both included; None where it is not read."""
    if not count or not isinstance(count, str):
        return None
    from factledger.records.quantities import quantity_of

    found = quantity_of(count)
    if found is None or found.approximate or found.unit not in ("", "times"):
        return None
    low, high = found.lower or 0, found.upper
    lower = ceil(low) + (not found.with_lower and low == ceil(low))
    if high is None:
        return {"lower": lower}
    upper = floor(high) - (not found.with_upper and high == floor(high))
    return {"lower": lower, "upper": upper} if lower <= upper else None


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
    found = {name: _date_text(body[name]) for name in _DATES if type(body.get(name, "")) is not str}
    return {**body, **found} if found else body


def _date_text(value: object) -> object:
    """Return a date or a year of TOML as text, any other value as it is."""
    if type(value) is int and 1000 <= value <= 9999:
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


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


# --- a correction that gives only what changes


def whole_correction(before: Belief, body: Body, wrong: list[Fault]) -> Body:
    """Return a correction with the claim as its `change` leaves it, as `record`, and `changes`.

    The claim is the one that stands of its target. A role as a key changes who takes part in it,
    and nobody else. What was inferred of a field that changes is inferred no longer.
    """
    rest = {name: value for name, value in body.items() if name != "change"}
    change, target = body["change"], body.get("target")
    standing = _standing(before, target)
    if not isinstance(change, dict) or not change:
        wrong.append(
            ("record-form", "change: wanted the fields that change, with their new values")
        )
    elif "record" in body or "changes" in body:
        wrong.append(("record-form", "change: give it, or the whole record; not both"))
    elif standing is None:
        told = f"nothing stands of #{target} that some fields could be changed of; give the whole record"
        wrong.append(("correct-kind", told))
    else:
        fields = _changes(standing, change)
        old = {k: v for k, v in to_body(standing).items() if k not in (*fields, *OF_RECORDING)}
        rest["record"] = {**old, **fields}
        rest["changes"] = sorted(fields)
    return rest


def _standing(before: Belief, target: object) -> Claim | None:
    known = type(target) is int and 1 <= target <= before.recorded
    if not known or not before.index.puts_claim(target):  # type: ignore[arg-type]
        return None
    standing = before.standing_reading(target)  # type: ignore[arg-type]
    return None if standing is None else before.reading(standing)


def _changes(old: Claim, change: Body) -> Body:
    """Return every field that changes, with its value in a body."""
    roles = [name for name in change if name in ROLES]
    fields: dict[str, Any] = {name: v for name, v in change.items() if name not in ROLES}
    if roles:
        others = [p for p in to_body(old).get("participants", ()) if p["role"] not in roles]
        fields.setdefault("participants", others)
        fields["participants"] = [*fields["participants"], *(p for r in roles for p in change[r])]
    stale = [i for i in old.inferred if _field(i.field) in fields]
    if stale and "inferred" not in fields:
        kept = [i for i in to_body(old)["inferred"] if _field(i["field"]) not in fields]
        fields["inferred"] = kept
    return fields


def _field(name: str) -> str:
    """Return the field that a place such as `participants[0].actor` is in."""
    return name.partition("[")[0].partition(".")[0]
