"""Small logs to break, and the ways to break them."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from factledger.canonical import canonical
from factledger.lines import START, Head, Line, make_lines
from factledger.stores.jsonl import JsonlStore

AT = "2026-11-23T19:00:00.000000Z"
LATER = "2026-11-23T19:00:01.000000Z"


def body(number: int) -> bytes:
    """Return a body that tells its number, and holds what a careless reader would trip over."""
    return canonical({"kind": "event", "n": number, "text": 'Київ, "quoted"} \r\u2028 end'})


def bodies(count: int, first: int = 1) -> list[bytes]:
    """Return `count` bodies that differ."""
    return [body(number) for number in range(first, first + count)]


def salts(count: int, first: int = 1) -> list[bytes]:
    """Return `count` salts that differ, the same in every run."""
    return [sha256(b"salt %d" % number).digest()[:16] for number in range(first, first + count)]


def batch(after: Head, count: int, at: str = AT) -> list[Line]:
    """Return the lines of one append of `count` records."""
    first = after.seq + 1
    return make_lines(after, at=at, bodies=bodies(count, first), salts=salts(count, first))


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


def append(store: JsonlStore, count: int = 1, at: str = AT) -> list[Line]:
    """Append `count` records at the head that the store finds."""
    with store.writing() as writer:
        first = writer.head.seq + 1
        return writer.append(bodies(count, first), at=at, salts=salts(count, first))


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
