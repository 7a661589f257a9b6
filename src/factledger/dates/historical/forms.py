"""Forms: the ways in which a register writes one point, each a pattern with what it means."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from factledger.dates.historical.figures import (
    read_eight_figures,
    read_figures,
    read_iso,
    read_iso_month,
    read_week,
)
from factledger.dates.historical.manner import Manner
from factledger.dates.historical.named_times import (
    DECADE,
    FEAST,
    NTH,
    SHARE,
    read_century,
    read_decade,
    read_feast,
    read_quarter,
    read_season,
)
from factledger.dates.historical.names import MONTH_NUMBERS, SEASON_CODES, any_of
from factledger.dates.historical.points import (
    Point,
    day_point,
    month_point,
    year_point,
    years_point,
)
from factledger.dates.historical.years import (
    DATED_YEAR,
    ERA,
    YEAR,
    Match,
    dated_in,
    month_in,
    second_year,
    year_in,
)
from factledger.errors import DateError

_Reader = Callable[[Match, Manner], Point]
_MONTH = rf"(?P<m>{any_of(MONTH_NUMBERS)})\.?"
_DAY = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
_COMMA = r"(?:\s*[,.]\s*|\s+|-)"
_PART = r"(?P<part>early|mid|late|beginning|end|middle)(?:[-\s]+(?:of\s+)?(?:the\s+)?)"


def point_of(text: str, manner: Manner) -> Point | None:
    """Return the point that a text names, None where it has the form of none.

    The text is in lower case, with single spaces. Raises `DateError` for a day that there is not,
    and `Unsaid` where the manner leaves two readings.
    """
    for pattern, reader in _FORMS:
        if found := pattern.fullmatch(text):
            return reader(found, manner)
    return None


def _read_year(found: Match, manner: Manner) -> Point:
    year = year_in(found, manner)
    second = second_year(found, year)
    if second is None:
        return year_point("year", year, manner)
    return years_point("two years in one", year, second, ("a year that is counted in two ways",))


def _read_gaps(found: Match, manner: Manner) -> Point:
    """Return the century of `14??`, the decade of `141_`."""
    del manner
    begin = found["decade"] or found["y"]
    low, high = begin.ljust(4, "0"), begin.ljust(4, "9")
    return Point("year, its last figures not known", low, high, begin.ljust(4, "X"))


def _read_gap(found: Match, manner: Manner) -> Point:
    """Refuse `141?`, which may be a year of three figures or one whose last figure is not known."""
    del manner
    year, end = found["y"], "?" if found["gap"] == "?" else "/"
    told = f"write {year}X for a year whose last figure is not known, or 0{year}{end} for the year {year}"
    raise DateError(found[0], told)


def _read_worded_day(found: Match, manner: Manner) -> Point:
    return dated_in(
        found,
        manner,
        lambda year, of: day_point(
            "day, month in words", year, month_in(found), int(found["d"]), of
        ),
    )


def _read_worded_month(found: Match, manner: Manner) -> Point:
    return dated_in(
        found, manner, lambda year, of: month_point("month in words", year, month_in(found), of)
    )


def _read_loose(found: Match, manner: Manner) -> Point:
    """Return the whole of what a word such as "late" names a part of: nobody has said how large a part."""
    whole = point_of(found["whole"], manner)
    if whole is None:
        raise DateError(found[0], f"{found['whole']!r} is no year, decade or century")
    told = f"{found['part']} is no fixed part, so it is read as the whole"
    return attrs.evolve(
        whole, form=f"early, mid or late: {whole.form}", reasons=(*whole.reasons, told)
    )


_FORMS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"{_DAY}(?: day)?{_COMMA}(?:of )?{_MONTH}{_COMMA}{DATED_YEAR}", _read_worded_day),
        (rf"{_MONTH}\s?{_DAY}{_COMMA}{DATED_YEAR}", _read_worded_day),
        (rf"{YEAR}{_COMMA}{_MONTH}{_COMMA}{_DAY}", _read_worded_day),
        (rf"{_MONTH}{_COMMA}(?:of )?{DATED_YEAR}", _read_worded_month),
        (rf"{YEAR}{_COMMA}{_MONTH}", _read_worded_month),
        (r"(?P<ad>)(?P<y>-?[0-9]{3,4})(?P<era>)([-/.])(?P<m>[0-9]{1,2})\4(?P<d>[0-9]{1,2})", read_iso),
        (r"(?P<a>[0-9]{1,2})([-/.])(?P<b>[0-9]{1,2})\2(?P<ad>)(?P<y>-?[0-9]{1,4}) ?" + ERA, read_figures),
        (r"(?P<y>[12][0-9]{3})(?P<m>[0-9]{2})(?P<d>[0-9]{2})", read_eight_figures),
        (r"(?P<m>[0-9]{1,2})[-/.](?P<ad>)(?P<y>[0-9]{4})(?P<era>)", read_iso_month),
        (r"(?P<ad>)(?P<y>-?[0-9]{4})(?P<era>)[-./](?P<m>[0-9]{1,2})", read_iso_month),
        (r"(?P<y>[0-9]{4})-?w(?P<w>[0-9]{2})(?:-?(?P<d>[0-9]))?", read_week),
        (r"(?P<y>[0-9]{2})(?:\?\?|--|__)|(?P<decade>[0-9]{3})_", _read_gaps),
        (r"(?P<y>[0-9]{3})(?P<gap>[?-])", _read_gap),
        (YEAR, _read_year),
        (DECADE, read_decade),
        (rf"{SHARE}(?:the )?(?P<c>[0-9]{{1,2}})(?P<th>st|nd|rd|th) ?(?:c\.?|cent\.?|century) ?{ERA}", read_century),
        (rf"(?P<season>{'|'.join(SEASON_CODES)})(?:,| of| in)? {YEAR}", read_season),
        (rf"(?:q(?P<q>[1-4])|(?:the )?(?P<nth>{'|'.join(NTH)}) quarter(?: of)?) ?{YEAR}", read_quarter),
        (r"(?P<ad>)(?P<y>[0-9]{4})(?P<era>)(?P<y2>)[- ]?q(?P<q>[1-4])(?P<nth>)", read_quarter),
        (FEAST, read_feast),
        (rf"{_PART}(?P<whole>.+)", _read_loose),
    )
]  # fmt: skip
