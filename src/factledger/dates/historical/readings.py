"""Readings: what an everyday date is read as, or what has to be said before it can be read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import attrs

from factledger.dates.days import Day
from factledger.dates.edtf import parse, parse_endpoint
from factledger.dates.historical.manner import ANSWERS, Manner
from factledger.dates.historical.phrase import Phrase
from factledger.dates.historical.phrases import phrase_of
from factledger.dates.historical.points import Point, Unsaid, read_made
from factledger.errors import DateError

DatePlace = Literal["when", "since", "until", "before", "start", "end"]
"""What a date is for: the field of a claim, or the `start` or `end` of a period in one text."""


@attrs.frozen
class Reading:
    """A text as a date of the profile, `""` for one that is not known.

    `form` names how it was written. `reasons` say what was worked out, `doubts` what a reader of
    the file should look at. `new_year` is a day that was written as 1 January.
    """

    text: str
    date: str
    form: str
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    new_year: bool = False


@attrs.frozen
class Question:
    """A text with more than one reading: the key of the manner that answers, and each answer's reading.

    A key that is none of `ANSWERS` is a text that may be a filler.
    """

    text: str
    key: str
    answers: tuple[tuple[str, str], ...]


_DASHES = re.compile("[–—−‐‑‒]")
_ISO_NEW_YEAR = re.compile(r"-?[0-9]{3,4}[-/.]0?1[-/.]0?1|0?1[-/.]0?1[-/.][0-9]{4}")
_MIDNIGHT = re.compile(r"(?<=[0-9])[t ]00:00(?::00(?:\.0+)?)?\Z")  # of a column that was days
_FILLERS = frozenset(
    [
        "0",
        "00",
        "000",
        "0000",
        "9999",
        "99999",
        "9999-12-31",
        "31/12/9999",
        "12/31/9999",
        "31.12.9999",
        "2999-12-31",
        "9999-01-01",
        "1900-01-01",
        "01/01/1900",
        "1/1/1900",
        "01.01.1900",
        "1970-01-01",
        "01/01/1970",
        "1/1/1970",
        "01.01.1970",
        "1899-12-30",
        "0000-00-00",
        "00/00/0000",
        "00.00.0000",
        "0001-01-01",
        "00000000",
        "99999999",
    ]
)


@lru_cache(maxsize=1 << 14)
def read_everyday(
    text: str, manner: Manner, place: DatePlace = "when", *, made: bool = False
) -> Reading | Question:
    """Return the reading of an everyday date, or the question that stands before it.

    `made` is a date that a map has put together of its parts. Raises `DateError` for what is no
    date, with what to write.

    >>> read_everyday("between 1413 and 1417", Manner()).date
    '[1413..1417]'
    >>> read_everyday("03/04/1950", Manner()).answers
    (('day-month', '1950-04-03'), ('month-day', '1950-03-04'))
    """
    plain = " ".join(_DASHES.sub("-", text).lower().split()).replace("’", "'")
    plain = _MIDNIGHT.sub("", plain)
    fillers = dict(manner.fillers)
    if plain in fillers:
        return Reading(text, fillers[plain], "filler")
    if plain in _FILLERS:
        return _about_filler(text, plain)
    try:
        return _placed(text, _phrase(plain, manner, made), place)
    except Unsaid as asked:
        return _question(text, asked.key, manner, place, made)
    except DateError as error:
        raise DateError(text, error.reason) from None


_WRITE = (
    "write it as in 12 Feb 1380, Feb 1380, 1380, c. 1380, before 1431, by 1395, between 1413 and "
    "1417, 1430s, 15th century, Michaelmas 1413 or 1413-1417, or as EDTF"
)


_LONGEST_PHRASE = 120  # characters; only a set of the profile is longer


def _phrase(plain: str, manner: Manner, made: bool) -> Phrase:
    if made and (point := read_made(plain, manner)) is not None:
        return Phrase(point.form, point, point)
    found = phrase_of(plain, manner) if len(plain) <= _LONGEST_PHRASE else None
    found = found or _as_edtf(plain.upper())
    if found is None:
        raise DateError(plain, _advice(plain))
    return found


def _advice(plain: str) -> str:
    """Return what to write in the place of a text that is no date."""
    if re.search(r"[0-9]:[0-9]{2}", plain):
        return "it has a time of day, and dates are days; leave the time out, in a map by a format such as %Y-%m-%d %H:%M:%S"
    if re.fullmatch("[2-5][0-9]{4}", plain):
        day = Day(Day.of(1899, 12, 30) + int(plain))
        return f"a day number of a spreadsheet? it would be {day}; format the column as dates there, and save it anew"
    return _WRITE


def _as_edtf(text: str) -> Phrase | None:
    """Return a date that is written in the profile already."""
    try:
        parse(text)
    except DateError:
        return None
    point = Point("EDTF", text, text, text)
    return Phrase("EDTF", point, point)


def _about_filler(text: str, plain: str) -> Question:
    return Question(
        text, plain, (("", "not known"), ("..", "still so"), (_as_date(plain), "that date"))
    )


def _as_date(plain: str) -> str:
    try:
        return parse(plain).text
    except DateError:
        return plain


def _question(text: str, key: str, manner: Manner, place: DatePlace, made: bool) -> Question:
    """Return a question with what each answer to it would make of the text."""
    found = [
        (answer, _as_answered(text, manner.saying(key, answer), place, made))
        for answer in ANSWERS[key]
    ]
    if {date for _, date in found} == {"no date"}:
        read_everyday(text, manner.saying(key, found[-1][0]), place, made=made)  # it says why
    return Question(text, key, tuple(found))


def _as_answered(text: str, manner: Manner, place: DatePlace, made: bool) -> str:
    """Return what a text is read as; what else is not said is not what is asked, and taken as usual."""
    try:
        reading = read_everyday(text, manner, place, made=made)
    except DateError:
        return "no date"
    if isinstance(reading, Reading):
        return reading.date
    usual = "gregorian" if reading.key == "calendar" else ANSWERS[reading.key][0]
    return _as_answered(text, manner.saying(reading.key, usual), place, made)


def _placed(text: str, phrase: Phrase, place: DatePlace) -> Reading:
    """Return the reading of a phrase in its place: of a period the end that is asked for."""
    date = _date_of(text, phrase, place)
    if place == "when" and date not in ("", ".."):
        parse(date)
    else:
        parse_endpoint(date)
    points = [p for p in (phrase.start, phrase.end) if isinstance(p, Point)]
    reasons = tuple(dict.fromkeys(reason for point in points for reason in point.reasons))
    new_year = bool(_ISO_NEW_YEAR.fullmatch(text.strip())) and not phrase.period
    return Reading(text, date, phrase.form, reasons, phrase.doubts, new_year)


def _date_of(text: str, phrase: Phrase, place: DatePlace) -> str:
    start, end = phrase.start, phrase.end
    last = end.text if isinstance(end, Point) else end or ""
    if not phrase.period:
        return start.text if start is not None else ""
    if place == "start":
        return start.text if start is not None else ""
    if place == "end":
        return last
    if place == "when":
        return _interval(start, end)
    return _one_end(text, start, end, place)


def _interval(start: Point | None, end: Point | str | None) -> str:
    """Return a period as an interval of the profile, whose ends are no sets."""
    low = "" if start is None else _plain_end(start, start.low)
    high = _plain_end(end, end.high) if isinstance(end, Point) else end or ""
    return f"{low}/{high}" if low or high not in ("", "..") else high


def _plain_end(point: Point, bound: str) -> str:
    return bound if point.text[0] == "[" else point.text


def _one_end(text: str, start: Point | None, end: Point | str | None, place: DatePlace) -> str:
    """Return a period where one end is wanted: some day of it."""
    if isinstance(end, str):
        if start is None and place == "until":
            return end
        raise DateError(text, "a period is no one end; split it with { start = … } and { end = … }")
    if start is not None and end is not None:
        if start.low.count("-", 1) != end.high.count("-", 1):
            return f"[{parse(start.low).earliest}..{parse(end.high).latest}]"
        return f"[{start.low}..{end.high}]"
    if start is not None and place == "since":
        return start.text
    if end is not None and place in ("until", "before"):
        return end.text
    wanted = "an end" if place != "since" else "a start"
    raise DateError(text, f"it says the other side of a period, and {wanted} is wanted here")
