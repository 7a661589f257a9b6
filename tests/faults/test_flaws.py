"""The rows of faults find what is wrong: each flaw, planted into our own code, breaks a promise."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from faults.flaws import plant
from faults.machine import need_strace
from faults.oracle import Broken
from faults.plan import Case
from faults.test_crash_states import power_cut_after_a_failed_sync, power_cut_anywhere
from faults.test_errors import fail_everywhere
from faults.test_killed import kill_everywhere

Row = Callable[..., object]

TRACED: dict[str, tuple[Row, Case]] = {
    "never-synced": (power_cut_anywhere, Case("append", "jsonl")),
    "synced-later": (power_cut_anywhere, Case("append", "jsonl")),
    "synced-again": (power_cut_after_a_failed_sync, Case("append", "jsonl")),
    "sync-error-ignored": (power_cut_after_a_failed_sync, Case("append", "jsonl")),
    "unconfirmed-kept": (power_cut_after_a_failed_sync, Case("append", "jsonl")),
    "folder-not-synced": (power_cut_anywhere, Case("create", "jsonl")),
    "torn-cut-off": (kill_everywhere, Case("recover", "jsonl")),
    "half-batches": (power_cut_anywhere, Case("append", "jsonl")),
    "synchronous-off": (power_cut_anywhere, Case("append", "sqlite")),
    "synchronous-normal": (power_cut_anywhere, Case("append", "sqlite")),
    "no-journal": (partial(kill_everywhere, step=1), Case("append", "sqlite")),
    "row-by-row": (kill_everywhere, Case("append", "sqlite")),
    "committed-later": (kill_everywhere, Case("append", "sqlite")),
    "commit-error-ignored": (fail_everywhere, Case("append", "sqlite")),
}


@pytest.mark.parametrize("flaw", TRACED)
def test_flaw(flaw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row of faults breaks where a flaw is planted."""
    need_strace()
    plant(flaw, monkeypatch.setattr)
    row, case = TRACED[flaw]
    with pytest.raises(Broken):
        row(case, flaw)
