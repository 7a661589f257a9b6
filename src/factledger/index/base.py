"""The questions that every index answers: entries by actor, pair, key, target, label, declaration."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from factledger.index.bodies import as_key, key_text, puts_claim, puts_declaration
from factledger.index.postings import AGAINST, EARLY_LIST, ERASURE_LIST, IDENTITY_LIST, TYPE_LIST
from factledger.records.vocabulary import Key, Vocabulary

if TYPE_CHECKING:  # the values that an index is given and gives, which its readers need not know
    from factledger.index.chains import Chains
    from factledger.index.fingerprints import Fingerprint
    from factledger.index.search.wanted import Wanted
    from factledger.log.lines import Line
    from factledger.records.codec import Body
    from factledger.records.record import Record


class Columns(Protocol):
    """The answers of an index without reading a claim: which claims stand on a day by their spans alone.

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


class Index(ABC):
    """Positions of everything in a log, read off its bodies in order and extended as it grows.

    An entry stands on lists, under keys. It only ever grows, so a reader at an earlier cut passes
    over the numbers above it. What is added inside a `trial` that fails is forgotten.
    """

    shipped: Vocabulary
    vocabulary: Vocabulary
    """The shipped vocabulary with all types that the log declares."""
    chains: Chains
    """The claims of the log, each as the chain of its readings."""
    lock: AbstractContextManager[bool]
    """Held by whoever adds entries, for as long as they may be refused, and by whoever reads on the way."""

    # --- taken in

    @abstractmethod
    def add(
        self, raw: bytes | None, at: str, body: Body | None, known: Fingerprint | None = None
    ) -> int:
        """Take in the next body, None for a redacted one, and return its number.

        `body` is the value of `raw`; `known` is its fingerprint, where that was made already.
        """

    @abstractmethod
    def place(self, line: Line) -> None:
        """Note where the first entry stands whose place in the log is not known yet."""

    @abstractmethod
    def trial(self, *, dry: bool = False) -> AbstractContextManager[None]:
        """Take in bodies that may yet be refused: where the block raises, they are forgotten.

        After a `dry` one they are, whatever came of it.
        """

    @abstractmethod
    def keep(self, number: int, record: Record) -> None:
        """Remember the record of an entry, where it is at hand and need not be decoded."""

    @abstractmethod
    def fingerprints(self, bodies: Sequence[tuple[Body, bytes]]) -> list[Fingerprint]:
        """Return the fingerprints of bodies, each with its canonical text, in their order."""

    @abstractmethod
    def same(self, known: Fingerprint) -> Sequence[int]:
        """Return the entries that hold the very same content, labels apart, oldest first."""

    @abstractmethod
    def with_content(self, low: int, high: int) -> list[int]:
        """Return the entries whose short hash of content lies between two, both included.

        Not all are of claims and declarations alone: a caller looks at each.
        """

    # --- many at once

    @abstractmethod
    def read_ahead(self, numbers: Sequence[int]) -> None:
        """Read some entries, and what is about them, together: they are asked for next, one by one."""

    @abstractmethod
    def crowded(self) -> set[int]:
        """Return the entries that count under a key beside others, but for keys of all that take part."""

    @abstractmethod
    def look_ahead(self, labels: Sequence[str], targets: Sequence[int]) -> None:
        """Read together which entries bear some labels, and some entries with what is about them."""

    # --- where an entry stands

    @abstractmethod
    def __len__(self) -> int:
        """Return how many entries there are, with those that are tried."""

    @property
    @abstractmethod
    def written(self) -> int:
        """Return how many entries are in the log; those that are tried are not."""

    @abstractmethod
    def at(self, number: int) -> str:
        """Return the instant of an entry's recording."""

    @abstractmethod
    def batch(self, number: int) -> int:
        """Return the first entry of the append that wrote an entry."""

    @abstractmethod
    def hash(self, number: int) -> str:
        """Return the hash of the ledger at an entry; at 0, before any, 64 zeros."""

    @abstractmethod
    def last_by(self, instant: str) -> int:
        """Return the last entry whose line bears an instant up to this one, 0 for none."""

    def recorded_by(self, instant: str) -> int:
        """Return the last entry that was recorded by an instant, 0 for none.

        Behind a line that is dated ahead of the clock, records say when they were in fact written.
        """
        early = (number for number in reversed(self.early) if self.written_at(number) <= instant)
        return max(self.last_by(instant), next(early, 0))

    def written_at(self, number: int) -> str:
        """Return the instant at which an entry was in fact written: as it says, else as its line."""
        return str((self.body(number) or {}).get("backfilled") or self.at(number))

    # --- what an entry says

    @abstractmethod
    def body(self, number: int) -> Body | None:
        """Return the body of an entry; None where it was redacted."""

    @abstractmethod
    def record(self, number: int) -> Record | None:
        """Return the record of an entry; None where it was redacted."""

    @abstractmethod
    def kind(self, number: int) -> str:
        """Return the kind of an entry's record; `redacted` where its content was erased."""

    @abstractmethod
    def kinds(self, first: int, last: int) -> list[str]:
        """Return the kinds of the records from entry `first` to entry `last`, both included."""

    def content(self, number: int) -> Any:
        """Return the claim or declaration that an entry puts forward; another record as it is."""
        record = self.record(number)
        return record and record.content

    def puts_claim(self, number: int) -> bool:
        """Return whether an entry puts a claim forward, of its own or in a correction."""
        return puts_claim(self.body(number))

    def declares(self, number: int) -> bool:
        """Return whether an entry declares a source, actor or type, also in a correction."""
        return puts_declaration(self.body(number))

    # --- which entries stand on a list

    @abstractmethod
    def on(self, name: str, key: Hashable = "") -> Sequence[int]:
        """Return the entries on a list under a key, oldest first."""

    @abstractmethod
    def is_empty(self, name: str) -> bool:
        """Return whether surely no entry stands on a list, whatever the key; False says nothing."""

    @abstractmethod
    def keys(self, name: str) -> list[str]:
        """Return the keys of a list, in the order of their first entries."""

    @property
    @abstractmethod
    def claims(self) -> Iterable[int]:
        """Return the entries that put a claim forward, oldest first."""

    @abstractmethod
    def involving(self, actors: Iterable[str]) -> Sequence[int]:
        """Return the claims that name any of these actors, oldest first."""

    @abstractmethod
    def between(self, side: Iterable[str], other: Iterable[str]) -> Sequence[int]:
        """Return the claims that name an actor of each side, oldest first."""

    @abstractmethod
    def find(self, wanted: Wanted, cut: int, first: int, most: int) -> list[int]:
        """Return the entries up to `cut` that hold what is wanted, newest first; `first` counts from 0."""

    @abstractmethod
    def found(self, wanted: Wanted, cut: int) -> int:
        """Return how many entries up to `cut` hold what is wanted, `MOST_FOUND` where there are more."""

    @property
    @abstractmethod
    def columns(self) -> Columns | None:
        """Return the columns that tell which claims stand, None where claims must be read."""

    def upto(self, numbers: Iterable[int], cut: int) -> Iterator[int]:
        """Yield the numbers that are not above `cut`."""
        return (number for number in numbers if number <= cut)

    @property
    def types(self) -> Sequence[int]:
        """Return the entries that declare a type, oldest first."""
        return self.on(*TYPE_LIST)

    @property
    def identities(self) -> Sequence[int]:
        """Return the entries that say what is the same, oldest first."""
        return self.on(*IDENTITY_LIST)

    @property
    def early(self) -> Sequence[int]:
        """Return the entries that were written before the instant of their line, oldest first."""
        return self.on(*EARLY_LIST)

    @property
    def erasures(self) -> Sequence[int]:
        """Return the entries whose content is gone, and those that say so, oldest first."""
        return self.on(*ERASURE_LIST)

    def targeting(self, number: int) -> Sequence[int]:
        """Return the entries that correct, close, retract, back, dispute or identify `number`."""
        return self.on("target", number)

    def labelled(self, label: str) -> Sequence[int]:
        """Return the claims with that label, oldest first."""
        return self.on("label", label)

    def labels(self) -> list[str]:
        """Return every label, in the order of the log."""
        return self.keys("label")

    def declarations(self, kind: str, name: str) -> Sequence[int]:
        """Return the entries that declare a source, actor or type, oldest first."""
        return self.on(f"declared:{kind}", name)

    def declared(self, kind: str) -> list[str]:
        """Return the ids that are declared of a kind, in the order of the log."""
        return self.keys(f"declared:{kind}")

    def withdrawals(self, source: str) -> Sequence[int]:
        """Return the entries that withdraw a source."""
        return self.on("withdrawn", source)

    def belonging(self, actor: str) -> Sequence[int]:
        """Return the declarations of actors that belong to `actor`."""
        return self.on("belonging", actor)

    def against(self, key: Key) -> Sequence[int]:
        """Return the claims under a key that may contradict events under it, oldest first."""
        return self.on(AGAINST, key_text(key))

    def opposed(self) -> list[Key]:
        """Return the keys under which claims may contradict events, in the order of the log."""
        return [as_key(key) for key in self.keys(AGAINST)]

    def keyed(self, key: Key) -> Sequence[int]:
        """Return the claims that count under a key, oldest first."""
        return self.on("key", key)
