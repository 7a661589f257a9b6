"""The log of a ledger: entries in order, read from a store, and appended as whole batches."""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from factledger.codec import Body
from factledger.declarations import FORMAT, Header
from factledger.errors import (
    Damaged,
    FieldError,
    LogError,
    NewerFormat,
    NotALedger,
    NotFound,
    Problem,
    Refused,
)
from factledger.index import Index
from factledger.instants import as_instant, instant, utc_now
from factledger.lines import START, Head, Line, canonical_fault
from factledger.records import Entries, Entry, Record
from factledger.stores import Store, Torn, create_store, open_store
from factledger.stores.base import PATIENCE
from factledger.vocabulary import NEWEST, shipped

# What only a writer needs is imported there: most processes ask one question.
if TYPE_CHECKING:
    from factledger.admission import Admission
    from factledger.drafts import Proposal
    from factledger.plain import Plain
    from factledger.stored import StoredIndex

SALT_BYTES = 16
_PAUSE = 0.5  # seconds in which appends that follow one another are settled together
_WAITING = 20_000  # entries, at most
_BEHIND = 40_000  # entries that a reader takes in by itself, where an index is behind
_BRING_UP = "'factledger reindex' brings it up"
_TOLD = 1000  # entries between two words on how far a reading is


def _index_of(store: Store) -> Index:
    """Return the index of a store: its own tables where it has some, else one in memory."""
    if not hasattr(store, "tables"):
        return Index(shipped())
    from factledger.stored import StoredIndex

    return StoredIndex(shipped(), store)  # type: ignore[arg-type]


