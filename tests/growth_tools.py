"""How work grows: counted in calls of functions, whatever the machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

Work = Callable[[], object]


def calls(work: Work) -> int:
    """Return how many functions a piece of work calls, those in C included."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def assert_grows_evenly(make: Callable[[int], Work], size: int, most: float = 3) -> None:
    """Assert that twice the size is at most so many times the calls.

    `make` prepares the work of a size; only the work itself is counted.
    """
    make(size)()  # what is loaded once is loaded before the count
    small, large = calls(make(size)), calls(make(2 * size))
    assert large <= most * small, f"{small} calls for {size}, {large} for {2 * size}"
