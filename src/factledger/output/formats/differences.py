"""A difference → the CSV of `diff`, and why a claim stands → the JSON of `why`; their keys are an API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factledger.dates.days import BEGINNING
from factledger.output.formats.entries import entry_object
from factledger.output.formats.views import STANDING_HEAD, standing_row
from factledger.output.words.entries import entry_sentence, record_sentence
from factledger.output.words.readings import ToldEntry, readings_told, said_told
from factledger.records.entries import Entry
from factledger.status.belief import Belief
from factledger.status.standings import Standing
from factledger.status.tracks.changes import Change
from factledger.views.differences import Difference
from factledger.views.plain.answer_shapes import AccountShape, ToldShape, TurnShape
from factledger.views.plain.difference_objects import (
    STEP_COLUMNS,
    step_cells,
    step_object,
    steps_by_group,
)
from factledger.views.plain.objects import standing_object, told_object
from factledger.views.plain.shapes import CitationShape
from factledger.views.steps import Step
from factledger.views.view import View

STEP_HEAD = (
    *STEP_COLUMNS,
    *(f"before_{name}" for name in STANDING_HEAD),
    *(f"after_{name}" for name in STANDING_HEAD),
)  # fmt: skip


def account_object(
    entry: Entry,
    belief: Belief,
    changes: Iterable[Change],
    view: View | None = None,
    steps: Iterable[Step] | None = None,
) -> AccountShape:
    """Return as plain values why a claim stands as it does: what it says, its chain, its turns.

    `changes` are those of the entry; `view` is of the day asked about, and `steps` led to how it
    stood then. What is no claim has no readings, and nothing turns.
    """
    claim = belief.index.puts_claim(entry.number)
    readings = readings_told(belief, entry.number) if claim else []
    said = said_told(belief, entry.number) if claim else []
    cut = belief.recorded
    return {
        "recorded": {"entry": cut, "at": belief.index.at(cut)},
        "head": belief.index.hash(cut),
        **entry_object(entry),
        "sentence": entry_sentence(entry, belief),
        "citations": _cited(entry.number, belief),
        "readings": [_told(told, belief) for told in readings],
        "said": [_told(told, belief) for told in said],
        "turns": [turn_object(change, belief) for change in changes],
        "retired_by": belief.retired_by(entry.number),
        "valid": None if view is None else str(view.at.valid),
        "standings": None
        if view is None
        else [standing_object(s, belief) for s in view.why(entry.number)],
        "steps": None if steps is None else [step_object(step, belief) for step in steps],
    }


def turn_object(change: Change, belief: Belief) -> TurnShape:
    """Return a turn of a standing as plain values; one from the beginning of time has no day."""
    day = None if change.day == BEGINNING else str(change.day)
    return {"day": day, **standing_object(change.standing, belief)}


def _told(told: ToldEntry, belief: Belief) -> ToldShape:
    """Return an entry of a chain as plain values: its state, what it says, and where that was said."""
    return {
        "entry": told.number,
        "kind": told.kind,
        "state": told.state,
        "by": told.by,
        "sentence": record_sentence(belief.index.record(told.number), belief),
        "citations": _cited(told.number, belief),
    }


def _cited(number: int, belief: Belief) -> list[CitationShape]:
    content = belief.index.content(number)
    return [told_object(citation, belief) for citation in getattr(content, "citations", ())]


def step_rows(difference: Difference) -> list[tuple[str, ...]]:
    """Return a row for each step, group by group."""
    return [_step_row(step, difference.end.belief) for step in steps_by_group(difference)]


def _step_row(step: Step, belief: Belief) -> tuple[str, ...]:
    """Return a step as cells in the order of `STEP_HEAD`; several values are joined with `; `."""
    own = map(_joined, step_cells(step).values())
    return (*own, *_cells(step.before, belief), *_cells(step.after, belief))


def _joined(cell: str | Sequence[object] | None) -> str:
    return cell if isinstance(cell, str) else "; ".join(map(str, cell or ()))


def _cells(standing: Standing | None, belief: Belief) -> tuple[str, ...]:
    return ("",) * len(STANDING_HEAD) if standing is None else standing_row(standing, belief)
