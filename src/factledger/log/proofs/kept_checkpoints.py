"""The last checkpoint of a ledger and the tree that it was worked out from, kept beside it.

Two files stand beside the ledger. `NAME.checkpoint` is the last checkpoint, replaced in one step
and durable before anyone sees the new one. `NAME.tree` holds the few hashes from which the tree
grows on, so that the next checkpoint hashes the new lines only. It is derived and worth nothing
by itself: it counts only where it leads to the root of the last checkpoint, and where the ledger
still has the line that it ended with; else the tree is made anew from all lines.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from factledger.errors import NotProved, WriteRefused
from factledger.log.canonical import canonical
from factledger.log.lines import Line
from factledger.log.proofs.checkpoints import Checkpoint, read_checkpoint
from factledger.log.proofs.merkle import Frontier
from factledger.log.proofs.signed_notes import MAX_NOTE, PublicKey
from factledger.log.stores.files import Access, Sync, read_beside, reason
from factledger.log.stores.placing.begun_files import write_durably

_MAX_TREE = 2**14  # 63 hashes take a third of it


def checkpoint_path(address: str) -> Path:
    """Return where the last checkpoint of a ledger is kept; there may be none."""
    return Path(f"{address}.checkpoint")


def tree_path(address: str) -> Path:
    """Return where the hashes are kept from which the tree grows on."""
    return Path(f"{address}.tree")


def kept_checkpoint(address: str, key: PublicKey | None = None) -> Checkpoint | None:
    """Return the checkpoint that is kept beside a ledger, None for none.

    With a key, it must be signed by it. Raises NotProved.
    """
    path = checkpoint_path(address)
    try:
        data = read_beside(path, MAX_NOTE)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotProved(str(path), f"cannot read: {reason(error)}") from error
    return read_checkpoint(data, key, str(path))


def keep_checkpoint(address: str, note: str, sync: Sync) -> None:
    """Put a checkpoint in the place of the last one; durable when this returns."""
    path = checkpoint_path(address)
    try:
        write_durably(path, note.encode(), sync, _access(address))
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
        write_durably(tree_path(address), kept + b"\n", sync, _access(address))


def kept_tree(address: str) -> tuple[Frontier, str] | None:
    """Return what was kept of a tree, and the hash of its newest line; None for nothing of use."""
    try:
        found = json.loads(read_beside(tree_path(address), _MAX_TREE))
        return Frontier(found["size"], map(bytes.fromhex, found["hashes"])), str(found["head"])
    except (AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError):
        return None


def _access(address: str) -> Access:
    return Access.of(os.stat(address))  # who may read the ledger
