"""The words of each entry, as a search looks through them, kept for the next search."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from sys import getsizeof
from weakref import WeakKeyDictionary

import attrs

from factledger.ledger.ledger import Ledger
from factledger.output.words.entries import entry_sentence, kind_shown, name_of
from factledger.records.entries import Entry
from factledger.status.belief import Belief

KEPT_BYTES = 16_000_000  # of the rows of one ledger


@attrs.frozen
class EntryLine:
    """One entry on a line."""

    number: int
    day: str
    kind: str
    name: str
    sentence: str

    @property
    def words(self) -> str:
        """What a search looks through, in small letters."""
        return f"{self.kind} {self.name} {self.sentence}".casefold()


def entry_line(belief: Belief, entry: Entry) -> EntryLine:
    """Return an entry on one line, in the names that a belief knows."""
    sentence = entry_sentence(entry, belief)
    day, kind, name = entry.at[:10], kind_shown(entry), name_of(entry.record)
    return EntryLine(entry.number, day, kind, name, sentence)


def entries_between(ledger: Ledger, first: int, last: int) -> Iterator[Entry]:
    """Yield the entries from one number to another, both included."""
    return islice(ledger.entries(first), max(0, last + 1 - first))


class KeptWords:
    """The words of the entries as the newest cut names them, up to a number of bytes."""

    def __init__(self, belief: Belief) -> None:
        self.belief = belief
        self._words: dict[int, str] = {}
        self._bytes = 0

    def of(self, ledger: Ledger, number: int) -> str:
        """Return the words of an entry."""
        words = self._words.get(number)
        if words is None:
            words = entry_line(self.belief, ledger.entry(number)).words
            if self._bytes < KEPT_BYTES:
                self._words[number] = words
                self._bytes += getsizeof(words)
        return words


_KEPT: WeakKeyDictionary[Ledger, KeptWords] = WeakKeyDictionary()


def words_at(ledger: Ledger, belief: Belief) -> KeptWords:
    """Return the words at a cut; those of the newest are kept for as long as nothing is appended."""
    if belief.recorded < len(ledger) or belief.published is not None:
        return KeptWords(belief)
    kept = _KEPT.get(ledger)
    if kept is None or kept.belief is not belief:
        kept = _KEPT[ledger] = KeptWords(belief)
    return kept
