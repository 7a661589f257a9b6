"""Two numbers that are one year, two, or a year and its month: `1936-39`, `1476/7`."""

from __future__ import annotations

import re

from factledger.dates.historical.manner import Manner
from factledger.dates.historical.phrase import Phrase
from factledger.dates.historical.points import Unsaid, window_point, written
from factledger.errors import DateError

_PAIR = re.compile(
    r"(?P<y>[0-9]{4})(?P<sign>[-/])(?P<n>[0-9]{1,2})|(?P<one>[0-9]{3,4})/(?P<two>[0-9]{3,4})"
)


def year_pair(text: str, manner: Manner) -> Phrase | None:
    """Return the years of `1936-39` and `1476/7`; None where it is a month, or no such pair."""
    found = _PAIR.fullmatch(text)
    if found is None:
        return None
    if found["one"]:
        return _two_years(text, int(found["one"]), int(found["two"]))
    if int(found["n"]) == 0 and found["sign"] == "-":
        return None
    sign, year, digits = found["sign"], int(found["y"]), found["n"]
    last = year - year % 10 ** len(digits) + int(digits)
    dual = (year + 1) % 10 ** len(digits) == int(digits)
    as_years = last > year or (sign == "/" and dual)
    as_month = 1 <= int(digits) <= 12 and not (sign == "/" and dual and len(digits) == 1)
    said = manner.hyphen if sign == "-" else manner.slash
    if said is None and as_years and as_month:
        raise Unsaid("hyphen" if sign == "-" else "slash")
    if said == "month" or not as_years:
        return None
    if sign == "/" and dual:
        return _dual(year)
    return _years(text, year, last, said)


def _dual(year: int) -> Phrase:
    low, high = written(year), written(year + 1)
    return Phrase.at(
        window_point("two years in one", low, high, ("a year that is counted in two ways",))
    )


def _two_years(text: str, one: int, two: int) -> Phrase:
    """Return the years of `1413/1417`, or the one year of `1476/1477`."""
    if two <= one:
        raise DateError(text, f"the year {two} is not after {one}; swap them")
    if two == one + 1:
        return _dual(one)
    first, second = (window_point("year", written(y), written(y)) for y in (one, two))
    return Phrase("period", first, second, period=True)


def _years(text: str, year: int, last: int, said: str | None) -> Phrase:
    doubt = f"{text!r} is read as the years {year} to {last}"
    first, second = (window_point("year", written(y), written(y)) for y in (year, last))
    return Phrase("years, the last cut short", first, second, True, () if said else (doubt,))
