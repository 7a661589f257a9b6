"""The log of a ledger: entries in order, read from a store, and appended as whole batches."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from factledger.dates.instants import as_instant, instant, utc_now
from factledger.errors import NotFound, Problem, Refused
from factledger.ledger.indexed_store import Kept
from factledger.log.lines import START
from factledger.log.stores import Store, create_store, open_store
from factledger.log.stores.base import PATIENCE
from factledger.records.codec import Body
from factledger.records.declarations import FORMAT, Header
from factledger.records.entries import Entries, Entry, Record
from factledger.records.vocabulary import NEWEST
from factledger.status.redactions import redaction

# What only a writer needs is imported there: most processes ask one question.
if TYPE_CHECKING:
    from factledger.checks.admission import Admission
    from factledger.checks.proposals import Proposal

SALT_BYTES = 16


class Log(Kept):
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
        super().__init__(store, behind=behind)
        self._clock = clock
        self._entropy = entropy

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

    # --- the log

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

    def redact(
        self,
        *entries: int,
        reason: str,
        authority: str,
        expect: str | int | None = None,
        timeout: float = PATIENCE,
    ) -> Entries:
        """Erase the content of entries for good; return the entries that say so, for each one.

        First it is recorded that they are erased, for what `reason` and on whose `authority`, then
        their bodies and salts are taken out of the store; no hash changes. Where the second was
        cut short, doing it again finishes it. Entries that bear on others are erased with what
        they bear on, or not at all. Copies, exports and backups are not reached.

        Raises `NotFound`, `Refused` for what cannot be erased, and as `append` does.
        """
        from factledger.checks.proposals import Proposal
        from factledger.records.amendments import Redact

        self.refresh()
        for number in entries:
            self._check_erasable(number)
        new = [n for n in self._ordered(entries) if self._erased_by(n) is None]
        records = (Redact(target=n, reason=reason, authority=authority) for n in new)
        proposals = (Proposal(self._where(r.target), {}, record=r) for r in records)
        self.append(*proposals, expect=expect, timeout=timeout)
        self._store.erase(set(entries), timeout=timeout)
        self._rebuild(abs, anew=True)
        self._read_anew()
        return Entries([self._erased_by(n) or 0 for n in entries], self.entry)

    def _check_erasable(self, number: int) -> None:
        if self.entry(number).record is None and self._erased_by(number) is None:
            fault = "its content is lost, and was not erased; restore it from a copy"
            raise Refused([Problem(self._where(number), "redaction", fault)])

    def _ordered(self, entries: Iterable[int]) -> list[int]:
        """Return entries so that what bears on others, or is named by them, comes after them."""
        return sorted(set(entries), key=lambda n: (self._index.declares(n), n))

    def _erased_by(self, number: int) -> int | None:
        return redaction(self._index, number).by

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
        from factledger.checks.admission import Admission
        from factledger.checks.fast_path import Plain

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
