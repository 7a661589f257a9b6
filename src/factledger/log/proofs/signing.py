"""Signing the next checkpoint of a ledger: never one that does not extend the last one signed.

What was signed last stands beside the key, `KEY.signed`, and beside the ledger; the next one extends
both. Who can put an older ledger in the place of a newer one takes along what stands beside it, and
not what stands beside the key.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path

from factledger.errors import HeadMoved, NotProved, WriteRefused
from factledger.log.lines import Line
from factledger.log.proofs.checkpoints import Checkpoint, checkpoint_text, read_checkpoint
from factledger.log.proofs.kept_checkpoints import (
    checkpoint_path,
    keep_checkpoint,
    keep_tree,
    kept_checkpoint,
    kept_tree,
)
from factledger.log.proofs.merkle import (
    Frontier,
    consistency_fault,
    consistency_ranges,
    exhaust,
    hashes_of,
    roots_of,
)
from factledger.log.proofs.prover import Passing, leaf_hashes, origin_of, rewritten, truncated
from factledger.log.proofs.signed_notes import MAX_NOTE, PrivateKey
from factledger.log.proofs.signer import (
    Signed,
    keep_signed,
    last_signed,
    lines_signed,
    signer,
)
from factledger.log.stores import Store
from factledger.log.stores.base import PATIENCE, OnProgress, saying
from factledger.log.stores.files import Sync, read_beside
from factledger.log.stores.locks import locked
from factledger.named import NamedTuple


class Known(NamedTuple):
    """A tree that was signed, and the file that tells of it: what is signed next extends it."""

    place: str
    size: int
    root: bytes


def sign_checkpoint(
    store: Store,
    key: PrivateKey,
    *,
    fork: bool = False,
    timeout: float = PATIENCE,
    sync: Sync = os.fsync,
    on_progress: OnProgress = None,
) -> Checkpoint:
    """Return the checkpoint of all that is durable in the store, signed, and kept beside it.

    Where nothing came since the last one, that one is returned. Raises NotProved where the
    ledger does not extend it, or the key is of another ledger, Busy while another signs or
    writes, WriteRefused where it cannot be kept, HeadMoved where what was read is taken back.
    With `fork` it is signed all the same: a second history, which whoever sees both can show.
    """
    if (origin := origin_of(store)) != key.name:
        raise NotProved(store.address, f"the ledger is {origin!a}, the key is of {key.name!a}")
    if not Path(store.address).exists():
        raise WriteRefused(store.address, "a checkpoint is kept beside a ledger in a file")
    if key.signed is not None:
        lines_signed(
            key.signed
        )  # before anything is locked: a ledger that is named here is no such file
    with locked(checkpoint_path(store.address), timeout), signer(key.signed, timeout):
        kept = None if fork else kept_checkpoint(store.address, key.public)
        known = [] if fork else [*_known(store.address, kept), *_signed_before(store, key)]
        frontier, newest = extended_frontier(store, known, on_progress)
        check_durable(store, newest, timeout)
        if key.signed is not None:
            signed = Signed(_first(store), frontier.size, frontier.root)
            keep_signed(key.signed, signed, sync, fork=fork)
        note = kept.note if kept is not None and kept.size == frontier.size else None
        if fork:
            _move_aside(checkpoint_path(store.address))
        with saying(lambda: "signing again finishes it"):
            if note is None:
                note = str(key.sign(checkpoint_text(origin, frontier.size, frontier.root)))
                keep_checkpoint(store.address, note, sync)
            keep_tree(store.address, frontier, newest, sync)
        return read_checkpoint(note.encode(), key.public)


def _known(address: str, kept: Checkpoint | None) -> list[Known]:
    """Return what the checkpoint beside a ledger says was signed."""
    return [] if kept is None else [Known(str(checkpoint_path(address)), kept.size, kept.root)]


def _signed_before(store: Store, key: PrivateKey) -> list[Known]:
    """Return what stands beside a key of what it signed; raises NotProved for another ledger's."""
    last = last_signed(key.signed) if key.signed is not None else None
    if last is None:
        return []
    if last.first != (first := _first(store)):
        found = f"{key.signed} is of another ledger {key.name!a}: its entry 1 is {last.first[:12]}…"
        advice = "nothing was signed; 'factledger key' makes a key for this one"
        raise NotProved(store.address, f"{found}, here it is {first[:12]}…; {advice}")
    return [Known(str(key.signed), last.size, last.root)]


