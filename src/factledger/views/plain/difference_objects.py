"""A difference → the JSON object that `factledger diff` prints, and flat rows; their keys are an API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factledger.status.belief import Belief
from factledger.status.standings import Standing
from factledger.views.plain.answer_shapes import DifferenceShape, StepShape
from factledger.views.plain.objects import coordinates_object, redaction_object, standing_object
from factledger.views.plain.rows import ROW_COLUMNS, Column, standing_cells
from factledger.views.plain.shapes import StandingShape
from factledger.views.steps import CHANGE_GROUPS, Step

if TYPE_CHECKING:  # a difference asks for its plain values by itself
    from factledger.views.differences import Difference

_SIDES = ("before", "after")
STEP_COLUMNS: dict[str, Column] = {
    **dict.fromkeys(("group", "kind", "leg", "day"), "text"),
    "by": "numbers",
    "reason": "text",
    "sources": "texts",
}
STEP_ROW_COLUMNS: dict[str, Column] = {
    **STEP_COLUMNS,
    **{f"{side}_{name}": kind for side in _SIDES for name, kind in ROW_COLUMNS.items()},
}


def difference_object(difference: Difference) -> DifferenceShape:
    """Return a difference as plain values: the coordinates of both views, and the steps by group."""
    known = difference.end.belief
    return {
        "before": coordinates_object(difference.before),
        "after": coordinates_object(difference.after),
        "world": [step_object(s, known) for s in difference.world],
        "learnt": [step_object(s, known) for s in difference.learnt],
        "corrected": [step_object(s, known) for s in difference.corrected],
        "withdrawn": [step_object(s, known) for s in difference.withdrawn],
        "erased": [step_object(s, known) for s in difference.erased],
        "redacted": [redaction_object(r) for r in difference.redacted],
    }


def step_object(step: Step, belief: Belief) -> StepShape:
    """Return a step as plain values, in names that a belief knows; a standing that is not there is None."""
    return {
        "kind": step.kind,
        "leg": step.leg,
        "day": None if step.day is None else str(step.day),
        "by": [{"entry": c.number, "kind": c.kind, "reason": c.reason} for c in step.by],
        "sources": list(step.sources),
        "before": _standing(step.before, belief),
        "after": _standing(step.after, belief),
    }


def steps_by_group(difference: Difference) -> list[Step]:
    """Return the steps group by group, as `factledger diff` lists them."""
    return sorted(difference.steps, key=lambda step: CHANGE_GROUPS.index(step.group))


def difference_rows(difference: Difference) -> list[dict[str, Any]]:
    """Return a flat row for each step, group by group; without a standing its cells are None."""
    return [_row(step, difference.end.belief) for step in steps_by_group(difference)]


def step_cells(step: Step) -> dict[str, Any]:
    """Return the cells of a step in the order of `STEP_COLUMNS`, without its standings."""
    return {
        "group": step.group,
        "kind": step.kind,
        "leg": step.leg,
        "day": None if step.day is None else str(step.day),
        "by": [cause.number for cause in step.by],
        "reason": step.reason,
        "sources": list(step.sources),
    }


def _row(step: Step, belief: Belief) -> dict[str, Any]:
    cells = step_cells(step)
    for side, standing in zip(_SIDES, (step.before, step.after), strict=True):
        told = {} if standing is None else standing_cells(standing, belief)
        cells |= {f"{side}_{name}": told.get(name) for name in ROW_COLUMNS}
    return cells


def _standing(standing: Standing | None, belief: Belief) -> StandingShape | None:
    return None if standing is None else standing_object(standing, belief)
