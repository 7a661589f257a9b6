"""Where things are in the log: positions by actor, pair, key, target, label and declaration."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import chain
from typing import Any, Protocol, TypeAlias

from factledger.errors import FieldError
from factledger.log.canonical import encoded
from factledger.log.lines import Line
from factledger.records.codec import Body, from_body
from factledger.records.declarations import SHAPE_NAMES
from factledger.records.entries import Record
from factledger.records.vocabulary import Key, Vocabulary, key_of

SHAPES = SHAPE_NAMES
CLAIM_KINDS = frozenset(SHAPES)
RETIRING = frozenset({"correct", "retract", "redact"})
DECLARED = frozenset({"source", "actor", "type"})
_TARGETING = frozenset({"correct", "close", "retract", "corroborate", "dispute", "redact"})

Postings: TypeAlias = list[int]


def said(body: Body) -> Body | None:
    """Return the claim or declaration that a body puts forward, also inside a correction."""
    return body["record"] if body["kind"] == "correct" else body


def identifiers(body: Body) -> list[str]:
    """Return the actors that a claim's body names, each once, in order: who, and on whose behalf."""
    found: dict[str, None] = {}
    for participant in body.get("participants", ()):
        found[participant["actor"]] = None
        if "of" in participant:
            found[participant["of"]] = None
    return list(found)


class Columns(Protocol):
    """What the index can tell without reading a claim: which stand on a day by their spans alone.

    `pairs` are numbers of relationships, None for all; `shape` a position in SHAPES; `cut` the
    last entry that counts. Claims that others bear on are left out; `bearing` gives them.
    """

    def pairs(self, side: Iterable[str], other: Iterable[str]) -> list[int]:
        """Return the numbers of the pairs of one of each."""
        ...

    def pairs_of(self, actors: Iterable[str]) -> list[int]:
        """Return the numbers of the pairs that any of these actors is in."""
        ...

    def standing(self, pairs: Sequence[int] | None, shape: int, day: int, cut: int) -> list[int]:
        """Return the claims that stand on a day, oldest first."""
        ...

    def count(self, pairs: Sequence[int] | None, shape: int, day: int, cut: int) -> int:
        """Return how many claims stand on a day."""
        ...

    def bearing(self, pairs: Sequence[int] | None, cut: int) -> list[int]:
        """Return the claims on which others bear by a cut, oldest first."""
        ...

    def by_pair(self, day: int, cut: int) -> Iterable[tuple[str, str, int, int]]:
        """Yield pair, shape and how many stand on a day, of all pairs."""
        ...

    def some_spans(
        self, pairs: Sequence[int] | None, cut: int, most: int
    ) -> list[tuple[int, int, int, int]]:
        """Return shape, first day, end and number of the claims, no more than `most` of them."""
        ...

    def spans(
        self, pairs: Sequence[int] | None, cut: int
    ) -> Iterable[tuple[int, int, str, int, int, int, int, int]]:
        """Yield number, shape, type and span of the claims, by first day, then by number."""
        ...


