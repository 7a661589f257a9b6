"""An index whose entries lie in the tables of a store; in memory is only what waits for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from itertools import islice
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar, cast

from factledger.index.base import Columns, Index
from factledger.index.bodies import (
    CLAIM_KINDS,
    content_of,
    is_whole,
    puts_claim,
    vocabulary_of,
)
from factledger.index.chains import Chains
from factledger.index.fingerprints import (
    Fingerprint,
    Placed,
    content_hash,
    fingerprint_of,
    short_hash,
)
from factledger.index.lists import TableLists, as_text
from factledger.index.memory import MemoryIndex, decoded_record
from factledger.index.postings import CLAIM_LIST
from factledger.index.search.terms import EntryTerms
from factledger.index.search.wanted import MOST_FOUND, Wanted
from factledger.index.tables import IndexRow, Tables
from factledger.log.lines import START, Line
from factledger.log.stores.base import TableStore
from factledger.named import NamedTuple
from factledger.records.codec import Body
from factledger.records.kinds import kind_of
from factledger.records.plain.who import Who
from factledger.records.record import Record
from factledger.records.vocabulary import Key, Vocabulary

_KEPT = 8192  # lines and records that are kept once they were read

RowMaker: TypeAlias = Callable[[int, Body, Who, Sequence[Placed], int], list[IndexRow]]
"""A function from entry, claim, who takes part, places of its rows and short hash of its content to its rows."""


_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def _held(
    method: Callable[Concatenate[SqliteIndex, _Given], _Found],
) -> Callable[Concatenate[SqliteIndex, _Given], _Found]:
    """Return a method that no other thread adds entries meanwhile: what waits is not in two places."""

    @wraps(method)
    def held(self: SqliteIndex, /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Found:
        with self.lock:
            return method(self, *args, **kwargs)

    return held


class _Read(NamedTuple):
    """A line as it was read, with the value of its body; None where it was redacted."""

    line: Line
    body: Body | None


class Waiting(NamedTuple):
    """The part of an index that is not in its tables yet.

    `postings` are list, key and entry; `others` entry and body of what is no claim of its own;
    `terms` entry and terms of all.
    """

    postings: Iterable[tuple[str, Hashable, int]]
    rows: Sequence[IndexRow]
    others: Sequence[tuple[int, Body]]
    terms: Sequence[tuple[int, str]]


class SqliteIndex(Index):
    """Positions of everything in a log, read from tables as they are asked for.

    Entries up to `base` are in the tables; those above, which a trial may yet forget, wait in
    memory. `row_maker` gives what makes the rows of claims from an entry on.
    """

    def __init__(
        self,
        shipped: Vocabulary,
        store: TableStore,
        tables: Tables,
        row_maker: Callable[[Index, int], RowMaker],
    ) -> None:
        self.lock = store.lock
        self.shipped = shipped
        self.vocabulary = shipped
        self.tables = tables
        self._store = store
        self._row_maker = row_maker
        self._lists = TableLists(tables)
        self._lines: dict[int, _Read] = {}
        self._records: dict[int, Record] = {}
        self.chains = Chains(self)
        self._dry = False
        self.rebase(tables.progress[0])

    # --- what is in the tables, and what waits

    @property
    def base(self) -> int:
        """Return the last entry that is in the tables."""
        return self._base

    @property
    def waits(self) -> bool:
        """Return whether there are entries that are not in the tables yet."""
        return len(self) > self.base

    @property
    def columns(self) -> Columns | None:
        """Return the columns of the tables, where all entries are in them."""
        return None if self.waits else self.tables.columns

    @property
    def waiting(self) -> Waiting:
        """The part that is not in the tables yet."""
        return Waiting(self._postings_waiting(), self._rows, self._others, self._terms)

    @_held
    def rebase(self, base: int) -> None:
        """Take note that the tables hold all up to `base`; what was tried is forgotten."""
        self._lists.clear()
        self.chains.clear()
        self.tables.forget()
        self.version = self.tables.version
        self._start_at(base)
        header = self.body(1) if base else None
        if header is not None:
            self.shipped = vocabulary_of(header)
        self.vocabulary = self.shipped.declaring(map(self.content, self.types))
        self._start_at(base)

    @_held
    def absorb(self) -> None:
        """Take note that the tables hold all that waited."""
        self._lists.take(self._postings_waiting())
        self._start_at(len(self))

    def _start_at(self, base: int) -> None:
        self._base = self._lists.last = base
        self._memory = MemoryIndex(
            self.shipped, self.vocabulary, base=base, by_actor=False, lock=self.lock
        )
        self._making: RowMaker | None = None
        self._telling: EntryTerms | None = None
        self._rows: list[IndexRow] = []
        self._others: list[tuple[int, Body]] = []
        self._terms: list[tuple[int, str]] = []

    def _postings_waiting(self) -> Iterator[tuple[str, Hashable, int]]:
        """Yield the postings for the tables; actors of claims are left out, since their rows have them."""
        for name, key, number in self._memory.postings():
            if (name, key) != CLAIM_LIST:
                yield name, key, number
        for number, body in self._others:
            content = content_hash(body, self._memory.raw(number) or b"")
            yield "content", str(short_hash(content)), number

    # --- taken in

    def add(
        self, raw: bytes | None, at: str, body: Body | None, known: Fingerprint | None = None
    ) -> int:
        """Take in the next body, None for a redacted one, and return its number."""
        if known is None and raw is not None and body is not None and puts_claim(body):
            known = fingerprint_of(body, raw)
        number = self._memory.add(raw, at, body, known)
        self.shipped, self.vocabulary = self._memory.shipped, self._memory.vocabulary
        if not self._dry:
            self._note(number, body, known)
        self.chains.note(number, body)
        return number

    def _note(self, number: int, body: Body | None, known: Fingerprint | None) -> None:
        """Note what the tables will hold of an entry."""
        content = content_of(body)
        if known is not None and content["kind"] in CLAIM_KINDS:
            self._rows += self._rows_of(number, content, known, own=content is body)
        else:
            self._making = self._telling = None
        if body is not None and body["kind"] not in CLAIM_KINDS:
            self._others.append((number, body))
        self._terms.append((number, self._terms_of(body, known)))

    def _rows_of(
        self, number: int, claim: Body, known: Fingerprint, *, own: bool
    ) -> list[IndexRow]:
        """Return the rows of a claim; one that a correction puts in place equals no other record."""
        making = self._making = self._making or self._row_maker(self, number)
        content = short_hash(known.content) if own else 0
        return making(number, claim, known.who, known.places, content)

    def _terms_of(self, body: Body | None, known: Fingerprint | None) -> str:
        telling = self._telling = self._telling or EntryTerms(self)
        return "" if body is None else telling.text_of(body, known.who if known else None)

    def place(self, line: Line) -> None:
        """Note where the first entry stands whose place in the log is not known yet."""
        self._memory.place(line)

    @contextmanager
    def trial(self, *, dry: bool = False) -> Iterator[None]:
        """Take in bodies that may yet be refused: where the block raises, they are forgotten.

        After a `dry` one they are, whatever came of it, so nothing is made for the tables.
        """
        size, failed = len(self), True
        self._dry = dry
        try:
            with self._memory.trial(dry=dry):
                yield
                failed = dry
        finally:
            self._dry = False
            if failed:
                self._forget(size)

    def _forget(self, size: int) -> None:
        self.shipped, self.vocabulary = self._memory.shipped, self._memory.vocabulary
        self.tables.forget()
        self.chains.clear()
        self._making = self._telling = None
        self._terms = [(number, terms) for number, terms in self._terms if number <= size]
        self._rows = [row for row in self._rows if row.number <= size]
        self._others = [(number, body) for number, body in self._others if number <= size]
        self._records = {n: record for n, record in self._records.items() if n <= size}

    def keep(self, number: int, record: Record) -> None:
        """Remember the record of an entry, where it is at hand and need not be decoded."""
        self._records[number] = record

    # --- what is there already

    @_held
    def fingerprints(self, bodies: Sequence[tuple[Body, bytes]]) -> list[Fingerprint]:
        """Return the fingerprints of bodies, with what may be the same in the tables."""
        found = [fingerprint_of(body, raw) for body, raw in bodies]
        if not self.base:
            return found
        claims = [i for i, (body, _) in enumerate(bodies) if body["kind"] in CLAIM_KINDS]
        placed = [(*found[i].places[0], short_hash(found[i].content)) for i in claims]
        below = dict(zip(claims, self.tables.columns.alike(placed), strict=True))
        below |= {i: self._listed(one.content) for i, one in enumerate(found) if i not in below}
        return [one._replace(below=below[i]) if below[i] else one for i, one in enumerate(found)]

    def _listed(self, content: bytes) -> list[int]:
        return self.tables.postings("content", str(short_hash(content)), self.base)

    @_held
    def same(self, known: Fingerprint) -> Sequence[int]:
        """Return the entries that hold the very same content, labels apart, oldest first."""
        waiting = self._memory.same(known)
        below = [n for n in known.below if self._content_below(n) == known.content]
        return [*below, *waiting] if below else waiting

    def with_content(self, low: int, high: int) -> list[int]:
        """Return the entries whose short hash of content lies between two, both included."""
        below = self.tables.with_content(low, high, self.base) if self.base else []
        return [*below, *self._memory.with_content(low, high)]

    def _content_below(self, number: int) -> bytes:
        line, body = self._read(number)
        return b"" if body is None or line.body is None else content_hash(body, line.body)

    # --- many at once

    @_held
    def read_ahead(self, numbers: Sequence[int]) -> None:
        """Read some entries, and what is about them, together: they are asked for next, one by one."""
        new = [n for n in numbers if n not in self._records] if self._base else []
        self._lists.read_ahead("target", new)
        about = (number for n in new for number in self._lists.on("target", n))
        below = (n for n in dict.fromkeys([*new, *about]) if n <= self._base)
        self._read_lines([*below])

    @_held
    def look_ahead(self, labels: Sequence[str], targets: Sequence[int]) -> None:
        """Read together which entries bear some labels, and some entries with what is about them."""
        below = [n for n in targets if 1 <= n <= self._base]
        if below:
            self._read_lines(below)
            self._lists.read_ahead("target", below)
        if labels and self._base:
            self._lists.read_ahead("label", labels)

    def _read_lines(self, numbers: Sequence[int]) -> None:
        """Read the lines of some entries together."""
        _make_room(self._lines, sum(n not in self._lines for n in numbers))
        new = [n for n in numbers if n not in self._lines]
        self._lines |= {line.seq: _as_read(line) for line in self._store.lines(new)}

    @_held
    def crowded(self) -> set[int]:
        """Return the entries that count under a key beside others, but for keys of all that take part."""
        sharing: dict[str, list[int]] = {}
        for name, key, number in self._memory.postings():
            if name == "key" and not is_whole(cast(Key, key)):
                sharing.setdefault(as_text(key), []).append(number)
        below = self.tables.crowded(self.base) if self.base else ()
        for text, number in self.tables.under("key", [*sharing], self.base) if self.base else ():
            sharing[text].append(number)
        return {*below, *(n for them in sharing.values() if len(them) > 1 for n in them)}

    # --- where an entry stands, and what it says

    @_held
    def __len__(self) -> int:
        return len(self._memory)

    @property
    def written(self) -> int:
        """Return how many entries are in the log; those that are tried are not."""
        return self._memory.written

    @_held
    def at(self, number: int) -> str:
        """Return the instant of an entry's recording."""
        return self._memory.at(number) if number > self._base else self._read(number).line.at

    @_held
    def batch(self, number: int) -> int:
        """Return the first entry of the append that wrote an entry."""
        return self._memory.batch(number) if number > self._base else self._read(number).line.batch

    @_held
    def hash(self, number: int) -> str:
        """Return the hash of the ledger at an entry; at 0, before any, 64 zeros."""
        if not number:
            return START.hash
        return self._memory.hash(number) if number > self._base else self._read(number).line.hash

    @_held
    def last_by(self, instant: str) -> int:
        """Return the last entry that was recorded by an instant, 0 for none."""
        last = self._memory.last_by(instant)
        return last if last > self.base else min(self._store.last_by(instant), self.base)

    @_held
    def body(self, number: int) -> Body | None:
        """Return the body of an entry; None where it was redacted."""
        return self._body(number)

    def _body(self, number: int) -> Body | None:
        return self._memory.body(number) if number > self._base else self._read(number).body

    @_held
    def record(self, number: int) -> Record | None:
        """Return the record of an entry; None where it was redacted."""
        found = self._records.get(number)
        if found is None and (body := self._body(number)) is not None:
            _make_room(self._records)
            found = self._records[number] = decoded_record(number, body)
        return found

    @_held
    def kind(self, number: int) -> str:
        """Return the kind of an entry's record; `redacted` where its content was erased."""
        if number > self._base:
            return self._memory.kind(number)
        record = self._records.get(number)
        if record is not None:
            return kind_of(record)
        body = self._body(number)
        return "redacted" if body is None else str(body["kind"])

    @_held
    def kinds(self, first: int, last: int) -> list[str]:
        """Return the kinds of the records from entry `first` to entry `last`, both included."""
        base = self.base
        below = self._store.kinds(first, min(last, base)) if first <= base else []
        return [*below, *self._memory.kinds(max(first, base + 1), last)]

    def _read(self, number: int) -> _Read:
        found = self._lines.get(number)
        if found is None:
            _make_room(self._lines)
            found = self._lines[number] = _as_read(self._store.line(number))
        return found

    # --- which entries stand on a list

    @_held
    def on(self, name: str, key: Hashable = "") -> Sequence[int]:
        """Return the entries on a list under a key, oldest first."""
        waiting = self._memory.on(name, key)
        if not self._base:
            return waiting
        below = self._lists.on(name, key)
        return [*below, *waiting] if waiting else below

    def is_empty(self, name: str) -> bool:
        """Return whether surely no entry stands on a list, whatever the key; False says nothing."""
        return self._memory.is_empty(name) and (not self._base or self._lists.is_empty(name))

    @_held
    def keys(self, name: str) -> list[str]:
        """Return the keys of a list, in the order of their first entries."""
        below = self._lists.keys(name) if self.base else []
        return list(dict.fromkeys([*below, *self._memory.keys(name)]))

    @property
    def claims(self) -> Iterable[int]:
        """Yield the entries that put a claim forward, oldest first."""
        for first in range(1, self.base + 1, _KEPT):
            yield from self._claims_from(first, min(first + _KEPT - 1, self.base))
        yield from self._memory.claims

    @_held
    def _claims_from(self, first: int, last: int) -> list[int]:
        kinds = [*enumerate(self._store.kinds(first, last), first)]
        self._read_lines([number for number, kind in kinds if kind == "correct"])
        return [
            number
            for number, kind in kinds
            if kind in CLAIM_KINDS or (kind == "correct" and self.puts_claim(number))
        ]

    @_held
    def involving(self, actors: Iterable[str]) -> list[int]:
        """Return the claims that name any of these actors, oldest first."""
        names, columns = list(actors), self.tables.columns
        below = columns.claims(columns.pairs_of(names), self.base) if self.base else ()
        return [*below, *self._memory.involving(names)]

    @_held
    def between(self, side: Iterable[str], other: Iterable[str]) -> list[int]:
        """Return the claims that name an actor of each side, oldest first."""
        one, two, columns = list(side), list(other), self.tables.columns
        below = columns.claims(columns.pairs(one, two), self.base) if self.base else ()
        return [*below, *self._memory.between(one, two)]

    @_held
    def find(self, wanted: Wanted, cut: int, first: int, most: int) -> list[int]:
        """Return the entries up to `cut` that hold what is wanted, newest first; `first` counts from 0."""
        waiting = self._found_waiting(wanted, cut)
        if waiting and waiting[-1] <= self.base:
            return self._found_all(wanted, cut, waiting)[first : first + most]
        some = waiting[first : first + most]
        if not self.base or len(some) == most:
            return some
        rest = max(first - len(waiting), 0)
        return [*some, *self.tables.words.find(wanted, min(cut, self.base), rest, most - len(some))]

    @_held
    def found(self, wanted: Wanted, cut: int) -> int:
        """Return how many entries up to `cut` hold what is wanted, `MOST_FOUND` where there are more."""
        waiting = self._found_waiting(wanted, cut)
        if waiting and waiting[-1] <= self.base:
            return min(len(self._found_all(wanted, cut, waiting)), MOST_FOUND)
        below = self.tables.words.count(wanted, min(cut, self.base)) if self.base else 0
        return min(below + len(waiting), MOST_FOUND)

    def _found_all(self, wanted: Wanted, cut: int, waiting: list[int]) -> list[int]:
        below = self.tables.words.find(wanted, min(cut, self.base))
        return sorted({*waiting, *below}, reverse=True)

    def _found_waiting(self, wanted: Wanted, cut: int) -> list[int]:
        """Return what the tables do not tell: of entries that wait, and of those that these rename."""
        terms, waiting = EntryTerms(self), range(self.base + 1, self.written + 1)
        renamed = filter(None, map(terms.renamed, waiting))
        earlier = (self.tables.words.find(Wanted(facets=(term,)), self.base) for term in renamed)
        numbers = sorted({*waiting, *(n for found in earlier for n in found)}, reverse=True)
        return [n for n in numbers if n <= cut and wanted.fits(terms.of(n))]


def _as_read(line: Line) -> _Read:
    return _Read(line, None if line.body is None else json.loads(line.body))


def _make_room(kept: dict[int, _Read] | dict[int, Record], more: int = 1) -> None:
    """Forget the older half of what is kept, once it is too much: what was read ahead is asked for next."""
    if len(kept) + more > _KEPT:
        for number in [*islice(kept, max(len(kept) // 2, len(kept) + more - _KEPT))]:
            del kept[number]
