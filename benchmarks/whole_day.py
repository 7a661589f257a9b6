"""What a whole day of 20,000 claims costs as a process, and 10,000 values of one key: `python benchmarks/whole_day.py`.

The floor of the first is a Python process that opens SQLite, selects as many whole lines and prints
them; that of the second is a limit. All is time of the processor, the least of some rounds taken in
turns, since others work on the machine.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from factledger import Actor, Citation, Day, Ledger, Participant, Source, State
from measure import Row
from work import made

CLAIMS, VALUES = 20_000, 10_000
DATE = "2024-12-31"
SELECT = """import sqlite3, sys
for (line,) in sqlite3.connect(sys.argv[1]).execute("SELECT line FROM line WHERE seq > ?", (sys.argv[2],)):
    print(line)"""
FIRST = Day.parse("1950-01-01")


def rows() -> Iterator[Row]:
    """Yield the whole day in both stores, and the values of one key with exact and with open ends."""
    with tempfile.TemporaryDirectory(dir=".") as folder:  # a disk, not memory
        yield from whole_day(Path(folder))
        for until in ("exact", "open"):
            yield from keyed(Path(folder), until)


def whole_day(folder: Path) -> Iterator[Row]:
    """Ask for all that stood on a day, whole process, beside a SELECT of as many lines."""
    paths = [folder / name for name in ("day.jsonl", "day.db")]
    declared = {filled(path) - CLAIMS for path in paths}.pop()
    commands = [
        [sys.executable, "-c", SELECT, str(paths[1]), str(declared)],
        *([sys.executable, "-m", "factledger", "asof", DATE, "-l", str(path)] for path in paths),
    ]
    times = [[processor_seconds(command) for command in commands] for _ in range(3)]
    floor, *ours = map(min, zip(*times, strict=True))
    for name, taken in zip(("lines", "SQLite"), ours, strict=True):
        yield Row(
            f"`factledger asof` of {CLAIMS:,} claims, {name}",
            taken,
            "SELECT and print",
            floor,
            "s",
            "≤ 5",
            taken <= 5 * floor,
        )


def filled(path: Path) -> int:
    """Make a ledger of the claims, close it, and return how many entries it has."""
    with made(path, CLAIMS) as ledger:
        return len(ledger)


def processor_seconds(command: list[str]) -> float:
    """Return the processor time of a process that writes into a pipe."""
    reading, writing = os.pipe()
    process = os.posix_spawn(
        command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1)]
    )
    os.close(writing)
    while os.read(reading, 1 << 16):
        pass
    os.close(reading)
    _, status, used = os.wait4(process, 0)
    assert status == 0, command
    return used.ru_utime + used.ru_stime


def keyed(folder: Path, until: str) -> Iterator[Row]:
    """Ask what stood on a day where one post has very many holders, once the ledger is open."""
    for suffix, name in (("jsonl", "lines"), ("db", "SQLite")):
        path = folder / f"{until}.{suffix}"
        fill(path, until)
        taken = min(first_answer(path) for _ in range(2))
        what = f"{VALUES:,} values of one key, {until} ends, {name}"
        yield Row(what, taken, "the limit", 1, "s", "≤ 1", taken <= 1)


def fill(path: Path, until: str) -> None:
    """Make a ledger in which one post has many holders, one every other day."""
    with Ledger.create(path, origin="benchmark") as ledger:
        ledger.append(
            Source(id="wire", title="A wire", publisher="A wire", published="2025-01-01"),
            Actor(id="E00", category="country", names=["E00"]),
            Actor(id="post", category="post", names=["Post"], of="E00"),
            *(Actor(id=f"h{i}", category="person", names=[f"H{i}"]) for i in range(VALUES)),
        )
        ledger.append(*(held(i, until) for i in range(VALUES)))


def held(place: int, until: str) -> State:
    """Return the term of one holder, of two days or of an open end."""
    since = Day(FIRST + 2 * place)
    return State(
        type="office",
        since=str(since),
        until=".." if until == "open" else str(Day(since + 1)),
        participants=[
            Participant(role="holder", actor=f"h{place}"),
            Participant(role="post", actor="post"),
        ],
        citations=[Citation(source="wire", locator=f"row {place}")],
    )


def first_answer(path: Path) -> float:
    """Return the processor time of the first answer about a day."""
    with Ledger.open(path) as ledger:
        start = time.process_time()
        assert ledger.as_of("1999-01-01").standings
        return time.process_time() - start


if __name__ == "__main__":
    for row in rows():
        print(row)
