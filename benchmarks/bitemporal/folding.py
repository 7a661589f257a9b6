"""The projection that is measured: how many events happened, and states began and ended."""

from __future__ import annotations

from typing import Any

from factledger import Change, Projection, Status

Turns = dict[str, int]


def counted(turns: Turns, change: Change) -> Turns:
    """Count a change, and what it is if it begins or ends something."""
    turns["changes"] += 1
    if change.after is Status.DEFINITE:
        turns[change.shape] += 1
    elif change.after is Status.ENDED:
        turns["ended"] += 1
    return turns


TURNS: Projection[Turns, Turns] = Projection(
    "turns", lambda: {"changes": 0, "event": 0, "state": 0, "ended": 0}, counted
)


def folded(one: Any) -> tuple[Turns, int]:
    """Return the turns of a contender's ledger, and how many changes there were."""
    turns = one.ledger.fold(TURNS)
    count = turns.pop("changes")
    return turns, count