class Index:
    """Positions of everything in a log, read off its bodies in order and extended as it grows.

    It only ever grows, so a reader at an earlier cut passes over the numbers above it. Bodies
    are decoded when they are asked for, each once.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.shipped = vocabulary
        self.vocabulary = vocabulary
        self._base = 0  # entries that are kept elsewhere
        self._raw: list[bytes | None] = []
        self._kinds: list[str] = []
        self._ats: list[str] = []
        self._batches: list[int] = []
        self._hashes: list[str] = []
        self._claims: Postings = []
        self._types: Postings = []
        self._identities: Postings = []
        self._erasures: Postings = []
        self._pairs: dict[tuple[str, str], Postings] = {}
        self._actors: dict[str, Postings] = {}
        self._keys: dict[Key, Postings] = {}
        self._targets: dict[int, Postings] = {}
        self._labels: dict[str, Postings] = {}
        self._declared: dict[tuple[str, str], Postings] = {}
        self._belonging: dict[str, Postings] = {}
        self._withdrawn: dict[str, Postings] = {}
        self._records: dict[int, Record] = {}
        self._contents: dict[bytes, Postings] = {}
        self._compared = 0
        self._asked = (b"", b"")

    def __len__(self) -> int:
        return self._base + len(self._raw)

    def add(self, raw: bytes | None, at: str, body: Body | None = None) -> int:
        """Take in the next body, None for a redacted one, and return its number.

        `body` is what `raw` says, where it is at hand.
        """
        if body is None and raw is not None:
            body = json.loads(raw)
        # The bytes are kept and not what they say: a million objects would cost the collector
        # of cyclic garbage more than reading them again.
        self._raw.append(raw)
        self._ats.append(at)
        self._kinds.append("redacted" if body is None else body["kind"])
        number = len(self)
        if body is not None:
            self._add(number, body)
        else:
            self._erasures.append(number)
        if self._compared == number - 1 > 0:
            self._compare(number, body)
        return number

    @property
    def waits(self) -> bool:
        """Return whether there are entries that tables do not hold yet, where there are tables."""
        return False

    @property
    def columns(self) -> Columns | None:
        """Return the columns that tell what stands, None where claims must be read."""
        return None

    # --- where an entry stands

    @property
    def written(self) -> int:
        """Return how many entries are in the log; those that are tried are not."""
        return self._base + len(self._hashes)

    def written_as(self, line: Line) -> None:
        """Note the place of the first entry that has none yet."""
        self._ats[line.seq - 1 - self._base] = line.at
        self._batches.append(line.batch)
        self._hashes.append(line.hash)

    def at(self, number: int) -> str:
        """Return the instant of an entry's recording."""
        return self._ats[number - 1]

    def batch(self, number: int) -> int:
        """Return the first entry of the append that wrote an entry."""
        return self._batches[number - 1]

    def hash(self, number: int) -> str:
        """Return the hash of the ledger at an entry."""
        return self._hashes[number - 1]

    def last_by(self, instant: str) -> int:
        """Return the last entry that was recorded by an instant, 0 for none."""
        return bisect_right(self._ats, instant)

    # --- what an entry says

    def body(self, number: int) -> Body | None:
        """Return the body of an entry; None where it was redacted."""
        raw = self._raw[number - 1]
        return None if raw is None else json.loads(raw)

    def _add(self, number: int, body: Body) -> None:
        kind = body["kind"]
        content = said(body)
        if content is not None and content["kind"] in CLAIM_KINDS:
            self._add_claim(number, content)
        elif content is not None and content["kind"] in DECLARED:
            self._add_declaration(number, content)
        elif kind == "note" and "label" in body:
            self._labels.setdefault(body["label"], []).append(number)
        if kind in _TARGETING:
            self._targets.setdefault(body["target"], []).append(number)
            if kind == "redact":
                self._erasures.append(number)
        elif kind == "identify":
            self._identities.append(number)
            for target in body.get("claims", ()):
                self._targets.setdefault(target, []).append(number)
        elif kind == "withdraw":
            self._withdrawn.setdefault(body["source"], []).append(number)

    def _add_claim(self, number: int, body: Body) -> None:
        self._claims.append(number)
        if "label" in body:
            self._labels.setdefault(body["label"], []).append(number)
        self._add_actors(number, body)
        for key in keys_of(body, self.vocabulary):
            self._keys.setdefault(key, []).append(number)

    def _add_actors(self, number: int, body: Body) -> None:
        actors = identifiers(body)
        for i, actor in enumerate(actors):
            self._actors.setdefault(actor, []).append(number)
            for other in actors[i + 1 :]:
                self._pairs.setdefault(ordered(actor, other), []).append(number)

    def _add_declaration(self, number: int, body: Body) -> None:
        kind = body["kind"]
        self._declared.setdefault((kind, body["id"]), []).append(number)
        if kind == "actor" and "of" in body:
            self._belonging.setdefault(body["of"], []).append(number)
        elif kind == "type":
            self._types.append(number)
            self.vocabulary = self.vocabulary.declaring([self.content(number)])

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Take in bodies that may yet be refused: where the block raises, they are forgotten."""
        size, vocabulary = len(self), self.vocabulary
        try:
            yield
        except BaseException:
            self._forget(size)
            self.vocabulary = vocabulary
            raise

    def _forget(self, size: int) -> None:
        """Forget all but the first `size` entries; refusals are rare, so it may take its time."""
        tables = (
            self._pairs, self._actors, self._keys, self._targets, self._labels, self._declared,
            self._belonging, self._withdrawn, self._contents,
        )  # fmt: skip
        lists: Iterable[Postings] = chain.from_iterable(t.values() for t in tables)
        own = (self._claims, self._types, self._identities, self._erasures)
        for postings in (*own, *lists):
            while postings and postings[-1] > size:
                postings.pop()
        kept = size - self._base
        del self._raw[kept:], self._kinds[kept:], self._ats[kept:]
        self._records = {n: r for n, r in self._records.items() if n <= size}
        self._compared = min(self._compared, size)

    def keep(self, number: int, record: Record) -> None:
        """Remember the record of an entry, where it is at hand and need not be decoded."""
        self._records[number] = record

    def puts_claim(self, number: int) -> bool:
        """Return whether an entry puts a claim forward, of its own or in a correction."""
        content = said(self.body(number) or {"kind": ""})
        return content is not None and content["kind"] in CLAIM_KINDS

    def declares(self, number: int) -> bool:
        """Return whether an entry declares a source, actor or type, also in a correction."""
        content = said(self.body(number) or {"kind": ""})
        return content is not None and content["kind"] in DECLARED

    def content(self, number: int) -> Any:
        """Return the claim or declaration that an entry puts forward; another record as it is."""
        record: Any = self.record(number)
        return record.record if self.kind(number) == "correct" else record

    def record(self, number: int) -> Record | None:
        """Return the record of an entry; None where it was redacted."""
        found = self._records.get(number)
        if found is None and (body := self.body(number)) is not None:
            found = self._records[number] = self._decoded(number, body)
        return found

    def _decoded(self, number: int, body: Body) -> Record:
        try:
            return from_body(body)
        except FieldError as fault:
            raise FieldError(f"#{number} {fault.field}", fault.reason) from None

    def foresee(self, bodies: Iterable[tuple[Body, bytes]]) -> None:
        """Look up at once what `same` will be asked about each of these bodies."""

    def same(self, body: Body, written: bytes) -> Sequence[int]:
        """Return the entries that hold the very same content, labels apart, oldest first.

        `written` is the canonical text of `body`.
        """
        for number in range(self._compared + 1, len(self) + 1):
            self._compare(number, self.body(number))
        self._asked = written, self._content(body, written)
        return self._contents.get(self._asked[1], ())

    def _content(self, body: Body, written: bytes) -> bytes:
        return content_of(body, written)

    def _compare(self, number: int, body: Body | None) -> None:
        raw = self._raw[number - 1 - self._base]
        if body is not None and raw is not None:
            asked, content = self._asked  # what was not found is added next
            content = content if raw is asked else content_of(body, raw)
            self._contents.setdefault(content, []).append(number)
        self._compared = number

    def kinds(self, first: int, last: int) -> list[str]:
        """Return the kinds of the records from entry `first` to entry `last`, both included."""
        return self._kinds[first - 1 : last]

    def kind(self, number: int) -> str:
        """Return the kind of an entry's record; `redacted` where its content was erased."""
        return self._kinds[number - 1]

    def upto(self, postings: Iterable[int], cut: int) -> Iterator[int]:
        """Yield the postings that are not above `cut`."""
        return (number for number in postings if number <= cut)

    @property
    def claims(self) -> Iterable[int]:
        """Return the entries that put a claim forward, oldest first."""
        return self._claims

    @property
    def types(self) -> Sequence[int]:
        """Return the entries that declare a type, oldest first."""
        return self._types

    @property
    def identities(self) -> Sequence[int]:
        """Return the entries that say what is the same, oldest first."""
        return self._identities

    @property
    def erasures(self) -> Sequence[int]:
        """Return the entries whose content is gone, and those that say so, oldest first."""
        return self._erasures

    def targeting(self, number: int) -> Sequence[int]:
        """Return the entries that correct, close, retract, back, dispute or identify `number`."""
        return self._targets.get(number, ())

    def labelled(self, label: str) -> Sequence[int]:
        """Return the claims with that label, oldest first."""
        return self._labels.get(label, ())

    def labels(self) -> Iterable[str]:
        """Return every label, in the order of the log."""
        return (label for label, numbers in self._labels.items() if numbers)

    def declarations(self, kind: str, name: str) -> Sequence[int]:
        """Return the entries that declare a source, actor or type, oldest first."""
        return self._declared.get((kind, name), ())

    def declared(self, kind: str) -> list[str]:
        """Return the ids that are declared of a kind, in the order of the log."""
        return [name for (found, name), at in self._declared.items() if found == kind and at]

    def withdrawals(self, source: str) -> Sequence[int]:
        """Return the entries that withdraw a source."""
        return self._withdrawn.get(source, ())

    def belonging(self, actor: str) -> Sequence[int]:
        """Return the declarations of actors that belong to `actor`."""
        return self._belonging.get(actor, ())

    def involving(self, actors: Iterable[str]) -> list[int]:
        """Return the claims that name any of these actors, oldest first."""
        return sorted({n for actor in actors for n in self._actors.get(actor, ())})

    def between(self, side: Iterable[str], other: Iterable[str]) -> list[int]:
        """Return the claims that name an actor of each side, oldest first."""
        others = list(other)
        pairs = (ordered(a, b) for a in side for b in others)
        found = [p for p in map(self._pairs.get, pairs) if p]
        return found[0] if len(found) == 1 else sorted({n for p in found for n in p})

    def keyed(self, key: Key) -> Sequence[int]:
        """Return the claims that count under a key, oldest first."""
        return self._keys.get(key, ())


def content_of(body: Body, written: bytes) -> bytes:
    """Return the hash of what makes a record the same as another.

    That is all of it but its label, and the instant at which it was backfilled.
    """
    for name in ("backfilled", "label"):  # no other part of a record has a key of these names
        if name in body:
            written = written.replace(b'"%b":%b,' % (name.encode(), encoded(body[name])), b"", 1)
    return sha256(written).digest()


def ordered(one: str, other: str) -> tuple[str, str]:
    """Return the two in alphabetical order: a relationship has no direction."""
    return (one, other) if one <= other else (other, one)


def keys_of(
    body: Body, vocabulary: Vocabulary, canonical: Callable[[str], str] = str
) -> tuple[Key, ...]:
    """Return the keys under which a claim's body counts: of its state, or of those it moves."""
    if body["kind"] not in ("event", "state"):
        return ()
    states = vocabulary.keyed(body["type"])
    if not states:
        return ()
    who = [(p["role"], canonical(p["actor"])) for p in body.get("participants", ())]
    return tuple(key_of(state, who) for state in states)
