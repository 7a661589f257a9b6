"""Segments verified by themselves: the chain within each, and the tree over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from factledger.errors import Damaged
from factledger.log.lines import canonical_fault, following, parted
from factledger.log.proofs.merkle import Frontier, leaf_hash, node_hash
from factledger.named import NamedTuple
from factledger.scaling.manifest import Joint, Manifest, Segment, manifest_in
from factledger.scaling.running import Runner, here


@attrs.frozen
class Verified:
    """What was verified: so many entries, with this hash of the last and this root of the tree."""

    entries: int
    head: str
    root: str


class Subtrees(NamedTuple):
    """The complete subtrees over the lines of a segment, from the left."""

    first: int
    size: int
    hashes: tuple[bytes, ...]


class _Task(NamedTuple):
    folder: str
    segment: Segment


def verify_segments(folder: Path, run: Runner = here) -> Verified:
    """Verify every line of the segments, each segment by itself, and that each joins the next.

    Raises `Damaged` at a line that does not follow from the lines before, and where two segments
    do not meet.
    """
    manifest = manifest_in(folder)
    _check_joints(manifest, folder)
    found = run(subtrees_of, (_Task(str(folder), s) for s in manifest.segments))
    root = root_over(sorted(found), manifest.size)
    return Verified(manifest.entries, manifest.end.hash, root.hex())


def _check_joints(manifest: Manifest, folder: Path) -> None:
    for one, other in zip(manifest.segments, manifest.segments[1:], strict=False):
        if one.after != other.before:
            raise Damaged(str(folder), other.first, "the segment does not join the one before")


def subtrees_of(task: _Task) -> Subtrees:
    """Verify the lines of one segment, and return the subtrees over them."""
    folder, segment = Path(task.folder), task.segment
    path, raws = str(segment.path(folder)), segment.lines(folder)
    frontier = Frontier()
    before = last = segment.before.line
    parts = (parted(raw, path, number) for number, raw in enumerate(raws, segment.first))
    for last in following(parts, before, path):
        if fault := canonical_fault(last):
            raise Damaged(path, last.seq, fault)
        frontier.add(leaf_hash(last.envelope()))
    if Joint.of(last) != segment.after:
        raise Damaged(path, last.seq + 1, "it is missing")
    return Subtrees(segment.first, frontier.size, tuple(frontier.hashes))


def root_over(parts: Sequence[Subtrees], size: int) -> bytes:
    """Return the root over segments of `size` lines, a power of two, of which the last may be shorter.

    Raises ValueError where another is.
    """
    if any(part.size != size for part in parts[:-1]):
        raise ValueError("a segment in the middle is not full")
    return Frontier(sum(part.size for part in parts), _over(parts, size)).root


def _over(parts: Sequence[Subtrees], size: int) -> Iterator[bytes]:
    """Yield the complete subtrees over all, from the left."""
    full = [part.hashes[0] for part in parts if part.size == size]
    tops = Tops()
    for hash_ in full:
        tops.add(hash_)
    yield from tops.hashes
    yield from (hash_ for part in parts if part.size != size for hash_ in part.hashes)


class Tops:
    """Complete subtrees of one height, joined from the left as a tree grows."""

    def __init__(self) -> None:
        self.hashes: list[bytes] = []
        self._count = 0

    def add(self, hash_: bytes) -> None:
        """Take in one more subtree."""
        rest, joined = self._count, hash_
        while rest & 1:
            joined = node_hash(self.hashes.pop(), joined)
            rest >>= 1
        self.hashes.append(joined)
        self._count += 1
