"""The year that a register writes, with its era, of one count or of two, and what is dated by it."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from factledger.dates.historical.manner import Manner
from factledger.dates.historical.names import MONTH_NUMBERS
from factledger.dates.historical.points import Point, Unsaid
from factledger.errors import DateError

Match = re.Match[str]
ERA = r"(?P<era>b\.?\s?c\.?(?:\s?e\.?)?|a\.?\s?d\.?|c\.?\s?e\.?)?"
YEAR = (
    r"(?P<ad>a\.?\s?d\.?\s*|anno\s+(?:domini\s+)?|(?:in\s+)?the\s+year\s+|in\s+)?"
    r"(?P<y>-?[0-9]{1,4})(?:/(?P<y2>[0-9]{1,4}))?\s*" + ERA
)

# Beside a day or a month also "1712-3": a period of two of them would be written whole.
DATED_YEAR = YEAR.replace("(?:/(?P<y2>", "(?:(?:/|-(?=[0-9]{1,2}(?![0-9])))(?P<y2>")


def year_in(found: Match, manner: Manner) -> int:
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


def second_year(found: Match, year: int) -> int | None:
    """Return the other year of a dual one, `1476/7`."""
    digits = found["y2"]
    if digits is None:
        return None
    if (year + 1) % 10 ** len(digits) != int(digits):
        raise DateError(
            found[0], f"of two years in one, the second is the next: write {year}/{year + 1}"
        )
    return year + 1


def dated_in(found: Match, manner: Manner, read: Callable[[int, Manner], Point]) -> Point:
    """Return a point of a year that may be dual: in winter it is the later, else it is not known which."""
    year = year_in(found, manner)
    second = second_year(found, year)
    if second is None:
        return read(year, manner)
    plain = attrs.evolve(manner, year="1 January")
    month, day = month_in(found), int(found.groupdict().get("d") or 1)
    later = read(second, plain)
    reason = f"{found['y']}/{found['y2']} is {second} when the year begins on 1 January"
    if (month, day) < (3, 25):
        return attrs.evolve(later, reasons=(reason, *later.reasons))
    earlier = read(year, plain)
    reasons = ("a year that is counted in two ways", *later.reasons)
    text = f"[{earlier.text.strip('[]')},{later.text.strip('[]')}]"
    return Point(later.form, earlier.low, later.high, text, reasons)


def month_in(found: Match) -> int:
    """Return the number of the month that a match writes in words."""
    return MONTH_NUMBERS[found["m"].removesuffix("'s")]
