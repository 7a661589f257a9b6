"""Points: a day, a month or some years as a register names them, as dates of the profile."""

from __future__ import annotations

import re

import attrs

from factledger.dates.days import Day
from factledger.dates.edtf import parse
from factledger.dates.historical.calendars import julian_day, julian_month_days
from factledger.dates.historical.manner import Manner
from factledger.errors import DateError

_REFORM = (1582, 10, 15)  # the first day that anybody counted by the Gregorian calendar


class Unsaid(Exception):
    """A text has two readings, and the manner does not say by `key` which is meant."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


@attrs.frozen
class Point:
    """Some day from `low` to `high`, both plain dates of the profile, written as `text`.

    `form` names how it was written; `reasons` say what was worked out, and `doubts` what a reader
    of the file should look at.
    """

    form: str
    low: str
    high: str
    text: str
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def written(year: int, month: int | None = None) -> str:
    """Return a year, or a month of it, as the profile writes it; year 0 is 1 BCE.

    >>> written(-43), written(1413, 9)
    ('-0043', '1413-09')
    """
    text = f"{'-' if year < 0 else ''}{abs(year):04}"
    return text if month is None else f"{text}-{month:02}"


def window_point(form: str, low: str, high: str, reasons: tuple[str, ...] = ()) -> Point:
    """Return the point of some day from one date to another, each of the same precision."""
    return Point(form, low, high, low if low == high else f"[{low}..{high}]", reasons)


def day_point(form: str, year: int, month: int, day: int, manner: Manner) -> Point:
    """Return the day that a register names, by the calendar and the years of the manner."""
    counted, turned = _counted(year, month, day, manner)
    found, converted = _day(counted, month, day, manner)
    return window_point(form, str(found), str(found), (*turned, *converted))


def month_point(form: str, year: int, month: int, manner: Manner) -> Point:
    """Return the month that a register names; of the Julian calendar the days that it has."""
    if not 1 <= month <= 12:
        raise DateError(f"{month}/{year}", f"there is no month {month}; months are 1 to 12")
    start = _year_start(year, manner)
    if start == (3, 25) and month == 3:
        return _march(form, year, manner)
    counted, turned = _counted(year, month, 1, manner)
    if not _is_julian(counted, month, 1, manner) and not _is_julian(counted, month, 28, manner):
        return window_point(form, written(counted, month), written(counted, month), turned)
    last = julian_month_days(counted, month)
    low, converted = _day(counted, month, 1, manner)
    high, _ = _day(counted, month, last, manner)
    return window_point(form, str(low), str(high), (*turned, *converted))


def _march(form: str, year: int, manner: Manner) -> Point:
    """Return the days of March in a year that begins on the 25th: its first week, and its last three."""
    ends = [day_point(form, year, 3, day, manner) for day in (25, 31, 1, 24)]
    first, last, next_first, next_last = (end.low for end in ends)
    text = f"[{first}..{last},{next_first}..{next_last}]"
    return Point(form, first, next_last, text, ends[2].reasons)


def year_point(form: str, year: int, manner: Manner) -> Point:
    """Return the year that a register names.

    A year that begins on 1 January is called the same in both calendars, and stays as it is.
    """
    month, day = _year_start(year, manner)
    if (month, day) == (1, 1):
        return window_point(form, written(year), written(year))
    first, _ = _day(year, month, day, manner)
    following, _ = _day(year + 1, month, day, manner)
    reason = f"the year {year} from {_START_NAMES[month, day]}"
    return window_point(form, str(first), str(Day(following - 1)), (reason,))


def years_point(form: str, first: int, last: int, reasons: tuple[str, ...] = ()) -> Point:
    """Return the point of some years, both included: those of a decade with an `X`."""
    point = window_point(form, written(first), written(last), reasons)
    if first > 0 and first % 10 == 0 and last == first + 9:
        return attrs.evolve(point, text=f"{written(first)[:-1]}X")
    return point


def days_point(form: str, low: Day, high: Day, reasons: tuple[str, ...] = ()) -> Point:
    """Return the point of some days, both included."""
    return window_point(form, str(low), str(high), reasons)


def read_day(form: str, year: int, month: int, day: int, manner: Manner) -> Point:
    """Return the day that figures name; `00` is a part that is not known.

    1 January is the whole year, where the manner says that it stands for one.
    """
    if month == 0 and day == 0:
        return year_point("year, with 00 for the rest", year, manner)
    if day == 0:
        return month_point("month, with 00 for the day", year, month, manner)
    if (month, day) == (1, 1) and manner.first_of_january == "year":
        point = year_point("year, written as its first day", year, manner)
        return attrs.evolve(point, reasons=(*point.reasons, "1 January stands for the year"))
    return day_point(form, year, month, day, manner)


def marked_point(point: Point, mark: str) -> Point:
    """Return a point with a mark (`?`, `~`) behind each of its dates; `%` where it has the other.

    >>> marked_point(window_point("years", "1413", "1417"), "~").text
    '[1413~..1417~]'
    """
    low, high, text = (_marked(date, mark) for date in (point.low, point.high, point.text))
    return attrs.evolve(point, low=low, high=high, text=text)


_SIMPLE = re.compile(r"(-?[0-9][0-9X]{3}(?:-[0-9X]{2}){0,2})([?~%]?)")


def _marked(text: str, mark: str) -> str:
    return _SIMPLE.sub(lambda c: c[1] + (mark if c[2] in ("", mark) else "%"), text)


def bounds(date: str) -> tuple[Day, Day]:
    """Return the first and the last day of a plain date."""
    found = parse(date)
    if not isinstance(found.earliest, Day) or not isinstance(found.latest, Day):
        raise DateError(date, "it has no first or no last day")
    return found.earliest, found.latest


# --- the count of the years, and the calendar

_START_NAMES = {(3, 25): "25 March", (3, 1): "1 March", (1, 1): "1 January"}
_STARTS = {name: start for start, name in _START_NAMES.items()}


def _year_start(year: int, manner: Manner) -> tuple[int, int]:
    """Return month and day on which a year began."""
    name, _, last = manner.year.partition(" until ")
    return _STARTS[name] if not last or year <= int(last) else (1, 1)


def _counted(year: int, month: int, day: int, manner: Manner) -> tuple[int, tuple[str, ...]]:
    """Return the year from 1 January in which a day of a year lies, and the reason where it differs."""
    start = _year_start(year, manner)
    if (month, day) >= start:
        return year, ()
    return year + 1, (f"the year {year} began on {_START_NAMES[start]}",)


def _day(year: int, month: int, day: int, manner: Manner) -> tuple[Day, tuple[str, ...]]:
    """Return a day, and the reason where it was converted."""
    if _is_julian(year, month, day, manner):
        return julian_day(year, month, day), ("a day of the Julian calendar",)
    found = Day.of(year, month, day)
    last = _last_julian(manner)
    if last is not None and found <= julian_day(*last):
        raise DateError(str(found), "the map's calendar left this day out when it changed")
    return found, ()


def _last_julian(manner: Manner) -> tuple[int, int, int] | None:
    name = (manner.calendar or "").partition(" until ")[2]
    if not name:
        return None
    year, month, day = map(int, name.split("-"))
    return year, month, day


def _is_julian(year: int, month: int, day: int, manner: Manner) -> bool:
    if manner.calendar is None:
        if (year, month, day) < _REFORM:
            raise Unsaid("calendar")
        return False
    last = _last_julian(manner)
    if last is not None:
        return (year, month, day) <= last
    return manner.calendar == "julian"


def next_to(date: str, step: int) -> str:
    """Return the day, month or year before a plain date (-1), or after it (1), with its mark."""
    plain, mark = (date[:-1], date[-1]) if date[-1] in "?~%" else (date, "")
    first, last = bounds(plain)
    day = Day(last + 1 if step > 0 else first - 1)
    parts = str(day).count("-") - plain.count("-") - (day.year < 0) + plain.startswith("-")
    return str(day).rsplit("-", parts)[0] + mark


def read_made(date: str, manner: Manner) -> Point | None:
    """Return the point of a date that a map has made of columns or by a format, None for another text.

    Its parts are known, so that no figures are taken for others; the calendar is that of the manner.
    """
    found = re.fullmatch(r"(-?[0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", date)
    if found is None:
        return None
    if found[1].startswith("-") and manner.bce is None:
        raise Unsaid("bce")
    count = 1 if found[1].startswith("-") and manner.bce == "historical" else 0
    return read_day("parts", int(found[1]) + count, int(found[2] or 0), int(found[3] or 0), manner)
