"""Where a view stands: the date, and how much was known; and how that is read from a question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeAlias

import attrs

from factledger.dates.days import Day
from factledger.dates.instants import as_instant
from factledger.dates.queries import parse_query
from factledger.errors import NotFound
from factledger.index.base import Index
from factledger.log.lines import START
from factledger.records.entries import Entry
from factledger.status.belief import Belief


@attrs.frozen
class Coordinates:
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
        """Return how much was known, in words, whatever day was asked about."""
        at = f" of {self.recorded_at}" if self.recorded_at else ""
        published = self.published if self.published is not None else "at any time"
        return (
            f"recorded up to #{self.recorded}{at} · published {published} · head {self.head[:16]}"
        )


Date: TypeAlias = str | date | Day
"""A date asked about: `2023-04-01`, or a coarser one, of which the last day is meant."""

Cut: TypeAlias = int | str | datetime | Entry | None
"""Up to where the log counts: an entry, its number, an instant, or None for all of it."""

Place: TypeAlias = Date | Coordinates | tuple[Date, Cut] | tuple[Date, Cut, Date | None]
"""Where an answer stands: a date, with what was recorded and published by then, if not all counts."""


def coordinates_of(belief: Belief, day: Day, coarse: str | None) -> Coordinates:
    """Return the coordinates of a day, as far as a belief knows."""
    cut, index = belief.recorded, belief.index
    at, head = (index.at(cut), index.hash(cut)) if cut else (None, START.hash)
    return Coordinates(day, cut, at, belief.published, head, coarse)


def day_asked(asked: Date, today: Callable[[], date]) -> tuple[Day, str | None]:
    """Return the day that is asked about, and how it was reached where the date is coarser.

    Raises `DateError` for a text that names no date.

    >>> day_asked("2023-04", date.today)
    (Day('2023-04-30'), 'end of 2023-04')
    """
    if isinstance(asked, Day):
        return asked, None
    if isinstance(asked, str):
        return parse_query(asked, today)
    return Day.from_date(asked), None


def cut_asked(asked: Cut, index: Index) -> int:
    """Return the number of the last entry that counts, 0 for none.

    An instant means the last entry at or before it. Raises `NotFound` for a number that the log
    does not have.
    """
    if asked is None:
        return index.written
    if isinstance(asked, Entry):
        return asked.number
    if isinstance(asked, int):
        if not 0 <= asked <= index.written:
            raise NotFound(f"entry #{asked}", f"the ledger has {index.written} entries")
        return asked
    return min(index.last_by(as_instant(asked)), index.written)


def place_asked(asked: Place) -> tuple[Date, Cut, Date | None]:
    """Return the date, the recorded and the published cut of a place; None for a cut left out.

    >>> place_asked(("2023-04-01", 12))
    ('2023-04-01', 12, None)
    """
    if isinstance(asked, Coordinates):
        return asked.valid, asked.recorded, asked.published
    if not isinstance(asked, tuple):
        return asked, None, None
    return asked if len(asked) == 3 else (*asked, None)
