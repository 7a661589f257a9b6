"""The steps of a difference → flat rows, for CSV: a row a step, with the standing on both sides."""

from __future__ import annotations

from factledger.output.formats.views import STANDING_COLUMNS, standing_row
from factledger.status.standings import Standing
from factledger.views.differences import Difference
from factledger.views.steps import GROUPS, Step

COLUMNS = (
    "group", "kind", "leg", "day", "by", "reason", "sources",
    *(f"before_{name}" for name in STANDING_COLUMNS),
    *(f"after_{name}" for name in STANDING_COLUMNS),
)  # fmt: skip


def step_rows(difference: Difference) -> list[tuple[str, ...]]:
    """Return a row for each step, group by group."""
    steps = sorted(difference.steps, key=lambda step: GROUPS.index(step.group))
    return [step_row(step) for step in steps]


def step_row(step: Step) -> tuple[str, ...]:
    """Return a step as cells in the order of `COLUMNS`; several values are joined with `; `."""
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
