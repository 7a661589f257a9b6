"""Checks of what a record refers to: entries, sources and pairs."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.checks.declarations import unknown
from factledger.checks.redactions import redaction_faults
from factledger.dates.days import Day
from factledger.dates.edtf import Edtf
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
)
from factledger.records.claims import SHAPES, Assessment, Claim, State
from factledger.records.record import Record
from factledger.status.belief import Belief

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
    if by is not None:
        how = {"correct": "corrected", "retract": "retracted"}.get(before.index.kind(by), "erased")
        yield "target-live", f"#{number} was already {how} by #{by}; name the entry that stands now"
    elif isinstance(record, Close):
        yield from _closing_faults(before, record)


def _kinds(record: Record) -> str:
    return ", ".join(k for k in _ABOUT[type(record)] if k != "correct")


def _closing_faults(before: Belief, record: Close) -> Iterator[Fault]:
    number = record.target
    live = before.live(number)
    if live is None:
        return
    if not isinstance(live.claim, State):
        yield "target-kind", f"#{number} is of shape {live.claim.shape}; only a state can be closed"
    elif live.ending is None:
        if _is_over_before(record.until, live.claim.since):
            told = f"until {record.until.text!r} is before #{number} began"
            yield "date-order", f"{told}, since {live.claim.since.text!r}; correct one of them"
    else:
        yield (
            "target-live",
            f"#{number} was already closed by #{live.ending.number}; retract that first",
        )


def _is_over_before(until: Edtf, since: Edtf) -> bool:
    """Return whether an end is before a start on each day that the two can mean."""
    first, last = since.earliest, until.latest
    return isinstance(first, Day) and isinstance(last, Day) and last < first


def _kept_end_faults(before: Belief, record: Correct, old: State, new: State) -> Iterator[Fault]:
    """Yield that a state which was closed would begin after its end: a correction keeps that end."""
    live = before.live(record.target)
    ending = live.ending if live is not None else None
    if ending is not None and new.until == old.until and _is_over_before(ending.until, new.since):
        told = f"since {new.since.text!r} is after #{ending.number} ends it, {ending.until.text!r}"
        yield "date-order", f"{told}; give its until as well, or retract #{ending.number} first"


def _correction_faults(before: Belief, record: Correct) -> Iterator[Fault]:
    if not 1 <= record.target <= before.recorded:
        return
    found = before.index.record(record.target)
    old = found and found.content
    new = record.record
    if isinstance(old, State) and isinstance(new, State):
        yield from _kept_end_faults(before, record, old, new)
    if old is None or (isinstance(old, Claim) and isinstance(new, Claim)):
        return
    if type(old) is not type(new):
        yield "correct-kind", f"#{record.target} cannot be corrected into another kind of record"
    elif getattr(old, "id", None) != getattr(new, "id", None):
        yield "correct-kind", f"#{record.target} declares {getattr(old, 'id', None)!r}; keep its id"


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


def _claim_faults(before: Belief, number: int) -> Iterator[Fault]:
    missing = list(_missing(before, number))
    yield from missing
    if not missing and before.index.kind(number) not in (*SHAPES, "correct", "redacted"):
        yield "target-kind", f"#{number} is of kind {before.index.kind(number)!r}, not a claim"
