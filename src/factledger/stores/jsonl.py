"""A store in one file: `ledger.jsonl`, one line a record, locked and synced.

Reading takes no lock and never writes. A writer holds a lock beside the file, verifies what it
has not seen yet, moves an unfinished append away, and acknowledges only what is durable.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Self

import attrs

from factledger.errors import (
    Damaged,
    LogError,
    NotALedger,
    NotFound,
    OutcomeUnknown,
    WriteRefused,
)
from factledger.lines import START, Head, Line, chain, make_lines
from factledger.stores.base import PATIENCE, Torn, check_expected
from factledger.stores.files import (
    Sync,
    locked,
    read_between,
    read_lines,
    reason,
    set_aside,
    sync_folder,
    write_all,
)
from factledger.stores.tail import refuse_damage

FILE_NAME = "ledger.jsonl"


@attrs.frozen
class Mark:
    """A place in the file up to which it was verified: the head there and the next byte."""

    head: Head
    end: int


BEGIN = Mark(START, 0)


class JsonlStore:
    """The lines of one `ledger.jsonl`; inside `writing` it is its own writer.

    `sync` makes a descriptor durable. It is there for tests that count or break it; a ledger
    whose `sync` does less than `os.fsync` keeps no promise.
    """

    def __init__(self, path: Path, *, sync: Sync = os.fsync) -> None:
        self.path = path.resolve()  # one file, one lock, whatever links lead to it
        self.torn: Torn | None = None
        self._sync = sync
        self._marks = [BEGIN]
        self._identity: tuple[int, int] | None = None
        self._durable = 0
        self._fd: int | None = None
        self._failed = ""
        self._pid = os.getpid()

    @classmethod
    def open(cls, address: str) -> JsonlStore:
        """Return the store of a ledger that is there: a `.jsonl` file or the folder that holds it.

        Raises NotFound or, when the file's first batch is not one of a ledger, NotALedger.
        """
        path = Path(address)
        if path.is_dir():
            path /= FILE_NAME
        if not path.exists():
            raise NotFound(str(path), "'factledger init' makes a ledger")
        store = cls(path)
        if next(store.read(), None) is None:
            found = "an unfinished first append" if store.torn else "an empty file"
            raise NotALedger(str(path), found)
        return store

    @classmethod
    def create(cls, address: str, *, sync: Sync = os.fsync) -> JsonlStore:
        """Return the store of a new ledger; what an earlier try left unfinished is set aside."""
        path = Path(address) if address.endswith(".jsonl") else Path(address, FILE_NAME)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666))
            sync_folder(path.parent, sync)
            sync_folder(path.parent.absolute().parent, sync)
        except OSError as error:
            raise WriteRefused(str(path), reason(error)) from error
        store = cls(path, sync=sync)
        with store.writing() as writer:
            if writer.head != START:
                raise WriteRefused(store.address, "a ledger is there already")
        return store

    @property
    def address(self) -> str:
        """The path of the file, links resolved."""
        return str(self.path)

    @property
    def head(self) -> Head:
        """Where the log ended when this store last read to its end, or wrote."""
        return self._marks[-1].head

    def read(self, start: int = 1) -> Iterator[Line]:
        """Yield the verified lines from entry `start` on, in order, whole batches only.

        What this store verified before is not verified again, as far as `start` allows.
        """
        with self._opened(os.O_RDONLY) as fd:
            mark = [m for m in self._marks if m.head.seq < max(start, 1)][-1]
            for line in self._verified(fd, mark):
                if line.seq >= start:
                    yield line

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[JsonlStore]:
        """Hold the right to append; an unfinished append of another is moved to a file beside.

        Raises Busy, HeadMoved, Damaged, and WriteRefused when the file cannot be written to.
        """
        self._check_usable()
        with locked(self.path, timeout), self._opened(os.O_RDWR | os.O_APPEND) as fd:
            self._recover(fd)
            check_expected(expect, self.head)
            self._fd = fd
            try:
                yield self
            finally:
                self._fd = None

    def append(self, bodies: Sequence[bytes], *, at: str, salts: Sequence[bytes]) -> list[Line]:
        """Write one batch and return its lines once they are durable; only inside `writing`."""
        self._check_usable()
        if self._fd is None:
            raise WriteRefused(self.address, "appending needs 'with store.writing()'")
        lines = make_lines(self.head, at=at, bodies=bodies, salts=salts)
        if lines:
            data = b"".join(line.encode() + b"\n" for line in lines)
            end = self._marks[-1].end
            self._write(self._fd, data, end)
            self._make_durable(self._fd, end + len(data))
            self._remember(Mark(lines[-1].head, end + len(data)))
        return lines

    def close(self) -> None:
        """Do nothing: between two calls the store holds no file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_usable(self) -> None:
        if self._failed:
            raise OutcomeUnknown(self.address, self._failed)
        if os.getpid() != self._pid:
            raise WriteRefused(self.address, "the process was forked since; open the ledger anew")

    @contextmanager
    def _opened(self, flags: int) -> Iterator[int]:
        try:
            fd = os.open(self.path, flags | os.O_CLOEXEC)
        except FileNotFoundError:
            raise NotFound(self.address, "the ledger was there before; restore it") from None
        except OSError as error:
            if flags & os.O_RDWR:
                raise WriteRefused(self.address, reason(error)) from error
            raise LogError(f"{self.address}: cannot read: {reason(error)}") from error
        try:
            self._check_same_file(fd)
            yield fd
        finally:
            os.close(fd)

    def _check_same_file(self, fd: int) -> None:
        """Verify anew a file that took the place of the one read before; it must continue it."""
        status, known = os.fstat(fd), self._marks[-1]
        identity = (status.st_dev, status.st_ino)
        if identity == self._identity and status.st_size + 1 >= known.end:
            return
        before, self._marks = self._marks, [BEGIN]
        try:
            hashes = [line.hash for line in self._verified(fd, BEGIN) if line.seq == known.head.seq]
            if known != BEGIN and hashes != [known.head.hash]:
                fault = "the file was replaced, and the entry read before is not in it"
                raise Damaged(self.address, known.head.seq, fault)
        except LogError:
            self._marks = before
            raise
        self._identity, self._durable = identity, 0

    def _verified(self, fd: int, mark: Mark) -> Iterator[Line]:
        """Yield what follows a mark, whole batches only, and remember where it ends."""
        size, newest, fault = os.fstat(fd).st_size, mark.head, None
        batch: list[Line] = []
        try:
            for line in chain(read_lines(fd, mark.end, size), mark.head, self.address):
                batch.append(line)
                if line.seq == line.last:
                    yield from batch
                    newest = line.head
                    batch.clear()
        except Damaged as error:
            fault = error
        count = newest.seq - mark.head.seq
        end = mark.end + sum(len(raw) + 1 for raw in islice(read_lines(fd, mark.end, size), count))
        tail = read_between(fd, end, size)
        if fault:
            refuse_damage(tail, newest.seq, fault)
        if tail or (self.torn and not self.torn.moved_to):
            self.torn = Torn(newest.seq, len(tail)) if tail else None
        self._remember(Mark(newest, end))

    def _remember(self, mark: Mark) -> None:
        """Keep the last two marks: who reads on comes from the one before."""
        if mark.end > self._marks[-1].end:
            self._marks = [BEGIN, *self._marks[1:][-1:], mark]

    def _recover(self, fd: int) -> None:
        """Leave the file at the end of a whole batch, with all before it durable."""
        for _ in self._verified(fd, self._marks[-1]):
            pass
        end, size = self._marks[-1].end, os.fstat(fd).st_size
        if self._durable == end == size:
            return
        try:
            if size > end:
                self._set_aside(fd, end, size)
            elif size < end:
                write_all(fd, b"\n")
        except OSError as error:
            raise WriteRefused(self.address, reason(error)) from error
        self._make_durable(fd, end)

    def _set_aside(self, fd: int, end: int, size: int) -> None:
        tail = read_between(fd, end, size)
        aside = set_aside(self.path, end, tail, self._sync)
        os.ftruncate(fd, end)
        self.torn = Torn(self.head.seq, len(tail), str(aside))

    def _write(self, fd: int, data: bytes, end: int) -> None:
        """Write at the end of the file; what goes wrong leaves the file as it was."""
        try:
            write_all(fd, data)
        except BaseException as error:
            try:
                os.ftruncate(fd, end)
            except OSError as again:
                self._failed = reason(again)
                raise OutcomeUnknown(self.address, self._failed) from error
            self._make_durable(fd, end)
            if isinstance(error, OSError):
                raise WriteRefused(self.address, reason(error)) from error
            raise

    def _make_durable(self, fd: int, end: int) -> None:
        """Sync the file; the first failure ends all writing, for a second try can lie.

        After a failed sync the system may count the lost pages as written.
        """
        self._durable = -1
        try:
            self._sync(fd)
        except BaseException as error:
            self._failed = reason(error) if isinstance(error, OSError) else "interrupted"
            if isinstance(error, OSError):
                raise OutcomeUnknown(self.address, self._failed) from error
            raise
        self._durable = end
