"""Query dates: the dates that a command line takes, a closed grammar without guessing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import cast

from factledger.dates.days import Day, days_in_month
from factledger.dates.edtf import parse
from factledger.errors import DateError

_DATE = r"-?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_QUARTER = r"(-?[0-9]{4})-Q([1-4])"
_AGO = r"([0-9]{1,4}) (day|week|month|year)s? ago"
_FIRST_QUARTER = 33
_SEEN = 100  # characters of a text that are looked at for what was meant
_EXAMPLES = (
    "write 2023-04-01, 2023-04, 2023, 2023-Q2, today, yesterday or '3 months ago' "
    "(days, weeks, months, years)"
)


def parse_query(text: str, today: Callable[[], date]) -> tuple[Day, str | None]:
    """Return the day that a query asks about, and how it was reached if the text is coarser.

    A month, quarter or year means its last day, and the second item says so. Months and years
    ago keep the day of the month, or take the last one of a shorter month. `today` is called
    only for texts that depend on it. Raises `DateError` for anything else.

    >>> parse_query("2023-04", date.today)
    (Day('2023-04-30'), 'end of 2023-04')
    >>> parse_query("1 month ago", lambda: date(2023, 3, 31))
    (Day('2023-02-28'), None)
    """
    if re.fullmatch(_DATE, text):
        return _last_day(text, text)
    if quarter := re.fullmatch(_QUARTER, text):
        return _last_day(f"{quarter[1]}-{_FIRST_QUARTER + int(quarter[2]) - 1}", text)
    if text == "today":
        return Day.from_date(today()), None
    if text == "yesterday":
        return _ago(Day.from_date(today()), 1, "day"), None
    if ago := re.fullmatch(_AGO, text):
        return _ago(Day.from_date(today()), int(ago[1]), ago[2]), None
    raise DateError(text, _advice(text))


def _advice(text: str) -> str:
    from factledger.dates.said import date_said  # only an error needs it

    meant = date_said(text[:_SEEN])
    return f"write {meant}" if meant and re.fullmatch(_DATE, meant) else _EXAMPLES


def parse_ends(text: str) -> tuple[str, str]:
    """Return both ends of `A..B`; a text without dots is both.

    Raises `DateError` where an end is missing.

    >>> parse_ends("2022..2023"), parse_ends("2022")
    (('2022', '2023'), ('2022', '2022'))
    """
    first, dots, last = text.partition("..")
    if not dots:
        return text, text
    if not (first and last):
        raise DateError(text, "write both, as in A..B", "lacks an end:")
    return first, last


def first_day(text: str, today: Callable[[], date]) -> Day:
    """Return the day with which a query date begins: of a month, quarter or year its first.

    Raises `DateError` as `parse_query` does.

    >>> first_day("2023-Q2", date.today), first_day("2023", date.today)
    (Day('2023-04-01'), Day('2023-01-01'))
    """
    last, coarse = parse_query(text, today)
    if coarse is None:
        return last
    months = 3 if re.fullmatch(_QUARTER, text) else 1 if text.count("-", 1) else 12
    return Day.of(last.year, last.month - months + 1, 1)


def _last_day(edtf: str, text: str) -> tuple[Day, str | None]:
    found = parse(edtf)
    last = cast(Day, found.latest)  # only intervals and sets have ends without a date
    return last, None if found.precision == "day" else f"end of {text}"


def _ago(today: Day, count: int, unit: str) -> Day:
    if unit in ("day", "week"):
        return Day(today - count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return Day.of(year, month, min(today.day, days_in_month(year, month)))
