"""What contradicts a standing, and when."""

from __future__ import annotations

from typing import NamedTuple

from factledger.dates.days import Day


class Contest(NamedTuple):
    """Entries that contradict a standing from day `start` on, up to the day before `stop`."""

    start: Day
    stop: Day
    numbers: tuple[int, ...]
