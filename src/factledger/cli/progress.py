"""The progress of long work: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from time import monotonic
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

PAUSE = 0.1  # seconds between two looks at the bar
STAYS = "what was written stays, and running the command again goes on behind it"


class Progress:
    """A bar on standard error while the `with` block lasts: count, share, time left and rate.

    `what` says what is counted, as in "verified entries"; without a `total` there is no share and
    no time left. What is there already when the counting begins is no work: `begin` is its count.
    A pipe, a terminal with `TERM=dumb` and work that is done at once get no bar.
    """

    def __init__(self, what: str, total: int | None = None, *, begin: int = 0) -> None:
        self._done, self._last = 0, begin
        self._start = monotonic()
        self._next = self._start + PAUSE
        self._bar = _bar(what, None if total is None else total - begin) if _seen() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None and self._bar.pos:
            self._draw(self._bar, monotonic())
            self._bar.render_finish()

    def at(self, done: int) -> None:
        """Tell how much is done; a count below the one before is that of another pass."""
        self.add(done - self._last if done >= self._last else done)
        self._last = done

    def add(self, count: int) -> None:
        """Tell how much more is done; the bar is drawn at most ten times a second."""
        self._done += count
        now = monotonic()
        if self._bar is not None and now >= self._next:
            self._next = now + PAUSE
            self._draw(self._bar, now)

    def _draw(self, bar: ProgressBar[str], now: float) -> None:
        bar.update(self._done - bar.pos, f"{self._done / (now - self._start):,.0f} a second")


def _seen() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _bar(what: str, total: int | None) -> ProgressBar[str]:
    return click.progressbar(
        repeat(""),
        length=total,
        label=what,
        show_pos=True,
        show_percent=total is not None,
        item_show_func=lambda rate: rate,
        width=0,  # as wide as there is room
        file=sys.stderr,
    )


@contextmanager
def resumable() -> Iterator[None]:
    """Do work that can be interrupted, and say then that nothing acknowledged is lost."""
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(STAYS) from None
