"""The steps of rows as lines of JSON, for whoever appends them: read back, they are the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from factledger.dates.historical.readings import Question, Reading
from factledger.errors import Problem
from factledger.intake.batches import MappedRow
from factledger.intake.reading.dating import FieldDate
from factledger.intake.reading.row import FileRow
from factledger.intake.row_steps import RowStep

_OWN = ("operation", "label", "at", "source", "locator", "claim", "words", "rule", "series", "width", "disputed")  # fmt: skip


def mapped_row_lines(steps: Iterable[MappedRow]) -> Iterator[bytes]:
    """Yield each step as a line; raises TypeError for one that holds what JSON has no form for."""
    return (json.dumps(_told(step), separators=(",", ":")).encode() for step in steps)


def mapped_rows_of(
    lines: Iterable[bytes], name: str, *, tried: bool = False
) -> Iterator[MappedRow]:
    """Yield the steps of lines, `tried` or not; `name` stands for their file in problems."""
    return (_step(json.loads(line), name, tried) for line in lines)


def _told(step: MappedRow) -> list[Any] | None:
    if step is None:
        return None
    if isinstance(step, Problem):
        return [step.where.rpartition(":")[2], step.check, step.message]
    row = step.row
    kept = [row.line, row.sha256, row.cells, row.place]
    return [kept, [getattr(step, name) for name in _OWN], [_told_date(one) for one in step.dates]]


def _told_date(date: FieldDate) -> list[Any]:
    found = date.found
    if isinstance(found, Question):
        return [date.field, "?", found.text, found.key, found.answers]
    about = (found.text, found.date, found.form, found.reasons, found.doubts, found.new_year)
    return [date.field, "=", *about]


def _step(told: list[Any] | None, name: str, tried: bool) -> MappedRow:
    if told is None:
        return None
    if isinstance(told[0], str):
        line, check, message = told
        return Problem(f"{name}:{line}", check, message)
    (line, sha256, cells, place), own, dates = told
    row = FileRow(line, sha256, cells, place=place)
    return RowStep(
        where=f"{name}:{line}",
        row=row,
        dates=tuple(map(_date, dates)),
        tried=tried,
        **dict(zip(_OWN, own, strict=True)),
    )


def _date(told: list[Any]) -> FieldDate:
    field, how, text, *rest = told
    if how == "?":
        key, answers = rest
        return FieldDate(field, Question(text, key, tuple(map(tuple, answers))))
    date, form, reasons, doubts, new_year = rest
    return FieldDate(field, Reading(text, date, form, tuple(reasons), tuple(doubts), new_year))
