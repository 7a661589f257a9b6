"""When, as people write it: everyday dates and periods → dates of the profile."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from factledger.dates.advice import is_date
from factledger.dates.historical.manner import Manner
from factledger.dates.historical.readings import DatePlace, Question, read_everyday
from factledger.errors import DateError
from factledger.records.codec import Body

_PERIODS = (
    re.compile(r"(?:from |between )?(?P<since>.+?) (?:to|and|-|–|—) (?P<until>.+)"),
    re.compile(r"(?:since|from) (?P<since>.+)"),
    re.compile(r"(?:until|till|to) (?P<until>.+)"),
)


@attrs.frozen
class SaidWhen:
    """When, as a short claim writes it, what was worked out for it, and why it cannot be read."""

    text: str
    inferred: tuple[Body, ...] = ()
    fault: str | None = None


def said_when(text: str, *, lasting: bool) -> SaidWhen:
    """Return how a short claim writes the date that somebody typed, or the period of what is `lasting`.

    >>> said_when("12 Feb 1980", lasting=False).text
    '1980-02-12'
    >>> said_when("from May 2019 to 2021", lasting=True).text, said_when("since 2019", lasting=True).text
    ('2019-05/2021', '2019/..')
    """
    plain = " ".join(text.split())
    if not lasting:
        return _joined([("when", plain)], "")
    if plain.count("/") == 1:
        since, until = plain.split("/")
        return _joined([("since", since.strip()), ("until", until.strip())], "/")
    for form in _PERIODS:
        found = form.fullmatch(plain)
        if found is not None and not is_date(plain):
            ends = found.groupdict()
            return _joined(
                [("since", ends.get("since") or ""), ("until", ends.get("until") or "..")], "/"
            )
    return _joined([("when", plain)], "")


def _joined(ends: list[tuple[DatePlace, str]], joint: str) -> SaidWhen:
    """Return dates in the form of a short claim, each read as it is written."""
    dates, inferred = [], list[Body]()
    for field, text in ends:
        read = _read(field, text)
        if read.fault is not None:
            return SaidWhen(text, fault=f"{field}: {read.fault}")
        dates.append(read.text)
        inferred += read.inferred
    return SaidWhen(joint.join(dates), tuple(inferred))


def _read(field: DatePlace, text: str) -> SaidWhen:
    if text in ("", ".", "..") or is_date(text):
        return SaidWhen(text)
    try:
        found = read_everyday(text, Manner(), field)
    except DateError as error:
        return SaidWhen(text, fault=str(error))
    if isinstance(found, Question):
        return SaidWhen(
            text, fault=f"{text!r} can be {' or '.join(_answers(found))}; write one of them"
        )
    reason = "; ".join(found.reasons)
    told = {"field": field, "reason": reason, "as_said": text} if reason else None
    return SaidWhen(found.date, (told,) if told else ())


def _answers(question: Question) -> Iterator[str]:
    yield from (date for _, date in question.answers)
