"""The names that dates are written with: months, days of the week, feasts, parts of a year."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MONTHS = "january february march april may june july august september october november december"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"

MONTH_NUMBERS: dict[str, int] = {
    short: number
    for number, name in enumerate(_MONTHS.split(), start=1)
    for short in {name, name[:3], "sept" if name == "september" else name}
}
"""The number of each month, by its English name and its first three letters."""

WEEKDAY_NUMBERS = {name: number for number, name in enumerate(_WEEKDAYS.split())}
"""Days of the week, from Monday, 0."""

FEASTS: dict[str, tuple[int, int]] = {
    "epiphany": (1, 6),
    "twelfth day": (1, 6),
    "candlemas": (2, 2),
    "purification": (2, 2),
    "lady day": (3, 25),
    "annunciation": (3, 25),
    "st george": (4, 23),
    "may day": (5, 1),
    "midsummer": (6, 24),
    "st john the baptist": (6, 24),
    "nativity of st john": (6, 24),
    "st peter and st paul": (6, 29),
    "st swithin": (7, 15),
    "st mary magdalene": (7, 22),
    "st james": (7, 25),
    "lammas": (8, 1),
    "assumption": (8, 15),
    "st bartholomew": (8, 24),
    "holy cross": (9, 14),
    "holyrood": (9, 14),
    "st matthew": (9, 21),
    "michaelmas": (9, 29),
    "st michael": (9, 29),
    "st luke": (10, 18),
    "all saints": (11, 1),
    "all hallows": (11, 1),
    "all souls": (11, 2),
    "martinmas": (11, 11),
    "st martin": (11, 11),
    "st andrew": (11, 30),
    "st nicholas": (12, 6),
    "st thomas": (12, 21),
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "st stephen": (12, 26),
    "holy innocents": (12, 28),
}
"""Month and day of the fixed feasts by which people of the western church dated."""

FEASTS_OF_EASTER = {
    "ash wednesday": -46,
    "palm sunday": -7,
    "good friday": -2,
    "easter": 0,
    "easter day": 0,
    "easter sunday": 0,
    "ascension": 39,
    "ascension day": 39,
    "pentecost": 49,
    "whitsun": 49,
    "whitsunday": 49,
    "whit sunday": 49,
    "trinity": 56,
    "trinity sunday": 56,
    "corpus christi": 60,
}
"""How many days after Easter Sunday the movable feasts are."""

SEASON_CODES = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}


def any_of(names: Iterable[str]) -> str:
    """Return a pattern for any of some names, the longest first; `'s` may follow.

    >>> any_of(["may", "march"])
    "(?:march|may)(?:'s)?"
    """
    spelt = sorted(names, key=lambda name: (-len(name), name))
    made = "|".join(re.escape(name).replace("st\\ ", r"st\.?\ ") for name in spelt)
    return f"(?:{made})(?:'s)?"
