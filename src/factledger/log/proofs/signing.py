"""Signing the next checkpoint of a ledger: never one that does not extend the last one signed.

Two files stand beside the ledger. `NAME.checkpoint` is the last checkpoint, replaced in one step
and durable before anyone sees the new one. `NAME.tree` holds the few hashes from which the tree
grows on, so that the next checkpoint hashes the new lines only. It is derived and worth nothing
by itself: it counts only where it leads to the root of the last checkpoint, and where the ledger
still has the line that it ended with; else the tree is made anew from all lines.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from factledger.errors import HeadMoved, NotProved, WriteRefused
from factledger.log.canonical import canonical
from factledger.log.lines import Line
from factledger.log.proofs.checkpoints import Checkpoint, checkpoint_text, read_checkpoint
from factledger.log.proofs.merkle import (
    Frontier,
    consistency_fault,
    consistency_ranges,
    exhaust,
    hashes_of,
    roots_of,
)
from factledger.log.proofs.prover import Passing, leaf_hashes, origin_of, rewritten, truncated
from factledger.log.proofs.signed_notes import MAX_NOTE, PrivateKey, PublicKey, parse_private_key
from factledger.log.stores import Store
from factledger.log.stores.base import PATIENCE, OnProgress
from factledger.log.stores.files import (
    Sync,
    locked,
    read_up_to,
    reason,
    sync_folder,
    write_all,
    write_durably,
)

_MAX_TREE = 2**14  # 63 hashes take a third of it


def checkpoint_path(address: str) -> Path:
    """Return where the last checkpoint of a ledger is kept; there may be none."""
    return Path(f"{address}.checkpoint")


def tree_path(address: str) -> Path:
    """Return where the hashes are kept from which the tree grows on."""
    return Path(f"{address}.tree")


def sign_checkpoint(
    store: Store,
    key: PrivateKey,
    *,
    timeout: float = PATIENCE,
    sync: Sync = os.fsync,
    on_progress: OnProgress = None,
) -> Checkpoint:
    """Return the checkpoint of all that is durable in the store, signed, and kept beside it.

    Where nothing came since the last one, that one is returned. Raises NotProved where the
    ledger does not extend it or the key is of another ledger, Busy while another signs or
    writes, WriteRefused where it cannot be kept, HeadMoved where what was read is taken back.
    """
    if (origin := origin_of(store)) != key.name:
        raise NotProved(store.address, f"the ledger is {origin!r}, the key is of {key.name!r}")
    if not Path(store.address).exists():
        raise WriteRefused(store.address, "a checkpoint is kept beside a ledger in a file")
    with locked(checkpoint_path(store.address), timeout):
        last = kept_checkpoint(store.address, key.public)
        frontier, newest = extended_frontier(store, last, on_progress)
        check_durable(store, newest, timeout)
        note = last.note if last is not None and last.size == frontier.size else None
        if note is None:
            note = str(key.sign(checkpoint_text(origin, frontier.size, frontier.root)))
            keep_checkpoint(store.address, note, sync)
        keep_tree(store.address, frontier, newest, sync)
        return read_checkpoint(note.encode(), key.public)


def kept_checkpoint(address: str, key: PublicKey | None = None) -> Checkpoint | None:
    """Return the checkpoint that is kept beside a ledger, None for none.

    With a key, it must be signed by it. Raises NotProved.
    """
    path = checkpoint_path(address)
    try:
        data = read_up_to(path, MAX_NOTE)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotProved(str(path), f"cannot read: {reason(error)}") from error
    return read_checkpoint(data, key, str(path))


def extended_frontier(
    store: Store, last: Checkpoint | None, on_progress: OnProgress
) -> tuple[Frontier, Line]:
    """Return the tree over the store, once it is proved to extend `last`, and its newest line.

    The lines are read once, unless what was kept of the tree is of no use: then once more, from
    the first. Raises NotProved where the store does not extend `last`.
    """
    kept = kept_tree(store.address)
    if kept is not None and last is not None and kept[0].size <= last.size:
        with suppress(NotProved):
            return _grown(store, last, *kept, on_progress)
    return _grown(store, last, Frontier(), "", on_progress)


def kept_tree(address: str) -> tuple[Frontier, str] | None:
    """Return what was kept of a tree, and the hash of its newest line; None for nothing of use."""
    try:
        found = json.loads(read_up_to(tree_path(address), _MAX_TREE))
        return Frontier(found["size"], map(bytes.fromhex, found["hashes"])), str(found["head"])
    except (AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError):
        return None


def _grown(
    store: Store, last: Checkpoint | None, frontier: Frontier, head: str, on_progress: OnProgress
) -> tuple[Frontier, Line]:
    """Return a tree with all lines that follow on it, if the one it ends with is still there."""
    lines = Passing(store.read(frontier.size or 1))
    tie = next(lines, None) if frontier.size else None
    if frontier.size and (tie is None or tie.hash != head):
        raise NotProved(store.address, rewritten(frontier.size))
    leaves = leaf_hashes(lines, on_progress)
    if last is None:
        exhaust(frontier.adding(leaves))
    else:
        _grow_from(last, frontier, leaves, store.address)
    assert lines.newest is not None  # noqa: S101  a store with an origin has a line
    return frontier, lines.newest


def _grow_from(last: Checkpoint, frontier: Frontier, leaves: Iterator[bytes], address: str) -> None:
    """Grow a tree to the last checkpoint and beyond, its growth proved as it is to others."""
    exhaust(frontier.adding(islice(leaves, last.size - frontier.size)))
    if frontier.size < last.size:
        fault = truncated(last.size, frontier.size)
        raise NotProved(address, f"{fault}; nothing was signed")
    if frontier.root != last.root:
        raise NotProved(address, f"{rewritten(last.size)}; nothing was signed")
    known, new = frontier.nodes(), list(leaves)
    ranges = consistency_ranges(last.size, last.size + len(new))
    known |= roots_of([r for r in ranges if r not in known], frontier.adding(new), last.size)
    proof = hashes_of(ranges, known)
    wrong = consistency_fault(last.size, frontier.size, proof, last.root, frontier.root)
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


def keep_checkpoint(address: str, note: str, sync: Sync) -> None:
    """Put a checkpoint in the place of the last one; durable when this returns."""
    path = checkpoint_path(address)
    try:
        write_durably(path, note.encode(), sync, _mode(address))
    except OSError as error:
        raise WriteRefused(str(path), reason(error)) from error


def keep_tree(address: str, frontier: Frontier, newest: Line, sync: Sync) -> None:
    """Keep what the tree grows on from, if the disk lets it: it can be made anew.

    It is written after its checkpoint, so that after a crash between the two it is too small and
    still of use, and never too large.
    """
    hashes = [hash_.hex() for hash_ in frontier.hashes]
    kept = canonical({"hashes": hashes, "head": newest.hash, "size": frontier.size})
    with suppress(OSError):
        write_durably(tree_path(address), kept + b"\n", sync, _mode(address))


def _mode(address: str) -> int:
    return os.stat(address).st_mode & 0o666  # who may read the ledger


def make_key(path: Path, name: str, *, entropy: Callable[[int], bytes] = os.urandom) -> PublicKey:
    """Return the public half of a new key, whose private half is written to a new file.

    Only its owner can read the file. Raises WriteRefused for a file that is there.
    """
    key = PrivateKey.new(name, entropy)
    text = key.secret_text() + "\n"
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            write_all(fd, text.encode())
            os.fsync(fd)
        finally:
            os.close(fd)
        sync_folder(path.absolute().parent, os.fsync)
    except OSError as error:
        raise WriteRefused(str(path), reason(error)) from error
    return key.public


def read_key(path: Path) -> PrivateKey:
    """Return the private key in a file; raises NotProved where there is none."""
    try:
        text = read_up_to(path, MAX_NOTE).decode("ascii", errors="replace")
    except OSError as error:
        raise NotProved(str(path), f"cannot read: {reason(error)}") from error
    return parse_private_key(text.removesuffix("\n"), str(path))
