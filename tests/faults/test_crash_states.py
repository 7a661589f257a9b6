"""Every state in which a power cut may leave the files, from the recorded calls of a run."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from effort import LONG, some
from faults.disk import Disk
from faults.machine import need_strace, scratch
from faults.oracle import judge
from faults.plan import CASES, Case, Files, write_files
from faults.strace import Bench
from faults.tracing import RECORDING, Recording

STEP = {"jsonl": 1 if LONG else 40, "sqlite": 4 if LONG else 330}
STEP_AFTER_A_FAILED_SYNC = {"jsonl": 10 if LONG else 150, "sqlite": 250 if LONG else 5000}
SYNCS = {"jsonl": 1, "sqlite": 1 if LONG else 6}  # every how manieth of them fails


def crash_states(
    case: Case, log: str, root: Path, step: int = 1
) -> Iterator[tuple[str, Files, bool]]:
    """Yield every `step`-th state that a power cut may leave, with what was last told before.

    No state comes twice. The third says whether there is noise in it.
    """
    disk, rng, seen, told = Disk(case.start()), random.Random(0), set(), f"done {case.held}"
    count = 0
    for act in Recording(log, root, disk).replay():
        told = act if act.startswith("done") else told
        for state, noise in disk.states(rng):
            count += 1
            if count % step:
                continue
            files = {name: content() for name, content in state.items()}
            if _is_empty_to_sqlite(files):
                continue
            mark = hash((told, *files.items()))
            if mark not in seen:
                seen.add(mark)
                yield told, files, noise


def _is_empty_to_sqlite(files: Files) -> bool:
    """Whether there is a SQLite file of one byte, which SQLite takes for an empty one.

    It then throws away the journal that would undo the byte. No disk writes a byte by itself.
    """
    return any(name.endswith(".db") and len(data) == 1 for name, data in files.items())


def judge_states(bench: Bench, case: Case, log: str, step: int) -> Counter[str]:
    """Judge every `step`-th state; return how many, and how many do not open.

    These hold noise, or a part of several batches that a copying wrote at once, one of which seems
    to prove that the one before was durable. The origin is there, and the copy is left as it is.
    """
    count: Counter[str] = Counter()
    for told, files, noise in crash_states(case, log, bench.root, step):
        shutil.rmtree(bench.root)
        bench.root.mkdir()
        write_files(bench.root, files)
        may_refuse = noise or str(case) == "copy-jsonl"
        opened = judge(case, bench.root, [told], may_refuse=may_refuse)
        count.update(["crash states", *([] if opened else ["that do not open"])])
    return count


def power_cut_anywhere(case: Case, flaw: str = "") -> Counter[str]:
    """Judge what a power cut may leave of a case."""
    with scratch() as folder:
        bench = Bench(folder)
        log = bench.traced(case, *RECORDING, flaw=flaw).log
        return judge_states(bench, case, log, STEP[case.store])


def power_cut_after_a_failed_sync(case: Case, flaw: str = "") -> Counter[str]:
    """Judge what a power cut may leave when one sync had failed before, each in its turn."""
    count: Counter[str] = Counter()
    with scratch() as folder:
        bench = Bench(folder)
        for call, nth in failing_syncs(bench, case)[:: SYNCS[case.store]]:
            injection = f"inject={call}:error=EIO:when={nth}"
            log = bench.traced(case, "-e", injection, *RECORDING, flaw=flaw).log
            count += judge_states(bench, case, log, STEP_AFTER_A_FAILED_SYNC[case.store])
    return count


def failing_syncs(bench: Bench, case: Case) -> list[tuple[str, int]]:
    """Return the syncs of a case that fail in their turn.

    Two are left out, for there SQLite goes by itself: it takes no notice when the sync of a
    folder fails, and has committed when the sync of the emptied journal does.
    """
    log, before = bench.run(case, "-y").log, ""
    seen: Counter[str] = Counter()
    found = []
    for line in log.splitlines():
        call = line.split("(")[0]
        if call in ("fsync", "fdatasync"):
            seen[call] += 1
            by_itself = re.search(r"<[^>]*\.db(-journal)?>", line) is None or before == "ftruncate"
            if case.store == "jsonl" or not by_itself:
                found.append((call, seen[call]))
        before = call
    return found


@pytest.mark.parametrize("case", CASES, ids=str)
def test_crash_states(case: Case, record_property: Callable[[str, object], None]) -> None:
    """Whatever a power cut leaves of what was not synced, what was acknowledged is there."""
    need_strace()
    for name, count in power_cut_anywhere(case).items():
        record_property(name, count)


@pytest.mark.parametrize("case", some(CASES, 2, 1), ids=str)
def test_failed_syncs(case: Case, record_property: Callable[[str, object], None]) -> None:
    """The same after a sync that failed, and whose bytes the system took for written."""
    need_strace()
    for name, count in power_cut_after_a_failed_sync(case).items():
        record_property(name, count)
