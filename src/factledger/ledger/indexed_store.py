"""A store and the index of its lines, kept in step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from factledger.errors import Damaged, FieldError, LogError
from factledger.index.base import Index
from factledger.index.memory import MemoryIndex
from factledger.ledger.line_bodies import line_body
from factledger.log.lines import Line
from factledger.log.stores import Store
from factledger.log.stores.base import PATIENCE, TableStore
from factledger.records.vocabulary import shipped

if TYPE_CHECKING:  # imported where a store has tables
    from factledger.index.sqlite import SqliteIndex
    from factledger.ledger.settler import Settler

_BEHIND = 40_000  # entries that a reader takes in by itself, where an index is behind
BRING_UP = "'factledger reindex' brings it up"


class IndexedStore:
    """A store with the index of its lines; every reading takes in the lines that are new.

    With `behind`, an index that lags is accepted, so that it can be rebuilt. `index` is another
    one after content was erased: hold on to the store, not to its index.
    """

    def __init__(self, store: Store, *, behind: bool = False) -> None:
        self.store = store
        self.readings = 0  # how often something was taken in that was not appended here
        self.generation = 0  # how often everything was read anew, since content may be gone
        self._may_be_behind = behind
        self._behind = 0
        self.reread()

    def reread(self) -> None:
        """Read everything, and keep nothing of what was read before: content may be gone."""
        self.index, self._settler = _indexed(self.store, self._remake)
        self.readings += 1
        self.generation += 1
        self._redacting = False  # whether others said, since the last look, that content is erased
        self._read_on()
        self._redacting = False

    def close(self) -> None:
        """Settle what waits, and give back the files of the store."""
        self.settle()
        self.store.close()

    @property
    def behind(self) -> int:
        """Return how many entries were left out, for the index of the store does not go so far.

        What others appended since the last look is not left out: nobody looked for it.
        """
        return self._behind

    def place(self, number: int) -> str:
        """Return how a problem names an entry: by file and line where there is a file."""
        address = self.store.address
        return f"#{number}" if address == "memory:" else f"{address}:{number}"

    # --- what is appended

    def acknowledge(self, lines: Iterable[Line]) -> None:
        """Take note of lines that were written, in the order of what the index took in before."""
        for line in lines:
            self.index.place(line)
        if self._settler is not None:
            self._settler.committed()

    def settle(self) -> None:
        """Bring the index of the store up to what was appended here, if others let it.

        It happens by itself before a question and at `close`; without it the next who appends
        does it, and until then every answer is read from the lines.
        """
        settler = self._settler
        if settler is None or not settler.has_written or not settler.index.waits:
            return
        from factledger.ledger.index_build import settle

        store, index = self._tables(), settler.index
        with suppress(LogError), store.writing(timeout=0), store.refusing():
            self.refresh()
            if index.waits:
                settle(index, store.head)
                store.commit()
                index.absorb()

    # --- what others appended

    def refresh(self) -> None:
        """Take in what others appended; forget what they erased, which they do next to saying so."""
        again = self._redacting
        if not again:
            self._read_on()
        if self._redacting:
            self.reread()
            self._redacting = not again

    def _read_on(self) -> None:
        if self._settler is not None:
            self._rebase(self._settler.index)
            behind = self.store.head.seq - len(self.index)
            self._behind = behind if behind > _BEHIND else 0
            if self._behind:
                self._check_may_be_behind()
                return
        for line in self.store.read(len(self.index) + 1):
            self.take_in(line)
            self.readings += 1

    def _rebase(self, index: SqliteIndex) -> None:
        """Follow the index of the store, which others may have brought further or made anew."""
        indexed = index.tables.progress[0]
        anew = index.version != index.tables.version
        if anew:
            self.generation += 1
        if anew or indexed != index.base:
            seen = len(index)
            index.rebase(indexed)
            self.readings += 1
            self._redacting |= any(number > seen for number in index.erasures)

    def _check_may_be_behind(self) -> None:
        if not self._may_be_behind:
            fault = f"its index is {self.behind} entries behind"
            raise LogError(f"{self.store.address}: {fault}; {BRING_UP}")

    def take_in(self, line: Line) -> None:
        """Add a line to the index; raises `Damaged` where its body is not a record."""
        address = self.store.address
        try:
            body = line_body(line, address)
            self.index.add(line.body, line.at, body)
            self.index.place(line)
            self._redacting |= body is not None and body["kind"] == "redact"
        except FieldError as fault:
            raise Damaged(address, line.seq, f"its body is not a record: {fault}") from None
        except (AttributeError, KeyError, TypeError):
            raise Damaged(address, line.seq, "its body is not a record") from None

    # --- the index made anew

    def rebuild(self, anew: bool, on_progress: Callable[[int], object] | None = None) -> int:
        """Write the tables of the index from the lines; return how many entries are in them.

        They go on where they end, unless they are to be made `anew`. `on_progress` is called with
        the number of entries done. A store without tables has nothing to do.
        """
        if self._settler is None:
            return 0
        from factledger.ledger.index_build import rebuild

        store = self._tables()
        with self._undone(), store.writing(), store.refusing():
            done = rebuild(self._settler.index, store, self.take_in, anew, on_progress)
        self._behind = 0
        return done

    def erase(self, entries: Collection[int], timeout: float = PATIENCE) -> None:
        """Take the content of entries out of the store, and whatever was read of it out of memory."""
        with self._undone():
            self.store.erase(entries, timeout=timeout)
        self.reread()

    def _remake(self) -> None:
        """Write the tables anew from the lines, in the transaction that is open."""
        from factledger.ledger.index_build import rewrite

        assert self._settler is not None  # noqa: S101  it asks for it
        rewrite(self._settler.index, self._tables(), self.take_in)

    @contextmanager
    def _undone(self) -> Iterator[None]:
        """Read everything anew where a change of the tables fails, and is undone."""
        try:
            yield
        except BaseException:
            with suppress(LogError):
                self.reread()
            raise

    def _tables(self) -> TableStore:
        assert isinstance(self.store, TableStore)  # noqa: S101  it has a settler
        return self.store


def _indexed(store: Store, remake: Callable[[], None]) -> tuple[Index, Settler | None]:
    """Return the index of a store, and what writes it: tables of its own, or an index in memory."""
    if not isinstance(store, TableStore):
        return MemoryIndex(shipped()), None
    from factledger.index.sqlite import SqliteIndex
    from factledger.index.tables import Tables
    from factledger.ledger.index_rows import row_maker
    from factledger.ledger.settler import Settler

    tables = Tables(store.connection, store.address)
    settler = Settler(SqliteIndex(shipped(), store, tables, row_maker), remake)
    store.follow(settler)
    return settler.index, settler
