"""Manner: how a file writes its dates, as far as one cannot see it in the dates themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs

from factledger.dates.days import Day
from factledger.dates.edtf import parse_endpoint
from factledger.errors import DateError, FieldError

ANSWERS: dict[str, tuple[str, ...]] = {
    "order": ("day-month", "month-day"),
    "bce": ("historical", "astronomical"),
    "calendar": ("julian", "gregorian"),
    "year": ("1 January", "25 March", "1 March"),
    "century": ("none", "1900"),
    "hundreds": ("decade", "century"),
    "hyphen": ("month", "years"),
    "slash": ("years", "month"),
    "first-of-january": ("year", "day"),
}
"""What the manner of a file can say, with what it may be: of two readings each has one."""

_FORMS = {
    "calendar": re.compile(r"gregorian|julian( until (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}))?"),
    "year": re.compile(r"1 January|(25 March|1 March)( until [0-9]{3,4})?"),
    "century": re.compile(r"none|[1-9][0-9]?00"),
}
_MORE = {
    "calendar": ", 'julian until 1752-09-02' (as it was written)",
    "year": ", '25 March until 1751'",
    "century": ", '1800'",
}


@attrs.frozen(kw_only=True)
class Manner:
    """How a file writes its dates; what it does not say is None, and asked for when it is needed.

    Years begin on 1 January unless it says otherwise. `fillers` are texts that stand for no date,
    with what they mean: `""` unknown, `..` open, or a date; in lower case.
    """

    order: str | None = None
    bce: str | None = None
    calendar: str | None = None
    year: str = "1 January"
    century: str | None = None
    hundreds: str | None = None
    hyphen: str | None = None
    slash: str | None = None
    first_of_january: str | None = None
    fillers: tuple[tuple[str, str], ...] = ()

    def saying(self, key: str, answer: str) -> Manner:
        """Return the manner that says so much more; `key` is one of `ANSWERS`."""
        said: dict[str, Any] = {key.replace("-", "_"): answer}
        return attrs.evolve(self, **said)


def manner_of(given: Mapping[str, object]) -> Manner:
    """Return the manner that a table of a map tells; `FieldError` for what it cannot tell.

    >>> manner_of({"order": "day-month"}).order
    'day-month'
    >>> manner_of({"order": "day first"})
    Traceback (most recent call last):
    factledger.errors.FieldError: dates.order: wanted 'day-month' or 'month-day', found 'day first'
    """
    said: dict[str, Any] = {}
    for key, held in given.items():
        if key == "fillers":
            said[key] = _fillers(held)
            continue
        if key not in ANSWERS:
            raise FieldError(
                f"dates.{key}", f"unknown key; one of {', '.join((*ANSWERS, 'fillers'))}"
            )
        if not isinstance(held, str) or not _answers(key, held):
            wanted = " or ".join(map(repr, ANSWERS[key]))
            raise FieldError(f"dates.{key}", f"wanted {wanted}{_MORE.get(key, '')}, found {held!r}")
        said[key.replace("-", "_")] = held
    return attrs.evolve(Manner(), **said)


def _answers(key: str, held: str) -> bool:
    if key not in _FORMS:
        return held in ANSWERS[key]
    found = _FORMS[key].fullmatch(held)
    try:
        return found is not None and bool(Day.parse(found.groupdict().get("day") or "2000-01-01"))
    except DateError:
        return False


def _fillers(held: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(held, dict):
        raise FieldError("dates.fillers", f"wanted a table such as {{ '0' = '' }}, found {held!r}")
    for text, means in held.items():
        try:
            parse_endpoint(means if isinstance(means, str) else "no text")
        except DateError:
            told = f"wanted '' (unknown), '..' (open) or a date, found {means!r}"
            raise FieldError(f"dates.fillers.{text}", told) from None
    return tuple((text.lower(), means) for text, means in held.items())
