"""How wide an approximate date is meant: "10 years" to either side of what it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from factledger.dates.dated import Edtf
from factledger.dates.days import Day, days_in_month
from factledger.dates.edtf import LONGEST, parse, parse_endpoint
from factledger.errors import DateError

DECLARED_WIDTH = re.compile(r"([1-9][0-9]{0,3}) (day|month|year)s?")
WIDTH_FORM = "a width such as '10 years', '6 months' or '5 days'"
_FIRST, _LAST = Day.of(-9999, 1, 1), Day.of(9999, 12, 31)  # what a date can be written with
_FINER = ("year", "month", "day")
_MONTHS = {"month": 1, "year": 12}
_QUALIFIER = r"[?~%]"


@lru_cache(maxsize=1 << 12)
def windowed(date: Edtf, width: str | None) -> Edtf:
    """Return a qualified date as the window that reaches a width beyond it on both sides.

    A date with `?`, `~` or `%` anywhere, whatever the part it qualifies, becomes the set `[a..b]`,
    which is not qualified: from its first day less the width to its last day and the width. It is
    written as fine as the finer of date and width: a year by years in years, a month or a season
    by months or years in months, all else in days. A day that a month lacks becomes its last. Of a
    set `[…]` each qualified member becomes a window, and the others stay; `..` in it stays open.
    What has no qualifier, no width, or no single day to widen comes back as it is: `..`, the empty
    end, a set `{…}`, and an interval, in which EDTF cannot write a window.

    >>> windowed(parse("1630~"), "10 years"), windowed(parse("1630-02?"), "1 month")
    (Edtf('[1620..1640]'), Edtf('[1630-01..1630-03]'))
    >>> windowed(parse("1630-24~"), "2 days"), windowed(parse("[1630~,1650]"), "1 year")
    (Edtf('[1630-11-29..1631-03-02]'), Edtf('[1629..1631,1650]'))
    """
    if width is None or not date.qualified or date.kind not in ("date", "one-of"):
        return date
    count, unit = _width_of(width)
    members = date.text[1:-1].split(",") if date.kind == "one-of" else [date.text]
    text = ",".join(_widened(member, count, unit) for member in members)
    if len(text) > LONGEST - 2:  # of a set so long, the one window of all
        low, high = _moved(date.earliest, -count, unit, 2), _moved(date.latest, count, unit, 2)
        text = f"{low}..{high}"
    return parse(f"[{text}]")


def with_windows(
    told: Mapping[str, Any], fields: Iterable[str], width: str, whose: str
) -> dict[str, Any]:
    """Return what is told with the approximate dates among its fields as windows, as `inferred` says.

    `whose` word it is that they are so wide; what cannot be read is left to the checks.

    >>> with_windows({"when": "1630~"}, ["when"], "10 years", "the draft")["when"]
    '[1620..1640]'
    """
    found, held = dict(told), told.get("inferred", [])
    inferred = list(held) if isinstance(held, list) else [held]
    for field in fields:
        text = told.get(field)
        if isinstance(text, str) and (window := _window_of(text, width)) != text:
            reason = f"{whose} reads an approximate date as within {width}"
            inferred.append({"field": field, "reason": reason, "as_said": text})
            found |= {field: window, "inferred": inferred}
    return found


def _window_of(text: str, width: str) -> str:
    try:
        return windowed(parse_endpoint(text), width).text
    except DateError:  # an interval too, which has no windows
        return text


def _width_of(width: str) -> tuple[int, str]:
    found = DECLARED_WIDTH.fullmatch(width)
    if found is None:
        raise ValueError(f"wanted {WIDTH_FORM}, found {width!r}")
    return int(found[1]), found[2]


def _widened(member: str, count: int, unit: str) -> str:
    """Return one member of a set, `a` or `a..b`, as the window that it becomes."""
    if not re.search(_QUALIFIER, member):
        return member
    low, dots, high = member.partition("..")
    one, other = parse_endpoint(low), parse_endpoint(high if dots else low)
    written = max(map(_FINER.index, (unit, *map(_precision, (one, other)))))
    ends = (one.earliest, -count), (other.latest, count)
    return "..".join(_moved(bound, by, unit, written) for bound, by in ends)


def _precision(date: Edtf) -> str:
    found = date.precision or "year"
    return "month" if found == "season" else found


def _moved(bound: object, count: int, unit: str, written: int) -> str:
    """Return the text of a bound moved by so many units, as fine as `written`; none for an open one."""
    if not isinstance(bound, Day):
        return ""
    moved = Day(bound + count) if unit == "day" else _month_moved(bound, count * _MONTHS[unit])
    return str(min(max(moved, _FIRST), _LAST)).rsplit("-", 2 - written)[0]


def _month_moved(day: Day, months: int) -> Day:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return Day.of(year, month + 1, min(day.day, days_in_month(year, month + 1)))
