"""How far a long work is: a line on a terminal that is written anew, nothing in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self, TextIO

PAUSE = 0.1  # seconds between two looks at the line
STAYS = "what was written stays, and running the command again goes on behind it"


class Progress:
    """A line on standard error, while the `with` block lasts: count, rate, and time left.

    `what` says what is counted, as in "verified"; `total` is None where nobody knows it. What is
    there already when the counting begins is no work: `begin` is its count.
    """

    def __init__(
        self,
        what: str,
        total: int | None = None,
        *,
        begin: int = 0,
        file: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
        columns: Callable[[], int] | None = None,
    ) -> None:
        self._what, self._total, self._begin = what, total, begin
        self._file = sys.stderr if file is None else file
        self._clock = clock
        self._columns = _terminal_columns if columns is None else columns
        self._done, self._shown = begin, 0
        self._start = clock()
        self._next = self._start + PAUSE if self._file.isatty() else float("inf")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._write("")
            self._file.write("\r")
            self._file.flush()

    def at(self, done: int) -> None:
        """Say how much is done of all; the line is written at most ten times a second."""
        self._done = done
        now = self._clock()
        if now >= self._next:
            self._next = now + PAUSE
            self._write(self.line(now)[: max(self._columns() - 1, 0)])

    def add(self, count: int) -> None:
        """Say that some more is done."""
        self.at(self._done + count)

    def line(self, now: float) -> str:
        """Return what is said at an instant of the clock."""
        rate = (self._done - self._begin) / max(now - self._start, 1e-9)
        parts = [f"{self._what} {self._done:,}"]
        if self._total is not None:
            parts[0] += f" of {self._total:,}"
        parts.append(f"{rate:,.0f} a second")
        if self._total is not None and rate > 0:
            parts.append(f"{lasting(max(self._total - self._done, 0) / rate)} left")
        return ", ".join(parts)

    def _write(self, text: str) -> None:
        """Write over the line; blanks take away what was longer, on any terminal."""
        before = self._shown
        self._shown = max(before, len(text))  # so it is, if Ctrl-C comes before all is written
        self._file.write(f"\r{text}{' ' * (before - len(text))}")
        self._file.flush()
        self._shown = len(text)


def lasting(seconds: float) -> str:
    """Return a duration in words.

    >>> lasting(0.4), lasting(95), lasting(7000)
    ('1 s', '1 min 35 s', '1 h 56 min')
    """
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def _terminal_columns() -> int:
    from shutil import get_terminal_size  # slow to load; a pipe does without

    return get_terminal_size().columns


@contextmanager
def resumable() -> Iterator[None]:
    """Do what may be interrupted: it is told that nothing acknowledged is lost."""
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(STAYS) from None
