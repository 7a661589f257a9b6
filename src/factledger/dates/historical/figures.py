"""Days, months and weeks that a register writes in figures alone."""

from __future__ import annotations

import attrs

from factledger.dates.days import Day
from factledger.dates.edtf import parse
from factledger.dates.historical.manner import Manner
from factledger.dates.historical.points import (
    Point,
    Unsaid,
    bounds,
    days_point,
    month_point,
    read_day,
    window_point,
    written,
    year_point,
)
from factledger.dates.historical.years import Match, year_in
from factledger.errors import DateError


def read_figures(found: Match, manner: Manner) -> Point:
    """Return the day of `16/08/1453`: in the order that the figures leave, or that the manner says."""
    one, other = int(found["a"]), int(found["b"])
    year = year_in(found, manner)
    order = manner.order
    if one > 12 or other > 12 or one == other:
        able = "month-day" if other > 12 else "day-month"
        if one != other and order not in (None, able):
            raise DateError(
                found[0], f"it has no month {max(one, other)}, and the map says {order}"
            )
        return _ordered(able, year, one, other, manner)
    if order is None:
        raise Unsaid("order")
    point = _ordered(order, year, one, other, manner)
    return attrs.evolve(
        point, reasons=(f"{order.replace('-', ' before ')}, as the map says", *point.reasons)
    )


def _ordered(order: str, year: int, one: int, other: int, manner: Manner) -> Point:
    day, month = (one, other) if order == "day-month" else (other, one)
    return read_day("day in figures", year, month, day, manner)


def read_iso(found: Match, manner: Manner) -> Point:
    """Return the day of `1453-05-29`."""
    year = year_in(found, manner)
    return read_day("day, year first", year, int(found["m"]), int(found["d"]), manner)


def read_iso_month(found: Match, manner: Manner) -> Point:
    """Return the month of `1453-05`, or the part of a year that its number means."""
    year, month = year_in(found, manner), int(found["m"])
    if month == 0:
        return year_point("year, with 00 for the rest", year, manner)
    if month > 12:
        part = parse(f"{written(year)}-{month}")  # a part of the year, where it is from 21 to 41
        low, high = bounds(part.text)
        return Point("part of a year", str(low), str(high), part.text)
    return month_point("month in figures", year, month, manner)


def read_week(found: Match, manner: Manner) -> Point:
    """Return the week of `2020-W05`, or a day of it."""
    del manner  # the weeks of ISO 8601 are Gregorian
    year, week, day = int(found["y"]), int(found["w"]), found["d"]
    january = Day.of(year, 1, 4)
    monday = Day(january - (january - 1) % 7 + 7 * (week - 1))
    if not 1 <= week <= 53 or Day(monday + 3).year != year:
        raise DateError(found[0], f"the year {year} has no week {week}")
    if day is None:
        return days_point("week", monday, Day(monday + 6), ("a week, from Monday to Sunday",))
    if not 1 <= int(day) <= 7:
        raise DateError(found[0], "days of a week are 1 (Monday) to 7 (Sunday)")
    found_day = Day(monday + int(day) - 1)
    return days_point("day of a week", found_day, found_day)


def read_eight_figures(found: Match, manner: Manner) -> Point:
    """Return the day of `14530529`."""
    day = read_day("day, year first", int(found["y"]), int(found["m"]), int(found["d"]), manner)
    return window_point("day, eight figures", day.low, day.high, day.reasons)
