"""The rows of claims in the tables of an index: which claims stand on a day by their spans alone.

In the tables numbers stand for pairs of actors and for words; `Numbering` gives them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from factledger.index.who import Pair, ordered
from factledger.index.reader import TableReader

_ASKED = 100  # places that are looked up at once
_PAIRS_KEPT = 1 << 18  # numbers of pairs that are kept once they were read


class Numbering:
    """Pairs and words by number; a number is given when a pair or a word is first written."""

    def __init__(self, reader: TableReader) -> None:
        self._reader = reader
        self._pairs: dict[Pair, int] = {}
        self._words: dict[str | tuple[str, ...], int] = {}

    def forget(self) -> None:
        """Forget the numbers that were read: a rollback or another process may have changed them."""
        self._pairs.clear()
        self._words.clear()

    def known_pair(self, pair: Pair) -> int | None:
        """Return the number of a pair, None where it has none. Looking a pair up never creates it."""
        found = self._pairs.get(pair)
        if found is None:
            if len(self._pairs) >= _PAIRS_KEPT:
                self._pairs.clear()
            query = "SELECT id FROM pair WHERE one = ? AND other = ?"
            for (found,) in self._reader.all(query, *pair):
                self._pairs[pair] = found
        return found

    def pair(self, pair: Pair) -> int:
        """Return the number of a pair, which is given to it here where it has none."""
        found = self.known_pair(pair)
        if found is None:
            execute = self._reader.connection.execute
            made = execute("INSERT INTO pair (one, other) VALUES (?, ?)", pair)
            found = self._pairs[pair] = int(made.lastrowid or 0)
        return found

    def word(self, word: str | tuple[str, ...]) -> int:
        """Return the number of a word, or of several that stand together; given as to a pair."""
        found = self._words.get(word)
        if found is None:
            text = word if isinstance(word, str) else " ".join(word)
            self._reader.connection.execute("INSERT OR IGNORE INTO word (word) VALUES (?)", (text,))
            found = self._reader.all("SELECT id FROM word WHERE word = ?", text)[0][0]
            self._words[word] = found
        return int(found)


class TableColumns:
    """The rows of claims, asked; as `factledger.index.base.Columns`."""

    def __init__(self, reader: TableReader, numbering: Numbering) -> None:
        self._reader = reader
        self._numbering = numbering

    def alike(self, asked: Sequence[tuple[Pair, int, int, int]]) -> list[list[int]]:
        """Return for each place and short hash the claims that have both, oldest first."""
        found: list[list[int]] = [[] for _ in asked]
        known = {pair: self._numbering.known_pair(pair) for pair in {one[0] for one in asked}}
        keys = [(i, known[one[0]], *one[1:]) for i, one in enumerate(asked) if known[one[0]]]
        for start in range(0, len(keys), _ASKED):
            some = keys[start : start + _ASKED]
            some += [(-1, -1, -1, -1, -1)] * (_ASKED - len(some) if len(keys) > 1 else 0)
            query = _ALIKE % ",".join(["(?,?,?,?,?)"] * len(some))
            for i, number in self._reader.all(query, *(value for key in some for value in key)):
                found[i].append(number)
        return found

    def pairs(self, side: Iterable[str], other: Iterable[str]) -> list[int]:
        """Return the numbers of the pairs of one of each."""
        others = list(other)
        wanted = [ordered(a, b) for a in side for b in others]
        return [found for found in map(self._numbering.known_pair, wanted) if found is not None]

    def pairs_of(self, actors: Iterable[str]) -> list[int]:
        """Return the numbers of the pairs that any of these actors is in."""
        query = "SELECT id FROM pair WHERE one = ? OR other = ?"
        return [pair for actor in actors for (pair,) in self._reader.all(query, actor, actor)]

    def claims(self, pairs: Sequence[int], last: int) -> list[int]:
        """Return the claims of some pairs up to entry `last`, oldest first."""
        query = f"SELECT DISTINCT number FROM pairing WHERE {_of(pairs)} AND number <= ?"
        return sorted(number for (number,) in self._reader.all(query, _as_value(pairs), last))

    def standing(self, pairs: Sequence[int] | None, shape: int, day: int, cut: int) -> list[int]:
        """Return the claims that stand on a day by their spans alone, oldest first."""
        once = "DISTINCT" if pairs is None or len(pairs) > 1 else ""
        query = f"SELECT {once} number FROM pairing WHERE {_of(pairs)} AND {_STANDING}"
        return sorted(
            n for (n,) in self._reader.all(query, _as_value(pairs), shape, day, day, cut, cut, cut)
        )

    def count(self, pairs: Sequence[int] | None, shape: int, day: int, cut: int) -> int:
        """Return how many claims stand on a day by their spans alone."""
        what = "*" if pairs is not None and len(pairs) == 1 else "DISTINCT number"
        query = f"SELECT count({what}) FROM pairing WHERE {_of(pairs)} AND {_STANDING}"
        return int(self._reader.all(query, _as_value(pairs), shape, day, day, cut, cut, cut)[0][0])

    def bearing(self, pairs: Sequence[int] | None, cut: int) -> list[int]:
        """Return the claims on which others bear by a cut, oldest first."""
        query = f"SELECT DISTINCT number FROM bearing WHERE {_of(pairs)} AND touched <= ? AND number <= ?"
        return sorted(n for (n,) in self._reader.all(query, _as_value(pairs), cut, cut))

    def by_pair(self, day: int, cut: int) -> list[tuple[str, str, int, int]]:
        """Return pair, shape and how many stand on a day by their spans alone, of all pairs."""
        query = (
            "SELECT one, other, shape, n FROM (SELECT pair, shape, count(*) n FROM pairing "
            "WHERE first <= ? AND gone > ? AND number <= ? AND retired > ? AND touched > ? "
            "GROUP BY pair, shape) JOIN pair ON pair.id = pair"
        )
        return self._reader.all(query, day, day, cut, cut, cut)

    def some_spans(
        self, pairs: Sequence[int] | None, cut: int, most: int
    ) -> list[tuple[int, int, int, int]]:
        """Return shape, first day, end and number of the claims, no more than `most` of them."""
        query = (
            f"SELECT DISTINCT shape, first, gone, number FROM pairing WHERE {_of(pairs)} "
            "AND number <= ? AND retired > ? AND touched > ? LIMIT ?"
        )
        return self._reader.all(query, _as_value(pairs), cut, cut, cut, most)

    def spans(
        self, pairs: Sequence[int] | None, cut: int
    ) -> Iterable[tuple[int, int, str, int, int, int, int, int]]:
        """Return number, shape, type and span of the claims, by first day, then by number."""
        once = "home AND" if pairs is None else ""
        query = (
            f"SELECT {'' if once else 'DISTINCT'} word, number, shape, first, sure, until, gone, "
            f"presumed FROM pairing JOIN word ON word.id = type WHERE {once} {_of(pairs)} "
            "AND number <= ? AND retired > ? AND touched > ? ORDER BY first, number"
        )
        word, number, shape, *days = self._reader.columns(query, _as_value(pairs), cut, cut, cut)
        return zip(number, shape, word, *days, strict=True)


_ALIKE = (
    "WITH asked(i, pair, shape, first, content) AS (VALUES %s) SELECT i, number "
    "FROM asked CROSS JOIN pairing p USING (pair, shape, first) "
    "WHERE p.content = asked.content ORDER BY i, number"
)
_STANDING = "shape = ? AND first <= ? AND gone > ? AND number <= ? AND retired > ? AND touched > ?"


def _of(pairs: Sequence[int] | None) -> str:
    """Return the condition that a row is of some pairs: of any, for None."""
    if pairs is None:
        return "? IS NULL"
    return "pair = ?" if len(pairs) == 1 else "pair IN (SELECT value FROM json_each(?))"


def _as_value(pairs: Sequence[int] | None) -> object:
    """Return the value that the condition of `_of` compares with."""
    if pairs is None:
        return None
    return pairs[0] if len(pairs) == 1 else json.dumps(pairs)
