"""A store and its index, kept in step: lines taken in as they come, tables that follow the log."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from factledger.errors import Damaged, FieldError, LogError, NewerFormat, NotALedger, Problem
from factledger.index.memory import Index
from factledger.log.lines import Head, Line, canonical_fault
from factledger.log.stores import Store, Torn
from factledger.log.stores.base import TableStore
from factledger.records.codec import Body
from factledger.records.declarations import FORMAT
from factledger.records.vocabulary import NEWEST, shipped
from factledger.status.redactions import LOST

if TYPE_CHECKING:  # what only a writer needs, or a store with tables, is imported there
    from factledger.checks.fast_path import Plain
    from factledger.index.sqlite import StoredIndex

_PAUSE = 0.5  # seconds in which appends that follow one another are settled together
_WAITING = 20_000  # entries, at most
_BEHIND = 40_000  # entries that a reader takes in by itself, where an index is behind
_BRING_UP = "'factledger reindex' brings it up"
_UNERASED = "#{by} says that it was erased, and it is there; 'factledger redact {number}' erases it"
_REDACT = b'"kind":"redact"'
_TOLD = 1000  # entries between two words on how far a reading is


def _index_of(store: Store) -> Index:
    """Return the index of a store: its own tables where it has some, else one in memory."""
    if not isinstance(store, TableStore):
        return Index(shipped())
    from factledger.index.sqlite import StoredIndex

    return StoredIndex(shipped(), store, store.address)


def _redacted_in(raw: bytes) -> int:
    """Return the entry that a body says was erased, 0 for a body that says nothing of the kind."""
    body = json.loads(raw)
    return int(body["target"]) if body["kind"] == "redact" else 0


class Kept:
    """A store with the index of its lines; `behind` lets the index lag, for who brings it up."""

    _redacting = False  # whether another process said, since the last look, that content is erased

    def __init__(self, store: Store, *, behind: bool = False) -> None:
        self._store = store
        self._may_be_behind = behind
        self._settled = -math.inf
        self._read_anew()

    def _read_anew(self) -> None:
        """Read everything, and keep nothing of what was read before: content may be gone."""
        self._index = _index_of(self._store)
        self._plain: Plain | None = None
        if self._stored is not None:
            from factledger.ledger.index_build import rowing

            self._stored.rower = rowing(self._stored)
            self._store.follow(self)  # type: ignore[attr-defined]
        self._read_on()
        self._redacting = False

    def close(self) -> None:
        """Give back the files that the ledger holds."""
        self.settle()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return self._index.written

    @property
    def address(self) -> str:
        """Return where the ledger is kept."""
        return self._store.address

    @property
    def torn(self) -> Torn | None:
        """Return what was found of an append that never finished, None if nothing was."""
        return self._store.torn

    @property
    def behind(self) -> int:
        """Return how many entries were left out, for the index of the store does not go so far."""
        return 0 if self._stored is None else self._store.head.seq - len(self._index)

    def refresh(self) -> None:
        """Take in what other processes appended since."""
        self._catch_up()

    def _acknowledge(self, lines: list[Line]) -> None:
        for line in lines:
            self._index.written_as(line)
        if self._stored is not None and self._stored.settling:
            self._stored.absorb()

    @property
    def _stored(self) -> StoredIndex | None:
        return self._index if hasattr(self._index, "tables") else None  # type: ignore[return-value]

    def forget(self) -> None:
        """Forget what was read of tables that others, or a rollback, may have changed."""
        if self._stored is not None:
            self._stored.tables.forget()

    def before_commit(self, head: Head) -> None:
        """Write what waits into the index of the store, before a commit; many appends at once.

        Neighbours in the index come from all over a log: fifty batches together touch few more
        of its pages than one.
        """
        from factledger.ledger.index_build import settle

        now, index = time.monotonic(), self._stored
        assert index is not None  # noqa: S101  it alone asks for this
        index.settling = now - self._settled > _PAUSE or len(index) - index.base > _WAITING
        if index.settling:
            self._settled = now
            settle(index, head)

    def settle(self) -> None:
        """Bring the index of the store up to what this ledger appended, if others let it.

        It happens by itself before a question and at `close`; without it the next who appends
        does it, and until then every answer is read from the lines.
        """
        index = self._stored
        if index is None or self._settled < 0 or not index.waits:
            return
        from factledger.ledger.index_build import settle

        store: Any = self._store
        with suppress(LogError), store.writing(timeout=0), store.refusing():
            self._catch_up()
            if index.waits:
                settle(index, store.head)
                store.commit()
                index.absorb()

    def _catch_up(self) -> None:
        """Take in what others appended; forget what they erased, which they do next to saying so."""
        again = self._redacting
        if not again:
            self._read_on()
        if self._redacting:
            self._read_anew()
            self._redacting = not again

    def _read_on(self) -> None:
        if self._stored is not None:
            self._rebase(self._stored)
            if self.behind > _BEHIND:
                self._stay_behind()
                return
        for line in self._store.read(len(self._index) + 1):
            self._take_in(line)
            self._plain = None

    def _rebase(self, index: StoredIndex) -> None:
        """Follow the index of the store, which others may have brought further or taken away."""
        indexed = index.tables.progress[0]
        if indexed != index.base:
            seen = len(index)
            index.rebase(indexed)
            self._plain = None
            self._redacting |= any(number > seen for number in index.erasures)

    def _stay_behind(self) -> None:
        if not self._may_be_behind:
            raise LogError(
                f"{self.address}: its index is {self.behind} entries behind; {_BRING_UP}"
            )

    def _take_in(self, line: Line) -> None:
        """Add a line to the index; its hash may be right and its body still not be a record."""
        try:
            body = self._body(line)
            self._index.add(line.body, line.at, body)
            self._index.written_as(line)
            self._redacting |= body is not None and body["kind"] == "redact"
        except FieldError as fault:
            raise Damaged(self.address, line.seq, f"its body is not a record: {fault}") from None
        except (AttributeError, KeyError, TypeError):
            raise Damaged(self.address, line.seq, "its body is not a record") from None

    def _body(self, line: Line) -> Body | None:
        if line.body is None:
            return None
        try:
            body = json.loads(line.body.decode())
            known = isinstance(body["kind"], str) and (
                b"\\u" not in line.body or canonical_fault(line) is None  # half of a surrogate pair
            )
        except (ValueError, KeyError, TypeError, RecursionError):
            known = False
        if not known:
            raise Damaged(self.address, line.seq, "its body is not a record")
        if line.seq == 1:
            self._check_format(body)
        return body  # type: ignore[no-any-return]

    def _check_format(self, body: Body) -> None:
        if body["kind"] != "ledger":
            raise NotALedger(self.address, f"its first record is of kind {body['kind']!r}")
        for name, known in (("format", FORMAT), ("vocabulary", NEWEST)):
            if type(body.get(name)) is not int or body[name] > known:
                raise NewerFormat(self.address, body.get(name), known)

    def reindex(self, told: Callable[[int], object] = abs) -> int:
        """Make the index of the store anew from the lines; return how many entries are in it.

        One that is far `behind`, as one whose making broke off, is brought up instead. `told` is
        called with the number of entries done. A ledger whose store keeps no index has nothing
        to do.
        """
        return self._rebuild(told, anew=not self.behind)

    def bring_up(self, told: Callable[[int], object] = abs) -> int:
        """Bring the index of the store up to the last line, and return as `reindex` does."""
        return self._rebuild(told, anew=False)

    def _rebuild(self, told: Callable[[int], object], anew: bool) -> int:
        if self._stored is None:
            return 0
        from factledger.ledger.index_build import rebuild

        store: Any = self._store
        with store.writing(), store.refusing():
            return rebuild(self._stored, store, self._take_in, told, anew)

    def verify(self, told: Callable[[int], object] = abs) -> tuple[Problem, ...]:
        """Return what is wrong with the log itself, read again from the store.

        An index that the store keeps is to cover all entries. `told` is called with the number
        of entries read. Raises `Damaged` at the first line whose hash does not follow from the
        lines before.
        """
        return (*self._line_faults(told), *self._index_faults())

    def _line_faults(self, told: Callable[[int], object]) -> Iterator[Problem]:
        gone, said = set(), {}
        for line in self._store.read():
            if line.seq % _TOLD == 0:
                told(line.seq)
            if (fault := canonical_fault(line)) is not None:
                yield Problem(self._where(line.seq), "record-canonical", fault)
            elif line.body is None:
                gone.add(line.seq)
            elif _REDACT in line.body and (target := _redacted_in(line.body)):
                said[target] = line.seq
        for number in sorted(gone ^ said.keys()):
            fault = LOST if number in gone else _UNERASED.format(by=said[number], number=number)
            yield Problem(self._where(number), "redaction", fault)

    def _index_faults(self) -> Iterator[Problem]:
        if self.behind:
            fault = f"the index ends at entry {len(self)}, the log at entry {self._store.head.seq}"
            yield Problem(self.address, "index-complete", f"{fault}; {_BRING_UP}")

    def _where(self, number: int) -> str:
        address = self.address
        return f"#{number}" if address == "memory:" else f"{address}:{number}"
