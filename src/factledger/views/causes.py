"""Which entries changed a standing between two recorded cuts, found by asking at cuts between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeAlias

from factledger.index.base import Index
from factledger.status.standings import Standing
from factledger.views.steps import Cause, Group, Key, key_of
from factledger.views.view import View

Asked: TypeAlias = Callable[[int], View]
_KEPT = 64  # views at cuts between, which one step leaves for the next


def kept(asked: Asked) -> Asked:
    """Return what asks for a view at a cut, and keeps the last few."""
    return lru_cache(maxsize=_KEPT)(asked)


def causes(
    asked: Asked, before: Standing | None, after: Standing | None, low: int, high: int
) -> tuple[Cause, ...]:
    """Return the entries after `low` and up to `high` that lead from one standing to the other.

    Each changed it by itself. What changed it and was undone in between may be left out.
    """
    keys = list(dict.fromkeys(key_of(s) for s in (before, after) if s is not None))
    index = asked(high).belief.index
    likely = [n for number, _ in keys for n in (number, *index.targeting(number))]
    marks = {cut for number in likely for cut in (number - 1, number) if low < cut < high}
    stops = sorted({low, *marks, high})

    def held(cut: int) -> tuple[Standing | None, ...]:
        return tuple(at_key(asked(cut), key) for key in keys)

    def shown(cut: int) -> list[Standing]:
        return [s for s in asked(cut).standings if key_of(s) in keys]

    found = list(_turns(held, stops)) or list(_turns(shown, stops))
    return tuple(cause(index, number) for number in found)


def _turns(held: Callable[[int], object], stops: list[int]) -> Iterator[int]:
    for low, high in pairwise(stops):
        yield from turning(held, low, high)


def turning(held: Callable[[int], object], low: int, high: int) -> Iterator[int]:
    """Yield cuts, each of which gives another answer than the one before it, from `low` to `high`.

    >>> list(turning(lambda cut: cut >= 5, 1, 9))
    [5]
    """
    if held(low) == held(high):
        return
    if high == low + 1:
        yield high
        return
    middle = (low + high) // 2
    yield from turning(held, low, middle)
    yield from turning(held, middle, high)


def at_key(view: View, key: Key) -> Standing | None:
    """Return the standing of a key in a view, whatever its status; None where there is none."""
    return next((s for s in view.why(key[0]) if key_of(s) == key), None)


def cause(index: Index, number: int) -> Cause:
    """Return an entry as a cause, with the reason that it gives."""
    record: Any = index.record(number)
    return Cause(number, index.kind(number), getattr(record, "reason", None))


def group_of(step_by: Iterable[Cause], new: bool) -> Group:
    """Return to which group a step belongs; `new` tells that nothing was known of its claim."""
    kinds = {c.kind for c in step_by}
    if new:
        return "learnt"
    if "redact" in kinds:
        return "erased"
    if "withdraw" in kinds:
        return "withdrawn"
    return "corrected" if kinds & {"correct", "retract"} else "learnt"


# --- corrections in a row


def newest(index: Index, number: int, cut: int) -> int:
    """Return the correction by the cut that stands for an entry: the last in a row, or itself."""
    for later in index.targeting(number):
        if later <= cut and index.kind(later) == "correct":
            return newest(index, later, cut)
    return number


def corrected_by(index: Index, number: int) -> Iterator[int]:
    """Yield the entry that an entry corrects, the one that this corrects, and so on."""
    while index.kind(number) == "correct":
        record: Any = index.record(number)
        number = record.target
        yield number
