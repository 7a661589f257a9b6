"""Files that tasks hand to one another: written whole under another name, and then renamed.

Their bytes follow from what they are made of, so a task that is run twice does no harm.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from factledger.errors import LogError, NotFound, WriteRefused
from factledger.log.stores.files import lock_given_back, reason, write_all
from factledger.log.stores.placing.begun_files import begun_file, begun_in, delete_left, only_one

_made_here = re.compile(r"([0-9]+-)?[0-9a-f]{32}\.[a-z.]+").fullmatch
_LEVEL = 1  # of compression: more takes longer than it saves


def digest_of(*parts: bytes | str) -> str:
    """Return a hash of parts, 32 hex digits: the same parts always give the same.

    >>> digest_of("a", b"bc") == digest_of("ab", "c")
    False
    """
    found = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(b"%d:" % len(data) + data)
    return found.hexdigest()[:32]


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place in one step; raises `WriteRefused`, and then leaves none half-written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with begun_file(path, 0o666, among=True) as part:
            write_all(part.fd, data)
            os.fsync(part.fd)
            part.take(path)
    except OSError as error:
        raise WriteRefused(str(path), reason(error)) from error


def packed(data: bytes) -> bytes:
    """Return data compressed; the same data always gives the same bytes."""
    return gzip.compress(data, _LEVEL, mtime=0)


def unpacked(data: bytes, path: Path) -> bytes:
    """Return what was packed; raises `LogError` where it is cut off or changed."""
    try:
        if data:  # of nothing, gzip makes nothing
            return gzip.decompress(data)
    except (EOFError, OSError, zlib.error):
        pass
    raise spoilt(path)


def spoilt(path: Path, gone: str = "it") -> LogError:
    """Return the error of a file that is not as it was written; it, or all that hangs on it, can be made again."""
    return LogError(f"{path}: it is cut off or changed; delete {gone}, and run the command again")


def bytes_in(path: Path) -> bytes:
    """Return the bytes of a file; raises `NotFound` where there is none."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotFound(str(path), reason(error)) from None


def read_part(path: Path, offset: int, length: int) -> bytes:
    """Return some bytes of a file; raises `NotFound` where there is none."""
    try:
        with open(path, "rb") as file:
            file.seek(offset)
            return file.read(length)
    except OSError as error:
        raise NotFound(str(path), reason(error)) from None


def read_packed(path: Path) -> bytes:
    """Return what a packed file holds."""
    return unpacked(bytes_in(path), path)


def packed_lines(path: Path) -> list[bytes]:
    """Return the lines of a packed file, without their newlines."""
    return read_packed(path).split(b"\n")[:-1]


def joined_lines(lines: Iterable[bytes]) -> bytes:
    """Return lines as one text, each with its newline."""
    return b"".join(line + b"\n" for line in lines)


def put_json(path: Path, value: Any) -> None:
    """Put a value in place as JSON, with a hash of it: a changed number reads as well as a right one."""
    write_whole(path, _as_json({"hash": _hash_of(value), "value": value}))


def json_in(path: Path) -> Any:
    """Return the value that was put into a file; raises `LogError` where it is changed, or none."""
    try:
        found = json.loads(bytes_in(path))
        if found["hash"] == _hash_of(found["value"]):
            return found["value"]
    except (KeyError, TypeError, ValueError):
        pass
    raise spoilt(path)


def _hash_of(value: Any) -> str:
    return digest_of(_as_json(value))


def _as_json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep others from a folder, which is made where there is none; raises `WriteRefused` while one is at work there."""
    fresh = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise WriteRefused(str(folder), reason(error)) from error
    try:
        with lock_given_back(fd):
            if not only_one(fd):
                raise WriteRefused(str(folder), "another process is at work in it; try again later")
            yield
    finally:
        if fresh:  # where nothing was put there
            with suppress(OSError):
                folder.rmdir()


def delete_old(folder: Path, kept: Iterable[Path] = ()) -> None:
    """Delete the files of a folder that tasks made and are not among those kept; of one that is a link, none.

    What bears no name of ours is of somebody else, and stays.
    """
    names = {path.name for path in kept}
    if folder.is_dir() and not folder.is_symlink():
        for path in sorted(folder.iterdir()):
            if _made_here(path.name) and path.name not in names:
                path.unlink(missing_ok=True)


def delete_unfinished(folder: Path) -> None:
    """Delete what killed tasks began in a folder and in those in it, but for links."""
    if folder.is_dir() and not folder.is_symlink():
        delete_left(begun_in(folder))
        for path in sorted(folder.iterdir()):
            delete_unfinished(path)


def delete_rooms(folder: Path, rooms: Iterable[str]) -> None:
    """Delete all that tasks made in some folders of a folder, and each that is empty then."""
    for room in rooms:
        delete_old(folder / room)
        with suppress(OSError):  # what others put there stays
            (folder / room).rmdir()
