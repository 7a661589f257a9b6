"""The ledger: where records meet a store and a clock. Reading never writes; only append does."""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from factledger.belief import Belief
from factledger.codec import Body
from factledger.days import Day
from factledger.declarations import FORMAT, Header
from factledger.errors import Damaged, NewerFormat, NotALedger, NotFound, Problem, Refused
from factledger.index import Index
from factledger.lines import START, Line, canonical_fault
from factledger.querydates import parse_query
from factledger.records import Entry, Record
from factledger.stores import Store, Torn, create_store, open_store
from factledger.stores.base import PATIENCE
from factledger.timeline import Change, Timeline, changes
from factledger.views import Coordinates, View
from factledger.vocabulary import NEWEST, shipped

# What only a writer or a check needs is imported there: most processes ask one question.
if TYPE_CHECKING:
    from factledger.admission import Admission
    from factledger.drafts import Proposal
    from factledger.projections import Projection
    from factledger.verifying import Verdict

SALT_BYTES = 16
_KEPT = 8  # timelines: a few coordinates are asked about again and again


def utc_now() -> datetime:
    """Return the current instant."""
    return datetime.now(UTC)


class Ledger:
    """Claims with their sources, appended once and never edited; asked as of any date.

    `clock` gives the instant of recording and what `today` means, `entropy` the salts.

    >>> ledger = Ledger.create("memory:", origin="example")
    >>> len(ledger), ledger.as_of("2023-04-01").standings
    (1, ())
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._store = store
        self._clock = clock
        self._entropy = entropy
        self._index = Index(shipped())
        self._hashes: list[str] = []
        self._batches: list[int] = []
        self._timelines: dict[tuple[int, Day | None], Timeline] = {}
        self._catch_up()

    # --- opening

    @classmethod
    def open(cls, address: str | os.PathLike[str], **options: Any) -> Self:
        """Return the ledger at an address: a folder that holds `ledger.jsonl`, or the file.

        Every hash is checked. Raises `NotFound`, `NotALedger`, `NewerFormat` or `Damaged`.
        """
        return cls(open_store(os.fspath(address)), **options)

    @classmethod
    def create(
        cls,
        address: str | os.PathLike[str],
        *,
        origin: str,
        title: str | None = None,
        **options: Any,
    ) -> Self:
        """Return a new ledger at an address, with its first record; `memory:` keeps it in memory.

        `origin` names the ledger wherever its head is quoted. Raises `WriteRefused` where a
        ledger is there, and `Refused` for an origin that is no identifier, before it makes a file.
        """
        header = Header(format=FORMAT, vocabulary=NEWEST, origin=origin, title=title)
        cls(open_store("memory:")).try_append(header)
        ledger = cls(create_store(os.fspath(address)), **options)
        ledger.append(header)
        return ledger

    def close(self) -> None:
        """Give back the files that the ledger holds."""
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
        return len(self._hashes)

    @property
    def address(self) -> str:
        """Return where the ledger is kept."""
        return self._store.address

    @property
    def torn(self) -> Torn | None:
        """Return what was found of an append that never finished, None if nothing was."""
        return self._store.torn

    @property
    def head(self) -> str:
        """Return the hash of the newest entry, 64 zeros for none."""
        return self._hashes[-1] if self._hashes else START.hash

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
            at=self._index.ats[number - 1],
            batch=self._batches[number - 1],
            hash=self._hashes[number - 1],
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
        timeout: float = PATIENCE,
    ) -> tuple[Entry, ...]:
        """Append records or drafts as one batch; return an entry for each, once they are durable.

        All are written or none. A record that is in the ledger already, label apart, is not
        written again: its entry is the old one. Quotes are proved against `texts`, by source id;
        `unproved` takes citations whose text is not given as they are. `expect` is the head hash
        or the number of entries that the caller saw.

        Raises `Refused` with every problem, `HeadMoved`, `Busy` after `timeout` seconds,
        `WriteRefused` or `OutcomeUnknown`.
        """
        with self._store.writing(expect=expect, timeout=timeout) as writer:
            self._catch_up()
            at = instant(self._clock())
            with self._index.trial():
                admission = self._admission(records, at, texts, unproved)
                if admission.problems:
                    raise Refused(admission.problems)
                bodies = [a.body for a in admission.admitted if a.body is not None]
                salts = [self._entropy(SALT_BYTES) for _ in bodies]
                written = writer.append(bodies, at=at, salts=salts)
            self._acknowledge(written)
        return tuple(self.entry(a.number) for a in admission.admitted)

    def try_append(self, *records: Record | Proposal | Body, **options: Any) -> tuple[int, ...]:
        """Return the numbers that `append` would give, without writing; raises as it does."""
        numbers: list[int] = []
        try:
            with self._index.trial():
                texts, unproved = options.get("texts"), options.get("unproved", False)
                admission = self._admission(records, instant(self._clock()), texts, unproved)
                numbers = [a.number for a in admission.admitted]
                raise Refused(admission.problems)
        except Refused as refused:
            if refused.problems:
                raise
        return tuple(numbers)

    def _admission(
        self,
        records: Iterable[Record | Proposal | Body],
        at: str,
        texts: Mapping[str, str] | None,
        unproved: bool,
    ) -> Admission:
        from factledger.admission import Admission
        from factledger.drafts import proposed

        admission = Admission(self._index, at, dict(texts or {}), unproved)
        admission.take(proposed(records))
        return admission

    def refresh(self) -> None:
        """Take in what other processes appended since."""
        self._catch_up()

    def _acknowledge(self, lines: list[Line]) -> None:
        for line in lines:
            self._hashes.append(line.hash)
            self._batches.append(line.batch)
            self._index.ats[line.seq - 1] = line.at

    def _catch_up(self) -> None:
        for line in self._store.read(len(self) + 1):
            body = self._body(line)
            self._index.add(line.body, line.at, body)
            self._hashes.append(line.hash)
            self._batches.append(line.batch)

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

    # --- asking

    def as_of(
        self,
        valid: str | date | Day,
        *,
        recorded: int | str | datetime | Entry | None = None,
        published: str | date | Day | None = None,
    ) -> View:
        """Return what stood on a date, as recorded and published by then.

        `valid` is a day; a month, quarter or year means its last day. `recorded` is an entry,
        its number, or an instant that means the last entry at or before it; None for all.
        `published` keeps the claims that a source published by that day supports.
        """
        day, coarse = self._day(valid)
        cut = self._cut(recorded)
        until = None if published is None else self._day(published)[0]
        at = self._index.ats[cut - 1] if cut else None
        head = self._hashes[cut - 1] if cut else START.hash
        coordinates = Coordinates(day, cut, at, until, head, coarse)
        timeline = self._timeline(cut, until)
        return View(coordinates, timeline, lambda: timeline.all)

    def changes(
        self,
        *,
        recorded: int | str | datetime | Entry | None = None,
        published: str | date | Day | None = None,
        between: tuple[str, str] | None = None,
    ) -> tuple[Change, ...]:
        """Return every turn of every standing along valid time, by day."""
        until = None if published is None else self._day(published)[0]
        timeline = self._timeline(self._cut(recorded), until)
        tracks = timeline.between(*between) if between else timeline.all
        return tuple(changes(tracks))

    def fold(
        self, projection: Projection[Any, Any], until: str | date | Day | None = None, **cuts: Any
    ) -> Any:
        """Return what a projection makes of the changes up to a day, included; None for all."""
        from factledger.projections import fold

        last = None if until is None else self._day(until)[0]
        return fold(projection, self.changes(**cuts), last)

    def series(
        self,
        projection: Projection[Any, Any],
        first: str | date | Day,
        last: str | date | Day,
        **cuts: Any,
    ) -> Iterator[tuple[Day, Any]]:
        """Yield a projection's result on `first`, and on each day up to `last` that changes it."""
        from factledger.projections import series

        return series(projection, self.changes(**cuts), self._day(first)[0], self._day(last)[0])

    def check(self) -> tuple[Problem, ...]:
        """Return every problem that a named check finds, by entry."""
        from factledger.checks import problems

        return tuple(problems(self._index, self._where))

    def verify(self) -> tuple[Problem, ...]:
        """Return what is wrong with the log itself, read again from the store.

        Raises `Damaged` at the first line whose hash does not follow from the lines before.
        """
        return tuple(
            Problem(self._where(line.seq), "record-canonical", fault)
            for line in self._store.read()
            if (fault := canonical_fault(line)) is not None
        )

    def verify_text(self, source: str, text: str) -> tuple[str | None, tuple[Verdict, ...]]:
        """Return how a text differs from the one cited, if it does, and a verdict a citation."""
        from factledger.verifying import hash_fault, verdicts

        return hash_fault(self._index, source, text), tuple(verdicts(self._index, source, text))

    def belief(self, recorded: int | None = None, published: Day | None = None) -> Belief:
        """Return what the ledger holds at two cuts."""
        return self._timeline(self._cut(recorded), published).belief

    @cached_property
    def index(self) -> Index:
        """Return where everything is in the log."""
        return self._index

    def _timeline(self, recorded: int, published: Day | None) -> Timeline:
        cut = (recorded, published)
        found = self._timelines.pop(cut, None) or Timeline(Belief(self._index, *cut))
        self._timelines[cut] = found
        while len(self._timelines) > _KEPT:
            del self._timelines[next(iter(self._timelines))]
        return found

    def _day(self, value: str | date | Day) -> tuple[Day, str | None]:
        if isinstance(value, Day):
            return value, None
        if isinstance(value, str):
            return parse_query(value, lambda: self._clock().date())
        return Day.from_date(value), None

    def _cut(self, recorded: int | str | datetime | Entry | None) -> int:
        """Return the number of the last entry that counts; an instant means all up to it."""
        if recorded is None:
            return len(self)
        if isinstance(recorded, Entry):
            return recorded.number
        if isinstance(recorded, int):
            if not 0 <= recorded <= len(self):
                raise NotFound(f"entry #{recorded}", f"the ledger has {len(self)} entries")
            return recorded
        return bisect_right(self._index.ats, as_instant(recorded))

    def _where(self, number: int) -> str:
        address = self.address
        return f"#{number}" if address == "memory:" else f"{address}:{number}"


def instant(when: datetime) -> str:
    """Return an instant as the log writes it: UTC, six decimals.

    >>> instant(datetime(2026, 11, 24, 12, tzinfo=UTC))
    '2026-11-24T12:00:00.000000Z'
    """
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def as_instant(value: str | datetime) -> str:
    """Return an instant given as text or datetime as the log writes it.

    A day means its end. Raises `NotFound` for a text that is no instant, or has no offset.
    """
    if isinstance(value, str):
        if len(value) == len("2026-11-24"):
            return f"{Day.parse(value)}T23:59:59.999999Z"
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise NotFound(
                f"the instant {value!r}", "write 2026-11-24 or 2026-11-24T12:00:00Z"
            ) from None
    if value.tzinfo is None:
        raise NotFound(f"the instant {value}", "say its offset, as in 2026-11-24T12:00:00Z")
    return instant(value)
