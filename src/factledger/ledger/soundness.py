"""Faults of a log itself, read again from its store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime

from factledger.checks.instants import future_problems
from factledger.errors import Problem
from factledger.ledger.indexed_store import BRING_UP, IndexedStore
from factledger.log.lines import canonical_fault
from factledger.status.redactions import LOST

_UNERASED = "#{by} says that it was erased, and it is there; 'factledger redact {number}' erases it"
_REDACT = b'"kind":"redact"'
_AT_ONCE = 1000  # entries between two calls of `on_progress`


def log_faults(
    kept: IndexedStore, now: datetime, on_progress: Callable[[int], object] | None = None
) -> Iterator[Problem]:
    """Yield the faults of the lines of a store, and of an index that does not cover them all.

    `now` is what the clock says, `on_progress` is called with the number of entries read. Raises `Damaged` at the first line
    whose hash does not follow from the lines before.
    """
    erased, ordered = set(), {}
    for line in kept.store.read():
        if on_progress is not None and line.seq % _AT_ONCE == 0:
            on_progress(line.seq)
        if (fault := canonical_fault(line)) is not None:
            yield Problem(kept.place(line.seq), "record-canonical", fault)
        elif line.body is None:
            erased.add(line.seq)
        elif _REDACT in line.body and (target := _redacted_in(line.body)):
            ordered[target] = line.seq
    for number in sorted(erased ^ ordered.keys()):
        known = number in erased
        fault = LOST if known else _UNERASED.format(by=ordered[number], number=number)
        yield Problem(kept.place(number), "redaction", fault)
    yield from future_problems(kept.index, now, kept.place)
    if kept.behind:
        ends = f"the index ends at entry {len(kept.index)}, the log at entry {kept.store.head.seq}"
        yield Problem(kept.store.address, "index-complete", f"{ends}; {BRING_UP}")


def _redacted_in(raw: bytes) -> int:
    """Return the entry that a body says was erased, 0 for a body that says nothing of the kind."""
    body = json.loads(raw)
    return int(body["target"]) if body["kind"] == "redact" else 0
