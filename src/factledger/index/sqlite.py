"""An index whose entries lie in the tables of a store; in memory is only what is being tried."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from factledger.index.memory import (
    CLAIM_KINDS,
    Columns,
    Index,
    Postings,
    content_of,
    identifiers,
    said,
)
from factledger.index.places import Placed, places_of, short
from factledger.index.tables import Row, Tables
from factledger.log.lines import Line
from factledger.log.stores.base import TableStore
from factledger.records.codec import Body
from factledger.records.entries import Record
from factledger.records.vocabulary import Key, Vocabulary

_LONG = frozenset({"label", "target", "key", "content"})
_KEPT = 4096  # records and postings that are kept once they were read


Rower: TypeAlias = Callable[[int, Body, list[Placed], int], list[Row]]


class Foreseen(NamedTuple):
    """A claim that is about to be tried: its places, its content, and what may be the same below."""

    body: Body
    places: list[Placed]
    content: bytes
    below: list[int]


class StoredIndex(Index):
    """Positions of everything in a log, read from tables as they are asked for.

    Entries up to `base` are in the tables; those above, which a trial may yet forget, are kept
    as `Index` keeps them.
    """

    def __init__(self, shipped: Vocabulary, shelf: TableStore, address: str) -> None:
        super().__init__(shipped)
        self.shelf = shelf
        self.tables = Tables(shelf.connection, address)
        self.rower: Callable[[int], Rower]  # from an entry to what makes rows from there on
        self.settling = False  # whether the append that goes on takes what waits into the tables
        self._making: Rower | None = None
        self._rows: list[Row] = []
        self._others: list[tuple[int, Body]] = []
        self._foreseen: dict[int, Foreseen] = {}
        self._placed: Foreseen | None = None
        self._lines: dict[int, Line] = {}
        self._lists: dict[tuple[str, str], Postings] = {}
        self._whole: dict[str, bool] = {}  # which lists are read in whole, and which are too long
        self.rebase(self.tables.progress[0])

    @property
    def base(self) -> int:
        """Return the last entry that is in the tables."""
        return self._base

    @property
    def waits(self) -> bool:
        """Return whether there are entries that are not in the tables yet."""
        return bool(self._raw)

    @property
    def columns(self) -> Columns | None:
        """Return the tables, where all entries are in them."""
        return None if self._raw else self.tables

    def rebase(self, base: int) -> None:
        """Take note that the tables hold all up to `base`; what was tried is forgotten."""
        self._start_at(base)
        self._lists.clear()
        self._whole.clear()
        self.vocabulary = self.shipped.declaring(map(self.content, self.types))

    def absorb(self) -> None:
        """Take note that the tables hold all that waited."""
        for name, key, number in self.lists_waiting():
            if self._whole.get(name) or (name, key) in self._lists:
                self._lists.setdefault((name, key), []).append(number)
        self._start_at(len(self))

    def _start_at(self, base: int) -> None:
        for waiting in (
            self._raw, self._rows, self._others, self._kinds, self._ats, self._batches, self._hashes,
            self._claims, self._types, self._identities, self._erasures, self._pairs, self._actors,
            self._keys, self._targets, self._labels, self._declared, self._belonging,
            self._withdrawn, self._contents,
        ):  # fmt: skip
            waiting.clear()
        self._base = self._compared = base

    def add(self, raw: bytes | None, at: str, body: Body | None = None) -> int:
        """Take in the next body, None for a redacted one, and return its number.

        `body` is what `raw` says.
        """
        number = super().add(raw, at, body)
        claim = said(body) if body is not None else None
        if claim is not None and raw is not None and claim["kind"] in CLAIM_KINDS:
            self._add_rows(number, claim, raw, claim is body)
        else:
            self._making = None
        if body is not None and body["kind"] not in CLAIM_KINDS:
            self._others.append((number, body))
        return number

    def _add_rows(self, number: int, claim: Body, raw: bytes, own: bool) -> None:
        """Make the rows of a claim; one that a correction puts in place equals no other record."""
        making = self._making or self.rower(number)
        self._making = making
        known = self._placed
        if known is not None and known.body is claim:
            self._rows += making(number, claim, known.places, short(known.content))
        else:
            content = short(content_of(claim, raw)) if own else 0
            self._rows += making(number, claim, places_of(claim), content)

    def _add_actors(self, number: int, body: Body) -> None:
        """Leave it to the tables: few ask for what is only tried."""

    def _naming(self, wanted: Callable[[set[str]], bool]) -> Iterator[int]:
        """Yield the claims that wait and name the actors wanted, oldest first."""
        for number in self._claims:
            claim = said(self.body(number) or {"kind": ""})
            if claim and wanted(set(identifiers(claim))):
                yield number

    def _forget(self, size: int) -> None:
        super()._forget(size)
        self.tables.forget()
        self._making = None
        self._rows = [row for row in self._rows if row.number <= size]
        self._others = [(number, body) for number, body in self._others if number <= size]

    @property
    def rows_waiting(self) -> list[Row]:
        """Return the rows of the claims that are not in the tables yet."""
        return self._rows

    @property
    def others_waiting(self) -> list[tuple[int, Body]]:
        """Return number and body of what waits and is no claim of its own."""
        return self._others

    def lists_waiting(self) -> Iterator[tuple[str, str, int]]:
        """Yield list, key and entry of what is on no list of the tables yet."""
        lists: dict[str, dict[Any, Postings]] = {
            "label": self._labels,
            "target": self._targets,
            "key": {json.dumps(key): numbers for key, numbers in self._keys.items()},
            "withdrawn": self._withdrawn,
            "belonging": self._belonging,
            "types": {"": self._types},
            "identities": {"": self._identities},
            "erasures": {"": self._erasures},
        }
        for (kind, name), numbers in self._declared.items():
            lists.setdefault(f"declared:{kind}", {})[name] = numbers
        for name, keyed in lists.items():
            for key, numbers in keyed.items():
                yield from ((name, str(key), number) for number in numbers)

    def contents_waiting(self) -> Iterator[tuple[str, str, int]]:
        """Yield the same of what tells equal records: claims have theirs in their rows."""
        for number, body in self._others:
            content = content_of(body, self._raw[self._above(number)] or b"")
            yield "content", str(short(content)), number

    # --- entries

    def _line(self, number: int) -> Line:
        found = self._lines.get(number)
        if found is None:
            _make_room(self._lines)
            found = self._lines[number] = self.shelf.line(number)
        return found

    def at(self, number: int) -> str:
        """Return the instant of an entry's recording."""
        return self._ats[self._above(number)] if number > self._base else self._line(number).at

    def batch(self, number: int) -> int:
        """Return the first entry of the append that wrote an entry."""
        if number > self._base:
            return self._batches[self._above(number)]
        return self._line(number).batch

    def hash(self, number: int) -> str:
        """Return the hash of the ledger at an entry."""
        return self._hashes[self._above(number)] if number > self._base else self._line(number).hash

    def last_by(self, instant: str) -> int:
        """Return the last entry that was recorded by an instant, 0 for none."""
        above = sum(at <= instant for at in self._ats)
        return self._base + above if above else self.shelf.last_by(instant)

    def body(self, number: int) -> Body | None:
        """Return the body of an entry; None where it was redacted."""
        raw = self._raw[self._above(number)] if number > self._base else self._line(number).body
        return None if raw is None else json.loads(raw)

    def record(self, number: int) -> Record | None:
        """Return the record of an entry; None where it was redacted."""
        _make_room(self._records)
        return super().record(number)

    def kinds(self, first: int, last: int) -> list[str]:
        """Return the kinds of the records from entry `first` to entry `last`, both included."""
        if first > self._base:
            return self._kinds[self._above(first) : self._above(last) + 1]
        return [*self.shelf.kinds(first, min(last, self._base)), *self._kinds[: last - self._base]]

    def kind(self, number: int) -> str:
        """Return the kind of an entry's record; `redacted` where its content was erased."""
        if number > self._base:
            return self._kinds[self._above(number)]
        body = self.body(number)
        return "redacted" if body is None else str(body["kind"])

    def _above(self, number: int) -> int:
        return number - self._base - 1

    # --- lists

    def _list(self, name: str, key: str, waiting: Sequence[int] = ()) -> Sequence[int]:
        found = self._lists.get((name, key))
        if found is None:
            found = (
                self._lists.get((name, key), []) if self._is_whole(name) else self._below(name, key)
            )
            _make_room(self._lists, self._whole)
            self._lists[name, key] = found
        return [*found, *waiting] if waiting else found

    def _is_whole(self, name: str) -> bool:
        """Return whether a list is short, and read in whole: what is not in it is nowhere."""
        if name not in self._whole and self._base:
            rows = self.tables.some(name, _KEPT // 2 + 1) if name not in _LONG else []
            self._whole[name] = name not in _LONG and len(rows) <= _KEPT // 2
            for key, number in rows if self._whole[name] else ():
                self._lists.setdefault((name, key), []).append(number)
        return self._whole.get(name, False)

    def _below(self, name: str, key: str) -> list[int]:
        return self.tables.postings(name, key) if self._base else []

    def _names_below(self, name: str) -> list[str]:
        return self.tables.keys(name) if self._base else []

    @property
    def claims(self) -> Iterable[int]:
        """Return the entries that put a claim forward, oldest first."""
        yield from self._claims_below()
        yield from self._claims

    def _claims_below(self) -> Iterator[int]:
        for first in range(1, self._base + 1, _KEPT):
            kinds = self.shelf.kinds(first, min(first + _KEPT - 1, self._base))
            for number, kind in enumerate(kinds, first):
                if kind in CLAIM_KINDS or (kind == "correct" and self.puts_claim(number)):
                    yield number

    @property
    def types(self) -> Sequence[int]:
        """Return the entries that declare a type, oldest first."""
        return self._list("types", "", self._types)

    @property
    def identities(self) -> Sequence[int]:
        """Return the entries that say what is the same, oldest first."""
        return self._list("identities", "", self._identities)

    @property
    def erasures(self) -> Sequence[int]:
        """Return the entries whose content is gone, and those that say so, oldest first."""
        return self._list("erasures", "", self._erasures)

    def targeting(self, number: int) -> Sequence[int]:
        """Return the entries that correct, close, retract, back, dispute or identify `number`."""
        return self._list("target", str(number), self._targets.get(number, ()))

    def labelled(self, label: str) -> Sequence[int]:
        """Return the claims with that label, oldest first."""
        return self._list("label", label, self._labels.get(label, ()))

    def labels(self) -> Iterable[str]:
        """Return every label, in the order of the log."""
        return dict.fromkeys([*self._names_below("label"), *super().labels()])

    def declarations(self, kind: str, name: str) -> Sequence[int]:
        """Return the entries that declare a source, actor or type, oldest first."""
        return self._list(f"declared:{kind}", name, self._declared.get((kind, name), ()))

    def declared(self, kind: str) -> list[str]:
        """Return the ids that are declared of a kind, in the order of the log."""
        below = self._names_below(f"declared:{kind}")
        return list(dict.fromkeys([*below, *super().declared(kind)]))

    def withdrawals(self, source: str) -> Sequence[int]:
        """Return the entries that withdraw a source."""
        return self._list("withdrawn", source, self._withdrawn.get(source, ()))

    def belonging(self, actor: str) -> Sequence[int]:
        """Return the declarations of actors that belong to `actor`."""
        return self._list("belonging", actor, self._belonging.get(actor, ()))

    def keyed(self, key: Key) -> Sequence[int]:
        """Return the claims that count under a key, oldest first."""
        return self._list("key", json.dumps(key), self._keys.get(key, ()))

    def involving(self, actors: Iterable[str]) -> list[int]:
        """Return the claims that name any of these actors, oldest first."""
        names = list(actors)
        below = self.tables.claims(self.tables.pairs_of(names)) if self._base else ()
        return [*below, *self._naming(lambda named: not named.isdisjoint(names))]

    def between(self, side: Iterable[str], other: Iterable[str]) -> list[int]:
        """Return the claims that name an actor of each side, oldest first."""
        one, two = list(side), list(other)
        below = self.tables.claims(self.tables.pairs(one, two)) if self._base else ()
        pairs = [{a, b} for a in one for b in two if a != b]
        return [*below, *self._naming(lambda named: any(pair <= named for pair in pairs))]

    # --- what is there already

    def foresee(self, bodies: Iterable[tuple[Body, bytes]]) -> None:
        """Look up at once what `same` will be asked about each of these claims."""
        self._foreseen = {
            id(body): Foreseen(body, places_of(body), content_of(body, raw), [])
            for body, raw in bodies
        }
        asked = [(*one.places[0], short(one.content)) for one in self._foreseen.values()]
        alike = self.tables.alike(asked) if self._base else [[] for _ in asked]
        for one, numbers in zip(self._foreseen.values(), alike, strict=True):
            one.below.extend(numbers)

    def same(self, body: Body, written: bytes) -> Sequence[int]:
        """Return the entries that hold the very same content, labels apart, oldest first."""
        self._placed = self._foreseen.pop(id(body), None)
        waiting = super().same(body, written)
        content = self._asked[1]
        below = self._placed.below if self._placed else self._alike(body, content)
        same = [n for n in below if self._content_below(n) == content]
        return [*same, *waiting] if same else waiting

    def _content(self, body: Body, written: bytes) -> bytes:
        return self._placed.content if self._placed else super()._content(body, written)

    def _alike(self, body: Body, content: bytes) -> Sequence[int]:
        """Return the entries in the tables that may hold a content, by its short hash."""
        if not self._base:
            return ()
        if body["kind"] in CLAIM_KINDS:
            return self.tables.alike([(*places_of(body)[0], short(content))])[0]
        return self.tables.postings("content", str(short(content)))

    def _content_below(self, number: int) -> bytes:
        raw = self._line(number).body
        return b"" if raw is None else content_of(json.loads(raw), raw)


def _make_room(kept: dict[Any, Any], *with_it: dict[str, bool]) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
        for other in with_it:
            other.clear()
