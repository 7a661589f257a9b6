"""The tree over the lines of a store: its checkpoint, what it proves, whether one fits it.

The leaves are the envelopes, so erasing content changes no tree. Everything is worked out from
the lines, in one pass that keeps a few hashes; nothing that is kept beside them is trusted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factledger.errors import LogError, NotFound, NotProved, Problem
from factledger.log.lines import Line
from factledger.log.proofs.checkpoints import Checkpoint, checkpoint_text
from factledger.log.proofs.joint.joint_proof import MAX_ENTRIES, JointProof
from factledger.log.proofs.joint.several_leaves import joint_ranges
from factledger.log.proofs.merkle import (
    Frontier,
    Range,
    consistency_ranges,
    exhaust,
    hashes_of,
    inclusion_ranges,
    leaf_hash,
    roots_at,
    roots_of,
)
from factledger.log.proofs.proof import ConsistencyProof, InclusionProof

if TYPE_CHECKING:
    from factledger.log.stores.base import OnProgress, Store

_AT_ONCE = 1000  # entries between two calls of `on_progress`


def origin_of(store: Store) -> str:
    """Return the ledger's origin, as line 1 has it: of its checkpoints, and the name of its key."""
    first = next(store.read(1), None)
    origin = json.loads(first.body).get("origin") if first and first.body else None
    if not isinstance(origin, str):
        raise LogError(f"{store.address}:1: it does not name the ledger; no checkpoint without")
    return origin


class Passing(Iterator[Line]):
    """A stream of lines: `newest` is the last that passed, `noted` the one of a number."""

    def __init__(self, lines: Iterator[Line], number: int = 0) -> None:
        self._lines, self._number = lines, number
        self.newest: Line | None = None
        self.noted: Line | None = None

    def __next__(self) -> Line:
        self.newest = next(self._lines)
        if self.newest.seq == self._number:
            self.noted = self.newest
        return self.newest


class Noting(Iterator[Line]):
    """A stream of lines: `noted` are those of some numbers that passed, without their hash."""

    def __init__(self, lines: Iterator[Line], numbers: set[int]) -> None:
        self._lines, self._numbers = lines, numbers
        self.noted: list[Line] = []

    def __next__(self) -> Line:
        line = next(self._lines)
        if line.seq in self._numbers:
            self.noted.append(line._replace(hash=""))
        return line


def leaf_hashes(lines: Iterator[Line], on_progress: OnProgress = None) -> Iterator[bytes]:
    """Yield the leaf of each line; `on_progress` is called with its number from time to time."""
    for line in lines:
        if on_progress is not None and line.seq % _AT_ONCE == 0:
            on_progress(line.seq)
        yield leaf_hash(line.envelope())


def checkpoint_now(store: Store, on_progress: OnProgress = None) -> Checkpoint:
    """Return the checkpoint of all that is in the store, signed by nobody."""
    frontier = Frontier()
    exhaust(frontier.adding(leaf_hashes(store.read(), on_progress)))
    origin, size, root = origin_of(store), frontier.size, frontier.root
    return Checkpoint(origin, size, root, checkpoint_text(origin, size, root))


def prove_entry(
    store: Store, number: int, checkpoint: Checkpoint, on_progress: OnProgress = None
) -> InclusionProof:
    """Return the proof that an entry is in a checkpoint of the store.

    Raises NotFound for an entry that the checkpoint does not reach to, and NotProved where the
    lines are not those of the checkpoint.
    """
    if not 1 <= number <= checkpoint.size:
        raise NotFound(f"entry #{number}", f"the checkpoint is of {checkpoint.size} entries")
    check_origin(store, checkpoint)
    ranges = inclusion_ranges(number - 1, checkpoint.size)
    lines = Passing(store.read(), number)
    roots = _subtrees(store, [*ranges, (number - 1, number)], lines, checkpoint, on_progress)
    assert lines.noted is not None  # noqa: S101  the last range is the entry itself
    proof = InclusionProof(lines.noted._replace(hash=""), hashes_of(ranges, roots), checkpoint)
    _check(store, checkpoint, proof.fault)
    return proof


