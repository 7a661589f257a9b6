"""The lock of a file: one writer at a time, also where a file that is locked is tidied away."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from factledger.errors import Busy, WriteRefused
from factledger.log.stores.files import Access, identity_at, identity_of, lock_given_back, reason

# A pipe is not waited for. Writing is not asked for: `flock` does not need it, and a lock may be
# that of somebody else.
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK

_Wait: TypeAlias = Callable[[int], None]

_PAUSE = 0.005  # seconds between two tries, at most
_BEFORE = 1.0  # seconds that those who came before are waited for: one may have been stopped
_FORM = "hhqqi0q"  # of `struct flock`: type, whence, start, length, process


@contextmanager
def locked(path: Path, timeout: float, *, itself: bool = True) -> Iterator[None]:
    """Hold the lock of the file at `path`; Busy when another holds it for `timeout` seconds.

    What is locked is `NAME.lock` beside it and, where there is one, the file itself: the first can
    be tidied away while it is held, and the second can be replaced by who holds the first. Without
    `itself` it is the first alone.

    The lock is `flock`: it belongs to the open file, ends with the process however that dies, and
    unlike a POSIX lock is not lost when some other descriptor of the same file is closed. Who waits
    for it stands in a queue, for whoever takes it again at once would overtake all that sleep.
    """
    wait = _waiting(path, time.monotonic() + timeout, timeout)
    with ExitStack() as locks:
        _lock(locks, path.with_name(path.name + ".lock"), lambda lock: _opened(lock, path), wait)
        if itself:
            _lock(locks, path, _opened_itself, wait)
        yield


def _lock(locks: ExitStack, path: Path, opened: Callable[[Path], int | None], wait: _Wait) -> None:
    """Lock the file that stands at a path once it is locked: another may have taken its place."""
    try:
        while (fd := opened(path)) is not None:
            with ExitStack() as lock:
                lock.enter_context(lock_given_back(fd))
                wait(fd)
                if identity_of(os.fstat(fd)) == identity_at(path):
                    locks.push(lock.pop_all())
                    return
    except OSError as error:
        raise WriteRefused(str(path), reason(error)) from error


def _opened(lock: Path, path: Path) -> int:
    """Open the lock of a file, with the access that the file has: who may write it, may lock it."""
    try:
        fd = os.open(lock, _FLAGS)
    except FileNotFoundError:
        fd = os.open(lock, _FLAGS | os.O_CREAT, 0o666)
    status = os.fstat(fd)
    if stat.S_ISDIR(status.st_mode):
        os.close(fd)
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    with suppress(OSError):
        access = Access.of(path.stat())
        if access != Access.of(status):
            access.give_to(fd)
    return fd


def _opened_itself(path: Path) -> int | None:
    """Open a file to lock it; None where there is none, or a link that is going to be replaced."""
    try:
        return os.open(path, _FLAGS)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            return None
        raise


def _waiting(path: Path, until: float, timeout: float) -> _Wait:
    """Return what waits until a descriptor is locked, and raises Busy when the time is over."""

    def wait(fd: int) -> None:
        place, pause, came = 0, 0.001, time.monotonic()
        try:
            while not ((_is_next(fd, place) or time.monotonic() > came + _BEFORE) and _try(fd)):
                if time.monotonic() >= until:
                    raise Busy(str(path), timeout)
                place = place or _queued(fd)
                time.sleep(pause)
                pause = min(2 * pause, _PAUSE)
        finally:
            if place:  # a process forked meanwhile may have a copy of the descriptor
                _asked(fd, "F_OFD_SETLK", fcntl.F_UNLCK, 0, 0)

    return wait


def _try(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


# --- the queue ------------------------------------------------------------------------------------
#
# A place in it is a byte of the locked file, which need not be there: who waits holds a lock on it
# that all may share, and looks whether others hold one before it. Such a lock belongs to the open
# file, as that of `flock` does, and is another. Where the system has none, nobody queues.


def _queued(fd: int) -> int:
    """Take the place behind all others, and return it; 0 where there is no queue."""
    place = 1
    while last := _place_held(fd, place, 0):
        place = last + 1
    return place if _asked(fd, "F_OFD_SETLK", fcntl.F_RDLCK, place, 1) else 0


def _is_next(fd: int, place: int) -> bool:
    """Return whether nobody waits before a place; before one who has none, nobody at all."""
    return not _place_held(fd, 0, place)


def _place_held(fd: int, first: int, count: int) -> int:
    """Return a place that another holds, of so many from the first on, or of all for 0; else 0."""
    found = _asked(fd, "F_OFD_GETLK", fcntl.F_WRLCK, first, count)
    kind, _, place, *_ = struct.unpack(_FORM, found) if found else (fcntl.F_UNLCK, 0, 0)
    return 0 if kind == fcntl.F_UNLCK else place


def _asked(fd: int, what: str, kind: int, first: int, count: int) -> bytes:
    """Return what the system answers about locks of bytes; nothing where it has none of the kind."""
    if sys.platform != "linux":
        return b""
    with suppress(AttributeError, OSError):
        question = struct.pack(_FORM, kind, os.SEEK_SET, first, count, 0)
        return fcntl.fcntl(fd, getattr(fcntl, what), question)
    return b""
