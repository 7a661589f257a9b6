"""Where a view stands: the date, and how much was known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factledger.dates.days import Day
from factledger.named import NamedTuple

if TYPE_CHECKING:
    from factledger.status.belief import Belief


class Coordinates(NamedTuple):
    """Where a view stands: the date, and how much was known.

    `valid` is the day asked about; `recorded` the last entry that counts and `recorded_at` its
    instant; `published` the last day of publication that counts, None for any; `head` the hash
    of the ledger at `recorded`; `coarse` how the day was reached, if a coarser date was asked.
    """

    valid: Day
    recorded: int
    recorded_at: str | None
    published: Day | None
    head: str
    coarse: str | None = None

    def __str__(self) -> str:
        return f"valid {self.date} · {self.known}"

    @property
    def date(self) -> str:
        """The day asked about in words, with how it was reached where a coarser date was asked."""
        return f"{self.valid} ({self.coarse})" if self.coarse else f"{self.valid}"

    @property
    def known(self) -> str:
        """How much was known, in words, whatever day was asked about."""
        at = f" of {self.recorded_at}" if self.recorded_at else ""
        published = self.published if self.published is not None else "at any time"
        return (
            f"recorded up to #{self.recorded}{at} · published {published} · head {self.head[:16]}"
        )


def coordinates_of(belief: Belief, day: Day, coarse: str | None) -> Coordinates:
    """Return the coordinates of a day, as far as a belief knows."""
    cut, index = belief.recorded, belief.index
    at = index.at(cut) if cut else None
    return Coordinates(day, cut, at, belief.published, index.hash(cut), coarse)
