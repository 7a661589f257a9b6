"""The rows of faults find what is wrong: each flaw, planted into our own code, breaks a promise."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from faults.flaws import FLAWS, Flaw, plant
from faults.machine import need_strace
from faults.oracle import Broken
from faults.plan import Case
from faults.test_crash_states import power_cut_after_a_failed_sync, power_cut_anywhere
from faults.test_erased import erase_written_by, kill_erasing
from faults.test_errors import fail_everywhere
from faults.test_full_disk import stop_short_everywhere
from faults.test_killed import kill_everywhere
from faults.test_power_cut import FILE_SYSTEMS, cut_power
from faults.test_readers import ask_meanwhile, read_slowly, verify_between
from faults.test_rot import flip_bits, other_spellings, other_statements
from faults.test_sqlite_vfs import trap_everywhere
from faults.test_writers import fork_while_writing, replace_while_writing, write_at_once

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "durability.md"
Row = Callable[..., object]

APPEND = {store: Case("append", store) for store in ("jsonl", "sqlite")}
TRACED: dict[str, Row] = {
    "never-synced": partial(power_cut_anywhere, APPEND["jsonl"]),
    "synced-later": partial(power_cut_anywhere, APPEND["jsonl"]),
    "synced-again": partial(power_cut_after_a_failed_sync, APPEND["jsonl"]),
    "sync-error-ignored": partial(power_cut_after_a_failed_sync, APPEND["jsonl"]),
    "unconfirmed-kept": partial(power_cut_after_a_failed_sync, APPEND["jsonl"]),
    "folder-not-synced": partial(power_cut_anywhere, Case("create", "jsonl")),
    "torn-cut-off": partial(kill_everywhere, Case("recover", "jsonl")),
    "half-batches": partial(power_cut_anywhere, APPEND["jsonl"]),
    "synchronous-off": partial(power_cut_anywhere, APPEND["sqlite"]),
    "synchronous-normal": partial(power_cut_anywhere, APPEND["sqlite"]),
    "no-journal": partial(kill_everywhere, APPEND["sqlite"], step=1),
    "row-by-row": partial(kill_everywhere, APPEND["sqlite"]),
    "committed-later": partial(kill_everywhere, APPEND["sqlite"]),
    "commit-error-ignored": partial(fail_everywhere, APPEND["sqlite"]),
}
OTHERS: dict[str, Row] = {
    "not-locked": partial(write_at_once, "jsonl", "not-locked"),
    "lock-let-go": partial(write_at_once, "jsonl", "lock-let-go"),
    "itself-not-locked": partial(write_at_once, "jsonl", "itself-not-locked", tidied=True),
    "lock-inherited": partial(fork_while_writing, "jsonl"),
    "replaced-unseen": partial(replace_while_writing, "sqlite"),
    "others-not-seen": partial(write_at_once, "jsonl", "others-not-seen"),
    "not-undone": partial(stop_short_everywhere, APPEND["jsonl"]),
    "damage-cut-off": partial(flip_bits, "jsonl"),
    "spaces-allowed": other_spellings,
    "chain-not-followed": partial(flip_bits, "sqlite"),
    "replaced": other_statements,
    "not-overwritten": partial(erase_written_by, "other", "other"),
    "gaps-kept": partial(erase_written_by, "old", "usual"),
    "erased-in-two": partial(kill_erasing, "usual", step=3),
    "index-in-pieces": partial(ask_meanwhile, "reindex"),
    "numbers-given-anew": partial(ask_meanwhile, "redact"),
    "statement-left-open": partial(read_slowly, "sqlite", "series"),
    "two-heads": partial(verify_between, "sqlite"),
    "more-than-was-read": partial(verify_between, "sqlite"),
    "erasing-not-awaited": partial(verify_between, "sqlite"),
}


@pytest.mark.parametrize("flaw", TRACED)
def test_flaw(flaw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flaw breaks a promise when calls are followed, fail or are the last."""
    need_strace()
    plant(flaw, monkeypatch.setattr)
    with pytest.raises(Broken):
        TRACED[flaw](flaw=flaw)


@pytest.mark.parametrize("flaw", OTHERS)
def test_other_flaw(flaw: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flaw breaks a promise among many writers, on a full disk, or in a file that was changed."""
    plant(flaw, monkeypatch.setattr)
    with pytest.raises(Broken):
        OTHERS[flaw]()


def test_an_ignored_error_of_sqlite_is_found_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit whose failure is not told breaks a promise when the file layer fails."""
    plant("commit-error-ignored", monkeypatch.setattr)
    with pytest.raises(Broken):
        trap_everywhere(APPEND["sqlite"], monkeypatch, step=1)


@pytest.mark.parametrize(
    ("store", "flaw"), [("jsonl", "never-synced"), ("sqlite", "synchronous-off")]
)
def test_a_missing_sync_is_found_by_a_power_cut(store: str, flaw: str) -> None:
    """Without a sync, a real file system loses what was acknowledged."""
    with pytest.raises(Broken):
        cut_power(FILE_SYSTEMS[0], store, 2, flaw)


def test_every_flaw_is_found() -> None:
    """No flaw is listed that no row finds, and the page on durability tells of each."""
    assert {*TRACED, *OTHERS} == {*FLAWS}
    rows = PAGE.read_text(encoding="utf-8")
    for name, flaw in FLAWS.items():
        row = {**TRACED, **OTHERS}[name]
        assert f"| `{name}` | {flaw.says} | `{getattr(row, 'func', row).__name__}` in " in rows


def test_a_flaw_is_planted_only_where_something_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that was moved or renamed is told, and not made anew beside it."""
    misplaced = Flaw("it is nowhere", lambda set_: set_(Case, "nothing", None))
    monkeypatch.setitem(FLAWS, "misplaced", misplaced)
    with pytest.raises(AttributeError, match="no 'nothing' of its own"):
        plant("misplaced")
