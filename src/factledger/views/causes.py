"""Which entries changed a standing between two recorded cuts, found by asking at cuts between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from factledger.status.merging import component_of
from factledger.status.standings import Standing
from factledger.views.steps import Cause, Group, StandingKey, standing_key
from factledger.views.view import View

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Index

ViewAt: TypeAlias = Callable[[int], View]
"""A function from a recorded cut to the view at it, with all else the same."""

MOST_ASKED = 64
"""How often views between are asked about claims that bear on one another: each works all of them out."""

_WORKED_OUT = 4096  # claims, in all views between: of very many together fewer views are asked
_LEAST_ASKED = 8

_KEPT = 64  # views at cuts between, which one step leaves for the next


class AskedEnough(Exception):
    """Claims that bear on one another were asked about as often as they may be."""


@attrs.define
class Together:
    """Claims that bear on one another, by their entries, and how often they were asked about."""

    entries: tuple[int, ...]
    changed_by: int
    """The newest entry that is known to have changed one of them."""

    asked: int = 0

    @property
    def enough(self) -> bool:
        """Whether they are not to be asked about again."""
        fewer = max(_LEAST_ASKED, _WORKED_OUT // len(self.entries))
        return self.asked >= min(MOST_ASKED, fewer)


class CutsBetween:
    """Two views of which one knows more, and those on the way from the first to the second."""

    def __init__(self, view_at: ViewAt, first: View, last: View) -> None:
        self.first, self.last = first, last
        self.low, self.high = first.belief.recorded, last.belief.recorded
        self._view_at = lru_cache(maxsize=_KEPT)(view_at)
        self._together: dict[int, Together] = {}

    def view(self, cut: int, together: Together) -> View:
        """Return the view at a cut; raises `AskedEnough` where it would be one too many for these claims."""
        if cut in (self.low, self.high):
            return self.first if cut == self.low else self.last
        if together.enough:
            raise AskedEnough
        together.asked += 1
        return self._view_at(cut)

    def together(self, standing: Standing) -> Together:
        """Return the claims that bear on one that stands in the last view, or else in the first."""
        found = self._together.get(standing.number)
        if found is None:
            found = self._found(standing.number)
            self._together.update(dict.fromkeys(found.entries, found))
        return found

    def _found(self, number: int) -> Together:
        beliefs = (self.last.belief, self.first.belief)
        standing = ((belief, belief.live(number)) for belief in beliefs)
        belief, seed = next((belief, live) for belief, live in standing if live is not None)
        members = component_of(belief, seed)
        return Together(tuple(member.number for member in members), self.high)


def causes_of(
    between: CutsBetween, before: Standing | None, after: Standing | None
) -> tuple[Cause, ...]:
    """Return the entries between two views that lead from one standing to the other.

    Each changed it by itself. An entry whose change was undone in between may be left out. Where
    very many claims bear on one another, all that are about the claim are named, and of the others
    those that are found; where none is, the last one found that changed another of them.
    """
    found = [s for s in (after, before) if s is not None]
    keys = list(dict.fromkeys(standing_key(s) for s in reversed(found)))
    index, low, high = between.last.belief.index, between.low, between.high
    likely = _about(index, (number for number, _ in keys))
    marks = {cut for number in likely for cut in (number - 1, number) if low < cut < high}
    stops, together = sorted({low, *marks, high}), between.together(found[0])

    @cache
    def held(cut: int) -> tuple[Standing | None, ...]:
        view = between.view(cut, together)
        return tuple(standing_at(view, key) for key in keys)

    @cache
    def shown(cut: int) -> list[Standing]:
        return [s for s in between.view(cut, together).standings if standing_key(s) in keys]

    entries = set(_turns(held, stops)) or set(_turns(shown, stops))
    if together.enough:
        own = _about(index, (n for s in found for n in (s.number, *s.also)))
        entries.update(n for n in own if low < n <= high)
        entries = entries or {together.changed_by}
    together.changed_by = max(entries, default=together.changed_by)
    return tuple(cause(index, n) for n in sorted(entries))


def _about(index: Index, numbers: Iterable[int]) -> set[int]:
    """Return the entries of some claims: what says them, in each reading, and what is about them."""
    chains = {index.chains.first(number) for number in numbers}
    return {n for number in chains for n in index.chains.of(number).entries}


def _turns(answer: Callable[[int], object], stops: list[int]) -> Iterator[int]:
    with suppress(AskedEnough):
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
