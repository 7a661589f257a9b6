"""Files that survive a crash: a lock, a write without gaps, a folder that remembers."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import attrs

from factledger.errors import Busy, LogError, WriteRefused
from factledger.text import system_reason

Sync = Callable[[int], None]
BLOCK = 2**20  # the longest line, so that a file without newlines is not read whole


@contextmanager
def locked(path: Path, timeout: float) -> Iterator[None]:
    """Hold the lock of the file at `path`; Busy when another holds it for `timeout` seconds.

    The lock is `flock`: it belongs to the open file, ends with the process however that dies, and
    unlike a POSIX lock is not lost when some other descriptor of the same file is closed.
    """
    lock = path.with_name(path.name + ".lock")
    try:
        fd = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise WriteRefused(str(lock), reason(error)) from error
    try:
        _wait_for(fd, path, timeout)
        yield
    finally:
        os.close(fd)


def _wait_for(fd: int, path: Path, timeout: float) -> None:
    until, pause = time.monotonic() + timeout, 0.001
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Busy(str(path), timeout) from None
            time.sleep(pause)
            pause = min(2 * pause, 0.05)
        except OSError as error:
            raise WriteRefused(f"{path}.lock", reason(error)) from error
        else:
            return


def reason(error: OSError) -> str:
    """Return what the system says in words that name the usual cause."""
    if error.errno == errno.ELOOP:
        return "it is a symbolic link"
    return system_reason(error)


def write_all(fd: int, data: bytes) -> None:
    """Write all of `data`; a write that stops short (full disk, file size limit) goes on."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def read_up_to(path: Path, limit: int) -> bytes:
    """Return the bytes of a file, one more than `limit` of a longer one: enough to refuse it."""
    with path.open("rb") as file:
        return file.read(limit + 1)


def sync_folder(folder: Path, sync: Sync) -> None:
    """Make the names in a folder durable: the sync of a file does not cover its name."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        sync(fd)
    finally:
        os.close(fd)


def sync_names(path: Path, sync: Sync) -> None:
    """Make the name of a new file durable, and those of the folders that may be as new.

    Where we may not write we made none, and a mount point has its name elsewhere.
    """
    folder = path.absolute().parent
    sync_folder(folder, sync)
    while not folder.is_mount() and os.access(folder.parent, os.W_OK):
        folder = folder.parent
        sync_folder(folder, sync)


def write_durably(path: Path, data: bytes, sync: Sync, mode: int) -> None:
    """Put a whole file in its place: never half of it, and there to stay when this returns.

    `mode` is who may read it, whatever the process would give to a new file.
    """
    part = path.with_name(path.name + ".part")
    with suppress(FileNotFoundError):
        part.unlink()
    fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(fd, mode)
        write_all(fd, data)
        sync(fd)
    finally:
        os.close(fd)
    part.replace(path)
    sync_folder(path.parent, sync)


def write_secret(path: Path, data: bytes, sync: Sync) -> None:
    """Write a new file that only its owner can read, there to stay when this returns."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        write_all(fd, data)
        sync(fd)
    finally:
        os.close(fd)
    sync_folder(path.absolute().parent, sync)


def set_aside(path: Path, offset: int, tail: bytes, sync: Sync, mode: int) -> Path:
    """Keep the bytes that stood at `offset` of a ledger in a file beside it; return the file.

    The name tells the place and the content, so doing it twice makes one file. `mode` is that of
    the ledger: who may not read the one may not read the other.
    """
    aside = path.with_name(f"torn-{offset}-{sha256(tail).hexdigest()[:16]}")
    write_durably(aside, tail, sync, mode)
    return aside


@attrs.frozen
class OpenFile:
    """A file that is open; what goes wrong with reading it is a LogError."""

    address: str
    fd: int

    @property
    def identity(self) -> tuple[int, int]:
        """What tells this file from one that takes its name."""
        status = os.fstat(self.fd)
        return status.st_dev, status.st_ino

    def is_at(self, path: Path) -> bool:
        """Whether the file still stands at a path, or another does, or none."""
        try:
            status = path.stat()
        except OSError:
            return False
        return self.identity == (status.st_dev, status.st_ino)

    @property
    def mode(self) -> int:
        """Who may read and write it."""
        return stat.S_IMODE(os.fstat(self.fd).st_mode)

    @property
    def size(self) -> int:
        """The number of its bytes now."""
        return os.fstat(self.fd).st_size

    def between(self, start: int, end: int) -> bytes:
        """Return the bytes from `start` to `end`, that one not included; fewer at its end."""
        blocks = []
        while start < end and (block := self._block(start, end)):
            blocks.append(block)
            start += len(block)
        return b"".join(blocks)

    def lines(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the lines from `start` to `end` without their newlines, which the last may lack.

        A line longer than a block ends the reading, cut short.
        """
        rest = b""
        while len(rest) <= BLOCK and start < end and (block := self._block(start, end)):
            start += len(block)
            *whole, rest = (rest + block).split(b"\n")
            yield from whole
        if rest:
            yield rest

    def _block(self, start: int, end: int) -> bytes:
        try:
            return os.pread(self.fd, min(end - start, BLOCK), start)
        except OSError as error:
            raise LogError(f"{self.address}: cannot read: {reason(error)}; try a copy") from error
