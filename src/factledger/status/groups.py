"""Groups that share members, made one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

_Member = TypeVar("_Member")


def joined(groups: Iterable[Iterable[_Member]]) -> list[set[_Member]]:
    """Return the groups with those that share a member made one.

    >>> sorted(sorted(group) for group in joined([["a", "b"], ["c", "d"], ["b", "e"]]))
    [['a', 'b', 'e'], ['c', 'd']]
    """
    found: dict[_Member, set[_Member]] = {}
    for group in map(list, groups):
        for member in group:
            sides = (found.setdefault(one, {one}) for one in (group[0], member))
            small, large = sorted(sides, key=len)  # so that no member is moved often
            if small is not large:
                large |= small
                found.update(dict.fromkeys(small, large))
    return list({id(group): group for group in found.values()}.values())
