"""A disk without room: writes that stop short at every place, and small disks filled to the end."""

from __future__ import annotations

import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from effort import LONG
from factledger.errors import OutcomeUnknown, WriteRefused
from factledger.ledger.copying import opened_or_made
from factledger.log.lines import Line
from factledger.log.stores import Store, open_store
from faults.machine import mounted, scratch
from faults.oracle import Broken, judge
from faults.plan import CASES, STORES, Case, write_files
from store_faults import AT, bodies, log, salts

STEP = {"jsonl": 1 if LONG else 16, "sqlite": 64 if LONG else 2048}
SIZES = ("16k", "32k", "64k", "128k", "512k") if LONG else ("32k", "128k")
_LARGEST = 17_000  # bytes of any file of the plan


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """Let no file grow beyond a size: a write stops short there, the next one fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def stop_short_everywhere(case: Case) -> int:
    """Run a case under each limit that it can meet, and judge what is left; return how many."""
    most = 2_000 if case.store == "jsonl" else _LARGEST
    limits = range(0, most, STEP[case.store])
    with scratch() as folder:
        root = folder / "root"
        for limit in limits:
            shutil.rmtree(root, ignore_errors=True)
            write_files(root, case.start())
            root.mkdir(exist_ok=True)
            told: list[str] = []
            with file_size_limit(limit):
                case.run(root, told.append)
            judge(case, root, told)
    return len(limits)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_short_writes(case: Case, record_property: Callable[[str, object], None]) -> None:
    """Wherever a write stops short, it is refused whole, and one can go on once there is room."""
    record_property("short writes", stop_short_everywhere(case))


def fill(store: Store) -> list[Line]:
    """Append batches until the disk refuses one; return the lines that were acknowledged.

    To SQLite a disk may fill up in the middle of a commit, and the outcome is unknown.
    """
    kept: list[Line] = []
    with store.writing() as writer:
        while True:
            first = writer.head.seq + 1
            try:
                kept += writer.append(bodies(3, first), at=AT, salts=salts(3, first))
            except (WriteRefused, OutcomeUnknown):
                return kept


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("store", STORES)
def test_full_disk(store: str, size: str, record_property: Callable[[str, object], None]) -> None:
    """On a disk that filled up, all that was acknowledged is read, and more room is all it takes."""
    with scratch() as folder:
        disk = folder / "disk"
        with mounted(disk, "-t", "tmpfs", "-o", f"size={size}", "tmpfs"):
            address = Case("append", store).address(disk)
            try:
                made = opened_or_made(address)[0]
            except (WriteRefused, OutcomeUnknown):
                return  # no room for a ledger without lines
            with made:
                kept = fill(made)
            for _ in range(2 if kept else 0):
                _judge_full(address, kept)
            subprocess.run(["mount", "-o", "remount,size=2m", str(disk)], check=True)
            with open_store(address) if kept else opened_or_made(address)[0] as again:
                more = fill_some(again)
                if list(again.read()) != log(*[3] * (len(kept) // 3 + 1)) or not more:
                    raise Broken("there is room again, and it does not go on")
    record_property("full disks", 1)


def fill_some(store: Store) -> list[Line]:
    """Append one batch."""
    with store.writing() as writer:
        first = writer.head.seq + 1
        return writer.append(bodies(3, first), at=AT, salts=salts(3, first))


def _judge_full(address: str, kept: list[Line]) -> None:
    """Raise Broken unless a full disk still gives all back, refuses again, and stays as it is."""
    with open_store(address) as store:
        if list(store.read()) != kept or fill(store) or list(store.read()) != kept:
            raise Broken("on the full disk, not all that was acknowledged is read, or more")
