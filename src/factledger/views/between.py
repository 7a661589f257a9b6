"""The views at the cuts between two, of which so many are asked about claims that bear on one another."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

import attrs

from factledger.status.merging import component_of
from factledger.status.standings import Standing
from factledger.views.view import View

ViewAt: TypeAlias = Callable[[int], View]
"""A function from a recorded cut to the view at it, with all else the same."""

MOST_ASKED = 64
"""How often views between are asked about claims that bear on one another: each works all of them out."""

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
        return self.asked >= MOST_ASKED


class Between:
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
        for view in (self.last, self.first):
            live = view.belief.live(number)
            if live is not None:
                members = component_of(view.belief, live)
                return Together(tuple(member.number for member in members), self.high)
        return Together((number,), self.high)
