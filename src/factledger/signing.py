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

from factledger.canonical import canonical
from factledger.checkpoints import Checkpoint, checkpoint_text, read_checkpoint
from factledger.errors import NotProved, WriteRefused
from factledger.lines import Head
from factledger.merkle import (
    Frontier,
    consistency_fault,
    consistency_ranges,
    hashes_of,
    roots_of,
)
from factledger.notes import MAX_NOTE, PrivateKey, PublicKey, parse_private_key
from factledger.stores import Store
from factledger.stores.base import PATIENCE
from factledger.stores.files import (
    Sync,
    locked,
    read_up_to,
    reason,
    sync_folder,
    write_all,
    write_durably,
)
from factledger.trees import leaf_hashes, origin_of, rewritten, truncated

Told = Callable[[int], object]
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
    told: Told = abs,
) -> Checkpoint:
    """Return the checkpoint of all that is durable in the store, signed, and kept beside it.

    Where nothing came since the last one, that one is returned. Raises NotProved where the
    ledger does not extend it or the key is of another ledger, Busy while another signs or
    writes, WriteRefused where it cannot be kept.
    """
    if (origin := origin_of(store)) != key.name:
        raise NotProved(store.address, f"the ledger is {origin!r}, the key is of {key.name!r}")
    if not Path(store.address).exists():
        raise WriteRefused(store.address, "a checkpoint is kept beside a ledger in a file")
    with locked(checkpoint_path(store.address), timeout):
        last = kept_checkpoint(store.address, key.public)
        start = kept_start(store, last)
        head = durable_head(store, start.size, timeout)
        frontier = extended(store, last, start, head.seq, told)
        note = last.note if last is not None and last.size == frontier.size else None
        if note is None:
            note = str(key.sign(checkpoint_text(origin, frontier.size, frontier.root)))
            keep_checkpoint(store.address, note, sync)
        keep_tree(store.address, tree_text(frontier, head), sync)
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


def kept_start(store: Store, last: Checkpoint | None) -> Frontier:
    """Return the tree that was kept, or an empty one where it is not what `last` goes on from."""
    try:
        found = json.loads(read_up_to(tree_path(store.address), _MAX_TREE))
        frontier = Frontier(found["size"], map(bytes.fromhex, found["hashes"]))
        line = next(store.read(frontier.size))
    except (
        AttributeError,
        KeyError,
        OSError,
        RecursionError,
        StopIteration,
        TypeError,
        ValueError,
    ):
        return Frontier()
    fits = last is not None and frontier.size <= last.size and line.hash == found["head"]
    return frontier if fits else Frontier()


def tree_text(frontier: Frontier, head: Head) -> bytes:
    """Return what is kept of a tree that ends at a head."""
    hashes = [hash_.hex() for hash_ in frontier.hashes]
    return canonical({"hashes": hashes, "head": head.hash, "size": frontier.size}) + b"\n"


def durable_head(store: Store, begin: int, timeout: float) -> Head:
    """Return where the log ends on the disk: what a reader sees may still be on its way there."""
    for _ in store.read(begin):
        pass  # so that the lock is held for no more than what comes meanwhile
    with store.writing(timeout=timeout) as writer:
        return writer.head


def extended(
    store: Store, last: Checkpoint | None, start: Frontier, size: int, told: Told
) -> Frontier:
    """Return the tree of `size` entries, grown from `start`, once it is proved to extend `last`.

    Where `start` does not lead to `last`, the tree is made from all lines: it may have rotted.
    Raises NotProved where that does not lead there either.
    """
    begun = bool(start.size)
    leaves = leaf_hashes(islice(store.read(start.size + 1), size - start.size), told)
    if last is None:
        return _grown(start, leaves)
    _grown(start, islice(leaves, last.size - start.size))
    if (start.size, start.root) == (last.size, last.root):
        return _grown_on(store, last, start, leaves, size)
    if begun:
        return extended(store, last, Frontier(), size, told)
    short = start.size < last.size
    found = truncated(last.size, size) if short else rewritten(last.size)
    raise NotProved(store.address, f"{found}; nothing was signed")


def _grown(frontier: Frontier, leaves: Iterator[bytes]) -> Frontier:
    for _ in frontier.adding(leaves):
        pass
    return frontier


def _grown_on(
    store: Store, last: Checkpoint, frontier: Frontier, leaves: Iterator[bytes], size: int
) -> Frontier:
    """Return the tree of the last checkpoint grown to `size`, its growth proved as to others."""
    ranges, known = consistency_ranges(last.size, size), frontier.nodes()
    new = [covered for covered in ranges if covered not in known]
    known |= roots_of(new, frontier.adding(leaves), last.size)
    proof = hashes_of(ranges, known)
    if fault := consistency_fault(last.size, size, proof, last.root, frontier.root):
        raise NotProved(store.address, f"the tree does not grow as it should: {fault}")
    return frontier


def keep_checkpoint(address: str, note: str, sync: Sync) -> None:
    """Put a checkpoint in the place of the last one; durable when this returns."""
    path = checkpoint_path(address)
    try:
        write_durably(path, note.encode(), sync, _mode(address))
    except OSError as error:
        raise WriteRefused(str(path), reason(error)) from error


def keep_tree(address: str, tree: bytes, sync: Sync) -> None:
    """Keep what the tree grows on from, if the disk lets it: it can be made anew.

    It is written after its checkpoint, so that after a crash between the two it is too small and
    still of use, and never too large.
    """
    with suppress(OSError):
        write_durably(tree_path(address), tree, sync, _mode(address))


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
