"""The Julian calendar, and Easter: from days as they were counted to days of the Gregorian one."""

from __future__ import annotations

from factledger.dates.days import Day, days_in_month
from factledger.errors import DateError

_EPOCH = 1_721_425  # the Julian day number before the first day of the year 1


def julian_day(year: int, month: int, day: int) -> Day:
    """Return the day that the Julian calendar calls so; year 0 is 1 BCE. `DateError` if there is none.

    >>> julian_day(1453, 5, 29), julian_day(1900, 2, 29)
    (Day('1453-06-07'), Day('1900-03-13'))
    """
    if not 1 <= month <= 12:
        raise DateError(f"{day}/{month}/{year}", f"there is no month {month}; months are 1 to 12")
    if not 1 <= day <= julian_month_days(year, month):
        told = f"that month of the Julian calendar has {julian_month_days(year, month)} days"
        raise DateError(f"{day}/{month}/{year}", told)
    before = (14 - month) // 12  # January and February are the last months of a year from March
    years, months = year + 4800 - before, month + 12 * before - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32_083
    return Day(number - _EPOCH)


def julian_month_days(year: int, month: int) -> int:
    """Return how many days a month has in the Julian calendar: each fourth year is a leap year."""
    return 29 if month == 2 and year % 4 == 0 else days_in_month(1, month)


def easter(year: int, *, julian: bool) -> tuple[int, int]:
    """Return month and day of Easter Sunday, in the calendar by which it is reckoned.

    >>> easter(1413, julian=True), easter(2024, julian=False)
    ((4, 23), (3, 31))
    """
    golden, moved = year % 19, 15
    weekdays = 34 + 2 * (year % 4) + 4 * (year % 7)
    if not julian:
        century, rest = divmod(year, 100)
        moved = century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
        weekdays = 32 + 2 * (century % 4) + 2 * (rest // 4) - rest % 4
    full = (19 * golden + moved) % 30  # days from 21 March to the full moon
    past = full + (weekdays - full) % 7
    late = 0 if julian else (golden + 11 * full + 22 * ((weekdays - full) % 7)) // 451
    return (past - 7 * late + 114) // 31, (past - 7 * late + 114) % 31 + 1
