"""Seasons and other parts of a year: which months each EDTF code stands for.

The standard numbers the parts 21 to 41 and gives months to none of the seasons; implementations
differ. Here seasons are those of meteorology, three whole months each, and belong to the year
in which they begin: winter 2019 is December 2019 to February 2020. A season without a
hemisphere (21 to 24) is read as northern.
"""

from __future__ import annotations

from factledger.dates.days import Day, days_in_month

_SPRING, _SUMMER, _AUTUMN, _WINTER = (3, 5), (6, 8), (9, 11), (12, 14)
_NORTHERN = (_SPRING, _SUMMER, _AUTUMN, _WINTER)
_SOUTHERN = (_AUTUMN, _WINTER, _SPRING, _SUMMER)  # by the months: a southern spring is our autumn
_QUARTERS, _QUADRIMESTERS = ((1, 3), (4, 6), (7, 9), (10, 12)), ((1, 4), (5, 8), (9, 12))
_SEMESTERS = (1, 6), (7, 12)
_PARTS = (*_NORTHERN, *_NORTHERN, *_SOUTHERN, *_QUARTERS, *_QUADRIMESTERS, *_SEMESTERS)

MONTHS = {str(code): months for code, months in enumerate(_PARTS, start=21)}
"""First and last month of each code; a month above 12 is of the next year."""


def season_start(year: int, code: str) -> Day:
    """Return the first day of a part of a year.

    >>> season_start(2023, "34")
    Day('2023-04-01')
    """
    return Day.of(year, MONTHS[code][0], 1)


def season_end(year: int, code: str) -> Day:
    """Return the last day of a part of a year, included; a winter ends in the next year.

    >>> season_end(2019, "28")
    Day('2020-02-29')
    """
    years, month_before = divmod(MONTHS[code][1] - 1, 12)
    year, month = year + years, month_before + 1
    return Day.of(year, month, days_in_month(year, month))
