"""What may be wrong with the instants of a log: its own order, and a clock that ran ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from factledger.dates.instants import SKEW, instant
from factledger.errors import Fault, Problem
from factledger.index.base import Index
from factledger.records.amendments import Correct
from factledger.records.record import Record


def backfilled_faults(record: Record, at: str, before: str) -> Iterator[Fault]:
    """Yield the faults in a record's statement of when it was written.

    Its line says `at`, the line before it `before`. Lines never go back: only one that repeats the
    instant of the line before may have been written earlier than it says.
    """
    if record.backfilled is not None and record.backfilled < at != before:
        yield "backfilled", f"written at {record.backfilled}, before it was recorded at {at}"
    if isinstance(record, Correct) and record.record.backfilled is not None:
        yield "backfilled", "the record that a correction puts in place says nothing of its own"


def future_problems(
    index: Index, clock: Callable[[], datetime], where: Callable[[int], str]
) -> Iterator[Problem]:
    """Yield that entries are recorded later than now, and none behind them says when it was.

    The clock is read after the entries are: others may have written the last of them just now.
    """
    written, now = index.written, clock()
    first = index.recorded_by(instant(now + SKEW)) + 1
    if first <= written:
        yield Problem(where(first), "recorded-future", dated_ahead(index.at(first), instant(now)))


def dated_ahead(at: str, now: str) -> str:
    """Return what is said of an entry whose line is dated ahead of the clock."""
    return f"it was recorded at {at}, and it is {now} now"
