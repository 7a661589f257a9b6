"""Claims about one thing in sets that can all be right, each claim in one of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeVar

from factledger.status.spans import Worlds


class _Dated(Protocol):
    @property
    def worlds(self) -> Worlds: ...


_Member = TypeVar("_Member", bound=_Dated)


def agreeing(members: Iterable[_Member]) -> list[list[_Member]]:
    """Return the members in sets that can all be right; each joins the first such set, or begins one.

    Who comes first counts, so give them in an order that the log does not change.
    """
    sets: list[list[_Member]] = []
    known = _Sets()
    for member in members:
        place = known.place(member.worlds)
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
        self._worlds: list[Worlds] = []
        self._exact: list[tuple[int, int]] = []  # the first day, and the set
        self._vague: list[int] = []

    def place(self, worlds: Worlds) -> int | None:
        """Return the first set with which some worlds agree."""
        near = (n for n in self._near(worlds) if self._worlds[n].within(worlds).some)
        vague = (n for n in self._vague if self._worlds[n].within(worlds).some)
        found = [*islice(vague, 1), *sorted(near)[:1]]
        return min(found, default=None)

    def _near(self, worlds: Worlds) -> Iterator[int]:
        first, last = worlds.begins
        low = bisect_left(self._exact, (first, -1))
        high = bisect_right(self._exact, (last, len(self._worlds)))
        return (n for _, n in self._exact[low:high])

    def add(self, worlds: Worlds) -> None:
        """Begin a set."""
        number = len(self._worlds)
        self._worlds.append(worlds)
        if worlds.begins[0] == worlds.begins[1]:
            insort(self._exact, (worlds.begins[0], number))
        else:
            self._vague.append(number)

    def narrow(self, place: int, worlds: Worlds) -> None:
        """Leave a set the worlds that it has in common with others."""
        self._worlds[place] = self._worlds[place].within(worlds)
