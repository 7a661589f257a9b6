"""Quantities: what a value says in numbers, and whether two of them cannot both be right."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

import attrs

from factledger.named import NamedTuple

_LONGEST = 200  # characters of a value that is read as a quantity
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: n for n, word in enumerate(_ONES.split())} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), start=2)
}
_SCALES = {
    "dozen": 12, "hundred": 10**2, "thousand": 10**3, "lakh": 10**5, "million": 10**6,
    "mn": 10**6, "mln": 10**6, "crore": 10**7, "billion": 10**9, "bn": 10**9, "trillion": 10**12,
}  # fmt: skip
_OF_MONEY = {"k": 10**3, "m": 10**6, "tn": 10**12, "trn": 10**12}  # of anything else they are units

# What is measured is rounded to what is written; what is counted is not.
_MEASURED = {
    name: (unit, Fraction(factor))
    for line in (
        "% 1 % percent pct", "t 1 t tonne tonnes", "t 1/1000 kg kilogram kilograms", "t 1000 kt",
        "t 1/1000000 g gram grams", "t 1000000 Mt", "km 1 km kilometre kilometres kilometer kilometers",
        "km 1/1000 m metre metres meter meters", "km 1/100000 cm", "km 1/1000000 mm",
        "km² 1 km² km2", "km² 1/100 ha hectare hectares", "km² 1/1000000 m² m2", "MW 1/1000 kW",
        "MW 1 MW megawatt megawatts", "MW 1000 GW gigawatt gigawatts", "MW 1000000 TW",
        "MWh 1/1000 kWh", "MWh 1 MWh", "MWh 1000 GWh", "MWh 1000000 TWh", "°C 1 °C",
        "mile 1 mile miles", "barrel 1 barrel barrels bbl",
    )
    for unit, factor, *names in [line.split()]
    for name in names
}  # fmt: skip
_SPELLED = {
    "per cent": "%",
    "metric tons": "t",
    "metric tonnes": "t",
    "person": "people",
    "persons": "people",
}

_OPENING = {
    "about": "about around approximately approx. roughly circa c. ca. some nearly almost "
             "just_under just_over close_to an_estimated estimated ~ ≈",
    "least": "at_least no_fewer_than no_less_than not_fewer_than not_less_than a_minimum_of "
             "upwards_of >= ≥ from",
    "above": "more_than over above in_excess_of exceeding >",
    "most": "at_most no_more_than not_more_than up_to a_maximum_of <= ≤",
    "below": "fewer_than less_than under below <",
    "exact": "exactly precisely only just",
    "between": "between",
}  # fmt: skip
_CLOSING = {"least": "or_more and_more +", "most": "or_fewer or_less", "about": "or_so"}
_DIGITS = re.compile(
    r"-?(?:\d{1,3}(?:([ ,'])\d{3}(?:\1\d{3})*)(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d+)"
    r"(?:\.(\d+))?(?![.,']?\d)",
    re.ASCII,
)
_EUROPEAN = re.compile(r"-?[1-9]\d{0,2}\.\d{3}(?!\d)", re.ASCII)  # 1.200 may mean 1,200
_MONEY = re.compile(r"(?:[A-Z]{2,3} ?)?[$€£¥₹₽₴₩] ?|[A-Z]{3} (?=\d)")
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def _phrases(table: dict[str, str]) -> list[tuple[str, str]]:
    found = [(w.replace("_", " "), how) for how, words in table.items() for w in words.split()]
    return sorted(found, key=lambda pair: -len(pair[0]))


_BEFORE, _AFTER = _phrases(_OPENING), _phrases(_CLOSING)


class _Figure(NamedTuple):
    """A number as it is written: its value, the step of its last digit, its scale, what follows."""

    value: Fraction
    step: Fraction
    scale: int
    rest: str


@attrs.frozen
class Quantity:
    """A range of numbers with a unit: what a value says, no more.

    Bounds are exact; None is none, and whether a bound itself is in the range is said beside it.
    A quantity that is `approximate` has bounds of its words, and contradicts nothing.
    """

    lower: Fraction | None
    upper: Fraction | None
    unit: str = ""
    with_lower: bool = True
    with_upper: bool = True
    approximate: bool = False

    def meets(self, other: Quantity) -> bool:
        """Return whether there is a number in both ranges."""
        return not (_below(self, other) or _below(other, self))


def cannot_both_be(one: Quantity | None, other: Quantity | None) -> bool:
    """Return whether two quantities contradict each other: of one unit, and nowhere the same.

    What could not be read (None) and what is approximate contradict nothing.

    >>> cannot_both_be(quantity_of("4.2 million t"), quantity_of("more than 5 million t"))
    True
    >>> cannot_both_be(quantity_of("4.2 million t"), quantity_of("4,187,000 tonnes"))
    False
    """
    if one is None or other is None or one.approximate or other.approximate:
        return False
    return one.unit == other.unit and not one.meets(other)


def _below(one: Quantity, other: Quantity) -> bool:
    if one.upper is None or other.lower is None:
        return False
    both = one.with_upper and other.with_lower
    return one.upper < other.lower or (one.upper == other.lower and not both)


@lru_cache(maxsize=1 << 12)
def quantity_of(value: str) -> Quantity | None:
    """Return the range and unit that a value says, None where it is not read as a number.

    Digits may be grouped by commas, apostrophes or spaces of any kind; a point is decimal, and
    what may be either (1.200, 1,5) is not read. What is counted is exact: 3 people are three. What
    is measured, or told in decimals or with a word such as million, is rounded to its last digit:
    4.2 million is from 4.15 million up to, but without, 4.25 million. Words make it a range (at
    least, more than, up to, 3 to 5), exact (exactly) or approximate (about, nearly). Units of one
    measure are made one (kg, t); what else follows the number is the unit, as it stands.

    >>> quantity_of("more than 5 million t")
    Quantity(lower=Fraction(5000000, 1), upper=None, unit='t', with_lower=False, with_upper=True, approximate=False)
    >>> quantity_of("a great many")
    """
    text = _plain(value)
    if not text or len(text) > _LONGEST:
        return None
    how, rest = _phrase(text, _BEFORE)
    money = _MONEY.match(rest)
    found = _figure(rest[money.end() :] if money else rest, bool(money))
    if found is None:
        return None
    currency = money[0].replace(" ", "") if money else ""
    return (
        _ranged(how, found, currency) if (other := _second(how, found, currency)) is None else other
    )


def _ranged(how: str, found: _Figure, currency: str) -> Quantity | None:
    """Return the quantity of one number, with what stands before and after it."""
    after, rest = _phrase(found.rest.lstrip(), _AFTER)
    how = after or how
    unit, factor, measured = _unit(rest, currency)
    if how == "between" or re.match(r"[-–±/\d]|(?:to|and)\b", rest):
        return None
    value, step = found.value * factor, found.step * factor
    if how in ("least", "above"):
        return Quantity(value, None, unit, with_lower=how == "least")
    if how in ("most", "below"):
        return Quantity(None, value, unit, with_upper=how == "most")
    rounded = measured or found.step < 1 or found.scale not in (1, 12)
    if how or not rounded:
        return Quantity(value, value, unit, approximate=how == "about")
    return Quantity(value - step / 2, value + step / 2, unit, with_upper=False)


def _second(how: str, first: _Figure, currency: str) -> Quantity | None:
    """Return the range from one number to another, None where no other follows."""
    joint = re.match(r" ?(±) ?| ?[-–] ?| to | and ", first.rest)
    if joint is None or (joint[0] == " and ") != (how == "between"):
        return None
    rest = first.rest[joint.end() :].removeprefix(currency)
    other = _figure(rest, bool(currency))
    if other is None or how not in ("", "between", "about", "least"):
        return None
    unit, factor, _ = _unit(other.rest.lstrip(), currency)
    one, two = first.value * (other.scale if first.scale == 1 else 1), other.value
    low, high = (one - two, one + two) if joint[1] else (one, two)
    if low > high:
        return None
    return Quantity(low * factor, high * factor, unit, approximate=how == "about")


def _plain(value: str) -> str:
    """Return a value with spaces, signs and marks of one kind each."""
    swapped = {"\u2212": "-", "\u2019": "'", "\u2014": "–", "\u2011": "-"}
    composed = unicodedata.normalize("NFC", value[: _LONGEST + 1])
    return " ".join("".join(swapped.get(c, c) for c in composed).split())


def _phrase(text: str, phrases: list[tuple[str, str]]) -> tuple[str, str]:
    """Return how a number is meant by the words at the start of a text, and the rest of it."""
    low = text.casefold()
    for phrase, how in phrases:
        rest = text[len(phrase) :]
        if low.startswith(phrase) and not (phrase[-1].isalpha() and rest[:1].isalpha()):
            return how, rest.lstrip()
    return "", text


def _figure(text: str, of_money: bool) -> _Figure | None:
    """Return the number at the start of a text, in digits or in words, with the scales behind it."""
    found = _in_digits(text) or _in_words(text)
    if found is None:
        return None
    scales = _SCALES | (_OF_MONEY if of_money else {})
    while word := _WORD.match(found.rest.lstrip()):
        scale = scales.get(word[0].casefold())
        if scale is None:
            break
        rest = found.rest.lstrip()[word.end() :]
        value, step = found.value * scale, found.step * scale
        found = _Figure(value, step, found.scale * scale, rest)
    european = found.scale == 1 and _EUROPEAN.match(text)
    return None if european else found


def _in_digits(text: str) -> _Figure | None:
    found = _DIGITS.match(text)
    if found is None:
        return None
    value = Fraction(re.sub(r"[ ,']", "", found[0]))
    return _Figure(value, Fraction(1, 10 ** len(found[2] or "")), 1, text[found.end() :])


def _in_words(text: str) -> _Figure | None:
    """Return a number in words up to ninety-nine, or the article before a word such as million."""
    words = re.match(r"(half an? |an? )(?=(\w+))|(\w+)(?:-(\w+))?", text.casefold())
    if words is None:
        return None
    rest = text[words.end() :]
    if words[1]:
        half = words[1].startswith("half")
        value, step = (Fraction(1, 2), Fraction(1, 10)) if half else (Fraction(1), Fraction(1))
        return _Figure(value, step, 1, rest) if words[2] in _SCALES else None
    if words[3] in ("no", "none"):
        return _Figure(Fraction(0), Fraction(1), 1, text[len(words[3]) :])
    ones = _WORDS.get(words[4] or "zero")
    tens = _WORDS.get(words[3])
    if tens is None or ones is None or (words[4] and not (tens >= 20 and 0 < ones < 10)):
        return None
    return _Figure(Fraction(tens + ones), Fraction(1), 1, rest)


def _unit(text: str, currency: str) -> tuple[str, Fraction, bool]:
    """Return the unit that follows a number, the factor to it, and whether it is measured in it."""
    text = text.strip()
    text = _SPELLED.get(text.casefold(), text)
    known = _MEASURED.get(text) or _MEASURED.get(text.casefold() if len(text) > 3 else text)
    if known and not currency:
        return *known, True
    unit = text if len(text) <= 3 else text.casefold()
    return f"{currency} {unit}".strip(), Fraction(1), False
