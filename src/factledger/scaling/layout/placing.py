"""The cell of each entry, over all segments: that of its root, or of what it is about.

PlacedEntries are the leading bits of roots. The table of them has two bytes an entry.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from factledger.named import NamedTuple
from factledger.scaling.layout.reading import Readings
from factledger.scaling.layout.roots import NO_ROOT, Joined, first_bits

CELL_BITS = 12
CELLS = 1 << CELL_BITS
NOWHERE = 0xFFFF  # of what is no claim, and about none


class PlacedEntries(NamedTuple):
    """The cell of each entry, from entry 1 on; and of declarations which entries are about which."""

    cells: array[int]
    about_declarations: dict[int, list[int]]


def cells_over(readings: Sequence[Readings]) -> PlacedEntries:
    """Return the cell of each entry of all segments, in order."""
    roots = array("Q", [NO_ROOT])
    for one in readings:
        roots.extend(one.roots)
    groups = Joined()
    for one in readings:
        for link in one.links:
            groups.join(link)
    about = _follow(roots, groups, (pair for one in readings for pair in one.refers))
    cells = array("H", (_cell(groups.find(root)) if root else NOWHERE for root in roots[1:]))
    return PlacedEntries(cells, about)


def _cell(root: int) -> int:
    return first_bits(root, CELL_BITS)


def _follow(
    roots: array[int], groups: Joined, refers: Iterable[tuple[int, list[int]]]
) -> dict[int, list[int]]:
    """Give what is about a claim its root, and join those that it brings together.

    Return what is about no claim, but perhaps about a declaration.
    """
    others: dict[int, list[int]] = {}
    for number, about in refers:
        known = [n for n in about if 0 < n < number]
        met = [root for n in (number, *known) if (root := roots[n])]
        if not met:
            others[number] = known
            continue
        groups.join(met)
        for n in (number, *known):  # of what was erased, only what is about it tells the claim
            roots[n] = roots[n] or met[0]
    return others
