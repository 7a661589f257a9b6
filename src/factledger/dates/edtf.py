"""EDTF dates: from the text that a source gives to the first and last day that it can mean.

The profile is that of the Library of Congress specification (2019) and ISO 8601-2:

- level 0: days, months, years, intervals of them; no time of day;
- level 1: seasons, the qualifiers `?`, `~` and `%`, unspecified digits `X`, open and unknown
  ends of intervals, negative years; no years beyond -9999 to 9999 (`Y…`);
- level 2: sets `[…]` and `{…}`, `X` anywhere, qualifiers of single components, parts of a year
  21 to 41; no exponents (`E`) and no significant digits (`S`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from factledger.dates import seasons
from factledger.dates.dated import OPEN, Edtf, End, Kind, Precision
from factledger.dates.days import Day, days_in_month
from factledger.errors import DateError

_DATE = re.compile(
    r"[?~%]?(-?[0-9X]{4})[?~%]?(?:-[?~%]?([0-9X]{2})[?~%]?(?:-[?~%]?([0-9X]{2})[?~%]?)?)?"
)
LONGEST = 1000  # characters of a date: a set may list many, and what was read is remembered
_UP, _DOWN = "0123456789", "9876543210"


@lru_cache(maxsize=1 << 15)
def parse(text: str) -> Edtf:
    """Return the date, interval or set that a text of the profile names.

    Raises `OutsideProfile` for EDTF that the profile leaves out, `DateError` for anything else
    that is not a date, for a day that does not exist and for an end before its start.

    >>> parse("156X-12-25").latest
    Day('1569-12-25')
    """
    if len(text) > LONGEST:
        raise DateError(text, f"a date has at most {LONGEST:,} characters")
    if text[:1] in ("[", "{"):
        return _set(text)
    if "/" in text:
        return _interval(text)
    return _date(text, text)


@lru_cache(maxsize=1 << 15)
def parse_endpoint(text: str) -> Edtf:
    """Return one end of a state: a date, a set `[…]`, `..` (open) or an empty text (unknown).

    Of the last two the kind is `end` and both bounds are OPEN or UNKNOWN. Raises as `parse`
    does, and refuses intervals and sets `{…}`, which are not one end.

    >>> parse_endpoint("..").latest
    <End.OPEN: '..'>
    """
    if text in ("", ".."):
        return Edtf(text, End(text), End(text), False, "end")
    found = parse(text)
    if found.kind == "interval":
        reason = (
            f"an end is one date; write {str(found.start)!r} in 'since' and {str(found.end)!r} in "
            "'until', or a set such as [2021..2022] for one day of a window"
        )
        raise DateError(text, reason)
    if found.kind == "all-of":
        raise DateError(text, f"an end is one date; write [{text[1:-1]}] for one of several")
    return found


def _date(text: str, whole: str) -> Edtf:
    found = _DATE.fullmatch(text)
    if found is None or found[1] == "-0000":
        raise _refusal(whole)
    year, month, day = found.groups()
    if month in seasons.MONTHS:
        if day is not None:
            raise _no_such_day(whole, year, month, day)
        return _season(text, year, month)
    if day is not None and len(text) == len("YYYY-MM-DD") and "X" not in text:
        plain = _plain_day(int(year), int(month), int(day))
        if plain is None:
            raise _no_such_day(whole, year, month, day)
        return Edtf(text, plain, plain, False, "date", "day")
    earliest = _earliest(year, month or "XX", day or "XX")
    latest = _latest(year, month or "XX", day or "XX")
    if earliest is None or latest is None:
        raise _no_such_day(whole, year, month, day)
    precision: Precision = "day" if day else "month" if month else "year"
    return Edtf(text, earliest, latest, _qualified(text), "date", precision)


def _plain_day(year: int, month: int, day: int) -> Day | None:
    """Return the day of three numbers, as most dates are written; None where there is none."""
    there = 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)
    return Day.of(year, month, day) if there else None


def _season(text: str, year: str, code: str) -> Edtf:
    earliest = seasons.season_start(next(_years(year, _UP)), code)
    latest = seasons.season_end(next(_years(year, _DOWN)), code)
    return Edtf(text, earliest, latest, _qualified(text), "date", "season")


def _interval(text: str) -> Edtf:
    parts = text.split("/")
    if len(parts) != 2:
        raise _refusal(text)
    start, end = (End(part) if part in ("", "..") else _date(part, text) for part in parts)
    earliest = start if isinstance(start, End) else start.earliest
    latest = end if isinstance(end, End) else end.latest
    _check_order(text, earliest, latest)
    return Edtf(text, earliest, latest, _qualified(text), "interval", None, start, end)


def _set(text: str) -> Edtf:
    kind: Kind = "one-of" if text[0] == "[" else "all-of"
    if text[-1] != ("]" if kind == "one-of" else "}"):
        raise _refusal(text)
    members = text[1:-1].split(",")
    if len(members) == 1 and _DATE.fullmatch(members[0]) and _date(members[0], text):
        raise DateError(text, f"a set of one date is that date; write {members[0]}")
    bounds = [
        _member(member, text, first=at == 0, last=at == len(members) - 1)
        for at, member in enumerate(members)
    ]
    lows, highs = zip(*bounds, strict=True)
    earliest = OPEN if OPEN in lows else min(lows)
    latest = OPEN if OPEN in highs else max(highs)
    return Edtf(text, earliest, latest, _qualified(text), kind)


def _member(text: str, whole: str, *, first: bool, last: bool) -> tuple[Day | End, Day | End]:
    """Return the bounds of one member of a set: `a`, `a..b`, first `..b`, last `a..`."""
    low, dots, high = text.partition("..")
    if first and dots and not low:
        return OPEN, _date(high, whole).latest
    if last and dots and not high:
        return _date(low, whole).earliest, OPEN
    start = _date(low, whole)
    end = _date(high, whole) if dots else start
    if start.precision != end.precision:
        raise DateError(whole, f"both ends of {text} need the same precision, as in [2021..2022]")
    _check_order(whole, start.earliest, end.latest)
    return start.earliest, end.latest


def _check_order(text: str, earliest: Day | End, latest: Day | End) -> None:
    if isinstance(earliest, Day) and isinstance(latest, Day) and latest < earliest:
        raise DateError(text, f"it ends ({latest}) before it starts ({earliest}); swap the ends")


def _qualified(text: str) -> bool:
    return "?" in text or "~" in text or "%" in text


def _earliest(year: str, month: str, day: str) -> Day | None:
    months, days = _numbers(month, 12), _numbers(day, 31)
    return _first_existing(_years(year, _UP), months, days)


def _latest(year: str, month: str, day: str) -> Day | None:
    months, days = _numbers(month, 12)[::-1], _numbers(day, 31)[::-1]
    return _first_existing(_years(year, _DOWN), months, days)


def _first_existing(
    years: Iterable[int], months: tuple[int, ...], days: tuple[int, ...]
) -> Day | None:
    return next(
        (
            Day.of(year, month, day)
            for year in years
            for month in months
            for day in days
            if day <= days_in_month(year, month)
        ),
        None,
    )


def _years(pattern: str, digits: str) -> Iterator[int]:
    """Return the years that fit a pattern, upward or downward as the digits run."""
    if pattern[0] != "-":
        return _fitting(pattern, digits)
    return (-year for year in _fitting(pattern[1:], digits[::-1]) if year)


@lru_cache(maxsize=1 << 10)
def _numbers(pattern: str, most: int) -> tuple[int, ...]:
    """Return the numbers from 1 to `most`, both included, that fit a pattern, upward."""
    return tuple(number for number in _fitting(pattern, _UP) if 1 <= number <= most)


def _fitting(pattern: str, digits: str) -> Iterator[int]:
    choices = (digits if mark == "X" else mark for mark in pattern)
    return (int("".join(chosen)) for chosen in product(*choices))


# The advice is only read when a text is refused, so it is only loaded then.


def _refusal(text: str) -> DateError:
    from factledger.dates.advice import refusal

    return refusal(text)


def _no_such_day(whole: str, year: str, month: str, day: str | None) -> DateError:
    from factledger.dates.advice import no_such_day

    return DateError(whole, no_such_day(year, month, day))
