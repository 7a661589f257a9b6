"""Seasons and other parts of a year: which months each EDTF code stands for.

The standard numbers the parts 21 to 41 and gives months to none of the seasons; implementations
differ. Here seasons are those of meteorology, three whole months each, and belong to the year
in which they begin: winter 2019 is December 2019 to February 2020. A season without a
hemisphere (21 to 24) is read as northern.
"""

from __future__ import annotations

from factledger.dates.days import Day, days_in_month

_MARCH_MAY, _JUNE_AUGUST, _SEPTEMBER_NOVEMBER = (3, 5), (6, 8), (9, 11)
_DECEMBER_FEBRUARY = (12, 14)  # month 14 is February of the next year

MONTHS = {
    # spring, summer, autumn, winter
    "21": _MARCH_MAY,
    "22": _JUNE_AUGUST,
    "23": _SEPTEMBER_NOVEMBER,
    "24": _DECEMBER_FEBRUARY,
    # the same in the northern hemisphere
    "25": _MARCH_MAY,
    "26": _JUNE_AUGUST,
    "27": _SEPTEMBER_NOVEMBER,
    "28": _DECEMBER_FEBRUARY,
    # the same in the southern hemisphere
    "29": _SEPTEMBER_NOVEMBER,
    "30": _DECEMBER_FEBRUARY,
    "31": _MARCH_MAY,
    "32": _JUNE_AUGUST,
    # quarters
    "33": (1, 3),
    "34": (4, 6),
    "35": (7, 9),
    "36": (10, 12),
    # quadrimesters
    "37": (1, 4),
    "38": (5, 8),
    "39": (9, 12),
    # semesters
    "40": (1, 6),
    "41": (7, 12),
}
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
