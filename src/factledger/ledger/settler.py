"""The writer of an index into the tables of its store, beside the lines."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from factledger.index.sqlite import SqliteIndex
from factledger.ledger.index_build import settle
from factledger.log.lines import Head

_PAUSE = 0.5  # seconds in which appends that follow one another are settled together
_RATIO = 8  # and so many times as long as settling took, so that it takes a small part of the time
_WAITING = 20_000  # entries, at most


class Settler:
    """A follower of a store: what waits in the index goes into its tables, many appends at once.

    Neighbours in the index come from all over a log: fifty batches together touch few more of its
    pages than one. `remake` writes the tables anew.
    """

    def __init__(self, index: SqliteIndex, remake: Callable[[], None]) -> None:
        self.index = index
        self._remake = remake
        self._settled = -math.inf
        self._took = 0.0  # seconds, the last time
        self._settling = False  # whether the append that goes on takes what waits along

    @property
    def has_written(self) -> bool:
        """Return whether anything was appended here, so that something may wait to be settled."""
        return self._settled >= 0

    def before_commit(self, head: Head) -> None:
        """Write what waits into the tables, before a commit, where it is time to."""
        now = time.monotonic()
        waiting, pause = len(self.index) - self.index.base, max(_PAUSE, _RATIO * self._took)
        self._settling = now - self._settled > pause or waiting > _WAITING
        if self._settling:
            settle(self.index, head)
            self._settled = time.monotonic()
            self._took = self._settled - now

    def committed(self) -> None:
        """Take note that the commit which `before_commit` prepared is done."""
        if self._settling:
            self.index.absorb()

    def rewrite(self) -> None:
        """Write the tables anew from the lines, before the commit that erases some of these."""
        self._remake()

    def forget(self) -> None:
        """Forget what was read of the tables: others, or a rollback, may have changed them."""
        self.index.tables.forget()
