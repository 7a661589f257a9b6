"""Ends that are not included: from the first day on which something held no more to its last day."""

from __future__ import annotations

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.dates.edtf import parse, parse_endpoint
from factledger.errors import DateError

_FIRST = Day.of(-9999, 1, 1)
_WANTED = "an end that is not included is a day, a month, a season or a year"


def last_before(date: Edtf | str) -> Edtf:
    """Return the last day of what held up to a date, that date not included.

    Of a month, a season or a year it is the day before its first; a qualifier stays. The open end
    and the unknown one come back as they are. Raises `DateError` for digits not known, sets and
    intervals, which leave it open where the date begins.

    >>> last_before("2001-09-30"), last_before("2001-09"), last_before("2001~")
    (Edtf('2001-09-29'), Edtf('2001-08-31'), Edtf('2000-12-31~'))
    """
    date = parse_endpoint(str(date))
    if date.kind == "end":
        return date
    if date.kind != "date" or "X" in date.text:
        raise DateError(date.text, f"{_WANTED}; write in 'until' the last day that is included")
    return parse(_day_before(date, date.earliest))


def eve_of(date: Edtf) -> Edtf:
    """Return the day before one that a date names: a window, where the date is one.

    It is when something ended that lasted until the other began. Raises `DateError` for a date
    that names no day.

    >>> eve_of(parse("2001-09-30")), eve_of(parse("2001-09"))
    (Edtf('2001-09-29'), Edtf('[2001-08-31..2001-09-29]'))
    """
    if date.kind == "end" or date.kind == "all-of":
        raise DateError(date.text, "it names no day on which the next can have begun")
    low, high = (_day_before(date, bound) for bound in (date.earliest, date.latest))
    return parse(low if low == high else f"[{low}..{high}]")


def _day_before(date: Edtf, bound: object) -> str:
    if not isinstance(bound, Day):
        return ""
    if bound <= _FIRST:
        raise DateError(date.text, "years run from -9999 to 9999, and the day before is earlier")
    return f"{Day(bound - 1)}{_qualifier(date)}"


def _qualifier(date: Edtf) -> str:
    found = set(date.text) & set("?~%")
    return "%" if len(found) > 1 else "".join(found)
