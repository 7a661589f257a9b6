"""A store in memory: a list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Self

from factledger.errors import Busy
from factledger.log.lines import START, Head, Line, make_lines
from factledger.log.stores.base import PATIENCE, Torn, check_expected


class MemoryStore:
    """Lines that live as long as the store: for tests, and for questions about unsaved drafts."""

    address = "memory:"
    torn: Torn | None = None

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._lock = Lock()

    @property
    def head(self) -> Head:
        """Where the log ends."""
        return self._lines[-1].head if self._lines else START

    def read(self, start: int = 1) -> Iterator[Line]:
        """Yield the lines from entry `start` on that are there when the reading begins."""
        yield from self._lines[max(start, 1) - 1 :]

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[MemoryStore]:
        """Hold the right to append; the store itself is the writer."""
        if not self._lock.acquire(timeout=timeout):
            raise Busy(self.address, timeout)
        try:
            check_expected(expect, self.head)
            yield self
        finally:
            self._lock.release()

    def append(self, bodies: Sequence[bytes], *, at: str, salts: Sequence[bytes]) -> list[Line]:
        """Add one batch and return its lines; only inside `writing`."""
        lines = make_lines(self.head, at=at, bodies=bodies, salts=salts)
        self._lines.extend(lines)
        return lines

    def restore(self, lines: Sequence[Line]) -> None:
        """Add lines of another store as they are; only inside `writing`."""
        self._lines.extend(lines)

    def erase(self, entries: Collection[int], *, timeout: float = PATIENCE) -> None:
        """Take the content of entries out of the log for good; no hash changes."""
        with self.writing(timeout=timeout):
            self._lines = [line.erased() if line.seq in entries else line for line in self._lines]

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
