"""A disk that refuses, call by call: each refusal is told as one, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from effort import LONG
from faults.machine import need_strace, scratch
from faults.oracle import Broken, judge
from faults.plan import CASES, Case
from faults.strace import CALLS, Bench

STEP = 1 if LONG else 72
ERRORS = ("ENOSPC", "EIO", "EINTR", "EDQUOT")
_NEVER_FAIL = {"close", "lseek", "stat", "newfstatat", "fstat"}  # on a file that is open or there


def injections(calls: dict[str, int]) -> Iterator[str]:
    """Yield each error at each call: once, and from there on.

    But a call that is interrupted ever on never ends, and a lock that is never given up is waited
    for in vain.
    """
    for call in CALLS:
        for nth in range(1, calls.get(call, 0) + 1) if call not in _NEVER_FAIL else ():
            for error in ERRORS:
                yield f"{call}:error={error}:when={nth}"
                if error != "EINTR" and call != "fcntl":
                    yield f"{call}:error={error}:when={nth}+"


def fail_everywhere(case: Case, flaw: str = "", step: int = STEP) -> int:
    """Let every `step`-th error happen to a case, and judge what is left; return how many did."""
    struck = 0
    with scratch() as folder:
        bench = Bench(folder)
        for injection in list(injections(bench.run(case, flaw=flaw).calls))[::step]:
            run = bench.run(case, "-e", f"inject={injection}", flaw=flaw)
            struck += run.struck
            try:
                judge(case, bench.root, run.told)
            except Broken as broken:
                raise Broken(f"{injection}, told {run.told}: {broken}") from broken
    return struck


@pytest.mark.parametrize("case", CASES, ids=str)
def test_errors(case: Case, record_property: Callable[[str, object], None]) -> None:
    """An error at any call is refused or unknown, in our words, and one can go on."""
    need_strace()
    record_property("errors", fail_everywhere(case))
