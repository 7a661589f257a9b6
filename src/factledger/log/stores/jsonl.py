"""A store in one file: `ledger.jsonl`, one line a record, locked and synced.

Reading takes no lock and never writes. A writer holds a lock beside the file, verifies what it
has not seen yet, moves an unfinished append away, and acknowledges only what is durable.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from factledger.errors import LogError, NotALedger, NotFound, OutcomeUnknown, WriteRefused
from factledger.log.lines import START, Head, Line, linked, read_back
from factledger.log.stores.base import FORKED, PATIENCE, Torn, check_expected, check_usable
from factledger.log.stores.files import (
    OpenFile,
    Sync,
    reason,
    sync_names,
    write_all,
)
from factledger.log.stores.jsonl_file import BEGIN, MAX_APPEND, LogFile, Mark

FILE_NAME = "ledger.jsonl"


class JsonlStore:
    """The lines of one `ledger.jsonl`; inside `writing` it is its own writer.

    `sync` makes a descriptor durable. It is there for tests that count or break it; a ledger
    whose `sync` does less than `os.fsync` keeps no promise.
    """

    def __init__(self, path: Path, *, sync: Sync = os.fsync) -> None:
        self._log = LogFile(path)
        self._sync = sync
        self._durable = -1  # up to which byte the file is known to be on the disk
        self._writer: OpenFile | None = None
        self._failed = ""
        self._pid = os.getpid()

    @classmethod
    def open(cls, address: str, *, sync: Sync = os.fsync) -> JsonlStore:
        """Return the store of a ledger that is there: a `.jsonl` file or the folder that holds it.

        Raises NotFound or, when the file's first batch is not one of a ledger, NotALedger.
        """
        path = Path(address, FILE_NAME) if os.path.isdir(address) else Path(address)
        if not os.path.exists(path):
            raise NotFound(str(path), "'factledger init' makes a ledger")
        if not path.is_file():
            raise NotALedger(str(path), "it is not a regular file")
        store = cls(path, sync=sync)
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
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666))
            sync_names(path, sync)
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
        return self._log.address

    @property
    def head(self) -> Head:
        """Where the log ended when this store last read to its end, or wrote."""
        return self._log.mark.head

    @property
    def torn(self) -> Torn | None:
        """What was last found of an append that never finished; kept once it was moved away."""
        return self._log.torn

    def read(self, start: int = 1) -> Iterator[Line]:
        """Yield the verified lines from entry `start` on, in order, whole batches only.

        What this store verified before is not verified again, as far as `start` allows.
        """
        if os.getpid() != self._pid:  # what a thread of the parent was at may be here by half
            raise LogError(f"{self.address}: {FORKED}")
        with self._log.opened() as file:
            for line in self._log.after(self._log.mark_before(start), file):
                if line.seq >= start:
                    yield line

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[JsonlStore]:
        """Hold the right to append; an unfinished append of another is moved to a file beside.

        Raises Busy, HeadMoved, Damaged, and WriteRefused when the file cannot be written to.
        """
        from factledger.log.stores.locks import locked  # readers lock nothing

        check_usable(self.address, self._failed, self._pid)
        with locked(self._log.path, timeout), self._log.opened(os.O_RDWR | os.O_APPEND) as file:
            self._recover(file)
            check_expected(expect, self.head)
            self._writer = file
            try:
                yield self
            finally:
                self._writer = None

    def append(self, bodies: Sequence[bytes], *, at: str, salts: Sequence[bytes]) -> list[Line]:
        """Write one batch and return its lines once they are durable; only inside `writing`."""
        check_usable(self.address, self._failed, self._pid)
        if self._writer is None:
            raise WriteRefused(self.address, "appending needs 'with store.writing()'")
        made = [*read_back(linked(self.head, at=at, bodies=bodies, salts=salts))]
        lines = [line for line, _ in made]
        self._write_lines(lines, [raw for _, raw in made], self._writer)
        return lines

    def restore(self, lines: Sequence[Line]) -> None:
        """Write lines of another store as they are; only inside `writing`."""
        check_usable(self.address, self._failed, self._pid)
        if self._writer is None:
            raise WriteRefused(self.address, "restoring needs 'with store.writing()'")
        self._write_lines(lines, [line.encode() for line in lines], self._writer)

    def _write_lines(self, lines: Sequence[Line], raws: Sequence[bytes], file: OpenFile) -> None:
        if lines:
            data = b"\n".join(raws) + b"\n"
            if len(data) > MAX_APPEND:
                why = f"one append holds {MAX_APPEND:,} bytes at most; append in parts"
                raise WriteRefused(self.address, why)
            start = self._log.mark.end
            self._write(file, data, start)
            try:
                self._make_durable(file, start + len(data))
            except OutcomeUnknown:
                # The system may count what it could not write as written; who opens the file next
                # would read it, sync it in vain, and build upon it.
                with suppress(OSError):
                    os.ftruncate(file.fd, start)
                raise
            self._log.remember(Mark(lines[-1].head, start + len(data)))

    def erase(self, entries: Collection[int], *, timeout: float = PATIENCE) -> None:
        """Take the content of entries out of the file for good; no hash changes.

        The file is replaced by one without it, in one step. Copies and what the disk keeps of the
        old file are not reached.
        """
        from factledger.log.stores.placing.begun_files import write_durably  # no reader needs it

        with self.writing(timeout=timeout):
            with self._log.opened() as file:
                access = file.access
                lines = [
                    line.erased() if line.seq in entries else line
                    for line in self._log.after(BEGIN, file)
                ]
            data = b"".join(line.encode() + b"\n" for line in lines)
            try:
                write_durably(self._log.path, data, self._sync, access)
            except OSError as error:
                raise WriteRefused(self.address, reason(error)) from error

    def close(self) -> None:
        """Do nothing: between two calls the store holds no file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _recover(self, file: OpenFile) -> None:
        """Leave the file at the end of a whole batch, with all before it durable."""
        for _ in self._log.after(self._log.mark, file):
            pass
        end, size = self._log.mark.end, file.size
        try:
            if size > end:
                self._set_aside(file, end, size)
            elif size < end:
                write_all(file.fd, b"\n")
            elif self._durable == end:
                return
        except OSError as error:
            raise WriteRefused(self.address, reason(error)) from error
        self._make_durable(file, end)

    def _set_aside(self, file: OpenFile, end: int, size: int) -> None:
        from factledger.log.stores.placing.begun_files import set_aside

        tail = file.between(end, size)
        aside = set_aside(self._log.path, end, tail, self._sync, file.access)
        os.ftruncate(file.fd, end)
        self._log.torn = Torn(self.head.seq, len(tail), str(aside))

    def _write(self, file: OpenFile, data: bytes, end: int) -> None:
        """Write at the end of the file; what goes wrong leaves the file as it was."""
        try:
            write_all(file.fd, data)
        except BaseException as error:
            try:
                os.ftruncate(file.fd, end)
            except OSError as again:
                self._failed = reason(again)
                raise OutcomeUnknown(self.address, self._failed) from error
            self._make_durable(file, end)
            if isinstance(error, OSError):
                raise WriteRefused(self.address, reason(error)) from error
            raise

    def _make_durable(self, file: OpenFile, end: int) -> None:
        """Sync the file; the first failure ends all writing, for a second try can lie.

        After a failed sync the system may count the lost pages as written.
        """
        self._durable = -1
        self._failed = "interrupted"
        try:
            self._sync(file.fd)
            if not file.is_at(self._log.path):
                raise OSError(0, "the file was replaced meanwhile")
        except OSError as error:
            self._failed = reason(error)
            raise OutcomeUnknown(self.address, self._failed) from error
        self._failed = ""
        self._durable = end
