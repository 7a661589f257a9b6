"""What a survey tells of the dates of a file: how they are read, and what has to be said first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import attrs

from factledger.dates.edtf import parse_endpoint
from factledger.dates.historical.manner import ANSWERS, Manner
from factledger.dates.historical.readings import Question, Reading
from factledger.dates.wording.told import date_words, grouping_read, groupings
from factledger.errors import DateError, Problem
from factledger.intake.reading.dating import FieldDate
from factledger.records.codec import Body

_MOST = 10_000  # distinct texts that are kept
_FEW = 3  # days on 1 January that may be chance


@attrs.frozen
class ReadDates:
    """Dates of a file that are written alike: in how many rows, and the first of them.

    `date` is what it is read as, `words` the same for a reader; `doubt` says what to look at.
    """

    text: str
    date: str
    words: str
    form: str
    rows: int
    where: str
    doubt: str = ""


class DateSurvey:
    """The dates of a file on the way: each text once, what is asked, and what a column shows."""

    def __init__(self, manner: Manner | None) -> None:
        self._manner = manner
        self._read: dict[str, tuple[Reading, str]] = {}
        self._rows: Counter[str] = Counter()
        self._asked: dict[str, tuple[Question, str, str]] = {}
        self._askers: Counter[str] = Counter()
        self._days: Counter[str] = Counter()
        self._new_years: Counter[str] = Counter()
        self._new_year_at: dict[str, tuple[str, str]] = {}
        self._parts: Counter[str] = Counter()
        self._part_at: tuple[str, str] | None = None

    def meet(self, dates: Iterable[FieldDate], where: str) -> bool:
        """Take in the dates of a row; return whether something is asked about them."""
        asked = False
        for field, found in dates:
            if isinstance(found, Question):
                asked = True
                self._asked.setdefault(found.key, (found, field, where))
                self._askers[found.key] += 1
            else:
                self._note(field, found, where)
        return asked

    def _note(self, field: str, reading: Reading, where: str) -> None:
        self._rows[reading.text] += 1
        if len(self._read) < _MOST:
            self._read.setdefault(reading.text, (reading, where))
        if reading.form.startswith("day"):
            self._days[field] += 1
        if reading.new_year:
            self._new_years[field] += 1
            self._new_year_at.setdefault(field, (reading.text, where))

    def meet_plain(self, claim: Body, where: str) -> None:
        """Take in the dates of a row that stand as they are: parts of a year may be meant otherwise."""
        for field in ("when", "since", "until"):
            text = claim.get(field)
            if isinstance(text, str) and len(text) > 4 and (parts := _parts_of(text)):
                self._parts[text] += 1
                self._part_at = self._part_at or (parts[0], where)

    def problems(self) -> Iterator[Problem]:
        """Yield one problem for each thing that has to be said before all dates can be read."""
        for key, (question, field, where) in self._asked.items():
            yield Problem(where, "import-dates", _asking(question, field, self._askers[key]))
        if self._manner is not None and self._manner.first_of_january is None:
            yield from self._year_columns()

    def _year_columns(self) -> Iterator[Problem]:
        for field, rows in self._new_years.items():
            if rows >= _FEW and rows * 5 > self._days[field]:
                text, where = self._new_year_at[field]
                told = f"row.claim.{field}: {rows:,} of {self._days[field]:,} days are a 1 January, as {text!r}"
                advice = (
                    'say [dates] first-of-january = "year" where it stands for a year, or "day"'
                )
                yield Problem(where, "import-dates", f"{told}; {advice}")

    def told(self) -> Iterator[ReadDates]:
        """Yield each text once, as it is read."""
        for text, (reading, where) in self._read.items():
            doubt = "; ".join(reading.doubts)
            words = date_words(reading.date)
            yield ReadDates(text, reading.date, words, reading.form, self._rows[text], where, doubt)

    def notes(self) -> Iterator[str]:
        """Yield what to look at in dates that stand as they are."""
        if self._part_at is not None:
            part, where = self._part_at
            rows = sum(self._parts.values())
            yield f"{where}: {_dates(rows)} read as a part of a year: {grouping_read(part)}"


@lru_cache(maxsize=1 << 14)
def _parts_of(text: str) -> tuple[str, ...]:
    try:
        return tuple(groupings(parse_endpoint(text)))
    except DateError:
        return ()


def _dates(rows: int) -> str:
    return "1 date is" if rows == 1 else f"{rows:,} dates are"


def _asking(question: Question, field: str, rows: int) -> str:
    """Return the words of a question: the readings, and the key of the map that answers."""
    alike = f" ({rows:,} rows ask this)" if rows > 1 else ""
    about = f"row.claim.{field}: {question.text!r}"
    if question.key not in ANSWERS:
        wanted = f'[dates.fillers] "{question.key}" = "" (not known), ".." (still so) or a date'
        return f"{about} may stand for no date{alike}; say {wanted}"
    told = " or ".join(f"{_words(date)} ({answer})" for answer, date in question.answers)
    said = " or ".join(f'"{answer}"' for answer, _ in question.answers)
    return f"{about} is {told}{alike}; say [dates] {question.key} = {said}"


def _words(date: str) -> str:
    try:
        return date_words(date) if date else "not known"
    except DateError:
        return date
