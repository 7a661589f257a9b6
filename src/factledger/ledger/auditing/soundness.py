"""Faults of a log itself, read again from its store."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from factledger.checks.instants import future_problems
from factledger.errors import LogError, Problem
from factledger.ledger.indexed_store import BRING_UP, IndexedStore
from factledger.log.lines import Line, canonical_fault
from factledger.log.stores import Store
from factledger.log.stores.base import PATIENCE
from factledger.log.stores.locks import locked
from factledger.status.redactions import LOST

_UNERASED = "#{by} says that it was erased, and it is there; 'factledger redact {number}' erases it"
_REDACT = b'"kind":"redact"'
_LOOKS = 3  # at content that is recorded as erased and still there
_PAUSE = 0.03  # seconds before each
_AT_ONCE = 1000  # entries between two calls of `on_progress`


def log_faults(
    kept: IndexedStore,
    clock: Callable[[], datetime],
    on_progress: Callable[[int], object] | None = None,
) -> Iterator[Problem]:
    """Yield the faults of the lines of a store, and of an index that does not cover them all.

    They are those up to the head that the index was brought up to: what others write meanwhile is no fault.
    `on_progress` is called with the number of entries read. Raises `Damaged` at the first line whose
    hash does not follow from the lines before.
    """
    kept.refresh()
    index, behind = kept.index, kept.behind
    erased, ordered, last = set[int](), dict[int, int](), 0
    for line in kept.store.read():
        last = line.seq
        if on_progress is not None and line.seq % _AT_ONCE == 0:
            on_progress(line.seq)
        if (fault := canonical_fault(line)) is not None:
            yield Problem(kept.place(line.seq), "record-canonical", fault)
        elif line.body is None:
            erased.add(line.seq)
        elif target := redacted_in(line):
            ordered[target] = line.seq
    if erased ^ ordered.keys():
        _look_again(kept.store, last, erased, ordered)
    for number in sorted(erased ^ ordered.keys()):
        known = number in erased
        fault = LOST if known else _UNERASED.format(by=ordered[number], number=number)
        yield Problem(kept.place(number), "redaction", fault)
    yield from future_problems(index, clock, kept.place)
    if behind:
        ends = f"the index ends at entry {len(index)}, the log at entry {len(index) + behind}"
        yield Problem(kept.store.address, "index-complete", f"{ends}; {BRING_UP}")


def _look_again(store: Store, last: int, erased: set[int], ordered: dict[int, int]) -> None:
    """Take in what others recorded as erased, and erased, while the lines up to `last` were read."""
    later = ((redacted_in(line), line.seq) for line in store.read(last + 1))
    ordered |= {target: by for target, by in later if target in erased}
    looks = 0
    while (unerased := ordered.keys() - erased) and looks < _LOOKS:
        looks += 1
        _await_writer(store.address)
        erased.update(number for number in unerased if next(store.read(number)).body is None)


def _await_writer(address: str) -> None:
    """Wait for the writer that is at work on a ledger, if there is one: it may be erasing."""
    time.sleep(_PAUSE)  # between the record and the erasing it lets go
    if Path(f"{address}.lock").exists():
        with suppress(LogError), locked(Path(address), PATIENCE, itself=False):
            pass  # to open a SQLite file here, and close it, would end all locks that this process has on it


def redacted_in(line: Line) -> int:
    """Return the entry that a line says was erased, 0 for one that says nothing of the kind."""
    if line.body is None or _REDACT not in line.body:
        return 0
    body = json.loads(line.body)
    return int(body["target"]) if body["kind"] == "redact" else 0


def without_erased_since(found: tuple[Problem, ...], kept: IndexedStore) -> tuple[Problem, ...]:
    """Return problems without those of content that others erased while it was looked at."""
    if all(problem.message != LOST for problem in found):
        return found
    kept.refresh()
    index = kept.index
    bodies = (index.body(number) for number in index.erasures)
    told = {kept.place(body["target"]) for body in bodies if body and body["kind"] == "redact"}
    return tuple(p for p in found if p.message != LOST or p.where not in told)
