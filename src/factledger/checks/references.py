"""Checks of what a record refers to: entries, sources and pairs."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.checks.claims import last_days, told_start
from factledger.checks.declarations import unknown
from factledger.checks.erasing.redactions import redaction_faults
from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.errors import Fault
from factledger.records.amendments import (
    Close,
    Correct,
    Corroborate,
    Dispute,
    Identify,
    Redact,
    Retract,
    Withdraw,
    changeable,
)
from factledger.records.claims import SHAPES, Assessment, Claim, State
from factledger.records.record import Record
from factledger.status.belief import Belief
from factledger.status.standings import is_after_all
from factledger.text import nearest

_RETRACTABLE = (*SHAPES, "correct", "close", "corroborate", "dispute", "withdraw", "note")
_ABOUT: dict[type[Record], tuple[str, ...]] = {
    Correct: (*SHAPES, "correct", "source", "actor", "type"),
    Close: ("state", "correct"),
    Retract: _RETRACTABLE,
    Corroborate: (*SHAPES, "correct"),
    Dispute: (*SHAPES, "correct"),
}


def reference_faults(before: Belief, record: Record) -> Iterator[Fault]:
    """Yield the faults of the entries, sources and pairs that a record names."""
    if isinstance(record, Correct | Close | Retract | Corroborate | Dispute):
        yield from _target_faults(before, record, record.target)
    if isinstance(record, Correct):
        yield from _correction_faults(before, record)
    elif isinstance(record, Redact):
        missing = list(_missing(before, record.target))
        yield from missing or redaction_faults(before, record)
    elif isinstance(record, Identify):
        yield from _pair_faults(before, record)
    elif isinstance(record, Withdraw) and not before.has("source", record.source):
        yield unknown(before, "source", record.source)
    content = record.content
    if isinstance(content, Assessment):
        for about in content.about:
            yield from _claim_faults(before, about.target)


def _missing(before: Belief, number: int) -> Iterator[Fault]:
    if not 1 <= number <= before.recorded:
        yield (
            "target-exists",
            f"there is no entry #{number} before this one; the newest is #{before.recorded}",
        )


def _target_faults(before: Belief, record: Record, number: int) -> Iterator[Fault]:
    missing = list(_missing(before, number))
    yield from missing
    if missing:
        return
    kind = before.index.kind(number)
    if kind not in (*_ABOUT[type(record)], "redacted"):
        what = type(record).__name__.lower()
        yield "target-kind", f"#{number} is of kind {kind!r}; {what} is about {_kinds(record)}"
        return
    if isinstance(record, Retract) and kind == "correct" and not before.index.puts_claim(number):
        yield "target-kind", f"#{number} corrects a declaration; correct #{number} again instead"
        return
    by = before.retired_by(number)
    if by is not None and not (before.index.kind(by) == "correct" and before.index.puts_claim(by)):
        how = {"correct": "corrected", "retract": "retracted"}.get(before.index.kind(by), "erased")
        yield "target-live", f"#{number} was already {how} by #{by}; name the entry that stands now"
    elif isinstance(record, Close):
        yield from _closing_faults(before, record)
    elif isinstance(record, Corroborate):
        yield from _backing_faults(before, record)


def _kinds(record: Record) -> str:
    return ", ".join(k for k in _ABOUT[type(record)] if k != "correct")


def _closing_faults(before: Belief, record: Close) -> Iterator[Fault]:
    number = record.target
    claim, ending = _standing_claim(before, number), before.ending(number)
    if claim is None and before.index.kind(number) == "redacted":
        return  # what it said was erased since
    if not isinstance(claim, State):
        shape = "none that is known" if claim is None else claim.shape
        yield "target-kind", f"#{number} is of shape {shape}; only a state can be closed"
    elif ending is None:
        if _is_told(before, claim) and _is_over_before(record.until, claim.since):
            told = f"until {record.until.text!r} is before #{number} began"
            yield "date-order", f"{told}, since {claim.since.text!r}; correct one of them"
    else:
        yield (
            "target-live",
            f"#{number} was already closed by #{ending.number}; retract that first",
        )


def _backing_faults(before: Belief, record: Corroborate) -> Iterator[Fault]:
    """Yield that who backs a claim spoke before what it tells: that source cannot say the same."""
    claim = _standing_claim(before, record.target)
    start = None if claim is None else told_start(claim)
    seen = last_days(before, record.citations)
    if start is not None and is_after_all(start, seen):
        told = f"{start.text!r}, of #{record.target}, is after {max(seen)}, the last day on which"
        told = f"{told} the source that backs it can have been published"
        yield "date-after-publication", f"{told}; cite another"


def _standing_claim(before: Belief, number: int) -> Claim | None:
    """Return the claim that an entry is a reading of as it stands, None where none of it does."""
    standing = before.standing_reading(number)
    return None if standing is None else before.reading(standing)


def _is_over_before(until: Edtf, since: Edtf) -> bool:
    """Return whether an end is before a start on each day that the two can mean."""
    first, last = since.earliest, until.latest
    return isinstance(first, Day) and isinstance(last, Day) and last < first


def _is_told(before: Belief, claim: Claim) -> bool:
    """Return whether any source of a claim is not withdrawn: else it has no dates to disagree with."""
    return any(not before.withdrawn(c.source) for c in claim.citations)


def _kept_end_faults(before: Belief, record: Correct, new: Claim) -> Iterator[Fault]:
    """Yield that a state which was closed would begin after its end: a correction keeps that end."""
    old = _standing_claim(before, record.target)
    if not isinstance(old, State) or not isinstance(new, State) or new.until != old.until:
        return
    if not _is_told(before, old):
        return
    ending = before.ending(record.target)
    if ending is not None and _is_over_before(ending.until, new.since):
        told = f"since {new.since.text!r} is after #{ending.number} ends it, {ending.until.text!r}"
        yield "date-order", f"{told}; give its until as well, or retract #{ending.number} first"


def _correction_faults(before: Belief, record: Correct) -> Iterator[Fault]:
    if not 1 <= record.target <= before.recorded:
        return
    found = before.index.record(record.target)
    old = found and found.content
    new = record.record
    if isinstance(old, Claim | None) and isinstance(new, Claim):
        yield from _settling_faults(before, record)
        yield from _changing_faults(before, record, new)
        yield from _kept_end_faults(before, record, new)
    elif record.changes or record.settles:
        yield "correct-kind", "changes and settles are of corrections of claims alone"
    elif old is None:
        return
    elif type(old) is not type(new):
        yield "correct-kind", f"#{record.target} cannot be corrected into another kind of record"
    elif getattr(old, "id", None) != getattr(new, "id", None):
        yield "correct-kind", f"#{record.target} declares {getattr(old, 'id', None)!r}; keep its id"


def _settling_faults(before: Belief, record: Correct) -> Iterator[Fault]:
    """Yield that what a correction settles is no dispute of its claim."""
    chains = before.index.chains
    for number in record.settles:
        missing = list(_missing(before, number))
        yield from missing
        kind = "" if missing else before.index.kind(number)
        body = before.index.body(number) if kind == "dispute" else None
        if body is None or chains.first(body["target"]) != chains.first(record.target):
            if not missing:
                told = (
                    f"#{number} is no dispute of #{record.target}; a correction settles those alone"
                )
                yield "target-kind", told
        elif before.retired_by(number) is not None:
            yield "target-live", f"#{number} was taken back already; leave it out of settles"


def _changing_faults(before: Belief, record: Correct, new: Claim) -> Iterator[Fault]:
    """Yield that a correction of some fields says more than that."""
    known = changeable(new)
    for name in record.changes:
        if name not in known:
            near = nearest(name, known)
            advice = f"did you mean {near!r}?" if near else "give the whole record"
            yield "correct-kind", f"changes names {name!r}, no field that it can change; {advice}"
    standing = before.standing_reading(record.target)
    old = before.reading(standing) if record.changes and standing is not None else None
    if not record.changes or standing is None:
        return
    if old is None:
        if before.retired_by(standing) is not None:  # else it was erased since
            yield (
                "correct-kind",
                f"#{standing} was erased; give the whole record, and leave changes out",
            )
    elif (type(old), old.type) != (type(new), new.type):
        told = f"#{standing} is of another type; give the whole record, and leave changes out"
        yield "correct-kind", told
    elif record.over(old) != new:
        told = f"it differs from #{standing} in more than changes names; name all that it changes"
        yield "correct-kind", told


def _pair_faults(before: Belief, record: Identify) -> Iterator[Fault]:
    pair = record.actors or record.claims
    if bool(record.actors) == bool(record.claims) or len(set(pair)) != 2 or len(pair) != 2:
        yield "identify-pair", "give actors = [a, b] or claims = [m, n], two different ones"
        return
    for actor in record.actors:
        if not before.has("actor", actor):
            yield unknown(before, "actor", actor)
    for number in record.claims:
        yield from _claim_faults(before, number)
    known = [n for n in record.claims if 1 <= n <= before.recorded]
    if len(known) == 2 and len({before.index.chains.first(n) for n in known}) == 1:
        one, other = record.claims
        yield (
            "identify-pair",
            f"#{one} and #{other} are two readings of one claim; name another one",
        )


def _claim_faults(before: Belief, number: int) -> Iterator[Fault]:
    missing = list(_missing(before, number))
    yield from missing
    if not missing and before.index.kind(number) not in (*SHAPES, "correct", "redacted"):
        yield "target-kind", f"#{number} is of kind {before.index.kind(number)!r}, not a claim"
