"""Days: one whole number a day, on both sides of year zero."""

from __future__ import annotations

import re
from datetime import date

from factledger.errors import DateError

_TEXT = re.compile(r"(-?[0-9]{4})-([0-9]{2})-([0-9]{2})")
# The Gregorian calendar repeats itself every 400 years, so `datetime.date` serves all of it.
_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Day(int):
    """A day of the Gregorian calendar, as its number.

    The calendar is proleptic and has a year zero (ISO 8601), so year -1 is 2 BCE. In the years
    1 to 9999 the number is `datetime.date.toordinal()`; it runs on without a gap on both sides.
    A day compares, sorts and hashes as its number. Adding to it gives a plain number, so that
    no unchecked number passes as a day: wrap it, as in `Day(day + 1)`.

    >>> day = Day.parse("2023-04-01")
    >>> int(day), str(day), Day(day + 1)
    (738611, '2023-04-01', Day('2023-04-02'))
    """

    __slots__ = ()

    @classmethod
    def of(cls, year: int, month: int, day: int) -> Day:
        """Return the day of a year, month and day of the month; `DateError` if there is none.

        >>> Day.of(-400, 1, 1)
        Day('-0400-01-01')
        """
        cycles, year_before = divmod(year - 1, _CYCLE_YEARS)
        try:
            within = date(year_before + 1, month, day).toordinal()
        except ValueError:
            raise DateError(_iso(year, month, day), _why_not(year, month)) from None
        return cls(within + cycles * _CYCLE_DAYS)

    @classmethod
    def parse(cls, text: str) -> Day:
        """Return the day that a text of the shape `YYYY-MM-DD` or `-YYYY-MM-DD` names.

        Raises `DateError` for anything else, and for a day that the calendar does not have.
        """
        found = _TEXT.fullmatch(text)
        if found is None or text.startswith("-0000"):
            raise DateError(text, "a day is written YYYY-MM-DD, as in 2023-04-01")
        year, month, day = found.groups()
        return cls.of(int(year), int(month), int(day))

    @classmethod
    def from_date(cls, value: date) -> Day:
        """Return the day of a `datetime.date`; of a `datetime`, the day as it is written there.

        >>> Day.from_date(date(2023, 4, 1))
        Day('2023-04-01')
        """
        return cls(value.toordinal())

    @property
    def year(self) -> int:
        """The year; 0 is 1 BCE, -1 is 2 BCE."""
        return self._year_month_day()[0]

    @property
    def month(self) -> int:
        """The month, 1 to 12."""
        return self._year_month_day()[1]

    @property
    def day(self) -> int:
        """The day of the month, 1 to 31."""
        return self._year_month_day()[2]

    def _year_month_day(self) -> tuple[int, int, int]:
        cycles, days_before = divmod(self - 1, _CYCLE_DAYS)
        within = date.fromordinal(days_before + 1)
        return within.year + cycles * _CYCLE_YEARS, within.month, within.day

    def __str__(self) -> str:
        if self <= BEGINNING:
            return "-infinity"
        if self >= FOREVER:
            return "infinity"
        return _iso(*self._year_month_day())

    def __repr__(self) -> str:
        return f"Day('{self}')"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


BEGINNING = Day(-1_000_000_000)
"""Before every day that can be written; its text is `-infinity`, as in PostgreSQL."""

FOREVER = Day(1_000_000_000)
"""After every day that can be written; its text is `infinity`, as in PostgreSQL."""


def day_or(bound: object, default: Day) -> Day:
    """Return the bound of a date where it is a day; the default where it is open or unknown."""
    return bound if isinstance(bound, Day) else default


def days_in_month(year: int, month: int) -> int:
    """Return how many days a month (1 to 12) of a year has.

    >>> days_in_month(2024, 2), days_in_month(1900, 2), days_in_month(0, 2)
    (29, 28, 29)
    """
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTH_DAYS[month - 1] + (leap and month == 2)


def _iso(year: int, month: int, day: int) -> str:
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}-{month:02}-{day:02}"


def _why_not(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return f"month {month:02} does not exist, months are 01 to 12"
    return f"that month has days 01 to {days_in_month(year, month)}"
