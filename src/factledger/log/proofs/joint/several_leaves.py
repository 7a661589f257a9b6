"""A proof of several leaves of one tree: the roots over all that lies between them.

Where the proofs of single leaves repeat each other's hashes, this has none twice, and none that
follows from the leaves themselves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from factledger.log.proofs.merkle import HASH_BYTES, Range, node_hash, odd_hash, split_of


def joint_ranges(indexes: Sequence[int], size: int) -> list[Range]:
    """Return the ranges of leaves that the hashes of a joint proof cover, from the left.

    `indexes` rise. The ranges are the largest subtrees that hold none of them.

    >>> joint_ranges([0, 3], 5)
    [(1, 2), (2, 3), (4, 5)]
    """
    if not indexes or not 0 <= indexes[0] <= indexes[-1] < size:
        raise ValueError(f"leaves {list(indexes)} are not in a tree of {size} leaves")
    return list(_between(indexes, 0, size))


def _between(indexes: Sequence[int], first: int, last: int) -> Iterator[Range]:
    if not _any_within(indexes, first, last):
        yield first, last
    elif last - first > 1:
        middle = split_of(first, last)
        yield from _between(indexes, first, middle)
        yield from _between(indexes, middle, last)


def _any_within(indexes: Sequence[int], first: int, last: int) -> bool:
    return bisect_left(indexes, first) < bisect_left(indexes, last)


def joint_fault(
    leaves: Mapping[int, bytes], size: int, proof: Sequence[bytes], root: bytes
) -> str | None:
    """Return why a proof does not show leaves, by their indexes, of the tree with `root`, or None."""
    indexes = sorted(leaves)
    if not indexes or not 0 <= indexes[0] <= indexes[-1] < size:
        return f"not all of its leaves are in a tree of {size} leaves"
    if odd_hash((root, *leaves.values(), *proof)):
        return f"a hash is not {HASH_BYTES} bytes long"
    steps = iter(proof)
    try:
        found = _root(leaves, indexes, steps, (0, size))
    except StopIteration:
        return "the proof is too short"
    if next(steps, None) is not None:
        return "the proof is too long"
    return None if found == root else "the proof leads to another root"


def _root(
    leaves: Mapping[int, bytes], indexes: Sequence[int], steps: Iterator[bytes], over: Range
) -> bytes:
    """Return the root over a range; raises StopIteration where the hashes of a proof run out."""
    first, last = over
    if not _any_within(indexes, first, last):
        return next(steps)
    if last - first == 1:
        return leaves[first]
    middle = split_of(first, last)
    left = _root(leaves, indexes, steps, (first, middle))
    return node_hash(left, _root(leaves, indexes, steps, (middle, last)))
