"""What was measured: by size, contender and measure, a value a round."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

FLOOR = "sqlite-btree"
OURS = "factledger-sqlite"

Found = dict[str, float | str]


class Results:
    """Values as they come in; asked for the median of the rounds, and for wrong answers."""

    def __init__(self, sizes: dict[str, int]) -> None:
        self.sizes = sizes
        self._values: defaultdict[tuple[str, str, str], list[float]] = defaultdict(list)
        self._skipped: dict[tuple[str, str], str] = {}

    def add(self, size: str, contender: str, found: Found) -> None:
        """Take in what one process found, or why it found nothing."""
        for measure, value in found.items():
            if isinstance(value, str):
                self._skipped[size, contender] = value
            else:
                self._values[size, contender, measure].append(value)

    def value(self, size: str, contender: str, measure: str) -> float | None:
        """Return the median of the rounds, None where nothing was measured."""
        found = self._values.get((size, contender, measure))
        return median(found) if found else None

    def skipped(self, size: str, contender: str) -> str | None:
        """Return why a contender has no row, None where it has one."""
        return self._skipped.get((size, contender))

    def wrong(self, contender: str, size: str | None = None) -> int:
        """Return how many answers were wrong: in all rounds, at one size or at all."""
        return sum(
            int(sum(found))
            for (at, name, measure), found in self._values.items()
            if name == contender and measure == "wrong" and size in (None, at)
        )

    def total(self, size: str, contender: str, measure: str) -> int:
        """Return the sum of all rounds."""
        return int(sum(self._values.get((size, contender, measure), ())))

    def contenders(self, size: str) -> list[str]:
        """Return who was measured or skipped at a size, in the order in which they came."""
        names = [name for at, name, _ in self._values if at == size]
        return list(dict.fromkeys([*names, *(n for at, n in self._skipped if at == size)]))
