"""Times with a name of their own: decades, centuries, seasons, quarters, feasts."""

from __future__ import annotations

import attrs

from factledger.dates.days import Day
from factledger.dates.historical.calendars import easter
from factledger.dates.historical.manner import Manner
from factledger.dates.historical.names import (
    FEASTS,
    FEASTS_OF_EASTER,
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
    written,
    years_point,
)
from factledger.dates.historical.years import ERA, YEAR, Match, second_year, year_in
from factledger.errors import DateError

NTH = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}  # fmt: skip
SHARE = rf"(?:(?:the )?(?P<nth>{'|'.join(NTH)}) (?P<share>half|third|quarter) of (?:the )?)?"
DECADE = r"(?:the )?(?P<ad>)(?P<y>[0-9]{2,3}0)'?s ?" + ERA
_BESIDE = {"eve": -1, "vigil": -1, "morrow": 1, "octave": 7, None: 0}
FEAST = (
    rf"(?:(?P<weekday>{any_of(WEEKDAY_NUMBERS)}) (?P<side>(?:next )?(?:after|before)) )?"
    r"(?:(?:the )?(?P<beside>eve|vigil|morrow|octave) of )?(?:the )?(?:feast of )?(?:the )?"
    rf"(?P<feast>{any_of([*FEASTS, *FEASTS_OF_EASTER])})(?: day)?(?:,| in| of)? {YEAR}"
)


def read_decade(found: Match, manner: Manner) -> Point:
    """Return a decade, or the hundred years that `1400s` may be."""
    year = year_in(found, manner)
    if found["era"] and found["era"].startswith("b"):
        return years_point("decade", year - 9, year)
    if year % 100:
        return years_point("decade", year, year + 9)
    if manner.hundreds is None:
        raise Unsaid("hundreds")
    if manner.hundreds == "decade":
        return years_point("decade", year, year + 9)
    return Point("hundreds", written(year), written(year + 99), f"{written(year)[:2]}XX")


def read_century(found: Match, manner: Manner) -> Point:
    """Return a century, or a part of one."""
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


def _share(found: Match, first: int, last: int) -> tuple[int, int]:
    """Return the years of a half, a third or a quarter of a century."""
    if found["nth"] is None:
        return first, last
    parts = {"half": 2, "third": 3, "quarter": 4}[found["share"]]
    place = NTH[found["nth"]] % parts if found["nth"] == "last" else NTH[found["nth"]]
    if place >= parts:
        raise DateError(found[0], f"a century has {parts} of these")
    size = last + 1 - first
    return first + -(-size * place // parts), first + -(-size * (place + 1) // parts) - 1


def _era(year: int) -> str:
    return f"{1 - year} BCE" if year <= 0 else str(year)


def read_season(found: Match, manner: Manner) -> Point:
    """Return a season; a winter may lie in two years."""
    year = year_in(found, manner)
    second = second_year(found, year)
    name = found["season"]
    if second is not None and name != "winter":
        raise DateError(found[0], f"only a winter lies in two years; write {name} {year}")
    return _part_of(year, SEASON_CODES[name], "season")


def read_quarter(found: Match, manner: Manner) -> Point:
    """Return a quarter of a year."""
    number = int(found["q"]) if found["q"] else NTH[found["nth"]] % 4 + 1
    return _part_of(year_in(found, manner), str(32 + number), "quarter")


def _part_of(year: int, code: str, form: str) -> Point:
    text = f"{written(year)}-{code}"
    low, high = bounds(text)
    return Point(form, str(low), str(high), text)


def read_feast(found: Match, manner: Manner) -> Point:
    """Return the day of a feast, or one beside it."""
    year, name = year_in(found, manner), found["feast"].removesuffix("'s").replace("st. ", "st ")
    if found["y2"] is not None:
        raise DateError(found[0], "give the one year in which the feast was")
    if name in FEASTS:
        point = day_point("feast", year, *FEASTS[name], manner)
        day = bounds(point.low)[0]
    else:
        day, point = _movable(found, year, name, manner)
    day = _beside(found, Day(day + _BESIDE[found["beside"]]))
    return days_point("feast", day, day, (f"by its feast, {name.title()} {year}", *point.reasons))


def _movable(found: Match, year: int, name: str, manner: Manner) -> tuple[Day, Point]:
    """Return a feast that moves with Easter, in the calendar in which the register counts days."""
    del found
    plain = attrs.evolve(manner, year="1 January")
    point = day_point("feast", year, *easter(year, julian=True), plain)
    if not point.reasons:  # Gregorian
        point = day_point("feast", year, *easter(year, julian=False), plain)
    return Day(bounds(point.low)[0] + FEASTS_OF_EASTER[name]), point


def _beside(found: Match, day: Day) -> Day:
    """Return the day of the week before or after a feast that a register names."""
    if found["weekday"] is None:
        return day
    wanted, is_of = WEEKDAY_NUMBERS[found["weekday"]], (day - 1) % 7
    if "after" in found["side"]:
        return Day(day + ((wanted - is_of - 1) % 7 + 1))
    return Day(day - ((is_of - wanted - 1) % 7 + 1))
