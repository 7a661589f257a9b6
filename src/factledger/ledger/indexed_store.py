"""A store and the index of its lines, kept in step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from threading import get_ident
from typing import TYPE_CHECKING

from factledger.collecting import no_collecting
from factledger.errors import Busy, Damaged, FieldError, LogError
from factledger.index.base import Index
from factledger.index.memory import MemoryIndex
from factledger.ledger.line_bodies import line_body
from factledger.log.lines import Line
from factledger.log.stores import Store
from factledger.log.stores.base import PATIENCE, RemoteStore, TableStore, Writer, saying
from factledger.log.stores.thread_locks import lock_of_threads, nested_lock
from factledger.records.plain.glance import learn_claim
from factledger.records.vocabulary import shipped

if TYPE_CHECKING:  # imported where a store has tables
    from factledger.index.sqlite import SqliteIndex
    from factledger.ledger.settler import Settler

_FEW = 500  # lines: to learn their forms takes longer than to read them
_BEHIND = 40_000  # entries that a reader takes in by itself, where an index is behind
_AGAIN = "'factledger reindex' goes on"
BRING_UP = "'factledger reindex' brings it up"


class IndexedStore:
    """A store with the index of its lines; every reading takes in the lines that are new.

    With `behind`, an index that lags is accepted, so that it can be rebuilt. Hold on to the store,
    not to its index. `tables` are those of the index, where they lie in another store than the lines.
    """

    def __init__(
        self, store: Store, *, behind: bool = False, tables: TableStore | None = None
    ) -> None:
        self.store = store
        self._table_store = tables or (store if isinstance(store, TableStore) else None)
        self.readings = 0  # how often something was taken in that was not appended here
        self.generation = 0  # how often everything was read anew, since content may be gone
        self._may_be_behind = behind
        self._behind = 0
        self._lock, self._turn = nested_lock(), lock_of_threads()
        self._in_it = 0  # the thread whose turn it is
        self.reread()

    @property
    def lock(self) -> AbstractContextManager[bool]:
        """Held by a thread while what it adds may yet be refused, and while others' lines come in."""
        return self._table_store.lock if self._table_store is not None else self._lock

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[Writer]:
        """Hold the right to append: one thread after another, and then as the store says."""
        with self._in_turn(timeout), self.store.writing(expect=expect, timeout=timeout) as writer:
            yield writer

    @contextmanager
    def _in_turn(self, timeout: float) -> Iterator[None]:
        """Let one thread write at a time; raises Busy after `timeout` seconds."""
        if not self._turn.acquire(timeout=timeout):
            raise Busy(self.store.address, timeout)
        self._in_it = get_ident()
        try:
            yield
        finally:
            self._in_it = 0
            self._turn.release()

    def reread(self) -> None:
        """Read everything, and keep nothing of what was read before: content may be gone."""
        with self.lock:
            self._index, self._settler = _indexed(self._table_store, self.lock, self._remake)
            self.readings += 1
            self.generation += 1
            self._redacting = False  # whether others said, since the last look, that some is erased
            self._read_on()
            self._redacting = False

    @property
    def index(self) -> Index:
        """The index of what was read; another one after content was erased or the file replaced.

        While everything is read anew, other threads wait for it.
        """
        with self.lock:
            return self._index

    def close(self) -> None:
        """Settle what waits, and give back the files of the store; a thread that appends ends before."""
        self.settle()
        mine = self._in_it == get_ident()  # a thread does not wait for itself
        with ExitStack() as turn:
            with suppress(Busy):
                turn.enter_context(nullcontext() if mine else self._in_turn(PATIENCE))
            self._give_back()

    def _give_back(self) -> None:
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
        with self.lock:
            for line in lines:
                self._index.place(line)
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
        with suppress(LogError), self.writing(timeout=0), self.lock, store.refusing():
            self.refresh()
            if index.waits:
                settle(index, store.head)
                store.commit()
                index.absorb()

    @contextmanager
    def trial(self, *, dry: bool = False) -> Iterator[None]:
        """Take in bodies that may yet be refused: where the block raises, they are forgotten.

        After a `dry` one they are, whatever came of it.
        """
        with self.lock, self.index.trial(dry=dry):
            yield

    # --- what others appended

    def refresh(self) -> None:
        """Take in what others appended; forget what they erased, which they do next to saying so."""
        with self.lock:
            self._refresh()

    def _refresh(self) -> None:
        if self._settler is not None:
            self._tables().renew()
            if self._settler.index.tables.connection is not self._tables().connection:
                self.reread()
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
        with no_collecting():
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
        index, raw = self._index, line.body
        if (
            line.seq <= _FEW
            or raw is None
            or not isinstance(index, MemoryIndex)
            or not index.add_known(raw, line.at)
        ):
            self._take_in_whole(line)
        index.place(line)

    def _take_in_whole(self, line: Line) -> None:
        """Add a line whose body has to be read."""
        address = self.store.address
        try:
            body = line_body(line, address)
            self._index.add(line.body, line.at, body)
            self._redacting |= body is not None and body["kind"] == "redact"
        except FieldError as fault:
            raise Damaged(address, line.seq, f"its body is not a record: {fault}") from None
        except (AttributeError, KeyError, TypeError):
            raise Damaged(address, line.seq, "its body is not a record") from None
        if line.seq > _FEW and line.body is not None and body is not None:
            learn_claim(line.body, body)

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
        with (
            self._undone(),
            self.writing(),
            self.lock,
            saying(self._index_left),
            store.refusing(),
        ):
            done = rebuild(self._settler.index, store, self.take_in, anew, on_progress)
        self._behind = 0
        return done

    def _index_left(self) -> str:
        return f"of {self.store.address} only the index was touched, and {_AGAIN}"

    def erase(self, entries: Collection[int], timeout: float = PATIENCE) -> None:
        """Take the content of entries out of the store, and whatever was read of it out of memory."""
        with self._in_turn(timeout), self.lock:
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
        assert self._table_store is not None  # noqa: S101  it has a settler
        return self._table_store


def kept_store(store: Store, *, behind: bool = False) -> IndexedStore:
    """Return a store with its index: of one on another machine, in a file of this one."""
    if not isinstance(store, RemoteStore):
        return IndexedStore(store, behind=behind)
    from factledger.ledger.mirror.copies import local_copy
    from factledger.ledger.mirror.mirrored_store import MirroredStore

    copy = local_copy(store)
    if copy is None:
        return IndexedStore(store, behind=behind)
    return MirroredStore(store, behind=behind, tables=copy)


def _indexed(
    store: TableStore | None, lock: AbstractContextManager[bool], remake: Callable[[], None]
) -> tuple[Index, Settler | None]:
    """Return the index of a store, and what writes it: tables of its own, or an index in memory."""
    if store is None:
        return MemoryIndex(shipped(), lock=lock), None
    from factledger.index.sqlite import SqliteIndex
    from factledger.index.tables import Tables
    from factledger.ledger.index_rows import row_maker
    from factledger.ledger.settler import Settler

    tables = Tables(store.connection, store.address, store.lock)
    settler = Settler(SqliteIndex(shipped(), store, tables, row_maker), remake)
    store.follow(settler)
    return settler.index, settler
