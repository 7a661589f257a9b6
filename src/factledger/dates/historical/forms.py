"""Forms: the ways in which a register writes one point, each a pattern with what it means."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from factledger.dates.days import Day
from factledger.dates.edtf import parse
from factledger.dates.historical.calendars import easter
from factledger.dates.historical.manner import Manner
from factledger.dates.historical.names import (
    FEASTS,
    FEASTS_OF_EASTER,
    MONTH_NUMBERS,
    SEASON_CODES,
    WEEKDAY_NUMBERS,
    any_of,
)
from factledger.dates.historical.points import (
    Point,
    Unsaid,
    bounds,
    day_point,
    days_point,
    month_point,
    read_day,
    window_point,
    written,
    year_point,
    years_point,
)
from factledger.errors import DateError

_Match = re.Match[str]
_Reader = Callable[[_Match, Manner], Point]

_ERA = r"(?P<era>b\.?\s?c\.?(?:\s?e\.?)?|a\.?\s?d\.?|c\.?\s?e\.?)?"
_YEAR = (
    r"(?P<ad>a\.?\s?d\.?\s*|anno\s+(?:domini\s+)?|(?:in\s+)?the\s+year\s+|in\s+)?"
    r"(?P<y>-?[0-9]{1,4})(?:/(?P<y2>[0-9]{1,4}))?\s*" + _ERA
)
_MONTH = rf"(?P<m>{any_of(MONTH_NUMBERS)})\.?"
_DAY = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
_COMMA = r"(?:\s*[,.]\s*|\s+|-)"
_PART = r"(?P<part>early|mid|late|beginning|end|middle)(?:[-\s]+(?:of\s+)?(?:the\s+)?)"
_NTH = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}  # fmt: skip


def point_of(text: str, manner: Manner) -> Point | None:
    """Return the point that a text names, None where it has the form of none.

    The text is in lower case, with single spaces. Raises `DateError` for a day that there is not,
    and `Unsaid` where the manner leaves two readings.
    """
    for pattern, reader in _FORMS:
        if found := pattern.fullmatch(text):
            return reader(found, manner)
    return None


# --- years


def _year(found: _Match, manner: Manner) -> int:
    """Return the year that a match writes, as it is counted with a year 0."""
    digits, era = found["y"], (found["era"] or "").replace(".", "").replace(" ", "")
    number = int(digits)
    if era.startswith("b"):
        if number <= 0:
            raise DateError(found[0], "it has a sign, or year 0, beside BC; leave one out")
        return 1 - number
    if number < 0:
        if manner.bce is None:
            raise Unsaid("bce")
        return number + 1 if manner.bce == "historical" else number
    if len(digits) <= 2 and not era and not found["ad"]:
        if manner.century is None:
            raise Unsaid("century")
        return number if manner.century == "none" else number + int(manner.century)
    return number


def _second_year(found: _Match, year: int) -> int | None:
    """Return the other year of a dual one, `1476/7`."""
    digits = found["y2"]
    if digits is None:
        return None
    if (year + 1) % 10 ** len(digits) != int(digits):
        raise DateError(
            found[0], f"of two years in one, the second is the next: write {year}/{year + 1}"
        )
    return year + 1


def _read_year(found: _Match, manner: Manner) -> Point:
    year = _year(found, manner)
    second = _second_year(found, year)
    if second is None:
        return year_point("year", year, manner)
    return years_point("two years in one", year, second, ("a year that is counted in two ways",))


def _dated(found: _Match, manner: Manner, read: Callable[[int, Manner], Point]) -> Point:
    """Return a point of a year that may be dual: in winter it is the later, else it is not known which."""
    year = _year(found, manner)
    second = _second_year(found, year)
    if second is None:
        return read(year, manner)
    plain = attrs.evolve(manner, year="1 January")
    month, day = _month(found), int(found.groupdict().get("d") or 1)
    later = read(second, plain)
    reason = f"{found['y']}/{found['y2']} is {second} when the year begins on 1 January"
    if (month, day) < (3, 25):
        return attrs.evolve(later, reasons=(reason, *later.reasons))
    earlier = read(year, plain)
    reasons = ("a year that is counted in two ways", *later.reasons)
    text = f"[{earlier.text.strip('[]')},{later.text.strip('[]')}]"
    return Point(later.form, earlier.low, later.high, text, reasons)


def _month(found: _Match) -> int:
    return MONTH_NUMBERS[found["m"].removesuffix("'s")]


def _read_worded_day(found: _Match, manner: Manner) -> Point:
    return _dated(
        found,
        manner,
        lambda year, of: day_point("day, month in words", year, _month(found), int(found["d"]), of),
    )


def _read_worded_month(found: _Match, manner: Manner) -> Point:
    return _dated(
        found, manner, lambda year, of: month_point("month in words", year, _month(found), of)
    )


# --- figures


def _read_figures(found: _Match, manner: Manner) -> Point:
    """Return the day of `16/08/1453`: in the order that the figures leave, or that the manner says."""
    one, other = int(found["a"]), int(found["b"])
    year = _year(found, manner)
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


def _read_iso(found: _Match, manner: Manner) -> Point:
    year = _year(found, manner)
    return read_day("day, year first", year, int(found["m"]), int(found["d"]), manner)


def _read_iso_month(found: _Match, manner: Manner) -> Point:
    year, month = _year(found, manner), int(found["m"])
    if month == 0:
        return year_point("year, with 00 for the rest", year, manner)
    if month > 12:
        part = parse(f"{written(year)}-{month}")  # a part of the year, where it is from 21 to 41
        low, high = bounds(part.text)
        return Point("part of a year", str(low), str(high), part.text)
    return month_point("month in figures", year, month, manner)


def _read_week(found: _Match, manner: Manner) -> Point:
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


# --- many years


def _read_decade(found: _Match, manner: Manner) -> Point:
    year = _year(found, manner)
    if found["era"] and found["era"].startswith("b"):
        return years_point("decade", year - 9, year)
    if year % 100:
        return years_point("decade", year, year + 9)
    if manner.hundreds is None:
        raise Unsaid("hundreds")
    if manner.hundreds == "decade":
        return years_point("decade", year, year + 9)
    return Point("hundreds", written(year), written(year + 99), f"{written(year)[:2]}XX")


def _read_century(found: _Match, manner: Manner) -> Point:
    del manner
    number = int(found["c"])
    if not 1 <= number <= 99:
        raise DateError(found[0], "centuries are counted from the 1st")
    before = bool(found["era"]) and found["era"].startswith("b")
    first = 1 - 100 * number if before else 100 * number - 99
    low, high = _share(found, first, first + 99)
    reason = (
        f"the {found['c']}{found['th']} century has the years {_era(first)} to {_era(first + 99)}"
    )
    return years_point("century", low, high, (reason,))


def _share(found: _Match, first: int, last: int) -> tuple[int, int]:
    """Return the years of a half, a third or a quarter of a century."""
    if found["nth"] is None:
        return first, last
    parts = {"half": 2, "third": 3, "quarter": 4}[found["share"]]
    place = _NTH[found["nth"]] % parts if found["nth"] == "last" else _NTH[found["nth"]]
    if place >= parts:
        raise DateError(found[0], f"a century has {parts} of these")
    size = last + 1 - first
    return first + -(-size * place // parts), first + -(-size * (place + 1) // parts) - 1


def _era(year: int) -> str:
    return f"{1 - year} BCE" if year <= 0 else str(year)


# --- parts of a year, and feasts


def _read_season(found: _Match, manner: Manner) -> Point:
    year = _year(found, manner)
    second = _second_year(found, year)
    name = found["season"]
    if second is not None and name != "winter":
        raise DateError(found[0], f"only a winter lies in two years; write {name} {year}")
    return _part_of(year, SEASON_CODES[name], "season")


def _read_quarter(found: _Match, manner: Manner) -> Point:
    number = int(found["q"]) if found["q"] else _NTH[found["nth"]] % 4 + 1
    return _part_of(_year(found, manner), str(32 + number), "quarter")


def _part_of(year: int, code: str, form: str) -> Point:
    text = f"{written(year)}-{code}"
    low, high = bounds(text)
    return Point(form, str(low), str(high), text)


def _read_loose(found: _Match, manner: Manner) -> Point:
    """Return the whole of what a word such as "late" names a part of: nobody has said how large a part."""
    whole = point_of(found["whole"], manner)
    if whole is None:
        raise DateError(found[0], f"{found['whole']!r} is no year, decade or century")
    told = f"{found['part']} is no fixed part, so it is read as the whole"
    return attrs.evolve(
        whole, form=f"early, mid or late: {whole.form}", reasons=(*whole.reasons, told)
    )


_BESIDE = {"eve": -1, "vigil": -1, "morrow": 1, "octave": 7, None: 0}


def _read_feast(found: _Match, manner: Manner) -> Point:
    year, name = _year(found, manner), found["feast"].removesuffix("'s").replace("st. ", "st ")
    if found["y2"] is not None:
        raise DateError(found[0], "give the one year in which the feast was")
    if name in FEASTS:
        point = day_point("feast", year, *FEASTS[name], manner)
        day = bounds(point.low)[0]
    else:
        day, point = _movable(found, year, name, manner)
    day = _beside(found, Day(day + _BESIDE[found["beside"]]))
    return days_point("feast", day, day, (f"by its feast, {name.title()} {year}", *point.reasons))


def _movable(found: _Match, year: int, name: str, manner: Manner) -> tuple[Day, Point]:
    """Return a feast that moves with Easter, in the calendar in which the register counts days."""
    del found
    plain = attrs.evolve(manner, year="1 January")
    point = day_point("feast", year, *easter(year, julian=True), plain)
    if not point.reasons:  # Gregorian
        point = day_point("feast", year, *easter(year, julian=False), plain)
    return Day(bounds(point.low)[0] + FEASTS_OF_EASTER[name]), point


def _beside(found: _Match, day: Day) -> Day:
    """Return the day of the week before or after a feast that a register names."""
    if found["weekday"] is None:
        return day
    wanted, is_of = WEEKDAY_NUMBERS[found["weekday"]], (day - 1) % 7
    if "after" in found["side"]:
        return Day(day + ((wanted - is_of - 1) % 7 + 1))
    return Day(day - ((is_of - wanted - 1) % 7 + 1))


def _window_of_days(found: _Match, manner: Manner) -> Point:
    day = read_day("day, year first", int(found["y"]), int(found["m"]), int(found["d"]), manner)
    return window_point("day, eight figures", day.low, day.high, day.reasons)


_FEAST = (
    rf"(?:(?P<weekday>{any_of(WEEKDAY_NUMBERS)}) (?P<side>(?:next )?(?:after|before)) )?"
    r"(?:(?:the )?(?P<beside>eve|vigil|morrow|octave) of )?(?:the )?(?:feast of )?(?:the )?"
    rf"(?P<feast>{any_of([*FEASTS, *FEASTS_OF_EASTER])})(?: day)?(?:,| in| of)? {_YEAR}"
)
_SHARE = rf"(?:(?:the )?(?P<nth>{'|'.join(_NTH)}) (?P<share>half|third|quarter) of (?:the )?)?"
_DECADE = r"(?:the )?(?P<ad>)(?P<y>[0-9]{2,3}0)'?s ?" + _ERA

_FORMS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"{_DAY}(?: day)?{_COMMA}(?:of )?{_MONTH}{_COMMA}{_YEAR}", _read_worded_day),
        (rf"{_MONTH}\s?{_DAY}{_COMMA}{_YEAR}", _read_worded_day),
        (rf"{_YEAR}{_COMMA}{_MONTH}{_COMMA}{_DAY}", _read_worded_day),
        (rf"{_MONTH}{_COMMA}(?:of )?{_YEAR}", _read_worded_month),
        (rf"{_YEAR}{_COMMA}{_MONTH}", _read_worded_month),
        (r"(?P<ad>)(?P<y>-?[0-9]{3,4})(?P<era>)([-/.])(?P<m>[0-9]{1,2})\4(?P<d>[0-9]{1,2})", _read_iso),
        (r"(?P<a>[0-9]{1,2})([-/.])(?P<b>[0-9]{1,2})\2(?P<ad>)(?P<y>-?[0-9]{1,4}) ?" + _ERA, _read_figures),
        (r"(?P<y>[12][0-9]{3})(?P<m>[0-9]{2})(?P<d>[0-9]{2})", _window_of_days),
        (r"(?P<m>[0-9]{1,2})[-/.](?P<ad>)(?P<y>[0-9]{4})(?P<era>)", _read_iso_month),
        (r"(?P<ad>)(?P<y>-?[0-9]{4})(?P<era>)[-./](?P<m>[0-9]{1,2})", _read_iso_month),
        (r"(?P<y>[0-9]{4})-?w(?P<w>[0-9]{2})(?:-?(?P<d>[0-9]))?", _read_week),
        (_YEAR, _read_year),
        (_DECADE, _read_decade),
        (rf"{_SHARE}(?:the )?(?P<c>[0-9]{{1,2}})(?P<th>st|nd|rd|th) ?(?:c\.?|cent\.?|century) ?{_ERA}", _read_century),
        (rf"(?P<season>{'|'.join(SEASON_CODES)})(?:,| of| in)? {_YEAR}", _read_season),
        (rf"(?:q(?P<q>[1-4])|(?:the )?(?P<nth>{'|'.join(_NTH)}) quarter(?: of)?) ?{_YEAR}", _read_quarter),
        (r"(?P<ad>)(?P<y>[0-9]{4})(?P<era>)(?P<y2>)[- ]?q(?P<q>[1-4])(?P<nth>)", _read_quarter),
        (_FEAST, _read_feast),
        (rf"{_PART}(?P<whole>.+)", _read_loose),
    )
]  # fmt: skip
