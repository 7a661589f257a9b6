"""Which files of tests take longest: in what order they run, and what is said of them at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

# What takes longest begins first, so that no worker is left alone with it at the end.
LONGEST = (
    "tests/testing/laws/",
    "tests/faults/",
    "tests/browser/",
    "tests/test_chiefs_of_mission.py",
    "ledgers/us-chiefs-of-mission/",
    "docs/how-to/test-your-projection.md",
    "tests/hostile/",
    "tests/test_mutation.py",
    "tests/testing/",
    "tests/index/",
    "tests/judges/",
)


class Report(Protocol):
    """What pytest reports of a phase of a test: its preparation, the test itself, its end."""

    @property
    def nodeid(self) -> str:
        """The test, below its file."""
        ...

    @property
    def duration(self) -> float:
        """Seconds."""
        ...


def turn(nodeid: str) -> int:
    """Return the turn of a test: the lower, the earlier."""
    turns = (at for at, start in enumerate(LONGEST) if nodeid.startswith(start))
    return next(turns, len(LONGEST))


def slowest(reports: Iterable[Report], count: int = 10) -> Iterator[str]:
    """Yield a line for each of the files that took longest, with its seconds, the slowest first."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for report in reports:
        seconds[report.nodeid.split("::")[0]] += report.duration
    for name in sorted(seconds, key=lambda name: -seconds[name])[:count]:
        yield f"{seconds[name]:8.1f} s  {name}"
