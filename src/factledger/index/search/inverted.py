"""An inverted index in memory: term → entries, for a log that has no tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from itertools import takewhile
from typing import TYPE_CHECKING

from factledger.index.search.terms import EntryTerms
from factledger.index.search.wanted import MOST_FOUND, Wanted

if TYPE_CHECKING:
    from factledger.index.base import Index


class InvertedIndex:
    """The entries of each term; it takes in what is new whenever it is asked."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._entries: dict[str, dict[int, None]] = {}
        self._taken = 0
        self._sorted: list[str] = []

    def find(self, wanted: Wanted, cut: int) -> list[int]:
        """Return the entries up to `cut` that hold what is wanted, newest first."""
        self._take_in()
        if not wanted:
            return []
        found: list[Collection[int]] = [self._of(word, wanted.beginnings) for word in wanted.words]
        found += [self._entries.get(facet, {}).keys() for facet in wanted.facets]
        one, *others = sorted(found, key=len)
        return sorted((n for n in set(one).intersection(*others) if n <= cut), reverse=True)

    def count(self, wanted: Wanted, cut: int) -> int:
        """Return how many entries up to `cut` hold what is wanted, `MOST_FOUND` where there are more."""
        return min(len(self.find(wanted, cut)), MOST_FOUND)

    def _of(self, word: str, beginnings: bool) -> set[int]:
        if not beginnings:
            return set(self._entries.get(word, ()))
        return {n for term in self._beginning(word) for n in self._entries[term]}

    def _beginning(self, word: str) -> list[str]:
        if len(self._sorted) != len(self._entries):
            self._sorted = sorted(self._entries)
        at = bisect_left(self._sorted, word)
        return [*takewhile(lambda term: term.startswith(word), self._sorted[at:])]

    def _take_in(self) -> None:
        terms = EntryTerms(self._index)
        for number in range(self._taken + 1, self._index.written + 1):
            self._note(number, terms.of(number))
            for earlier in tuple(self._entries.get(terms.renamed(number) or "", ())):
                self._note(earlier, terms.of(earlier))
            self._taken = number

    def _note(self, number: int, terms: set[str]) -> None:
        for term in terms:
            self._entries.setdefault(term, {})[number] = None
