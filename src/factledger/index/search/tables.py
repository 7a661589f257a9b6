"""The full-text table of a SQLite file: the terms of each entry, and nothing of its words in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from factledger.index.reader import TableReader
from factledger.index.search.terms import EntryTerms
from factledger.index.search.wanted import MOST_FOUND, Wanted, as_phrase, is_facet, matching

if TYPE_CHECKING:
    from factledger.index.base import Index

_ALL = 2**62


class WordTable:
    """The table `found`, of FTS5: it keeps which entries a term is in, not the text that they had.

    The table `term` has each word among them once.

    An entry that is put in again keeps the terms that it had: the table holds the terms of both.
    """

    def __init__(self, reader: TableReader) -> None:
        self._reader = reader

    def put(self, index: Index, first: int, last: int) -> None:
        """Take in the entries from `first` to `last`, and those that they give other names."""
        terms, words = EntryTerms(index), set[str]()
        self._take_in(terms, words, range(first, last + 1))
        for number in range(first, last + 1):
            renamed = terms.renamed(number)
            if renamed is not None:
                earlier = self.find(Wanted(facets=(renamed,)), number)
                self._take_in(terms, words, reversed(earlier))
        kept = sorted(word for word in words if not is_facet(word))
        self._reader.connection.executemany(_KEEP, ((word,) for word in kept))

    def _take_in(self, terms: EntryTerms, words: set[str], numbers: Iterable[int]) -> None:
        """Put entries in, and their terms among the words."""

        def rows() -> Iterator[tuple[int, str]]:
            for number in numbers:
                found = terms.of(number)
                words.update(found)
                yield number, " ".join(found)

        self._reader.connection.executemany(_PUT, rows())

    def find(self, wanted: Wanted, cut: int, first: int = 0, most: int = _ALL) -> list[int]:
        """Return the entries up to `cut` that hold what is wanted, newest first, from the `first` on."""
        if not wanted:
            return []
        rows = self._reader.all(_FIND, self._match(wanted), cut, most, first)
        return [number for (number,) in rows]

    def count(self, wanted: Wanted, cut: int) -> int:
        """Return how many entries up to `cut` hold what is wanted, `MOST_FOUND` where there are more."""
        if not wanted:
            return 0
        return int(self._reader.all(_COUNT, self._match(wanted), cut, MOST_FOUND)[0][0])

    def _match(self, wanted: Wanted) -> str:
        """Return what is wanted in the words of FTS5.

        It gathers all entries of all words that begin so before it gives the newest, unless it is
        asked for a few whole words, or has a list of what begins so: of three letters at most.
        """
        if not wanted.beginnings:
            return matching(map(as_phrase, wanted.words), wanted.facets)
        return matching(map(self._beginning, wanted.words), wanted.facets)

    def _beginning(self, word: str) -> str:
        rows = self._reader.all(_BEGINNING, word, f"{word}{_LAST}", _FEW + 1)
        if 0 < len(rows) <= _FEW:
            return f"({' OR '.join(as_phrase(found) for (found,) in rows)})"
        return f"{as_phrase(word)} *"


_FEW = 40  # words that are looked for one by one
_LAST = "\U0010ffff"
_KEEP = "INSERT OR IGNORE INTO term VALUES (?)"
_BEGINNING = "SELECT word FROM term WHERE word BETWEEN ? AND ? LIMIT ?"
_PUT = "INSERT INTO found(rowid, terms) VALUES (?, ?)"
_FIND = "SELECT rowid FROM found WHERE found MATCH ? AND rowid <= ? ORDER BY rowid DESC LIMIT ? OFFSET ?"
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM found WHERE found MATCH ? AND rowid <= ? LIMIT ?)"
