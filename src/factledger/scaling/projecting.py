"""A projection folded part by part, and what came of the parts put together."""

from __future__ import annotations

from collections import Counter
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

from factledger.dates.days import Day
from factledger.named import NamedTuple
from factledger.scaling.folding import MOST_ROWS, FoldTask, entries_of, fold_tasks, part_of
from factledger.scaling.running import Runner, here
from factledger.status.tracks.changes import Change, changes
from factledger.views.projections import Projection, in_order

_Folded = TypeVar("_Folded")
_Handed = TypeVar("_Handed")


class _Task(NamedTuple):
    """A part, and what to make of its changes up to a day."""

    part: FoldTask
    projection: Projection[Any, Any]
    until: int | None


def fold_projection(
    folder: Path,
    projection: Projection[_Folded, _Handed],
    run: Runner = here,
    *,
    until: Day | None = None,
    recorded: int | None = None,
    published: Day | None = None,
    most: int = MOST_ROWS,
    least: int = 0,
) -> _Handed:
    """Return what a projection makes of the changes of a sealed ledger up to a day, included.

    The changes of each part come by day; those of one thing are all in one part. Its `combine`
    puts together what was made of two parts. Raises `TypeError` for a projection without one.
    The other options are those of `fold_parts`. Tasks in other processes take a projection whose
    functions have names in a module.
    """
    if projection.combine is None:
        fault = f"the projection {projection.name!r} has no combine"
        raise TypeError(f"{fault}; give it one, or fold the whole ledger with Ledger.fold")
    day = None if until is None else int(until)
    parts = fold_tasks(folder, run, recorded, published, most, least)
    states = run(_state_of, (_Task(part, projection, day) for part in parts))
    return projection.result(reduce(projection.combine, states, projection.initial()))


def _state_of(task: _Task) -> Any:
    timeline = part_of(task.part, entries_of(task.part))[1]
    state = task.projection.initial()
    for change in in_order(changes(timeline.tracks(timeline.belief.claims()))):
        if task.until is not None and change.day > task.until:
            break
        state = task.projection.step(state, change)
    return state


# --- ready-made


def _count(state: Counter[tuple[str, str]], change: Change) -> Counter[tuple[str, str]]:
    if change.before.shown:
        state[change.type, change.before.value] -= 1
    if change.after.shown:
        state[change.type, change.after.value] += 1
    return state


def _added(
    one: Counter[tuple[str, str]], other: Counter[tuple[str, str]]
) -> Counter[tuple[str, str]]:
    return one + other


def _counted(state: Counter[tuple[str, str]]) -> dict[tuple[str, str], int]:
    return {key: count for key, count in sorted(state.items()) if count}


COUNTS: Projection[Counter[tuple[str, str]], dict[tuple[str, str], int]] = Projection(
    "counts", Counter, _count, _counted, _added
)
"""How many standings of each type have each status that is shown, by type and status."""
