"""The full-text table of a SQLite file: the terms of each entry, and nothing of its words in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from factledger.index.reader import TableReader
from factledger.index.search.terms import EntryTerms
from factledger.index.search.wanted import MOST_FOUND, Wanted

if TYPE_CHECKING:
    from factledger.index.base import Index

_ALL = 2**62


class WordTable:
    """The table `found`, of FTS5: it keeps which entries a term is in, not the text that they had.

    An entry that is put in again keeps the terms that it had: the table holds the terms of both.
    """

    def __init__(self, reader: TableReader) -> None:
        self._reader = reader

    def put(self, index: Index, found: Iterable[tuple[int, str]], others: Iterable[int]) -> None:
        """Take in entries with their terms, and those that some of them, no claims, give other names."""
        terms = EntryTerms(index)
        many = self._reader.connection.executemany
        many(_PUT, found)
        for number in others:
            renamed = terms.renamed(number)
            if renamed is not None:
                earlier = self.find(Wanted(facets=(renamed,)), number)
                many(_PUT, ((n, " ".join(terms.of(n))) for n in reversed(earlier)))

    def find(self, wanted: Wanted, cut: int, first: int = 0, most: int = _ALL) -> list[int]:
        """Return the entries up to `cut` that hold what is wanted, newest first, from the `first` on."""
        if not wanted:
            return []
        rows = self._reader.all(_FIND, wanted.match, cut, most, first)
        return [number for (number,) in rows]

    def count(self, wanted: Wanted, cut: int) -> int:
        """Return how many entries up to `cut` hold what is wanted, `MOST_FOUND` where there are more."""
        return int(self._reader.all(_COUNT, wanted.match, cut, MOST_FOUND)[0][0]) if wanted else 0


_PUT = "INSERT INTO found(rowid, terms) VALUES (?, ?)"
_FIND = "SELECT rowid FROM found WHERE found MATCH ? AND rowid <= ? ORDER BY rowid DESC LIMIT ? OFFSET ?"
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM found WHERE found MATCH ? AND rowid <= ? LIMIT ?)"