class Log:
    """Entries in order. Reading never writes; only `append` does.

    `clock` gives the instant of recording, `entropy` the salts. `behind` takes a ledger as it is
    whose index is far behind its lines, to verify it or to bring its index up.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
        behind: bool = False,
    ) -> None:
        self._store = store
        self._may_be_behind = behind
        self._clock = clock
        self._entropy = entropy
        self._index = _index_of(store)
        self._plain: Plain | None = None
        self._settled = -math.inf
        if self._stored is not None:
            from factledger.indexing import rowing

            self._stored.rower = rowing(self._stored)
            store.before_commit = self._settle  # type: ignore[attr-defined]
        self._catch_up()

    # --- opening

    @classmethod
    def open(cls, address: str | os.PathLike[str], **options: Any) -> Self:
        """Return the ledger at an address: a folder that holds `ledger.jsonl`, or the file.

        Every hash of a `.jsonl` file is checked. Of a SQLite file (`.db`, `.sqlite`, `.sqlite3`)
        each line is checked when it is read, and all of them by `verify`. Raises `NotFound`, `NotALedger`, `NewerFormat` or `Damaged`.
        """
        return cls(open_store(os.fspath(address)), **options)

    @classmethod
    def create(
        cls,
        address: str | os.PathLike[str],
        *,
        origin: str,
        title: str | None = None,
        backfilled: str | datetime | None = None,
        **options: Any,
    ) -> Self:
        """Return a new ledger at an address, with its first record; `memory:` keeps it in memory.

        `origin` names the ledger wherever its head is quoted; `backfilled` is as in `append`.
        Raises `WriteRefused` where a ledger is there, and `Refused` for an origin that is no
        identifier or an instant that is not past, before it makes a file.
        """
        header = Header(format=FORMAT, vocabulary=NEWEST, origin=origin, title=title)
        trying = options if backfilled else {}
        cls(open_store("memory:"), **trying).try_append(header, backfilled=backfilled)
        ledger = cls(create_store(os.fspath(address)), **options)
        ledger.append(header, backfilled=backfilled)
        return ledger

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

    # --- the log

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

    @property
    def head(self) -> str:
        """Return the hash of the newest entry, 64 zeros for none."""
        return self._index.hash(len(self)) if len(self) else START.hash

    @property
    def header(self) -> Header | None:
        """Return the first record, None where there is none yet."""
        record = self._index.record(1) if len(self) else None
        return record if isinstance(record, Header) else None

    def entry(self, number: int) -> Entry:
        """Return the entry of a number; raises `NotFound` where there is none."""
        if not 1 <= number <= len(self):
            raise NotFound(f"entry #{number}", f"the ledger has {len(self)} entries")
        return Entry(
            number=number,
            at=self._index.at(number),
            batch=self._index.batch(number),
            hash=self._index.hash(number),
            record=self._index.record(number),
        )

    def entries(self, first: int = 1) -> Iterator[Entry]:
        """Yield the entries from number `first` on, in order."""
        return (self.entry(number) for number in range(first, len(self) + 1))

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the log as they are stored, without their newlines."""
        return (line.encode() for line in self._store.read())

    def find(self, label: str) -> Entry:
        """Return the newest entry with a label; raises `NotFound` where there is none."""
        numbers = self._index.labelled(label)
        if not numbers:
            raise NotFound(f"label {label!r}", "factledger log lists the entries")
        return self.entry(numbers[-1])

    def targeting(self, number: int) -> tuple[Entry, ...]:
        """Return the entries about an entry: corrections, closures, disputes and so on."""
        return tuple(self.entry(n) for n in self._index.targeting(number))

    # --- appending

    def append(
        self,
        *records: Record | Proposal | Body,
        expect: str | int | None = None,
        texts: Mapping[str, str] | None = None,
        unproved: bool = False,
        backfilled: str | datetime | None = None,
        timeout: float = PATIENCE,
    ) -> Entries:
        """Append records or drafts as one batch; return an entry for each, once they are durable.

        All are written or none. A record that is in the ledger already, label apart, is not
        written again: its entry is the old one. Quotes are proved against `texts`, by source id;
        `unproved` takes citations whose text is not given as they are. `expect` is the head hash
        or the number of entries that the caller saw.

        `backfilled` is the instant at which the batch was recorded elsewhere: its lines bear it,
        and each record says when it was in fact written. It is neither before the newest entry
        nor in the future; a day means its end.

        Raises `Refused` with every problem, `HeadMoved`, `Busy` after `timeout` seconds,
        `WriteRefused` or `OutcomeUnknown`.
        """
        with self._store.writing(expect=expect, timeout=timeout) as writer:
            self._catch_up()
            with self._index.trial():
                at, admission = self._admission(records, texts, unproved, backfilled)
                if admission.problems:
                    raise Refused(admission.problems)
                bodies = [a.body for a in admission.admitted if a.body is not None]
                salts = self._salts(len(bodies))
                written = writer.append(bodies, at=at, salts=salts)
            self._acknowledge(written)
        return Entries([a.number for a in admission.admitted], self.entry)

    def try_append(self, *records: Record | Proposal | Body, **options: Any) -> tuple[int, ...]:
        """Return the numbers that `append` would give, without writing; raises as it does."""
        numbers: list[int] = []
        try:
            with self._index.trial():
                texts, unproved = options.get("texts"), options.get("unproved", False)
                backfilled = options.get("backfilled")
                _, admission = self._admission(records, texts, unproved, backfilled)
                numbers = [a.number for a in admission.admitted]
                raise Refused(admission.problems)
        except Refused as refused:
            if refused.problems:
                raise
        return tuple(numbers)

    def _admission(
        self,
        records: Iterable[Record | Proposal | Body],
        texts: Mapping[str, str] | None,
        unproved: bool,
        backfilled: str | datetime | None,
    ) -> tuple[str, Admission]:
        """Return the instant of a batch, and what of its records may be written."""
        from factledger.admission import Admission
        from factledger.plain import Plain

        at, written = self._instants(backfilled)
        plain = self._plain or Plain(self._index)
        self._plain = None
        admission = Admission(self._index, at, plain, dict(texts or {}), unproved, written)
        admission.take(records)
        if not admission.problems:
            self._plain = plain
        return at, admission

    def _instants(self, backfilled: str | datetime | None) -> tuple[str, str | None]:
        """Return the instant that a batch bears, and the one at which it is written if later."""
        now = instant(self._clock())
        newest = self._index.at(len(self)) if len(self) else ""
        if backfilled is None:
            return max(now, newest), None
        at = as_instant(backfilled)
        if newest <= at <= now:
            return at, now
        found = f"it is {now} now" if at > now else f"the newest entry was recorded at {newest}"
        advice = "entries are recorded in order, and not in the future"
        raise Refused([Problem(self.address, "backfilled", f"recorded at {at}: {found}; {advice}")])

    def _salts(self, count: int) -> list[bytes]:
        drawn = self._entropy(SALT_BYTES * count)
        return [drawn[i : i + SALT_BYTES] for i in range(0, len(drawn), SALT_BYTES)]

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

    def _settle(self, head: Head) -> None:
        """Write what waits into the index of the store, before a commit; many appends at once.

        Neighbours in the index come from all over a log: fifty batches together touch few more
        of its pages than one.
        """
        from factledger.indexing import settle

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
        from factledger.indexing import settle

        store: Any = self._store
        with suppress(LogError), store.writing(timeout=0), store.refusing():
            self._catch_up()
            if index.waits:
                settle(index, store.head)
                store.commit()
                index.absorb()

    def _catch_up(self) -> None:
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
            index.rebase(indexed)
            self._plain = None

    def _stay_behind(self) -> None:
        if not self._may_be_behind:
            raise LogError(
                f"{self.address}: its index is {self.behind} entries behind; {_BRING_UP}"
            )

    def _take_in(self, line: Line) -> None:
        """Add a line to the index; its hash may be right and its body still not be a record."""
        try:
            self._index.add(line.body, line.at, self._body(line))
            self._index.written_as(line)
        except FieldError as fault:
            raise Damaged(self.address, line.seq, f"its body is not a record: {fault}") from None
        except (AttributeError, KeyError, TypeError):
            raise Damaged(self.address, line.seq, "its body is not a record") from None

    def _body(self, line: Line) -> Body | None:
        if line.body is None:
            return None
        try:
            body = json.loads(line.body)
            known = isinstance(body["kind"], str)
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
        from factledger.indexing import rebuild

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
        for line in self._store.read():
            if line.seq % _TOLD == 0:
                told(line.seq)
            if (fault := canonical_fault(line)) is not None:
                yield Problem(self._where(line.seq), "record-canonical", fault)

    def _index_faults(self) -> Iterator[Problem]:
        index = self._stored
        if index is None:
            return
        fault = ""
        if self.behind:
            fault = f"the index ends at entry {len(self)}, the log at entry {self._store.head.seq}"
        elif index.base and index.tables.progress[1] != index.hash(index.base):
            fault = "the index is of another log"
        if fault:
            yield Problem(self.address, "index-complete", f"{fault}; {_BRING_UP}")

    def _where(self, number: int) -> str:
        address = self.address
        return f"#{number}" if address == "memory:" else f"{address}:{number}"
