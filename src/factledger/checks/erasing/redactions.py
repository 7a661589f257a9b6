"""Checks of redactions: what is erased must leave nothing else saying more than it did."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from factledger.errors import Fault
from factledger.index.bodies import content_of, puts_claim
from factledger.index.chains import Chain
from factledger.records.amendments import Redact
from factledger.records.codec import Body
from factledger.status.belief import Belief

_FIXED = {"ledger": "opens the ledger", "redact": "says what was erased"}
_AMENDING = {
    "correct": "corrects", "retract": "takes back", "close": "ends", "corroborate": "backs",
    "dispute": "disputes",
}  # fmt: skip
_NAMING = {
    "actor": frozenset({"actor", "of", "actors", "attributed_to", "told_to"}),
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
        if puts_claim(body) and not index.chains.alone(target):
            yield from _replacing_faults(before, target)
        yield from _naming_faults(before, target, content_of(body))


def redacted_by(before: Belief, number: int) -> int | None:
    """Return the entry that says that an entry was erased, None if none does by the cut."""
    return next((n for n in before.about(number) if before.index.kind(n) == "redact"), None)


def _bearing_faults(before: Belief, target: int, body: Body) -> Iterator[Fault]:
    """Yield that an entry still bears on another one, which would stand otherwise without it."""
    kind = body["kind"]
    if kind in _AMENDING:
        taken_back = kind != "retract" and before.retired_by(target) is not None
        left = [] if taken_back else _left_standing(before, target, body)
        if left:
            first = "" if kind == "retract" else f"retract #{target} first, or "
            others = " and ".join(f"#{number}" for number in left[:_SHOWN])
            yield (
                "redaction-bears",
                f"#{target} {_AMENDING[kind]} #{body['target']}; {first}redact {others} too",
            )
    elif kind == "withdraw" and before.retired_by(target) is None:
        yield "redaction-bears", f"#{target} withdraws {body['source']!r}; retract it first"
    elif kind == "identify" and _counts(before, target, body):
        pair = " and ".join(map(str, body.get("actors") or [f"#{n}" for n in body["claims"]]))
        yield "redaction-bears", f"#{target} is the last word on {pair}; identify them anew first"


def _replacing_faults(before: Belief, target: int) -> Iterator[Fault]:
    """Yield that an end or a dispute would count again without a reading that replaced or settled it."""
    chain, record = before.index.chains.of(target), before.index.record(target)
    later = next((n for n in chain.readings if target < n <= before.recorded), None)
    for number in (n for n in chain.about.get("close", ()) if n <= before.recorded):
        if before.retired_by(number) is None:
            moved = before.end_moved_by(number)
            if moved is not None and moved in (target, later):
                told = f"#{number} gives an end that #{moved} replaces; retract #{number} first"
                yield "redaction-bears", told
    for number in getattr(record, "settles", ()):
        if before.retired_by(number) is None:
            yield "redaction-bears", f"#{target} settles #{number}; retract #{number} first"


def _left_standing(before: Belief, target: int, body: Body) -> list[int]:
    """Return what would still be there, and stand otherwise without an entry, oldest first.

    Without a correction it is the readings before it, without another entry all of the claim.
    """
    other = body["target"]
    if body["kind"] == "retract" or not (puts_claim(body) or before.index.puts_claim(other)):
        readings = [other]
    else:
        known = before.index.chains.of(other).readings
        readings = [n for n in known if n < target or not puts_claim(body)]
    return [n for n in readings if n <= before.recorded and redacted_by(before, n) is None]


def _counts(before: Belief, target: int, body: Body) -> bool:
    """Return whether an identification is the last word on a pair of which both are there."""
    if "claims" in body:
        chains = [before.index.chains.of(number) for number in body["claims"]]
        gone = any(_all_erased(before, chain) for chain in chains)
        later = {n for chain in chains for n in chain.about.get("identify", ()) if n > target}
        known = (n for n in later if n <= before.recorded)
        return not gone and not any(_same_pair(before, n, body) for n in known)
    identities = before.index.upto(before.index.identities, before.recorded)
    return not any(n > target and _same_pair(before, n, body) for n in identities)


def _all_erased(before: Belief, chain: Chain) -> bool:
    readings = (n for n in chain.readings if n <= before.recorded)
    return all(redacted_by(before, n) is not None for n in readings)


def _same_pair(before: Belief, number: int, body: Body) -> bool:
    other, first = before.index.body(number) or {}, before.index.chains.first
    if set(other.get("actors", ())) != set(body.get("actors", ())):
        return False
    return {*map(first, other.get("claims", ()))} == {*map(first, body.get("claims", ()))}


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
