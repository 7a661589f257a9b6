"""How work grows, whatever the machine: counted in calls of functions, or else in time of the processor."""

from __future__ import annotations

import time
from collections.abc import Callable
from cProfile import Profile
from typing import TypeAlias

Work: TypeAlias = Callable[[], object]


def calls(work: Work) -> int:
    """Return how many functions a piece of work calls, those in C included."""
    with Profile() as profile:
        work()
    return sum(entry.callcount for entry in profile.getstats())


def seconds(work: Work) -> float:
    """Return how long the processor worked on it."""
    start = time.process_time()
    work()
    return time.process_time() - start


def assert_grows_evenly(make: Callable[[int], Work], size: int, most: float = 3) -> None:
    """Assert that twice the size is at most so many times the calls.

    `make` prepares the work of a size; only the work itself is counted.
    """
    make(size // 4)()  # what is loaded once is loaded before the count
    small, large = calls(make(size)), calls(make(2 * size))
    assert large <= most * small, f"{small} calls for {size}, {large} for {2 * size}"


def assert_time_grows_evenly(make: Callable[[int], Work], size: int) -> None:
    """Assert that eight times the size takes at most 24 times as long: for work without calls.

    Work that grows as the square takes 64 times as long. The best of some runs counts, since other
    programs may be at work.
    """
    small, large = (min(seconds(make(n)) for _ in range(5)) for n in (size, 8 * size))
    assert large <= 24 * small, f"{small:.4f} s for {size}, {large:.4f} s for {8 * size}"
