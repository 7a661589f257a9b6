"""What an import comes to, in lines: how dates were read, what to look at, what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from factledger.text import show

if TYPE_CHECKING:
    from factledger.intake.editions.revising import EditionSurvey
    from factledger.intake.reading.readings import ReadDates
    from factledger.intake.surveying import Survey

_FEW = 12  # dates that are written alike and told one by one


def date_lines(found: Survey) -> Iterator[str]:
    """Yield how the dates of a file are read: each text where they are few, else one of each form."""
    if not found.dates:
        return
    few = len(found.dates) <= _FEW
    told = found.dates if few else _one_a_form(found.dates)
    yield "dates are read so:" if few else "dates are read so, one of each form:"
    for date in told:
        rows = f"{date.rows:,} row{'s' if date.rows > 1 else ''}"
        yield show(f"  {date.text!r} is {date.words} ({date.form}; {rows}, the first {date.where})")


def _one_a_form(dates: tuple[ReadDates, ...]) -> list[ReadDates]:
    """Return the first date of each form, with the rows of all."""
    from attrs import evolve

    found: dict[str, ReadDates] = {}
    for date in dates:
        first = found.get(date.form)
        found[date.form] = evolve(first, rows=first.rows + date.rows) if first else date
    return list(found.values())


def note_lines(found: Survey) -> Iterator[str]:
    """Yield what to look at before one relies on an import."""
    yield from map(show, found.notes)
    doubts: dict[str, list[ReadDates]] = {}
    for date in found.dates:
        if date.doubt:
            doubts.setdefault(date.form, []).append(date)
    for alike in doubts.values():
        more = f", and {len(alike) - 1:,} more like it" if alike[1:] else ""
        yield show(f"{alike[0].where}: {alike[0].doubt}{more}")


def left_out(found: Survey, file: str | None, *, would: bool = False) -> str:
    """Return how many rows were left out, and where they are; nothing where none was."""
    if not found.rejected:
        return ""
    rows = len(found.rejected)
    went = "would go" if would else "went"
    return f"; {rows:,} row{'s' if rows > 1 else ''} {went} to {show(str(file))} with the reasons"


_WORDS = {
    "new": "new",
    "changed": "changed",
    "again": "in it again",
    "gone": "gone",
    "kept": "gone and kept",
    "same": "as before",
}


def edition_counts(found: EditionSurvey, gone: str) -> str:
    """Return what an edition changes, in numbers; `gone` is what becomes of what is gone."""
    changes: Mapping[str, int] = found.changes
    how = {"retract": " (retracted)", "close": " (closed)"}.get(gone, "")
    told = [
        f"{changes[word]:,} {name}{how if word == 'gone' else ''}"
        for word, name in _WORDS.items()
        if changes.get(word)
    ]
    return ", ".join(told) or "nothing"
