"""Checks of redactions: what is erased must leave nothing else saying more than it did."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from factledger.errors import Fault
from factledger.index.bodies import content_of
from factledger.records.amendments import Redact
from factledger.records.codec import Body
from factledger.status.belief import Belief

_FIXED = {"ledger": "opens the ledger", "redact": "says what was erased"}
_AMENDING = {
    "correct": "corrects", "retract": "takes back", "close": "ends", "corroborate": "backs",
    "dispute": "disputes",
}  # fmt: skip
_NAMING = {
    "actor": frozenset({"actor", "of", "actors", "attributed_to"}),
    "source": frozenset({"source", "copy_of"}),
    "type": frozenset({"type", "begins", "ends", "types"}),
}
_SHOWN = 5


def redaction_faults(before: Belief, record: Redact) -> Iterator[Fault]:
    """Yield why the content of an entry cannot be erased, given the entries before.

    Of an entry whose content is gone already nothing is asked: what it was is not known.
    """
    target, index = record.target, before.index
    kind = index.kind(target)
    by = redacted_by(before, target)
    if by is not None:
        yield "target-live", f"#{target} was already redacted by #{by}"
    elif kind in _FIXED:
        yield "redaction-bears", f"#{target} {_FIXED[kind]}, and stays"
    elif kind != "redacted":
        body = index.body(target) or {"kind": ""}
        yield from _bearing_faults(before, target, body)
        yield from _naming_faults(before, target, content_of(body))


def redacted_by(before: Belief, number: int) -> int | None:
    """Return the entry that says that an entry was erased, None if none does by the cut."""
    return next((n for n in before.about(number) if before.index.kind(n) == "redact"), None)


def _bearing_faults(before: Belief, target: int, body: Body) -> Iterator[Fault]:
    """Yield that an entry still bears on another one, which would stand otherwise without it."""
    kind = body["kind"]
    if kind in _AMENDING:
        other = body["target"]
        taken_back = kind not in ("correct", "retract") and before.retired_by(target) is not None
        if not taken_back and redacted_by(before, other) is None:
            first = "" if kind in ("correct", "retract") else f"retract #{target} first, or "
            yield (
                "redaction-bears",
                f"#{target} {_AMENDING[kind]} #{other}; {first}redact #{other} too",
            )
    elif kind == "withdraw" and before.retired_by(target) is None:
        yield "redaction-bears", f"#{target} withdraws {body['source']!r}; retract it first"
    elif kind == "identify" and _counts(before, target, body):
        pair = " and ".join(map(str, body.get("actors") or [f"#{n}" for n in body["claims"]]))
        yield "redaction-bears", f"#{target} is the last word on {pair}; identify them anew first"


def _counts(before: Belief, target: int, body: Body) -> bool:
    """Return whether an identification is the last word on a pair of which both are there."""
    if "claims" in body:
        gone = any(redacted_by(before, number) is not None for number in body["claims"])
        later = {n for c in body["claims"] for n in before.about(c) if n > target}
        return not gone and not any(_same_pair(before, n, body) for n in later)
    identities = before.index.upto(before.index.identities, before.recorded)
    return not any(n > target and _same_pair(before, n, body) for n in identities)


def _same_pair(before: Belief, number: int, body: Body) -> bool:
    other = before.index.body(number) or {}
    return all(set(other.get(key, ())) == set(body.get(key, ())) for key in ("actors", "claims"))


def _naming_faults(before: Belief, target: int, content: Body) -> Iterator[Fault]:
    """Yield that entries name what is declared there and nowhere else."""
    kind = content["kind"]
    if kind not in _NAMING:
        return
    name = content["id"]
    declared = before.index.upto(before.index.declarations(kind, name), before.recorded)
    later = any(n > target and redacted_by(before, n) is None for n in declared)
    if later and kind != "type":
        return
    naming = list(islice((n for n in _naming(before, kind, name) if n != target), _SHOWN + 1))
    if naming:
        some = ", ".join(f"#{n}" for n in naming[:_SHOWN])
        more = " and more" if len(naming) > _SHOWN else ""
        advice = f"redact {'it' if len(naming) == 1 else 'them'} too"
        if kind != "type":
            advice += f", or correct #{target} first"
        yield "redaction-bears", f"{kind} {name!r} is named in {some}{more}; {advice}"


def _naming(before: Belief, kind: str, name: str) -> Iterator[int]:
    """Yield the entries that name an actor, source or type and are not redacted, oldest first."""
    keys = _NAMING[kind]
    for number in range(1, before.recorded + 1):
        body = before.index.body(number)
        if body is not None and _names(body, keys, name) and redacted_by(before, number) is None:
            yield number


def _names(value: Any, keys: frozenset[str], name: str) -> bool:
    """Return whether a body holds a name under one of these keys, however deep."""
    if isinstance(value, list):
        return any(_names(item, keys, name) for item in value)
    if not isinstance(value, dict):
        return False
    for key, held in value.items():
        if key in keys and (held == name or (isinstance(held, list) and name in held)):
            return True
        if _names(held, keys, name):
            return True
    return False
