"""Which entries changed a standing between two recorded cuts, found by asking at cuts between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from factledger.status.standings import Standing
from factledger.views.steps import Cause, Group, StandingKey, standing_key
from factledger.views.view import View

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Index

ViewAt: TypeAlias = Callable[[int], View]
"""A function from a recorded cut to the view at it, with all else the same."""

_KEPT = 64  # views at cuts between, which one step leaves for the next


def keeping(view_at: ViewAt) -> ViewAt:
    """Return a function that keeps the last few views that were asked for."""
    return lru_cache(maxsize=_KEPT)(view_at)


def causes_of(
    view_at: ViewAt, before: Standing | None, after: Standing | None, low: int, high: int
) -> tuple[Cause, ...]:
    """Return the entries after `low` and up to `high` that lead from one standing to the other.

    Each changed it by itself. An entry whose change was undone in between may be left out.
    """
    keys = list(dict.fromkeys(standing_key(s) for s in (before, after) if s is not None))
    index = view_at(high).belief.index
    chains = {index.chains.first(number) for number, _ in keys}
    likely = [n for number in chains for n in index.chains.of(number).entries]
    marks = {cut for number in likely for cut in (number - 1, number) if low < cut < high}
    stops = sorted({low, *marks, high})

    def held(cut: int) -> tuple[Standing | None, ...]:
        return tuple(standing_at(view_at(cut), key) for key in keys)

    def shown(cut: int) -> list[Standing]:
        return [s for s in view_at(cut).standings if standing_key(s) in keys]

    entries = list(_turns(held, stops)) or list(_turns(shown, stops))
    return tuple(cause(index, number) for number in entries)


def _turns(answer: Callable[[int], object], stops: list[int]) -> Iterator[int]:
    for low, high in pairwise(stops):
        yield from turning(answer, low, high)


def turning(answer: Callable[[int], object], low: int, high: int) -> Iterator[int]:
    """Yield cuts, each of which gives another answer than the one before it, from `low` to `high`.

    >>> list(turning(lambda cut: cut >= 5, 1, 9))
    [5]
    """
    if answer(low) == answer(high):
        return
    if high == low + 1:
        yield high
        return
    middle = (low + high) // 2
    yield from turning(answer, low, middle)
    yield from turning(answer, middle, high)


def standing_at(view: View, key: StandingKey) -> Standing | None:
    """Return the standing of a key in a view, whatever its status; None where there is none."""
    return next((s for s in view.why(key[0]) if standing_key(s) == key), None)


def cause(index: Index, number: int) -> Cause:
    """Return an entry as a cause, with the reason that it gives."""
    record: Any = index.record(number)
    return Cause(number, index.kind(number), getattr(record, "reason", None))


def group_of(causes: Iterable[Cause], new: bool) -> Group:
    """Return the group of a step with these causes; `new` if its claim was not known before."""
    kinds = {c.kind for c in causes}
    if new:
        return "learnt"
    if "redact" in kinds:
        return "erased"
    if "withdraw" in kinds:
        return "withdrawn"
    return "corrected" if kinds & {"correct", "retract"} else "learnt"
