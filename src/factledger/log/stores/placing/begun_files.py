"""Begun files: each has a name that nobody else has, and takes the place that it is for in one step.

One is made where nothing is, held by its process, and gone at the end unless it took its place. What a
process that was killed left is told from what others are at, and from what others own, by its name
and by its lock; whoever writes to the same place next deletes it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from factledger.log.stores.files import (
    Access,
    Sync,
    gone_if_failed,
    identity_at,
    identity_of,
    lock_given_back,
    sync_folder,
    write_all,
)
from factledger.named import NamedTuple

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
_LOOK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_TRIES = 4  # so often may another process take a file that is not held yet for one that was left
_name = re.compile(r"\.factledger-[0-9a-f]{12}-[0-9a-f]{16}\.part").fullmatch


class BegunFile(NamedTuple):
    """A file that is begun, open to write to."""

    path: Path
    fd: int

    def take(self, place: Path) -> None:
        """Take a place, whatever stands there."""
        self.path.replace(place)

    def take_free(self, place: Path) -> None:
        """Take a place where nothing is; raises FileExistsError."""
        try:
            os.link(self.path, place)
        except FileExistsError:
            raise
        except OSError:  # of a file system without a second name for a file, too
            if os.path.lexists(place):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), place) from None
            self.path.replace(place)


def begun_path(place: Path) -> Path:
    """Return a name for what is begun to stand at a place: of our form, and nobody else's."""
    return place.with_name(f".factledger-{_mark(place)}-{token_hex(8)}.part")


@contextmanager
def begun_file(place: Path, mode: int = 0o600, *, among: bool = False) -> Iterator[BegunFile]:
    """Give a new file that is to take a place; it is gone at the end, unless it did.

    What was left of such a file is deleted, but not where it is one `among` very many, whose folder
    is looked through as a whole.
    """
    if not among:
        delete_left(begun_beside(place))
    (part, mine), process = _made(place, mode), os.getpid()
    with lock_given_back(part.fd):
        try:
            yield part
        finally:  # but not of a process that was forked inside
            if os.getpid() == process and identity_at(part.path) in (mine, None):
                with suppress(OSError):  # what cannot be deleted stays
                    part.path.unlink()


def _made(place: Path, mode: int) -> tuple[BegunFile, tuple[int, int]]:
    """Return a new file that is held, so that nobody takes it for one that was left, and which it is."""
    for _ in range(_TRIES):
        path = begun_path(place)
        fd = os.open(path, _FLAGS, mode)
        with ExitStack() as given_up:
            given_up.callback(_give_up, path, fd)
            which = identity_of(os.fstat(fd))
            if only_one(fd) and which == identity_at(path):
                given_up.pop_all()
                return BegunFile(path, fd), which
    raise FileNotFoundError(errno.ENOENT, "what was begun is taken away again and again")


def _give_up(path: Path, fd: int) -> None:
    """Close and delete a file that nobody else can have made, if it is there."""
    os.close(fd)
    with suppress(OSError):
        path.unlink()


def only_one(fd: int) -> bool:
    """Return whether no other process holds an open file or folder, which is held then; without locks, none does."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def delete_left(begun: Iterable[Path]) -> None:
    """Delete those of the files and folders that were begun which killed processes left."""
    for path in begun:
        with suppress(OSError):  # somebody else's, or gone meanwhile
            fd = os.open(path, _LOOK)
            with lock_given_back(fd):
                status = os.fstat(fd)
                if only_one(fd) and identity_of(status) == identity_at(path):
                    _delete(path, status.st_mode)


def _delete(path: Path, mode: int) -> None:
    """Delete a file, or a folder with what is in it; what is neither was not begun by anybody."""
    if stat.S_ISREG(mode):
        path.unlink()
    elif stat.S_ISDIR(mode):
        shutil.rmtree(path)


def begun_beside(place: Path) -> Iterator[Path]:
    """Yield what bears a name of what was begun to stand at a place."""
    mark = _mark(place)
    return (path for path in begun_in(place.parent) if path.name.split("-")[1] == mark)


def begun_in(folder: Path) -> Iterator[Path]:
    """Yield what bears a name of what was begun in a folder; nothing where it cannot be looked into."""
    with suppress(OSError):
        yield from (folder / name for name in sorted(os.listdir(folder)) if _name(name))


def _mark(place: Path) -> str:
    return sha256(os.fsencode(place.name)).hexdigest()[:12]  # a name may be as long as names get


def write_durably(path: Path, data: bytes, sync: Sync, access: Access) -> None:
    """Put a whole file in its place: never half of it, and there to stay when this returns.

    `access` is who may read it, whatever the process would give to a new file. It is locked until
    its name is durable: nobody writes to a file whose name may yet be lost.
    """
    with begun_file(path) as part:
        access.give_to(part.fd)
        write_all(part.fd, data)
        sync(part.fd)
        part.take(path)
        sync_folder(path.parent, sync)


def write_new(path: Path, data: bytes, sync: Sync, mode: int = 0o666) -> None:
    """Put a whole file where nothing is, there to stay when this returns; raises FileExistsError.

    `mode` is who may read it, but for those to whom this process gives no new file.
    """
    with begun_file(path, mode) as part:
        write_all(part.fd, data)
        sync(part.fd)
        part.take_free(path)
        with gone_if_failed(path):
            sync_folder(path.absolute().parent, sync)


def set_aside(path: Path, offset: int, tail: bytes, sync: Sync, access: Access) -> Path:
    """Keep the bytes that stood at `offset` of a ledger in a file beside it; return the file.

    The name tells the place and the content, so doing it twice makes one file. `access` is that of
    the ledger: who may not read the one may not read the other.
    """
    aside = path.with_name(f"torn-{offset}-{sha256(tail).hexdigest()[:16]}")
    write_durably(aside, tail, sync, access)
    return aside
