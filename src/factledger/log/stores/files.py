"""Files that survive a crash: a lock that is given back, a write without gaps, a folder that remembers."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from factledger.errors import LogError
from factledger.named import NamedTuple
from factledger.text import system_reason

Sync = Callable[[int], None]
BLOCK = 2**20  # the longest line, so that a file without newlines is not read whole


class Access(NamedTuple):
    """Who may read and write a file: its mode, its owner and its group, each -1 for one's own."""

    mode: int
    owner: int = -1
    group: int = -1

    @classmethod
    def of(cls, status: os.stat_result) -> Access:
        """Return the access to a file, without the bits that make it a program."""
        return cls(status.st_mode & 0o666, status.st_uid, status.st_gid)

    def give_to(self, fd: int) -> None:
        """Give it to an open file, as far as the system lets this user."""
        for owner in (self.owner, -1):
            with suppress(OSError):
                os.fchown(fd, owner, self.group)
                break
        with suppress(OSError):
            os.fchmod(fd, self.mode)


class _Held:
    def __init__(self, fd: int) -> None:
        self.fd = fd


_all_held: set[_Held] = set()


@contextmanager
def lock_given_back(fd: int) -> Iterator[int]:
    """Give back the lock of a descriptor at the end, and close it.

    It is given back by itself, for a process forked meanwhile has a copy of the descriptor, which
    would hold the lock on. That process closes its copy, so that the lock ends with its holder.
    """
    mine = _Held(fd)
    _all_held.add(mine)
    try:
        yield fd
    finally:
        if mine in _all_held:  # else this is a process that was forked inside
            _all_held.discard(mine)
            with suppress(OSError):
                fcntl.flock(fd, fcntl.LOCK_UN)
            os.close(fd)


def _close_copies() -> None:
    while _all_held:
        os.close(_all_held.pop().fd)


os.register_at_fork(after_in_child=_close_copies)


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


def read_beside(path: Path, limit: int) -> bytes:
    """Return the bytes of a file that is looked for by its name, beside a ledger or a key, as `read_up_to` does.

    Nobody named it, so a pipe there, or a device, is waited for by nobody: OSError.
    """
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with open(fd, "rb") as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
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


@contextmanager
def gone_if_failed(path: Path) -> Iterator[None]:
    """Delete a file that was begun, if the block raises; what cannot be deleted stays."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def identity_of(status: os.stat_result) -> tuple[int, int]:
    """Return what tells a file from one that takes its name."""
    return status.st_dev, status.st_ino


def identity_at(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at a path, or a link there, from others; None where none is."""
    try:
        return identity_of(path.lstat())
    except OSError:
        return None


class OpenFile(NamedTuple):
    """A file that is open; what goes wrong with reading it is a LogError."""

    address: str
    fd: int

    @property
    def identity(self) -> tuple[int, int]:
        """What tells this file from one that takes its name."""
        return identity_of(os.fstat(self.fd))

    def is_at(self, path: Path) -> bool:
        """Whether the file still stands at a path, or another does, or none."""
        return self.identity == identity_at(path)

    @property
    def access(self) -> Access:
        """Who may read and write it."""
        return Access.of(os.fstat(self.fd))

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
