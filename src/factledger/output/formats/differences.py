"""A difference → the JSON object and the rows that `factledger diff` prints; its keys are an API."""

from __future__ import annotations

from typing import Any

from factledger.output.formats.views import (
    STANDING_COLUMNS,
    coordinates_object,
    redaction_object,
    standing_object,
    standing_row,
)
from factledger.status.standings import Standing
from factledger.views.differences import Difference
from factledger.views.steps import CHANGE_GROUPS, Step

STEP_COLUMNS = (
    "group", "kind", "leg", "day", "by", "reason", "sources",
    *(f"before_{name}" for name in STANDING_COLUMNS),
    *(f"after_{name}" for name in STANDING_COLUMNS),
)  # fmt: skip


def difference_object(difference: Difference) -> dict[str, Any]:
    """Return a difference as plain values: the coordinates of both views, and the steps by group."""
    return {
        "before": coordinates_object(difference.before),
        "after": coordinates_object(difference.after),
        "world": [step_object(s) for s in difference.world],
        "learnt": [step_object(s) for s in difference.learnt],
        "corrected": [step_object(s) for s in difference.corrected],
        "withdrawn": [step_object(s) for s in difference.withdrawn],
        "erased": [step_object(s) for s in difference.erased],
        "redacted": [redaction_object(r) for r in difference.redacted],
    }


def step_object(step: Step) -> dict[str, Any]:
    """Return a step as plain values; a standing that is not there is None."""
    return {
        "kind": step.kind,
        "leg": step.leg,
        "day": None if step.day is None else str(step.day),
        "by": [{"entry": c.number, "kind": c.kind, "reason": c.reason} for c in step.by],
        "sources": list(step.sources),
        "before": _standing(step.before),
        "after": _standing(step.after),
    }


def _standing(standing: Standing | None) -> dict[str, Any] | None:
    return None if standing is None else standing_object(standing)


def difference_rows(difference: Difference) -> list[tuple[str, ...]]:
    """Return a row for each step, group by group."""
    steps = sorted(difference.steps, key=lambda step: CHANGE_GROUPS.index(step.group))
    return [_step_row(step) for step in steps]


def _step_row(step: Step) -> tuple[str, ...]:
    """Return a step as cells in the order of `STEP_COLUMNS`; several values are joined with `; `."""
    return (
        step.group,
        step.kind,
        step.leg,
        "" if step.day is None else str(step.day),
        "; ".join(str(c.number) for c in step.by),
        step.reason or "",
        "; ".join(step.sources),
        *_cells(step.before),
        *_cells(step.after),
    )


def _cells(standing: Standing | None) -> tuple[str, ...]:
    return ("",) * len(STANDING_COLUMNS) if standing is None else standing_row(standing)
