"""A `ledger.jsonl` as it is read: verified from mark to mark, whole batches only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from factledger.errors import Damaged, LogError, NotFound, WriteRefused
from factledger.log.lines import START, Head, Line, chain
from factledger.log.stores.base import Torn
from factledger.log.stores.files import OpenFile, reason
from factledger.log.stores.tail import refuse_damage, refuse_other_file
from factledger.named import NamedTuple


class Mark(NamedTuple):
    """A place in the file up to which it was verified: the head there and the next byte."""

    head: Head
    end: int


BEGIN = Mark(START, 0)
MAX_APPEND = 2**28  # bytes of the lines of one append, and so of one that never finished
MAX_ENDING = 200  # from the key "hash" to the newline, numbers of 15 digits


class LogFile:
    """One file, and how far it was verified; `torn` is what stood behind the last whole batch."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()  # one file, one lock, whatever links lead to it
        self.torn: Torn | None = None
        self._marks = [BEGIN]

    @property
    def address(self) -> str:
        """The path of the file, links resolved."""
        return str(self.path)

    @property
    def mark(self) -> Mark:
        """How far the file was verified."""
        return self._marks[-1]

    def mark_before(self, seq: int) -> Mark:
        """Return the last mark from which a reading of entry `seq` can begin."""
        return [mark for mark in self._marks if mark.head.seq < max(seq, 1)][-1]

    def remember(self, mark: Mark) -> None:
        """Move the mark on, never back; the one before is kept, for who reads on comes from it."""
        if mark.end > self.mark.end:
            self._marks = [BEGIN, *self._marks[1:][-1:], mark]

    @contextmanager
    def opened(self, flags: int = os.O_RDONLY) -> Iterator[OpenFile]:
        """Open the file for a while; one that took its place must continue what was read."""
        try:
            fd = os.open(self.path, flags | os.O_CLOEXEC)
        except FileNotFoundError:
            raise NotFound(self.address, "the ledger was there before; restore it") from None
        except OSError as error:
            if flags & os.O_RDWR:
                raise WriteRefused(self.address, reason(error)) from error
            raise LogError(f"{self.address}: cannot read: {reason(error)}") from error
        try:
            file = OpenFile(self.address, fd)
            if not self._stands_in(file):
                self._check_continues(file)
            yield file
        finally:
            os.close(fd)

    def _stands_in(self, file: OpenFile) -> bool:
        """Whether the last line read still ends where it did.

        The file's identity would not tell: the system gives the number of a deleted file to the
        next one.
        """
        head, end = self.mark.head, self.mark.end
        start = max(end - MAX_ENDING, 0)
        ending = file.between(start, end)
        hashed = b'"hash":"%b"' % head.hash.encode() in ending
        ends = start + len(ending) == end and ending.endswith(b'"seq":%d}\n' % head.seq)
        return head == START or (hashed and ends)

    def _check_continues(self, file: OpenFile) -> None:
        before, known = self._marks, self.mark.head
        self._marks = [BEGIN]
        try:
            if all(line.hash != known.hash for line in self.after(BEGIN, file)):
                fault = "the file was replaced, and the entry read before is not in it"
                raise Damaged(self.address, known.seq, fault)
        except LogError:
            self._marks = before
            raise

    def after(self, mark: Mark, file: OpenFile) -> Iterator[Line]:
        """Yield what follows a mark, whole batches only, and remember where it ends."""
        size, fault = file.size, None
        batch: list[Line] = []
        newest: Head | Line = mark.head
        try:
            for line in chain(file.lines(mark.end, size), mark.head, self.address):
                batch.append(line)
                if line.seq == line.last:
                    yield from batch
                    newest = line
                    batch.clear()
        except Damaged as error:
            fault = error
            if fault.line == 1:
                refuse_other_file(file.between(0, 64), fault)
        end = size
        if fault or batch or file.between(max(size - 1, 0), size) != b"\n":
            end = _end_of(newest.seq - mark.head.seq, file.lines(mark.end, size), mark.end)
        if size - end > MAX_APPEND:
            why = f"{size - end:,} bytes follow, more than an append leaves behind"
            raise Damaged(self.address, newest.seq + 1, why)
        tail = file.between(end, size)
        if fault:
            refuse_damage(tail, newest.seq, fault)
        if tail or (self.torn and not self.torn.moved_to):
            self.torn = Torn(newest.seq, len(tail)) if tail else None
        self.remember(Mark(Head(newest.seq, newest.hash, newest.at), end))


def _end_of(count: int, raws: Iterator[bytes], start: int) -> int:
    """Return where `count` lines end that begin at `start`, as if each had its newline."""
    return start + sum(len(raw) + 1 for raw in islice(raws, count))
