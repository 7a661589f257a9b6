"""Dating: the dates of a row's claim, as everyday dates are read under a map."""

from __future__ import annotations

from typing import Self, cast

from factledger.dates.historical.manner import Manner
from factledger.dates.historical.readings import DatePlace, Question, Reading, read_everyday
from factledger.errors import DateError, FieldError
from factledger.named import NamedTuple
from factledger.records.codec import Body

_FIELDS: tuple[DatePlace, ...] = ("when", "since", "until", "before")


class DateCell(str):
    """A date that a map makes of cells: `part` is `made` of its parts, or the `start` or `end` of a text."""

    part: str

    def __new__(cls, text: str, part: str) -> Self:
        """Return the text, which knows how it is to be read."""
        found = super().__new__(cls, text)
        found.part = part
        return found


class FieldDate(NamedTuple):
    """The reading of a date, or the question about it, in a field of a claim."""

    field: str
    found: Reading | Question


def dated(claim: Body, manner: Manner | None) -> tuple[Body, tuple[FieldDate, ...]]:
    """Return a claim with its everyday dates as dates of the profile, and how each was read.

    What was worked out stands in `inferred`. Without a manner dates stand as they are. Raises
    `FieldError` for a text that is no date.
    """
    if manner is None:
        return _as_they_are(claim), ()
    found = dict(claim)
    read = []
    for field in _FIELDS:
        text = claim.get(field)
        if isinstance(text, str) and text not in ("", "..", "next"):
            reading = _read(field, text, manner)
            read.append(FieldDate(field, reading))
            if isinstance(reading, Reading):
                found = _with_date(found, field, reading)
    return found, tuple(read)


def _read(field: DatePlace, text: str, manner: Manner) -> Reading | Question:
    part = text.part if isinstance(text, DateCell) else ""
    place = cast(DatePlace, part) if part in ("start", "end") else field
    try:
        return read_everyday(str(text), manner, place, made=part == "made")
    except DateError as error:
        raise FieldError(f"row.claim.{field}", str(error)) from None


def _with_date(claim: Body, field: str, reading: Reading) -> Body:
    rest = {name: held for name, held in claim.items() if name != field}
    if reading.date == "":  # of an end: not known
        return rest
    found = {**rest, field: reading.date}
    if reading.reasons:
        told = {"reason": "; ".join(reading.reasons), "as_said": reading.text}
        held = claim.get("inferred", [])
        inferred = held if isinstance(held, list) else [held]
        found["inferred"] = [*inferred, {"field": "until" if field == "before" else field, **told}]
    return found


def _as_they_are(claim: Body) -> Body:
    """Return a claim whose dates are plain texts; a year before our era has two counts, so none is taken."""
    made = {name: text for name, text in claim.items() if isinstance(text, DateCell)}
    for name, text in made.items():
        if text.part == "made" and text.startswith("-"):
            year = int(text[1:5])
            told = f"{text[:5]!r} is {year} BCE or {year + 1} BCE; {_COUNTS}"
            raise FieldError(f"row.claim.{name}", told)
    return {**claim, **{name: str(text) for name, text in made.items()}} if made else claim


_COUNTS = 'say [dates] bce = "historical" or "astronomical"'
