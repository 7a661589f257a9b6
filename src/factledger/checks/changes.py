"""A correction that gives only what changes → one that gives the whole claim, and names what changes."""

from __future__ import annotations

from typing import Any

from factledger.errors import Fault
from factledger.records.claims import ROLES, Claim
from factledger.records.codec import Body, to_body
from factledger.status.belief import Belief


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
        old = {k: v for k, v in to_body(standing).items() if k not in fields}
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
