"""What is said of the faults at the end of a run: how many rows ran, what was skipped and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol


class Report(Protocol):
    """What pytest reports of a test."""

    nodeid: str
    when: str
    longrepr: object
    user_properties: list[tuple[str, object]]


def summary(ran: Iterable[Report], skipped: Iterable[Report]) -> Iterator[str]:
    """Yield a line on the rows that ran or were skipped, and one on how often what was tried."""
    rows = [report for report in ran if _is_row(report) and report.when == "call"]
    left_out = [_left_out(report) for report in skipped if _is_row(report)]
    if rows or left_out:
        reasons = f": {'; '.join(left_out)}" if left_out else ""
        yield f"faults: {len(rows)} rows run, {len(left_out)} skipped{reasons}"
    tried: Counter[str] = Counter()
    for report in rows:
        for name, count in report.user_properties:
            tried[name] += count if isinstance(count, int) else 0
    if tried:
        yield "faults: " + ", ".join(f"{count:,} {name}" for name, count in sorted(tried.items()))


def _is_row(report: Report) -> bool:
    return "faults/test_" in report.nodeid


def _left_out(report: Report) -> str:
    """Return the name of a row, and why it did not run."""
    name = report.nodeid.split("::test_")[-1].replace("_", " ").replace("[", " ").rstrip("]")
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return f"{name} ({str(reason).removeprefix('Skipped: ')})"
