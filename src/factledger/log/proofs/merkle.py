"""The Merkle tree of RFC 6962 and RFC 9162: its root, its proofs, and what is wrong with one.

A tree is a list of leaf hashes; nothing here knows what a leaf holds. Leaves are counted from 0.
Hashes are SHA-256, always 32 bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import TypeAlias

HASH_BYTES = 32
EMPTY_ROOT = sha256().digest()

Range: TypeAlias = tuple[int, int]  # the leaves from the first on, before the second


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The complete subtrees that a tree is made of, from the left: all that growing it needs.

    A tree of a million leaves has at most 20 of them. Raises ValueError for hashes that no tree
    of that size has.

    >>> frontier = Frontier()
    >>> for data in (b"a", b"b", b"c"):
    ...     frontier.add(leaf_hash(data))
    >>> frontier.size, len(frontier.hashes), frontier.root.hex()[:8]
    (3, 2, '36642e73')
    """

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.hashes = list(hashes)
        if size < 0 or len(self.hashes) != size.bit_count() or odd_hash(self.hashes):
            raise ValueError(f"a tree of {size} leaves is not made of {len(self.hashes)} subtrees")

    def add(self, leaf: bytes) -> None:
        """Take in the hash of one more leaf."""
        joined, rest = leaf, self.size
        while rest & 1:
            joined = node_hash(self.hashes.pop(), joined)
            rest >>= 1
        self.hashes.append(joined)
        self.size += 1

    def adding(self, leaves: Iterable[bytes]) -> Iterator[bytes]:
        """Yield leaves as they come, each taken in."""
        for leaf in leaves:
            self.add(leaf)
            yield leaf

    @property
    def root(self) -> bytes:
        """The root of the tree."""
        if not self.hashes:
            return EMPTY_ROOT
        *lefts, root = self.hashes
        for left in reversed(lefts):
            root = node_hash(left, root)
        return root

    def nodes(self) -> dict[Range, bytes]:
        """Return the subtrees by the leaves that they cover."""
        found, first = {}, 0
        for hash_ in self.hashes:
            last = first + _largest_power(self.size - first)
            found[first, last] = hash_
            first = last
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over some leaf hashes."""
    frontier = Frontier()
    exhaust(frontier.adding(leaves))
    return frontier.root


def exhaust(leaves: Iterator[bytes]) -> None:
    """Consume an iterator of leaves, for the effect of reading them."""
    for _ in leaves:
        pass


def roots_at(leaves: Iterable[bytes], sizes: Collection[int]) -> dict[int, bytes]:
    """Return the root at each size, in one pass; a size that the leaves do not reach is left out.

    >>> sorted(roots_at([leaf_hash(b"a"), leaf_hash(b"b")], {0, 2, 3}))
    [0, 2]
    """
    frontier = Frontier()
    found = {0: frontier.root} if 0 in sizes else {}
    for _ in frontier.adding(islice(leaves, max(sizes, default=0))):
        if frontier.size in sizes:
            found[frontier.size] = frontier.root
    return found


def roots_of(
    ranges: Iterable[Range], leaves: Iterable[bytes], begin: int = 0
) -> dict[Range, bytes]:
    """Return the root over each of some ranges that do not overlap, in one pass.

    The first of `leaves` is leaf `begin`. Raises ValueError where they do not reach far enough.
    """
    rest, found = iter(leaves), {}
    for first, last in sorted(ranges):
        exhaust(islice(rest, first - begin))
        frontier = Frontier()
        exhaust(frontier.adding(islice(rest, last - first)))
        if frontier.size < last - first:
            raise ValueError(f"there are fewer than {last} leaves")
        found[first, last], begin = frontier.root, last
    return found


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Return the ranges of leaves that the hashes of an inclusion proof cover, in their order."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size} leaves")
    first, last, ranges = 0, size, []
    while last - first > 1:
        middle = split_of(first, last)
        if index < middle:
            ranges.append((middle, last))
            last = middle
        else:
            ranges.append((first, middle))
            first = middle
    return ranges[::-1]


def consistency_ranges(old: int, size: int) -> list[Range]:
    """Return the ranges of leaves that the hashes of a consistency proof cover, in their order."""
    if not 0 < old <= size:
        raise ValueError(f"nothing proves that a tree of {size} leaves extends one of {old}")
    first, last, ranges = 0, size, []
    while last != old:
        middle = split_of(first, last)
        if old <= middle:
            ranges.append((middle, last))
            last = middle
        else:
            ranges.append((first, middle))
            first = middle
    if first:  # else it is the old tree, whose root whoever verifies has
        ranges.append((first, last))
    return ranges[::-1]


def hashes_of(ranges: Iterable[Range], roots: Mapping[Range, bytes]) -> tuple[bytes, ...]:
    """Return the hashes of a proof, once the roots over its ranges are known."""
    return tuple(roots[covered] for covered in ranges)


def inclusion_fault(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> str | None:
    """Return why a proof does not show a leaf at `index` of the tree with `root`, or None.

    As in RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        return f"leaf {index} is not in a tree of {size} leaves"
    if odd_hash((leaf, root, *proof)):
        return f"a hash is not {HASH_BYTES} bytes long"
    position, end, found = index, size - 1, leaf
    for step in proof:
        if end == 0:
            return "the proof is too long"
        if position & 1 or position == end:
            found = node_hash(step, found)
            position, end = _up_to_odd(position, end)
        else:
            found = node_hash(found, step)
        position, end = position >> 1, end >> 1
    if end:
        return "the proof is too short"
    return None if found == root else "the proof leads to another root"


def consistency_fault(
    old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> str | None:
    """Return why a proof does not show that a tree of `size` extends one of `old`, or None.

    As in RFC 9162, section 2.1.4.2. Between equal sizes the proof is empty and the roots are
    equal; nothing is said of an empty tree, which every tree extends.
    """
    if not 0 < old <= size:
        return f"nothing proves that a tree of {size} leaves extends one of {old}"
    if odd_hash((old_root, root, *proof)):
        return f"a hash is not {HASH_BYTES} bytes long"
    if old == size:
        if proof:
            return "the proof is too long"
        return None if old_root == root else "the roots of trees of one size differ"
    return _growth_fault(old, size, proof, old_root, root)


def _growth_fault(
    old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> str | None:
    steps = iter((old_root, *proof) if old.bit_count() == 1 else proof)
    position, end = old - 1, size - 1
    while position & 1:
        position, end = position >> 1, end >> 1
    before = after = next(steps, b"")
    for step in steps:
        if end == 0:
            return "the proof is too long"
        if position & 1 or position == end:
            before, after = node_hash(step, before), node_hash(step, after)
            position, end = _up_to_odd(position, end)
        else:
            after = node_hash(after, step)
        position, end = position >> 1, end >> 1
    if end:
        return "the proof is too short"
    if before != old_root:
        return "the proof leads to another old root"
    return None if after == root else "the proof leads to another root"


def odd_hash(hashes: Iterable[bytes]) -> bool:
    """Return whether one of these is no hash, by its length."""
    return any(len(hash_) != HASH_BYTES for hash_ in hashes)


def _up_to_odd(position: int, end: int) -> tuple[int, int]:
    """Return a position and the last one, as many levels up as the position is a left edge."""
    while position and not position & 1:
        position, end = position >> 1, end >> 1
    return position, end


def _largest_power(count: int) -> int:
    """Return the largest power of two that is not above a count."""
    return 1 << (count.bit_length() - 1)


def split_of(first: int, last: int) -> int:
    """Return where the leaves of a node part: on the left stand as many as a power of two below all."""
    return first + _largest_power(last - first - 1)