def _first(store: Store) -> str:
    return next(store.read(1)).hash


def _move_aside(path: Path) -> None:
    """Let a checkpoint of another history stand beside the one that takes its name."""
    with suppress(FileNotFoundError):
        held = sha256(read_beside(path, MAX_NOTE)).hexdigest()
        path.rename(path.with_name(f"{path.name}-{held[:16]}"))


def extended_frontier(
    store: Store, known: Iterable[Known], on_progress: OnProgress
) -> tuple[Frontier, Line]:
    """Return the tree over the store, once it is proved to extend `known`, and its newest line.

    The lines are read once, unless what was kept of the tree is of no use: then once more, from
    the first. Raises NotProved where the store does not extend one of them.
    """
    steps = sorted(known, key=lambda step: step.size)
    kept = kept_tree(store.address)
    if kept is not None and steps and kept[0].size <= steps[0].size:
        with suppress(NotProved):
            return _grown(store, steps, *kept, on_progress)
    return _grown(store, steps, Frontier(), "", on_progress)


def _grown(
    store: Store, steps: Sequence[Known], frontier: Frontier, head: str, on_progress: OnProgress
) -> tuple[Frontier, Line]:
    """Return a tree with all lines that follow on it, if the one it ends with is still there."""
    lines = Passing(store.read(frontier.size or 1))
    tie = next(lines, None) if frontier.size else None
    if frontier.size and (tie is None or tie.hash != head):
        raise NotProved(store.address, rewritten(frontier.size))
    leaves = leaf_hashes(lines, on_progress)
    for step in steps:
        _grow_to(step, frontier, leaves, store.address)
    _grow_on(frontier, leaves, store.address)
    assert lines.newest is not None  # noqa: S101  a store with an origin has a line
    return frontier, lines.newest


def _grow_to(step: Known, frontier: Frontier, leaves: Iterator[bytes], address: str) -> None:
    """Grow a tree to the size of one that was signed; raises NotProved where it is another."""
    exhaust(frontier.adding(islice(leaves, step.size - frontier.size)))
    if frontier.size < step.size:
        fault = truncated(step.size, frontier.size)
    elif frontier.root != step.root:
        fault = rewritten(step.size)
    else:
        return
    advice = "restore the ledger from a copy, or sign a second history with --fork"
    raise NotProved(address, f"{fault}, says {step.place}; nothing was signed; {advice}")


def _grow_on(frontier: Frontier, leaves: Iterator[bytes], address: str) -> None:
    """Grow a tree by all that is left, its growth proved as it is to others."""
    if not frontier.size:
        exhaust(frontier.adding(leaves))
        return
    old, root, known, new = frontier.size, frontier.root, frontier.nodes(), list(leaves)
    ranges = consistency_ranges(old, old + len(new))
    known |= roots_of([r for r in ranges if r not in known], frontier.adding(new), old)
    proof = hashes_of(ranges, known)
    wrong = consistency_fault(old, frontier.size, proof, root, frontier.root)
    if wrong is not None:
        raise NotProved(address, f"the tree does not grow as it should: {wrong}")


def check_durable(store: Store, newest: Line, timeout: float) -> None:
    """Raise HeadMoved unless a line that was read is in the log for good.

    What a reader sees may still be on its way to the disk, and be taken back where that fails. Who
    holds the right to append has first made durable all that is there.
    """
    with store.writing(timeout=timeout) as writer:
        head = writer.head
        found = head if head.seq == newest.seq else next(store.read(newest.seq), None)
    if found is None or found.hash != newest.hash:
        raise HeadMoved(newest.hash, head.hash)
