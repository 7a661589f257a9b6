"""Small logs to break, and the ways to break them."""

from __future__ import annotations

import os
from pathlib import Path

from factledger.log.lines import START, Line
from factledger.log.stores.jsonl import JsonlStore
from factledger.testing.store_model import AT as AT
from factledger.testing.store_model import LATER as LATER
from factledger.testing.store_model import append as append
from factledger.testing.store_model import batch as batch
from factledger.testing.store_model import bodies as bodies
from factledger.testing.store_model import salts as salts


def log(*sizes: int) -> list[Line]:
    """Return the lines of appends of these sizes."""
    lines: list[Line] = []
    for size in sizes:
        lines += batch(lines[-1].head if lines else START, size)
    return lines


def encoded(lines: list[Line]) -> bytes:
    """Return the bytes of a file that holds the lines."""
    return b"".join(line.encode() + b"\n" for line in lines)


def not_synced(fd: int) -> None:
    """Stand in for `os.fsync` where a test asks about everything else."""


def store_of(data: bytes, folder: Path) -> JsonlStore:
    """Return a store over a file with these bytes, not yet read."""
    path = folder / "ledger.jsonl"
    path.write_bytes(data)
    return JsonlStore(path, sync=not_synced)


def asides(store: JsonlStore) -> list[bytes]:
    """Return the contents of the files that unfinished appends were moved to, by place."""
    folder = Path(store.address).parent
    return [path.read_bytes() for path in sorted(folder.glob("torn-*"))]


class Disk:
    """A disk that fails: stands in for `os.write` and for the sync of a store.

    `room` bytes can still be written, then `error` is raised; `sync_error` fails every sync.
    """

    def __init__(self, room: int, error: int, sync_error: int | None = None) -> None:
        self.room = room
        self.error = error
        self.sync_error = sync_error
        self.syncs = 0
        self._write = os.write

    def write(self, fd: int, data: memoryview | bytes) -> int:
        """Write what there is room for, at most 7 bytes at once."""
        if not self.room:
            raise OSError(self.error, os.strerror(self.error))
        count = self._write(fd, bytes(data[: min(7, self.room)]))
        self.room -= count
        return count

    def sync(self, fd: int) -> None:
        """Count the syncs, or fail."""
        self.syncs += 1
        if self.sync_error is not None:
            raise OSError(self.sync_error, os.strerror(self.sync_error))
