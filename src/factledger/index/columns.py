"""The rows of claims in the tables of an index: which claims stand on a day by their spans alone.

In the tables numbers stand for pairs of actors and for words; `Numbering` gives them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from factledger.index.reader import TableReader
from factledger.records.plain.who import Pair, ordered

_ASKED = 100  # places that are looked up at once
_PAIRS_KEPT = 1 << 18  # numbers of pairs that are kept once they were read


class Numbering:
    """Pairs and words by number; a number is given when a pair or a word is first written."""

    def __init__(self, reader: TableReader) -> None:
        self._reader = reader
        self._pairs: dict[Pair, int] = {}
        self._words: dict[str, int] = {}

    def forget(self) -> None:
        """Forget the numbers that were read: a rollback or another process may have changed them."""
        self._pairs.clear()
        self._words.clear()

    def known_pairs(self, pairs: Collection[Pair]) -> Mapping[Pair, int]:
        """Return the numbers of those of some pairs that have one. Looking a pair up never creates it."""
        new = [pair for pair in pairs if pair not in self._pairs]
        if len(self._pairs) + len(new) > _PAIRS_KEPT:
            self._pairs.clear()
            new = [*pairs]
        if new:
            found = _rows_for(self._reader, _PAIRS, new)
            self._pairs |= {(one, other): number for one, other, number in found}
        return self._pairs

    def pairs(self, pairs: Collection[Pair]) -> Mapping[Pair, int]:
        """Return the numbers of some pairs, which are given to them here where they have none."""
        known = self.known_pairs(pairs)
        new = [pair for pair in pairs if pair not in known]
        if new:
            self._reader.connection.executemany("INSERT INTO pair (one, other) VALUES (?, ?)", new)
            known = self.known_pairs(pairs)
        return known

    def words(self, words: Collection[str]) -> Mapping[str, int]:
        """Return the numbers of some words, given as to pairs; several that stand together are one."""
        new = [(word,) for word in words if word not in self._words]
        if new:
            many = self._reader.connection.executemany
            many("INSERT OR IGNORE INTO word (word) VALUES (?)", new)
            self._words |= dict(_rows_for(self._reader, _WORDS, new))
        return self._words


class TableColumns:
    """The rows of claims, asked; as `factledger.index.base.Columns`."""

    def __init__(self, reader: TableReader, numbering: Numbering) -> None:
        self._reader = reader
        self._numbering = numbering

    def alike(self, asked: Sequence[tuple[Pair, int, int, int]]) -> list[list[int]]:
        """Return for each place and short hash the claims that have both, oldest first."""
        found: list[list[int]] = [[] for _ in asked]
        known = self._numbering.known_pairs({one[0] for one in asked})
        keys = [(i, known[one[0]], *one[1:]) for i, one in enumerate(asked) if one[0] in known]
        for i, number in _rows_for(self._reader, _ALIKE, keys):
            found[i].append(number)
        return found

    def pairs(self, side: Iterable[str], other: Iterable[str]) -> list[int]:
        """Return the numbers of the pairs of one of each."""
        others = list(other)
        wanted = [ordered(a, b) for a in side for b in others]
        known = self._numbering.known_pairs(wanted)
        return [known[pair] for pair in wanted if pair in known]

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


def _rows_for(
    reader: TableReader, query: str, asked: Sequence[tuple[object, ...]]
) -> Iterator[tuple[Any, ...]]:
    """Yield what a query answers for some rows of values, which stand for its `%s`, many at once.

    Fewer are made up with nothing, so that SQLite reads the same statement again and again.
    """
    for start in range(0, len(asked), _ASKED):
        some = asked[start : start + _ASKED]
        size = _ASKED if len(asked) > 1 else 1
        row = f"({','.join('?' * len(some[0]))})"
        values = [value for one in some for value in one]
        values += [None] * (len(some[0]) * (size - len(some)))
        yield from reader.all(query % ",".join([row] * size), *values)


_PAIRS = "WITH a(a, b) AS (VALUES %s) SELECT one, other, id FROM a CROSS JOIN pair ON one = a AND other = b"
_WORDS = "WITH a(a) AS (VALUES %s) SELECT word, id FROM a CROSS JOIN word ON word = a"
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
