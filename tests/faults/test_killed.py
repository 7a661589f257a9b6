"""A process killed at each of its system calls: nothing that was acknowledged is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from effort import LONG
from faults.machine import need_strace, scratch
from faults.oracle import judge
from faults.plan import CASES, Case
from faults.strace import CALLS, Bench

STEP = 1 if LONG else 17


def kill_everywhere(case: Case, flaw: str = "", step: int = STEP) -> int:
    """Kill a case before every `step`-th of its calls, and judge what is left; return how often."""
    with scratch() as folder:
        bench = Bench(folder)
        calls = bench.run(case, flaw=flaw).calls
        points = [(call, nth) for call in CALLS for nth in range(1, calls[call] + 1)][::step]
        for call, nth in points:
            run = bench.run(case, "-e", f"inject={call}:signal=KILL:when={nth}", flaw=flaw)
            judge(case, bench.root, run.told)
        return len(points)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_killed(case: Case, record_property: Callable[[str, object], None]) -> None:
    """Killed before any call that it makes on a file, nothing acknowledged is lost or half there."""
    need_strace()
    record_property("kills", kill_everywhere(case))
