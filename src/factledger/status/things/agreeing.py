"""Claims about one thing in sets that can all be right, each claim in one of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from typing import Protocol, TypeVar

from factledger.status.spans import Worlds


class _Dated(Protocol):
    @property
    def worlds(self) -> Worlds:
        """The ways in which it can have been."""


_Member = TypeVar("_Member", bound=_Dated)


def agreeing(
    members: Iterable[_Member],
    apart: Callable[[Sequence[_Member], Worlds, _Member], bool] = lambda some, worlds, one: False,
) -> list[list[_Member]]:
    """Return the members in sets that can all be right; each joins the first such set, or begins one.

    Who comes first counts, so give them in an order that the log does not change. `apart` tells,
    of a set, what is left of its worlds and a member, whether something else keeps them apart.
    """
    sets: list[list[_Member]] = []
    known = _Sets()
    for member in members:
        fitting = known.places(member.worlds)
        place = next((n for n in fitting if not apart(sets[n], known.worlds[n], member)), None)
        if place is None:
            known.add(member.worlds)
            sets.append([member])
        else:
            known.narrow(place, member.worlds)
            sets[place].append(member)
    return sets


class _Sets:
    """The worlds that are left to each set, found by their first days where these are known."""

    def __init__(self) -> None:
        self.worlds: list[Worlds] = []
        self._exact: list[tuple[int, int]] = []  # the first day, and the set
        self._vague: list[int] = []

    def places(self, worlds: Worlds) -> Iterator[int]:
        """Yield the sets with which some worlds agree, the first first."""
        near = sorted(n for n in self._near(worlds) if self.worlds[n].within(worlds).some)
        vague = (n for n in self._vague if self.worlds[n].within(worlds).some)
        yield from merge(vague, near)

    def _near(self, worlds: Worlds) -> Iterator[int]:
        first, last = worlds.begins
        low = bisect_left(self._exact, (first, 0))
        high = bisect_right(self._exact, (last, len(self.worlds)))
        return (n for _, n in self._exact[low:high])

    def add(self, worlds: Worlds) -> None:
        """Begin a set."""
        number = len(self.worlds)
        self.worlds.append(worlds)
        if worlds.begins[0] == worlds.begins[1]:
            insort(self._exact, (worlds.begins[0], number))
        else:
            self._vague.append(number)

    def narrow(self, place: int, worlds: Worlds) -> None:
        """Leave a set the worlds that it has in common with others."""
        self.worlds[place] = self.worlds[place].within(worlds)
