"""How the benchmarks measure: interleaved rounds, medians, and ratios within one run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import attrs


@attrs.frozen
class Row:
    """One line of the table: what was measured, against what, and what was wanted."""

    what: str
    ours: float
    rival: str
    theirs: float
    unit: str
    wanted: str
    met: bool

    @property
    def ratio(self) -> float:
        """Return ours divided by theirs."""
        return self.ours / self.theirs

    def __str__(self) -> str:
        verdict = "yes" if self.met else "no"
        return (
            f"| {self.what} | {self.ours:,.4g} {self.unit} | {self.rival}: "
            f"{self.theirs:,.4g} {self.unit} | {self.ratio:.3g} | {self.wanted} | {verdict} |"
        )


def seconds(work: Callable[[], object]) -> float:
    """Return the wall time of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(*works: Callable[[], object], rounds: int = 5) -> list[float]:
    """Return the median time of each work; the works take turns, so that drift hits all alike."""
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def process(*arguments: str) -> Callable[[], object]:
    """Return the work of running this Python with arguments, its output thrown away."""
    command: Sequence[str] = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
