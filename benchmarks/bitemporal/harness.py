"""One measure of one contender, in a process of its own: prints what it found as a line of JSON.

`python harness.py MEASURE CONTENDER FOLDER PREPARED`; `run.py` starts it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from time import perf_counter

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # where the package `bitemporal` is

from bitemporal.contenders import contender
from bitemporal.contenders.base import Contender
from bitemporal.oracle import Answer
from bitemporal.prepared import Round, expected_of, prepared_batches
from bitemporal.workload import Claim, Question

PATIENCE = 120  # seconds of answering, after which a slow contender is asked no more

Measures = dict[str, float]


def load(one: Contender, prepared: Path) -> Measures:
    """Load all claims; reading the prepared ones does not count."""
    source = Untimed(prepared_batches(prepared))
    start = perf_counter()
    one.load(source)
    seconds = perf_counter() - start - source.seconds
    one.close()
    return {
        "load": source.claims / seconds,
        "bytes": one.bytes() / source.claims,
        "load_peak": peak(),
    }


def pairs(one: Contender, prepared: Path) -> Measures:
    """Ask about the pairs that are drawn."""
    return asked(one, expected_of(prepared).pairs)


def sized(one: Contender, prepared: Path) -> Measures:
    """Ask about the pairs of one size."""
    found = asked(one, expected_of(prepared).sized)
    return {f"sized_{name}" if name != "wrong" else name: of for name, of in found.items()}


def relationships(one: Contender, prepared: Path) -> Measures:
    """Ask for the counts of all relationships, at several days."""
    one.open()
    times, wrong = [], 0
    for day, tx, wanted in expected_of(prepared).everything:
        start = perf_counter()
        found = one.relationships(day, tx)
        times.append(perf_counter() - start)
        wrong += found != wanted
    one.close()
    return {"relationships": quantile(times, 0.5), "wrong": wrong}


def projection(one: Contender, prepared: Path) -> Measures:
    """Fold a projection that counts the turns of all standings."""
    from bitemporal.folding import folded

    one.open()
    start = perf_counter()
    turns, count = folded(one)
    seconds = perf_counter() - start
    one.close()
    wrong = turns != expected_of(prepared).turns
    return {"changes": count / seconds, "wrong": wrong, "fold_peak": peak()}


def verify(one: Contender, prepared: Path) -> Measures:
    """Open the ledger and verify every hash."""
    start = perf_counter()
    one.open()
    problems = one.ledger.verify()  # type: ignore[attr-defined]
    seconds = perf_counter() - start
    one.close()
    return {"verify": seconds, "wrong": len(problems), "verify_peak": peak()}


def lines(one: Contender, prepared: Path) -> Measures:
    """Write the lines of the ledger beside it, for `floor`."""
    one.open()
    with (one.folder / "lines").open("wb") as file:
        file.writelines(line + b"\n" for line in one.ledger.lines())  # type: ignore[attr-defined]
    one.close()
    return {}


def floor(one: Contender, prepared: Path) -> Measures:
    """Hash the same lines with hashlib, and parse them with json."""
    start = perf_counter()
    with (one.folder / "lines").open("rb") as file:
        for line in file:
            hashlib.sha256(line).digest()
            json.loads(line)
    return {"verify_floor": perf_counter() - start}


def asked(one: Contender, rounds: Iterable[Round]) -> Measures:
    """Ask each pair for the first time, then again at other days; hold each against the oracle."""
    resident = resident_share(one.files())
    before = memory("VmRSS:")
    start = perf_counter()
    one.open()
    opened = perf_counter() - start
    first: list[float] = []
    again: list[float] = []
    wrong = 0
    for question, wanted, others in rounds:
        wrong += timed(one, question, wanted, first)
        wrong += sum(timed(one, q, w, again) for q, w in others)
        if sum(first) + sum(again) > PATIENCE:
            break
    one.close()
    return {
        "open": opened,
        "cold_p50": quantile(first, 0.5),
        "cold_p99": quantile(first, 0.99),
        "again_p50": quantile(again, 0.5),
        "again_p99": quantile(again, 0.99),
        "asked": len(first) + len(again),
        "wrong": wrong,
        "ask_peak": peak(),
        "ask_added": max(peak() - before, 0.0),
        "resident": resident,
    }


def timed(one: Contender, question: Question, wanted: Answer, times: list[float]) -> bool:
    """Add the time of one answer to `times`; return whether the answer is wrong."""
    start = perf_counter()
    found = one.ask(question)
    times.append(perf_counter() - start)
    return found != wanted


def quantile(times: list[float], share: float) -> float:
    """Return the time that so great a share of the times does not pass."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def peak() -> float:
    """Return the most memory that this process has held.

    Not of `getrusage`, which begins at what the parent held.
    """
    return memory("VmHWM:")


def memory(name: str) -> float:
    """Return a line of the status of this process, in bytes; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) * 1024.0 for line in lines if line.startswith(name))


def resident_share(files: list[Path]) -> float:
    """Return the share of some files that the operating system holds in memory; -1 if unknown."""
    names = [str(path) for path in files if path.stat().st_size]
    if not names or shutil.which("fincore") is None:
        return -1
    command = ["fincore", "--bytes", "--noheadings", "--output", "RES,SIZE", *names]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    held, size = map(sum, zip(*(map(int, row.split()) for row in told.splitlines()), strict=True))
    return min(held / size, 1.0)  # it is held by whole pages


class Untimed:
    """Batches of claims, with the seconds that it took to read them."""

    def __init__(self, batches: Iterator[list[Claim]]) -> None:
        self._batches = batches
        self.seconds = 0.0
        self.claims = 0

    def __iter__(self) -> Iterator[list[Claim]]:
        return self

    def __next__(self) -> list[Claim]:
        start = perf_counter()
        try:
            batch = next(self._batches)
        finally:
            self.seconds += perf_counter() - start
        self.claims += len(batch)
        return batch


MEASURES: dict[str, Callable[[Contender, Path], Measures]] = {
    m.__name__: m for m in (load, pairs, sized, relationships, projection, verify, lines, floor)
}


def main() -> None:
    """Measure what the arguments say, and print it; say `skipped` where a rival is missing."""
    measure, name, folder, prepared = sys.argv[1:]
    found: dict[str, float | str]
    try:
        found = {**measured(measure, contender(name, Path(folder)), Path(prepared))}
    except (ImportError, FileNotFoundError, NotImplementedError) as missing:
        found = {"skipped": str(missing) or f"{name} does not do that"}
    print(json.dumps(found))


def measured(measure: str, one: Contender, prepared: Path) -> Measures:
    """Return what one measure finds; where it fails, nothing is left running."""
    try:
        return MEASURES[measure](one, prepared)
    except BaseException:
        with suppress(Exception):
            one.close()
        raise


if __name__ == "__main__":
    main()
