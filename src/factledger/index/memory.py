"""An index in memory: one dictionary of lists, and the bytes of the bodies."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import chain
from threading import RLock
from typing import TYPE_CHECKING, cast

from factledger.errors import FieldError
from factledger.index.base import Columns, Index
from factledger.index.bodies import (
    CLAIM_KINDS,
    content_of,
    identifiers,
    is_whole,
    vocabulary_of,
)
from factledger.index.chains import Chains
from factledger.index.fingerprints import Fingerprint, content_hash, short_hash
from factledger.index.postings import CLAIM_LIST, Posting, postings_of
from factledger.log.lines import START, Line
from factledger.records.codec import Body, from_body
from factledger.records.forms import newer_advice
from factledger.records.plain.glance import Glance, claim_seen, glance
from factledger.records.plain.who import Who, ordered, who_of
from factledger.records.record import Record
from factledger.records.vocabulary import Key, Vocabulary

if TYPE_CHECKING:
    from factledger.index.search.inverted import InvertedIndex
    from factledger.index.search.wanted import Wanted

_SHARED = 1 << 13  # kinds of claims by all that they share


class MemoryIndex(Index):
    """An index of the entries after `base`, which others keep; of a whole log where `base` is 0.

    With `by_actor` it has lists by actor and by pair. Without, it reads its claims when it is asked
    for them: that is for a few entries, which are seldom asked for.
    """

    columns: Columns | None = None

    def __init__(
        self,
        shipped: Vocabulary,
        vocabulary: Vocabulary | None = None,
        *,
        base: int = 0,
        by_actor: bool = True,
        lock: AbstractContextManager[bool] | None = None,
    ) -> None:
        self.lock = lock or RLock()
        self.shipped = shipped
        self.vocabulary = vocabulary or shipped
        self.base = base
        self._by_actor = by_actor
        # The bytes are kept and not their values: a million objects would cost the collector of
        # cyclic garbage more than reading them again.
        self._raw: list[bytes | None] = []
        self._kinds: list[str] = []
        self._ats: list[str] = []
        self._batches: list[int] = []
        self._hashes: list[str] = []
        self._lists: defaultdict[str, defaultdict[Hashable, list[int]]] = defaultdict(_empty)
        self._records: dict[int, Record] = {}
        self._contents: dict[bytes, list[int]] = {}
        self._hashed = base  # the last entry whose content is among them
        # The lists of claims that many share, as they are under a vocabulary.
        self._shared: dict[tuple[Hashable, ...], tuple[str, list[list[int]]]] = {}
        self._shared_under = self.vocabulary
        self.chains = Chains(self)
        self._words: InvertedIndex | None = None
        self._comparing = False  # most processes append nothing, and need no hashes of contents

    # --- taken in

    def add(
        self, raw: bytes | None, at: str, body: Body | None, known: Fingerprint | None = None
    ) -> int:
        """Take in the next body, None for a redacted one, and return its number."""
        self._raw.append(raw)
        self._ats.append(at)
        self._kinds.append("redacted" if body is None else body["kind"])
        number, content = self.base + len(self._raw), content_of(body)
        if content["kind"] == "ledger":
            self.shipped = self.vocabulary = vocabulary_of(content)
        who = known.who if known else who_of(content)
        for name, key in postings_of(body, self.vocabulary, at, who):
            self._lists[name][key].append(number)
        if self._by_actor and content["kind"] in CLAIM_KINDS:
            self._post_by_actor(number, who)
        if self._comparing and self._hashed == number - 1:
            self._note_content(number, body, known)
        if content["kind"] == "type":
            self.vocabulary = self.vocabulary.declaring([self.content(number)])
        self.chains.note(number, body)
        return number

    def add_known(self, raw: bytes, at: str) -> bool:
        """Take in the body of a claim whose form was met before; return whether it was taken in."""
        seen = glance(raw)
        if seen is None:
            return False
        if self._shared_under is not self.vocabulary:
            self._shared, self._shared_under = {}, self.vocabulary
        place = seen.form.keys, seen.shared
        found = self._shared.get(place)
        if found is None:
            found = self._lists_shared(seen)
            if found is None:
                return False
            if len(self._shared) < _SHARED:
                self._shared[place] = found
        kind, lists = found
        self._raw.append(raw)
        self._ats.append(at)
        self._kinds.append(kind)
        number = self.base + len(self._raw)
        for numbers in lists:
            numbers.append(number)
        if seen.label is not None:
            self._lists["label"][seen.label].append(number)
        return True

    def _lists_shared(self, seen: Glance) -> tuple[str, list[list[int]]] | None:
        """Return the kind of claims that say the same of the same, and the lists on which they stand."""
        told = claim_seen(seen)
        if told is None:
            return None
        claim, who = told
        places: list[Posting] = postings_of(claim, self.vocabulary, "", who)
        if self._by_actor:
            places += [("actor", actor) for actor in who.actors]
            places += [("pair", pair) for pair in who.pairs]
        return claim["kind"], [self._lists[name][key] for name, key in places]

    def _post_by_actor(self, number: int, who: Who) -> None:
        by_actor, by_pair = self._lists["actor"], self._lists["pair"]
        for actor in who.actors:
            by_actor[actor].append(number)
        for pair in who.pairs:
            by_pair[pair].append(number)

    def place(self, line: Line) -> None:
        """Note where the first entry stands whose place in the log is not known yet."""
        self._ats[line.seq - 1 - self.base] = line.at
        self._batches.append(line.batch)
        self._hashes.append(line.hash)

    @contextmanager
    def trial(self, *, dry: bool = False) -> Iterator[None]:
        """Take in bodies that may yet be refused: where the block raises, they are forgotten.

        After a `dry` one they are, whatever came of it.
        """
        size, before, failed = len(self), (self.shipped, self.vocabulary), True
        try:
            yield
            failed = dry
        finally:
            if failed:
                self._forget(size)
                self.shipped, self.vocabulary = before

    def _forget(self, size: int) -> None:
        """Forget all but the first `size` entries; refusals are rare, so it may take its time."""
        lists = chain.from_iterable(keyed.values() for keyed in self._lists.values())
        for numbers in chain(lists, self._contents.values()):
            while numbers and numbers[-1] > size:
                numbers.pop()
        for number in range(size + 1, len(self) + 1):
            self._records.pop(number, None)  # others read on, and remember what they read
        kept = size - self.base
        del self._raw[kept:], self._kinds[kept:], self._ats[kept:]
        self._hashed = min(self._hashed, size)
        self.chains.clear()

    def keep(self, number: int, record: Record) -> None:
        """Remember the record of an entry, where it is at hand and need not be decoded."""
        self._records[number] = record

    # --- what is there already

    def fingerprints(self, bodies: Sequence[tuple[Body, bytes]]) -> list[Fingerprint]:
        """Return the fingerprints of bodies, each with its canonical text, in their order."""
        return [
            Fingerprint(content_hash(body, raw), who_of(content_of(body))) for body, raw in bodies
        ]

    def same(self, known: Fingerprint) -> Sequence[int]:
        """Return the entries that hold the very same content, labels apart, oldest first."""
        if not self._comparing or self._hashed < len(self):
            self._compare()
        return self._contents.get(known.content, ())

    def with_content(self, low: int, high: int) -> list[int]:
        """Return the entries whose short hash of content lies between two, both included."""
        self._compare()
        found = (ns for content, ns in self._contents.items() if low <= short_hash(content) <= high)
        return list(chain.from_iterable(found))

    def _compare(self) -> None:
        """Hash the contents that were not hashed yet."""
        self._comparing = True
        for number in range(self._hashed + 1, len(self) + 1):
            self._note_content(number, self.body(number), None)

    def _note_content(self, number: int, body: Body | None, known: Fingerprint | None) -> None:
        raw = self._raw[number - 1 - self.base]
        if body is not None and raw is not None:
            content = known.content if known else content_hash(body, raw)
            self._contents.setdefault(content, []).append(number)
        self._hashed = number

    # --- many at once

    def read_ahead(self, numbers: Sequence[int]) -> None:
        """Do nothing: all is in memory."""

    def look_ahead(self, labels: Sequence[str], targets: Sequence[int]) -> None:
        """Do nothing: all is in memory."""

    def crowded(self) -> set[int]:
        """Return the entries that count under a key beside others, but for keys of all that take part."""
        shared = (
            numbers
            for key, numbers in [*self._lists["key"].items()]
            if len(numbers) > 1 and not is_whole(cast(Key, key))
        )
        return {*chain.from_iterable(shared)}

    # --- where an entry stands, and what it says

    def __len__(self) -> int:
        return self.base + len(self._raw)

    @property
    def written(self) -> int:
        """Return how many entries are in the log; those that are tried are not."""
        return self.base + len(self._hashes)

    def at(self, number: int) -> str:
        """Return the instant of an entry's recording."""
        return self._ats[number - 1 - self.base]

    def batch(self, number: int) -> int:
        """Return the first entry of the append that wrote an entry."""
        return self._batches[number - 1 - self.base]

    def hash(self, number: int) -> str:
        """Return the hash of the ledger at an entry; at 0, before any, 64 zeros."""
        if not number:
            return START.hash
        return self._hashes[number - 1 - self.base]

    def last_by(self, instant: str) -> int:
        """Return the last entry that was recorded by an instant, `base` where none is here."""
        return self.base + bisect_right(self._ats, instant)

    def raw(self, number: int) -> bytes | None:
        """Return the canonical text of an entry's body; None where it was redacted."""
        return self._raw[number - 1 - self.base]

    def body(self, number: int) -> Body | None:
        """Return the body of an entry; None where it was redacted."""
        raw = self.raw(number)
        return None if raw is None else json.loads(raw)

    def record(self, number: int) -> Record | None:
        """Return the record of an entry; None where it was redacted."""
        found = self._records.get(number)
        if found is None and (body := self.body(number)) is not None:
            found = self._records[number] = decoded_record(number, body)
        return found

    def kind(self, number: int) -> str:
        """Return the kind of an entry's record; `redacted` where its content was erased."""
        return self._kinds[number - 1 - self.base]

    def kinds(self, first: int, last: int) -> list[str]:
        """Return the kinds of the records from entry `first` to entry `last`, both included."""
        return self._kinds[first - 1 - self.base : last - self.base]

    # --- which entries stand on a list

    def on(self, name: str, key: Hashable = "") -> Sequence[int]:
        """Return the entries on a list under a key, oldest first."""
        keyed = self._lists.get(name)  # who reads makes no list: others go through them
        return () if keyed is None else keyed.get(key, ())

    def is_empty(self, name: str) -> bool:
        """Return whether surely no entry stands on a list, whatever the key; False says nothing."""
        return not self._lists.get(name)

    def keys(self, name: str) -> list[str]:
        """Return the keys of a list, in the order of their first entries."""
        return [str(key) for key, numbers in self._lists.get(name, {}).items() if numbers]

    def postings(self) -> Iterator[tuple[str, Hashable, int]]:
        """Yield list, key and entry of all that stands on a list here."""
        for name, keyed in self._lists.items():
            for key, numbers in keyed.items():
                yield from ((name, key, number) for number in numbers)

    @property
    def claims(self) -> Sequence[int]:
        """Return the entries that put a claim forward, oldest first."""
        return self.on(*CLAIM_LIST)

    def involving(self, actors: Iterable[str]) -> list[int]:
        """Return the claims that name any of these actors, oldest first."""
        if not self._by_actor:
            names = set(actors)
            return [number for number, named in self._named() if named & names]
        return sorted({number for actor in actors for number in self.on("actor", actor)})

    def between(self, side: Iterable[str], other: Iterable[str]) -> Sequence[int]:
        """Return the claims that name an actor of each side, oldest first."""
        others = list(other)
        pairs = [ordered(one, two) for one in side for two in others if one != two]
        if not self._by_actor:
            return [n for n, named in self._named() if any(named.issuperset(p) for p in pairs)]
        found = [numbers for pair in pairs if (numbers := self.on("pair", pair))]
        return found[0] if len(found) == 1 else sorted({n for numbers in found for n in numbers})

    def find(self, wanted: Wanted, cut: int, first: int, most: int) -> list[int]:
        """Return the entries up to `cut` that hold what is wanted, newest first; `first` counts from 0."""
        with self.lock:
            return self._inverted().find(wanted, cut)[first : first + most]

    def found(self, wanted: Wanted, cut: int) -> int:
        """Return how many entries up to `cut` hold what is wanted, `MOST_FOUND` where there are more."""
        with self.lock:
            return self._inverted().count(wanted, cut)

    def _inverted(self) -> InvertedIndex:
        from factledger.index.search.inverted import InvertedIndex  # most questions need no words

        if self._words is None:
            self._words = InvertedIndex(self)
        return self._words

    def _named(self) -> Iterator[tuple[int, set[str]]]:
        """Yield each claim with the actors that it names."""
        for number in self.claims:
            yield number, set(identifiers(content_of(self.body(number))))


def _empty() -> defaultdict[Hashable, list[int]]:
    return defaultdict(list)


def decoded_record(number: int, body: Body) -> Record:
    """Return the record of an entry's body; raises `FieldError` that names the entry."""
    try:
        return from_body(body)
    except FieldError as fault:
        reason = f"{fault.reason}{newer_advice(fault.reason)}"
        raise FieldError(f"#{number} {fault.field}", reason) from None
