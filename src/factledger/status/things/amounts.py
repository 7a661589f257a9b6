"""A value read as an amount: a range of numbers, and what they count."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})(?:\.[0-9]{1,18})?"
_SCALE = "thousand|million|billion|trillion"
_FORM = re.compile(
    rf"(?:(?P<least>more than|over|at least|no fewer than|from) |"
    rf"(?P<most>less than|fewer than|under|at most|no more than|up to) )?"
    rf"(?P<low>{_NUMBER})(?: ?(?P<own>{_SCALE}))?(?: ?(?:-|–|to) ?(?P<high>{_NUMBER}))?"
    rf"(?: ?(?P<scale>{_SCALE}))?(?: ?(?P<unit>[^0-9].*))?",
    re.IGNORECASE,
)
_SCALES = {
    "": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip


class Amount(NamedTuple):
    """A number of at least `low` and at most `high`, None for no bound, and its unit."""

    low: Fraction | None
    high: Fraction | None
    unit: str

    def excludes(self, other: Amount) -> bool:
        """Return whether no number is in both ranges."""
        return _below(self, other) or _below(other, self)


def amount(value: str) -> Amount | None:
    """Return the amount that a value names; None where it cannot be read as one.

    >>> amount("4.2 million t").excludes(amount("more than 5 million t"))
    True
    >>> amount("1,200 km"), amount("several")
    (Amount(low=Fraction(1200, 1), high=Fraction(1200, 1), unit='km'), None)
    """
    found = _FORM.fullmatch(" ".join(value.split()))
    if found is None:
        return None
    part = {name: text.casefold() for name, text in found.groupdict(default="").items()}
    scale = part["scale"] or part["own"]
    low = _number(part["low"], part["own"] or scale)
    high = _number(part["high"], scale) if part["high"] else low
    least, most = bool(part["least"]), bool(part["most"])
    bounds = (None if most else low, None if least and not part["high"] else high)
    return Amount(*bounds, part["unit"]) if low <= high else None


def _number(text: str, scale: str) -> Fraction:
    return Fraction(text.replace(",", "")) * _SCALES[scale]


def _below(one: Amount, other: Amount) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low