def prove_entries(
    store: Store, numbers: Sequence[int], checkpoint: Checkpoint, on_progress: OnProgress = None
) -> JointProof:
    """Return one proof that several entries are in a checkpoint of the store.

    Raises NotFound for an entry that the checkpoint does not reach to, and NotProved where there
    are too many of them or the lines are not those of the checkpoint.
    """
    rising = sorted(set(numbers))
    if not rising:
        raise NotFound("entries to prove", "name at least one")
    check_origin(store, checkpoint)
    for number in (rising[0], rising[-1]):
        if not 1 <= number <= checkpoint.size:
            raise NotFound(f"entry #{number}", f"the checkpoint is of {checkpoint.size} entries")
    if len(rising) > MAX_ENTRIES:
        raise NotProved(store.address, f"one proof is of at most {MAX_ENTRIES} entries")
    indexes = [number - 1 for number in rising]
    ranges = joint_ranges(indexes, checkpoint.size)
    lines = Noting(store.read(), set(rising))
    roots = _subtrees(store, [*ranges, (indexes[-1], rising[-1])], lines, checkpoint, on_progress)
    proof = JointProof(tuple(lines.noted), hashes_of(ranges, roots), checkpoint)
    _check(store, checkpoint, proof.fault)
    return proof


def prove_extension(
    store: Store, older: Checkpoint, checkpoint: Checkpoint, on_progress: OnProgress = None
) -> ConsistencyProof:
    """Return the proof that a checkpoint of the store extends an older one.

    Raises NotProved where it does not, or where the lines are not those of the two.
    """
    check_origin(store, checkpoint)
    if not 1 <= older.size <= checkpoint.size:
        found = f"a checkpoint of {checkpoint.size} entries does not extend one of {older.size}"
        raise NotProved(store.address, found)
    ranges = consistency_ranges(older.size, checkpoint.size)
    roots = _subtrees(store, ranges, store.read(), checkpoint, on_progress)
    proof = ConsistencyProof(older.size, hashes_of(ranges, roots), checkpoint)
    _check(store, checkpoint, proof.fault(older))
    return proof


def _subtrees(
    store: Store,
    ranges: Sequence[Range],
    lines: Iterator[Line],
    checkpoint: Checkpoint,
    on_progress: OnProgress,
) -> dict[Range, bytes]:
    try:
        return roots_of(ranges, leaf_hashes(lines, on_progress))
    except ValueError:
        raise NotProved(store.address, truncated(checkpoint.size, store.head.seq)) from None


def _check(store: Store, checkpoint: Checkpoint, fault: str | None) -> None:
    """Raise NotProved for a proof of our own that does not hold: the lines are not as signed."""
    if fault is not None:
        raise NotProved(store.address, f"{rewritten(checkpoint.size)} ({fault})")


def check_origin(store: Store, checkpoint: Checkpoint) -> None:
    """Raise NotProved for a checkpoint of another ledger."""
    if (origin := origin_of(store)) != checkpoint.origin:
        raise NotProved(store.address, of_another_ledger(checkpoint.origin, origin))


def checkpoint_faults(
    store: Store, checkpoints: dict[str, Checkpoint], on_progress: OnProgress = None
) -> list[Problem]:
    """Return the reasons why a store does not extend checkpoints, by the place each was read from.

    The lines are read from the start. The smallest checkpoint that does not fit comes first.
    """
    origin, sizes = origin_of(store), {found.size for found in checkpoints.values()}
    roots = roots_at(leaf_hashes(store.read(), on_progress), sizes)
    length = store.head.seq
    faults = []
    for place, found in sorted(checkpoints.items(), key=lambda item: item[1].size):
        if fault := _misfit(found, origin, roots.get(found.size), length):
            faults.append(Problem(place, "checkpoint", fault))
    return faults


def _misfit(found: Checkpoint, origin: str, root: bytes | None, length: int) -> str | None:
    if found.origin != origin:
        return of_another_ledger(found.origin, origin)
    if root is None:
        return truncated(found.size, length)
    return None if root == found.root else rewritten(found.size)


def of_another_ledger(found: str, origin: str) -> str:
    """Return the message for a checkpoint of another ledger; letters that look alike as escapes."""
    return f"foreign: it is a checkpoint of {found!a}, this ledger is {origin!a}"


def truncated(size: int, length: int) -> str:
    """Return the message for a ledger that is shorter than a checkpoint of it."""
    return f"truncated: the checkpoint is of {size} entries, the ledger has {length}"


def rewritten(size: int) -> str:
    """Return the message for a ledger that holds other entries than a checkpoint of it."""
    return f"rewritten: entries 1 to {size} are not those of the checkpoint"
