"""Members in the order of one day of each, found by another: nobody has to meet everybody."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import count
from typing import Generic, TypeVar

from factledger.dates.days import BEGINNING, FOREVER
from factledger.named import NamedTuple

Member = TypeVar("Member")
_NOWHERE = BEGINNING - 1
_NOBODY = -1


class Reach(NamedTuple):
    """How far some members reach: the farthest day, the side it is of, and that of all other sides."""

    day: int = _NOWHERE
    side: Hashable = None
    others: int = _NOWHERE

    def against(self, side: Hashable) -> int:
        """Return how far those reach who are not of a side."""
        return self.others if self.side == side else self.day

    def joined(self, more: Reach) -> Reach:
        """Return how far these and more members reach."""
        far, near = (self, more) if self.day >= more.day else (more, self)
        return Reach(far.day, far.side, max(far.others, near.against(far.side)))


class Neighbours(Generic[Member]):
    """Members in the order of a `day`, each with a day up to which it reaches, and a side.

    They are the leaves of a tree in which each node knows how far those below it reach. So a
    branch in which all are of one side, or end too early, is passed over as a whole: the next
    member is found in about as many steps as the tree has levels.

    >>> months = Neighbours([(3, 9, "b"), (1, 2, "a"), (5, 7, "a")],
    ...                     day=lambda m: m[0], reach=lambda m: m[1], side=lambda m: m[2])
    >>> [*months.others("b", since=1, beyond=1)], [*months.others("b", since=2, beyond=6)]
    ([(1, 2, 'a'), (5, 7, 'a')], [(5, 7, 'a')])
    """

    def __init__(
        self,
        members: Iterable[Member],
        *,
        day: Callable[[Member], int],
        reach: Callable[[Member], int],
        side: Callable[[Member], Hashable],
    ) -> None:
        self._members = sorted(members, key=day)
        self._days = [*map(day, self._members)]
        self._leaves = 1 << max(len(self._members) - 1, 0).bit_length()
        # Of each node what a `Reach` tells, and a number for the side: it is asked very often.
        self._numbers: dict[Hashable, int] = {}
        self._far = [_NOWHERE] * (2 * self._leaves)
        self._side = [_NOBODY] * (2 * self._leaves)
        self._near = [_NOWHERE] * (2 * self._leaves)
        leaves = slice(self._leaves, self._leaves + len(self._members))
        sides = [*map(side, self._members)]
        self._numbers.update(zip(dict.fromkeys(sides), count()))
        self._far[leaves] = map(reach, self._members)
        self._side[leaves] = map(self._numbers.__getitem__, sides)
        self._join(range(self._leaves - 1, 0, -1))

    def others(
        self, side: Hashable, *, since: int = BEGINNING, until: int = FOREVER, beyond: int
    ) -> Iterator[Member]:
        """Return the members of other sides from a day to another who reach beyond a third, in order."""
        if not self._members or self._far[1] <= beyond:
            return iter(())
        return self._others(self._numbers.get(side, _NOBODY), since, until, beyond)

    def _others(self, number: int, since: int, until: int, beyond: int) -> Iterator[Member]:
        far, sides, leaves = self._far, self._side, self._leaves
        place: int | None = self._find(bisect_left(self._days, since), beyond, number)
        while place is not None and self._days[place] <= until:
            yield self._members[place]
            place += 1
            # The next leaf is often the one: a place behind the last reaches nowhere.
            node = leaves + place
            if place >= leaves or sides[node] == number or far[node] <= beyond:
                place = self._find(place, beyond, number)

    def take(self, *, until: int, beyond: int) -> Iterator[Member]:
        """Yield the members of all sides up to a day who reach beyond another, and forget them."""
        place = self._find(0, beyond, _NOBODY)
        while place is not None and self._days[place] <= until:
            self._forget(place)
            yield self._members[place]
            place = self._find(place + 1, beyond, _NOBODY)

    def _find(self, place: int, beyond: int, side: int) -> int | None:
        """Return the place, from one on, of the first member of another side that reaches so far."""
        if place >= len(self._members):
            return None
        far, sides, near, leaves = self._far, self._side, self._near, self._leaves
        node = leaves + place
        while node:
            if (near[node] if sides[node] == side else far[node]) > beyond:
                if node >= leaves:
                    return node - leaves
                node *= 2  # it is below: to the left first
                continue
            while node % 2:  # on to the node that begins where this one ends
                node //= 2
            node += node > 0
        return None

    def _forget(self, place: int) -> None:
        node = self._leaves + place
        self._far[node], self._side[node] = _NOWHERE, _NOBODY
        self._join(node >> level for level in range(1, node.bit_length()))

    def _join(self, nodes: Iterable[int]) -> None:
        """Work out what nodes tell, each from the two below it, as `Reach.joined` does."""
        far, sides, near = self._far, self._side, self._near
        for node in nodes:
            one, other = 2 * node, 2 * node + 1
            if far[one] < far[other]:
                one, other = other, one
            far[node], sides[node] = far[one], sides[one]
            against = near[other] if sides[other] == sides[one] else far[other]
            near[node] = max(near[one], against)
