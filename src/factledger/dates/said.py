"""Dates as English sentences say them: `3 March 2024`, `autumn of 2019`, `2023` → EDTF."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factledger.dates.edtf import parse
from factledger.errors import DateError

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_MONTH = "|".join(_MONTHS)
_SAID = re.compile(
    rf"""\b(?:
      (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH}),?\s+(?P<year>\d{{4}})
    | (?P<us_month>{_MONTH})\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,\s+(?P<us_year>\d{{4}})
    | (?P<in_month>{_MONTH}),?\s+(?:of\s+)?(?P<month_year>\d{{4}})
    | (?P<season>{"|".join(_SEASONS)})\s+(?:of\s+)?(?P<season_year>\d{{4}})
    | (?P<plain>(?:1\d|20)\d\d)
    )\b(?![\d-])""",
    re.IGNORECASE | re.VERBOSE,
)


def dates_said(text: str) -> list[str]:
    """Return the dates that an English text says in full, as EDTF, in order, each once.

    A day without its year is none, nor is "last month". A number of four digits from 1000 to 2099 is
    read as a year.

    >>> dates_said("From January 2022 until 30 August 2024, and in the autumn of 2025")
    ['2022-01', '2024-08-30', '2025-23']
    """
    return list(dict.fromkeys(_read(text)))


def date_said(text: str) -> str | None:
    """Return the date that a whole text is in English, as EDTF, None where it is none or more.

    >>> date_said("September 20, 2024"), date_said("about May 2024")
    ('2024-09-20', None)
    """
    found = dates_said(text) if _SAID.fullmatch(text.strip()) else []
    return found[0] if found else None


def _read(text: str) -> Iterator[str]:
    for match in _SAID.finditer(text):
        found = _edtf({name: held for name, held in match.groupdict().items() if held})
        try:
            parse(found)
        except DateError:
            continue
        yield found


def _edtf(said: dict[str, str]) -> str:
    if "plain" in said:
        return said["plain"]
    if "season" in said:
        return f"{said['season_year']}-{_SEASONS[said['season'].casefold()]}"
    if "in_month" in said:
        return f"{said['month_year']}-{_number(said['in_month']):02}"
    day, month, year = (said.get(name) or said[f"us_{name}"] for name in ("day", "month", "year"))
    return f"{year}-{_number(month):02}-{int(day):02}"


def _number(month: str) -> int:
    return _MONTHS.index(month.casefold()) + 1
