"""The stages of a run: who is measured at which size, in turns, so that drift hits all alike."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from bitemporal.prepared import expected_of, prepare
from bitemporal.results import FLOOR, OURS, Found, Results

HARNESS = Path(__file__).with_name("harness.py")
ROOT = HARNESS.parents[2]
ARTICLE = ("2023-04-01", "JPN", "UKR", str(ROOT / "ledgers" / "japan-ukraine"))
PATIENCE = 3 * 3600  # seconds of one process


class Run(NamedTuple):
    """What all stages share."""

    python: str
    scratch: Path
    results: Results
    questions: int
    rounds: int

    def prepared(self, size: str) -> Path:
        """Return the folder of the claims of a size, written when it is first asked for."""
        folder = self.scratch / "prepared" / size
        if not folder.exists():
            count = self.results.sizes[size]
            say(f"preparing {count:,} claims")
            prepare(folder, count, self.questions, whole=size != "huge")
        return folder

    def measure(self, measure: str, name: str, size: str) -> bool:
        """Take one measure in a process of its own; return whether there was anything to take."""
        folder = self.scratch / size / name
        if measure == "load":
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        found = self._process(measure, name, str(folder), str(self.prepared(size)))
        say(f"{size} {name} {measure}: {found}")
        if "skipped" not in found or measure == "load":
            self.results.add(size, name, found)
        return "skipped" not in found

    def _process(self, measure: str, name: str, *folders: str) -> Found:
        command = [self.python, str(HARNESS), measure, name, *folders]
        try:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return {"skipped": f"no answer in {PATIENCE:,} s"}
        if ended.returncode:
            last = (ended.stderr.strip().splitlines() or ["no word"])[-1]
            return {"skipped": f"failed: {last[:200]}"}
        found: Found = json.loads(ended.stdout.splitlines()[-1])
        return found


def base(run: Run, names: Sequence[str]) -> None:
    """Load, ask, and count all relationships: all contenders, round by round."""
    for _ in range(run.rounds):
        for name in names:
            size = "tiny" if name == "minigraf" else "base"
            if run.measure("load", name, size):
                run.measure("pairs", name, size)
                run.measure("relationships", name, size)
    for name in names:
        shutil.rmtree(run.scratch / "base" / name, ignore_errors=True)


def growth(run: Run, names: Iterable[str]) -> None:
    """Ask about pairs of one size, in few claims and in many."""
    ours = [name for name in (FLOOR, OURS) if name in names]
    loaded = [
        (size, n) for size in ("small", "large") for n in ours if run.measure("load", n, size)
    ]
    for _ in range(run.rounds):
        for size, name in loaded:
            run.measure("sized", name, size)


def large(run: Run, names: Iterable[str]) -> None:
    """Ask, fold, verify and run the command, on many claims; `growth` has loaded them."""
    for _ in range(run.rounds):
        for name in (FLOOR, OURS):
            if name in names:
                run.measure("pairs", name, "large")
    if OURS in names and run.measure("lines", OURS, "large"):
        for _ in range(run.rounds):
            for measure in ("projection", "verify", "floor"):
                run.measure(measure, OURS, "large")
        command(run)


def command(run: Run, times: int = 15) -> None:
    """Run the whole command on many claims and on the article, in turns."""
    first, wanted, _ = expected_of(run.prepared("large")).sized[0]
    day = subprocess.run(
        [run.python, "-c", f"from factledger import Day; print(Day({first.day} + Day.parse('2005-01-01')))"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    many = (day, first.a, first.b, str(run.scratch / "large" / OURS / "l.db"))
    told = json.loads(asof(run, *many, "--format", "json"))["standings"]
    run.results.add("large", OURS, {"wrong": len(told) != len(wanted.states) + wanted.events})
    for _ in range(times):
        for size, where in (("large", many), ("article", ARTICLE)):
            start = perf_counter()
            asof(run, *where)
            run.results.add(size, OURS, {"command": perf_counter() - start})


def asof(run: Run, day: str, one: str, other: str, ledger: str, *more: str) -> str:
    """Return what `factledger asof` writes about a pair."""
    between = ["asof", day, "--between", one, other, "-l", ledger]
    line = [run.python, "-m", "factledger", *between, *more]
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout


def huge(run: Run, names: Iterable[str]) -> None:
    """Load and ask ten times as many claims again, once."""
    for name in (FLOOR, OURS):
        if name in names and run.measure("load", name, "huge"):
            run.measure("sized", name, "huge")
            run.measure("pairs", name, "huge")


def say(text: str) -> None:
    """Tell what is going on, apart from the tables."""
    print(text, file=sys.stderr, flush=True)
