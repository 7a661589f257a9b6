"""What contradicts a standing, and when."""

from __future__ import annotations

from factledger.dates.days import Day
from factledger.named import NamedTuple
from factledger.status.standings import MOST_CONTESTS


class Contest(NamedTuple):
    """Entries that contradict a standing from day `start` on, up to the day before `stop`."""

    start: Day
    stop: Day
    numbers: tuple[int, ...]


def capped(contests: list[Contest]) -> list[Contest]:
    """Return the contests, of more than `MOST_CONTESTS` the first, their days not told apart."""
    if sum(len(c.numbers) for c in contests) <= MOST_CONTESTS:
        return contests
    start, stop = min(c.start for c in contests), max(c.stop for c in contests)
    numbers = sorted({number for c in contests for number in c.numbers})
    return [Contest(start, stop, tuple(numbers[:MOST_CONTESTS]))]
