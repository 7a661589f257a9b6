"""The derived index in the tables of a SQLite file: where claims are, and on which days they turn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeAlias

from factledger.errors import LogError
from factledger.log.stores.sqlite_file import code_of, raise_unreadable
from factledger.log.stores.sqlite_schema import INDEX, dropping, foreign, statements

_TABLES = Path(__file__).with_name("index.sql")
VIEWS = Path(__file__).with_name("views.sql")
_ASKED = 100  # places that are looked up at once
_PAGE = 1000  # rows that are fetched at once
_KEPT = 1 << 18  # numbers of pairs that are kept once they were read
NEVER = 1_000_000_000  # as a day and as an entry: none comes after it
Pair: TypeAlias = tuple[str, str]
Place: TypeAlias = tuple[Pair, int, int, int]  # two actors, shape, first day, entry


class Row(NamedTuple):
    """A claim between two actors as the index keeps it; days are whole numbers.

    `retired` and `touched` are the entries from which on it is retired, or others bear on it.
    `home` is set in one row of a claim that has several. `content` is a short hash of its body.
    """

    pair: Pair
    shape: int
    first: int
    number: int
    sure: int
    until: int
    gone: int
    presumed: bool
    touched: int
    home: bool
    type: str
    sources: tuple[str, ...]
    content: int


class Tables:
    """The tables of the index, over the connection of a store; written inside its transaction.

    `address` is how errors call the file.
    """

    def __init__(self, connection: sqlite3.Connection, address: str) -> None:
        self._address = address
        self._connection = connection
        self._execute = connection.execute
        self._many = connection.executemany
        self._pairs: dict[Pair, int] = {}
        self._words: dict[str | tuple[str, ...], int] = {}
        self._seen: tuple[object, bool] = None, False

    # --- how far it is

    @property
    def progress(self) -> tuple[int, str]:
        """Return the last entry that is in the index and its hash; 0 where there is no index.

        One of another log is none, nor is one whose tables somebody else made.
        """
        found = self._all(_PROGRESS) if self._ours() else []
        return (found[0][0], found[0][1].hex()) if found else (0, "")

    def _ours(self) -> bool:
        """Return whether there is an index as we make it; looked at again when the tables change."""
        try:
            version = self._execute("PRAGMA schema_version").fetchone()
            if self._seen[0] != version:
                self._seen = version, foreign(self._connection, INDEX, _TABLES) is None
        except sqlite3.Error as error:
            self._unreadable(error)
        return self._seen[1]

    def advance(self, number: int, hash_: str) -> None:
        """Say up to which entry the index goes."""
        values = (number, bytes.fromhex(hash_))
        self._execute("INSERT OR REPLACE INTO progress VALUES (1, ?, ?)", values)

    def make(self) -> None:
        """Make the tables, where they are not there yet."""
        if not self._ours():
            self.drop()
            for statement in (*statements(_TABLES), *statements(VIEWS)):
                self._execute(statement)

    def drop(self) -> None:
        """Take the index away; the log stays."""
        self.forget()
        for statement in dropping(self._connection):
            self._execute(statement)

    def forget(self) -> None:
        """Forget what a transaction that was rolled back may have numbered."""
        self._pairs.clear()
        self._words.clear()

    # --- postings

    def postings(self, name: str, key: str) -> list[int]:
        """Return the entries of a list under a key, oldest first."""
        query = "SELECT number FROM posting WHERE list = ? AND key = ? ORDER BY number"
        return [number for (number,) in self._all(query, name, key)]

    def some(self, name: str, most: int) -> list[tuple[str, int]]:
        """Return keys and entries of a list, those of a key oldest first; no more than `most`."""
        query = "SELECT key, number FROM posting WHERE list = ? ORDER BY key, number LIMIT ?"
        return [(key, number) for key, number in self._all(query, name, most)]

    def keys(self, name: str) -> list[str]:
        """Return the keys of a list, in the order of their first entries."""
        query = "SELECT key FROM posting WHERE list = ? GROUP BY key ORDER BY min(number), key"
        return [key for (key,) in self._all(query, name)]

    def post(self, postings: Iterable[tuple[str, str, int]]) -> None:
        """Put entries on lists: the list, the key, the entry."""
        self._many("INSERT OR IGNORE INTO posting VALUES (?, ?, ?)", postings)

    # --- claims, written

    def put(self, rows: Iterable[Row]) -> None:
        """Put the rows of claims in, in the order of the table: neighbours share its pages."""
        pair, word = self._pair, self._word
        values = [
            (
                pair(r.pair), r.shape, r.first, r.number, r.sure, r.until, r.gone, r.presumed,
                NEVER, r.touched, r.home, word(r.type), word(r.sources), r.content,
            )
            for r in rows
        ]  # fmt: skip
        values.sort()
        self._many("INSERT INTO pairing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        bearing = [(v[0], v[3], v[9]) for v in values if v[9] < NEVER]
        self._many("INSERT INTO bearing VALUES (?, ?, ?)", bearing)

    def retire(self, retired: Iterable[tuple[int, Place]]) -> None:
        """Note which entries retire the claims at which places."""
        values = [(entry, *self._place(place)) for entry, place in retired]
        self._many(f"UPDATE pairing SET retired = min(retired, ?) {_AT}", values)

    def touch(self, places: Sequence[Place], entry: int) -> None:
        """Note that an entry bears on the claim at some places."""
        values = [(entry, *self._place(place)) for place in places]
        self._many(f"UPDATE pairing SET touched = min(touched, ?) {_AT}", values)
        bearing = [(self._pair(pair), number, entry) for pair, _, _, number in places]
        self._many("INSERT OR IGNORE INTO bearing VALUES (?, ?, ?)", bearing)

    def touch_source(self, source: str, entry: int) -> None:
        """Note that an entry bears on all claims before it that cite a source."""
        escaped = source.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        self._touch_all("sources", "' ' || word || ' ' LIKE ? ESCAPE '!'", f"% {escaped} %", entry)

    def touch_type(self, type_id: str, entry: int) -> None:
        """Note that an entry bears on all claims before it that are of a type."""
        self._touch_all("type", "word = ?", type_id, entry)

    def _touch_all(self, column: str, like: str, value: str, entry: int) -> None:
        words = [word for (word,) in self._all(f"SELECT id FROM word WHERE {like}", value)]
        if words:
            which = f"number < ? AND {column} IN (SELECT value FROM json_each(?))"
            values = (entry, json.dumps(words))
            self._execute(
                f"UPDATE pairing SET touched = min(touched, ?) WHERE {which}", (entry, *values)
            )
            self._execute(
                "INSERT OR IGNORE INTO bearing SELECT pair, number, touched FROM pairing "
                f"WHERE {which}",
                values,
            )

    def _place(self, place: Place) -> tuple[int, int, int, int]:
        pair, shape, first, number = place
        return self._pair(pair), shape, first, number

    def _pair(self, pair: Pair) -> int:
        found = self._known_pair(pair)
        if found is None:
            made = self._execute("INSERT INTO pair (one, other) VALUES (?, ?)", pair)
            found = self._pairs[pair] = int(made.lastrowid or 0)
        return found

    def _known_pair(self, pair: Pair) -> int | None:
        """Return the number of a pair, None where it has none: who only looks gives it none."""
        found = self._pairs.get(pair)
        if found is None:
            if len(self._pairs) >= _KEPT:
                self._pairs.clear()
            for (found,) in self._all("SELECT id FROM pair WHERE one = ? AND other = ?", *pair):
                self._pairs[pair] = found
        return found

    def _word(self, word: str | tuple[str, ...]) -> int:
        """Return the number of a word, or of several that stand together."""
        found = self._words.get(word)
        if found is None:
            text = word if isinstance(word, str) else " ".join(word)
            self._execute("INSERT OR IGNORE INTO word (word) VALUES (?)", (text,))
            found = self._all("SELECT id FROM word WHERE word = ?", text)[0][0]
            self._words[word] = found
        return int(found)

    def alike(self, asked: Sequence[tuple[Pair, int, int, int]]) -> list[list[int]]:
        """Return for each place and short hash the claims that have both, oldest first."""
        found: list[list[int]] = [[] for _ in asked]
        known = {pair: self._known_pair(pair) for pair in {one[0] for one in asked}}
        keys = [(i, known[one[0]], *one[1:]) for i, one in enumerate(asked) if known[one[0]]]
        for start in range(0, len(keys), _ASKED):
            some = keys[start : start + _ASKED]
            some += [(-1, -1, -1, -1, -1)] * (_ASKED - len(some) if len(keys) > 1 else 0)
            query = _ALIKE % ",".join(["(?,?,?,?,?)"] * len(some))
            for i, number in self._all(query, *(value for key in some for value in key)):
                found[i].append(number)
        return found

    # --- claims, asked

    def pairs(self, side: Iterable[str], other: Iterable[str]) -> list[int]:
        """Return the numbers of the pairs of one of each."""
        others = list(other)
        wanted = [(a, b) if a <= b else (b, a) for a in side for b in others]
        return [found for found in map(self._known_pair, wanted) if found is not None]

    def pairs_of(self, actors: Iterable[str]) -> list[int]:
        """Return the numbers of the pairs that any of these actors is in."""
        query = "SELECT id FROM pair WHERE one = ? OR other = ?"
        return [pair for actor in actors for (pair,) in self._all(query, actor, actor)]

    def claims(self, pairs: Sequence[int]) -> list[int]:
        """Return the claims of some pairs, oldest first."""
        query = f"SELECT DISTINCT number FROM pairing WHERE {_of(pairs)} ORDER BY number"
        return [number for (number,) in self._all(query, _as_value(pairs))]

    def standing(self, pairs: Sequence[int] | None, shape: int, day: int, cut: int) -> list[int]:
        """Return the claims that stand on a day by their spans alone, oldest first."""
        once = "DISTINCT" if pairs is None or len(pairs) > 1 else ""
        query = f"SELECT {once} number FROM pairing WHERE {_of(pairs)} AND {_STANDING}"
        return sorted(
            n for (n,) in self._all(query, _as_value(pairs), shape, day, day, cut, cut, cut)
        )

    def count(self, pairs: Sequence[int] | None, shape: int, day: int, cut: int) -> int:
        """Return how many claims stand on a day by their spans alone."""
        what = "*" if pairs is not None and len(pairs) == 1 else "DISTINCT number"
        query = f"SELECT count({what}) FROM pairing WHERE {_of(pairs)} AND {_STANDING}"
        return int(self._all(query, _as_value(pairs), shape, day, day, cut, cut, cut)[0][0])

    def bearing(self, pairs: Sequence[int] | None, cut: int) -> list[int]:
        """Return the claims on which others bear by a cut, oldest first."""
        query = f"SELECT DISTINCT number FROM bearing WHERE {_of(pairs)} AND touched <= ? AND number <= ?"
        return sorted(n for (n,) in self._all(query, _as_value(pairs), cut, cut))

    def by_pair(self, day: int, cut: int) -> list[tuple[str, str, int, int]]:
        """Return pair, shape and how many stand on a day by their spans alone, of all pairs."""
        query = (
            "SELECT one, other, shape, n FROM (SELECT pair, shape, count(*) n FROM pairing "
            "WHERE first <= ? AND gone > ? AND number <= ? AND retired > ? AND touched > ? "
            "GROUP BY pair, shape) JOIN pair ON pair.id = pair"
        )
        return self._all(query, day, day, cut, cut, cut)

    def some_spans(
        self, pairs: Sequence[int] | None, cut: int, most: int
    ) -> list[tuple[int, int, int, int]]:
        """Return shape, first day, end and number of the claims, no more than `most` of them."""
        query = (
            f"SELECT DISTINCT shape, first, gone, number FROM pairing WHERE {_of(pairs)} "
            "AND number <= ? AND retired > ? AND touched > ? LIMIT ?"
        )
        return self._all(query, _as_value(pairs), cut, cut, cut, most)

    def spans(
        self, pairs: Sequence[int] | None, cut: int
    ) -> Iterable[tuple[int, int, str, int, int, int, int, int]]:
        """Return number, shape, type and span of the claims, by first day, then by number."""
        once = "home AND" if pairs is None else ""
        query = (
            f"SELECT {'' if once else 'DISTINCT'} number, shape, word, first, sure, until, gone, "
            f"presumed FROM pairing JOIN word ON word.id = type WHERE {once} {_of(pairs)} "
            "AND number <= ? AND retired > ? AND touched > ? ORDER BY first, number"
        )
        return chain.from_iterable(self._pages(query, _as_value(pairs), cut, cut, cut))

    def _unreadable(self, error: sqlite3.Error) -> NoReturn:
        """Raise what a reading that failed means: without its tables, that the index is lost."""
        if code_of(error) == sqlite3.SQLITE_ERROR:
            found = f"{self._address}: its index cannot be read: {error}"
            raise LogError(f"{found}; 'factledger reindex' makes it anew") from error
        raise_unreadable(self._address, error)

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._execute(query, values).fetchall()
        except UnicodeEncodeError:
            return []  # half of a surrogate pair, as of an argument in no encoding: nothing has it
        except sqlite3.Error as error:
            self._unreadable(error)

    def _pages(self, query: str, *values: object) -> Iterator[list[Any]]:
        """Yield the rows of a long answer, some at a time."""
        try:
            found = self._execute(query, values)
            while page := found.fetchmany(_PAGE):
                yield page
        except sqlite3.Error as error:
            self._unreadable(error)


_PROGRESS = (
    "SELECT indexed, record.hash FROM progress JOIN record ON seq = indexed "
    "WHERE record.hash = progress.hash"
)
_ALIKE = (
    "WITH asked(i, pair, shape, first, content) AS (VALUES %s) SELECT i, number "
    "FROM asked CROSS JOIN pairing p USING (pair, shape, first) "
    "WHERE p.content = asked.content ORDER BY i, number"
)
_AT = "WHERE pair = ? AND shape = ? AND first = ? AND number = ?"
_STANDING = "shape = ? AND first <= ? AND gone > ? AND number <= ? AND retired > ? AND touched > ?"


def _of(pairs: Sequence[int] | None) -> str:
    """Return the condition that a row is of some pairs: of any, for None."""
    if pairs is None:
        return "? IS NULL"
    return "pair = ?" if len(pairs) == 1 else "pair IN (SELECT value FROM json_each(?))"


def _as_value(pairs: Sequence[int] | None) -> object:
    """Return what `_of` compares with."""
    if pairs is None:
        return None
    return pairs[0] if len(pairs) == 1 else json.dumps(pairs)
