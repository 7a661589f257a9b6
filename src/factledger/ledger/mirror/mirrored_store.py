"""A store on another machine, with a copy in a file of this one that holds the index.

What is appended goes to the store, what is asked is answered from the copy. The copy is derived:
it may be deleted at any time, several processes share it, and whoever finds others at work on it
goes on in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

from factledger.errors import FactledgerError
from factledger.ledger.indexed_store import IndexedStore
from factledger.ledger.mirror.copies import local_copy
from factledger.log.lines import Line
from factledger.log.stores.base import PATIENCE, RemoteStore

if TYPE_CHECKING:
    from factledger.index.sqlite import SqliteIndex

_WAITING = 20_000  # entries that were appended here and are not in the copy, at most


class MirroredStore(IndexedStore):
    """A store on another machine; `tables` is the copy."""

    def reread(self) -> None:
        """Read everything anew; content that was erased is taken out of the copy first."""
        remote, copy = cast(RemoteStore, self.store), self._tables()
        gone = {n for n in remote.erased() if n <= copy.head.seq and copy.line(n).body is not None}
        if gone:
            copy.erase(gone)
        super().reread()

    def refresh(self) -> None:
        """Take in what others appended, into another copy where somebody deleted the one that was."""
        with self.lock:
            self._check_copy()
        super().refresh()

    def _check_copy(self) -> None:
        try:
            self._tables().renew()
        except FactledgerError:
            copy = local_copy(cast(RemoteStore, self.store))
            if copy is None:
                raise
            self._tables().close()
            self._table_store = copy
            self.reread()

    def _give_back(self) -> None:
        super()._give_back()
        self._tables().close()

    def acknowledge(self, lines: Iterable[Line]) -> None:
        """Take note of lines that were written."""
        with self.lock:
            super().acknowledge(lines)
            if self._waiting > _WAITING:
                self._fill()

    def settle(self) -> None:
        """Bring the copy up to what was appended here, if others let it."""
        with self.lock:
            if self._waiting:
                self._fill()

    @property
    def _waiting(self) -> int:
        return len(self.index) - self._tables_index.base

    @property
    def _tables_index(self) -> SqliteIndex:
        assert self._settler is not None  # noqa: S101  it has tables
        return self._settler.index

    def _read_on(self) -> None:
        if self.store.head.seq > len(self.index):
            self._fill()
        super()._read_on()

    def _fill(self) -> None:
        """Bring the copy and its index up to the store; what hinders it is told where it matters."""
        try:
            self._filled(anew=False, timeout=0)
        except FactledgerError:
            self._tables_index.tables.forget()

    def rebuild(self, anew: bool, on_progress: Callable[[int], object] | None = None) -> int:
        """Write the tables of the index from the lines, after those that are new were copied."""
        with self._undone(), self.lock:
            return self._filled(anew, on_progress)

    def _filled(
        self,
        anew: bool,
        on_progress: Callable[[int], object] | None = None,
        timeout: float = PATIENCE,
    ) -> int:
        """Return how many entries are in the copy, once all are."""
        from factledger.ledger.copying import AT_ONCE, bundles
        from factledger.ledger.index_build import rebuild

        copy, index = self._tables(), self._tables_index
        seen = len(index)
        with copy.writing(timeout=timeout) as writer, copy.refusing():
            for lines in bundles(self.store.read(writer.head.seq + 1), AT_ONCE):
                writer.restore(lines)
            self.readings += 1
            done = rebuild(index, copy, self.take_in, anew, on_progress)
        self._redacting |= any(number > seen for number in index.erasures)
        self._behind = 0
        return done
