"""The meaning of a question: its day, the entry up to which the log counts, its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

from factledger.dates.days import Day
from factledger.dates.instants import as_instant
from factledger.dates.queries import parse_query
from factledger.errors import NotFound
from factledger.views.coordinates import Coordinates

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Index
    from factledger.records.entries import Entry

Date: TypeAlias = str | date | Day
"""A date asked about: `2023-04-01`, or a coarser one, of which the last day is meant."""

Cut: TypeAlias = "int | str | datetime | Entry | None"
"""Up to where the log counts: an entry, its number, an instant, or None for all of it."""

Place: TypeAlias = Date | Coordinates | tuple[Date, Cut] | tuple[Date, Cut, Date | None]
"""Where an answer stands: a date, with what was recorded and published by then, if not all counts."""


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
    if isinstance(asked, int):
        if not 0 <= asked <= index.written:
            raise NotFound(f"entry #{asked}", f"the ledger has {index.written} entries")
        return asked
    if isinstance(asked, str | datetime):
        return min(index.recorded_by(as_instant(asked)), index.written)
    return asked.number


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
