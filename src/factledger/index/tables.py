"""The derived index in the tables of a SQLite file: where claims are, and on which days they turn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TypeAlias

from factledger.index.columns import Numbering, TableColumns
from factledger.index.reader import TableReader
from factledger.index.search.tables import WordTable
from factledger.log.stores.sqlite_schema import INDEX, dropping, foreign, statements
from factledger.named import NamedTuple
from factledger.records.plain.who import Pair

TABLES = Path(__file__).with_name("index.sql")
VIEWS = Path(__file__).with_name("views.sql")
NEVER = 1_000_000_000  # as a day and as an entry: none comes after it
RowPlace: TypeAlias = tuple[Pair, int, int, int]
"""Where a row of a claim is: two actors, shape, first day, entry."""


class IndexRow(NamedTuple):
    """A claim between two actors as the index keeps it; days are whole numbers.

    `affected_from` is the first entry after which the span alone does not decide. `home` is set
    in one row of a claim that has several. `sources` are those that it cites, with blanks between
    them. `content` is a short hash of its body.
    """

    pair: Pair
    shape: int
    first: int
    number: int
    sure: int
    until: int
    gone: int
    presumed: int
    affected_from: int
    home: bool
    type: str
    sources: str
    content: int


class Tables:
    """The tables of the index, over the connection of a store; written inside its transaction.

    `address` is how errors call the file; `lock` is held while the connection is used, for none
    by others.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        address: str,
        lock: AbstractContextManager[object] | None = None,
    ) -> None:
        self._reader = TableReader(connection, address, lock or nullcontext())
        self._numbering = Numbering(self._reader)
        self.columns = TableColumns(self._reader, self._numbering)
        self.words = WordTable(self._reader)
        self.connection = connection
        self._execute = connection.execute
        self._many = connection.executemany
        self._seen: tuple[object, bool] = None, False

    # --- how far it is

    @property
    def progress(self) -> tuple[int, str]:
        """Return the last entry that is in the index and its hash; 0 where there is no index.

        One of another log is none, nor is one whose tables somebody else made.
        """
        found = self._reader.all(_PROGRESS) if self._ours() else []
        return (found[0][0], found[0][1].hex()) if found else (0, "")

    def _ours(self) -> bool:
        """Return whether there is an index as we make it; looked at again when the tables change."""
        try:
            version = self._execute("PRAGMA schema_version").fetchone()
            if self._seen[0] != version:
                self._seen = version, foreign(self.connection, INDEX, TABLES) is None
        except sqlite3.Error as error:
            self._reader.raise_unreadable(error)
        return self._seen[1]

    @property
    def version(self) -> object:
        """What changes whenever somebody makes tables, as `progress` found it last."""
        return self._seen[0]

    def advance(self, number: int, hash_: str) -> None:
        """Say up to which entry the index goes."""
        values = (number, bytes.fromhex(hash_))
        self._execute("INSERT OR REPLACE INTO progress VALUES (6, ?, ?)", values)

    def make(self) -> None:
        """Make the tables, where they are not there yet."""
        if not self._ours():
            self.drop()
            for statement in (*statements(TABLES), *statements(VIEWS)):
                self._execute(statement)

    def remake(self) -> None:
        """Make the tables anew and empty; pairs and words keep the numbers that readers may hold."""
        kept = [name for name in _NUMBERED if self._ours() and self._set_aside(name)]
        self.drop()
        self.make()
        for name in kept:
            self._execute(f"INSERT OR IGNORE INTO {name} SELECT * FROM kept_{name}")
            self._execute(f"DROP TABLE kept_{name}")

    def _set_aside(self, name: str) -> bool:
        """Copy a table into memory; return whether it could be read."""
        try:
            self._execute(f"CREATE TEMP TABLE kept_{name} AS SELECT * FROM {name}")
        except sqlite3.DatabaseError:
            return False
        return True

    def forget_unused(self) -> None:
        """Take away the pairs and words that no row names: they may be of what was erased."""
        for name, used in _NUMBERED.items():
            self._execute(f"DELETE FROM {name} WHERE id NOT IN ({used})")
        self.forget()

    def drop(self) -> None:
        """Take the index away; the log stays."""
        self.forget()
        for statement in dropping(self.connection):
            self._execute(statement)

    def forget(self) -> None:
        """Forget what a transaction that was rolled back may have numbered."""
        self._numbering.forget()

    # --- postings

    def postings(self, name: str, key: str, last: int) -> list[int]:
        """Return the entries of a list under a key up to `last`, oldest first."""
        query = f"SELECT number FROM posting WHERE {_LISTED} AND key = ? ORDER BY number"
        return [number for (number,) in self._reader.all(query, name, last, key)]

    def with_content(self, low: int, high: int, last: int) -> list[int]:
        """Return the entries up to `last` whose short hash of content lies between two."""
        claims = "SELECT number FROM pairing WHERE content BETWEEN ? AND ? AND number <= ?"
        others = (
            f"SELECT number FROM posting WHERE {_LISTED} AND CAST(key AS INTEGER) BETWEEN ? AND ?"
        )
        query = f"{claims} UNION {others}"
        found = self._reader.all(query, low, high, last, "content", last, low, high)
        return [number for (number,) in found]

    def under(self, name: str, keys: Sequence[str], last: int) -> list[tuple[str, int]]:
        """Return the entries of a list under some keys up to `last`, each with its key, oldest first."""
        under = "key IN (SELECT value FROM json_each(?))"
        query = f"SELECT key, number FROM posting WHERE {_LISTED} AND {under} ORDER BY number"
        return self._reader.all(query, name, last, json.dumps(keys))

    def crowded(self, last: int) -> list[int]:
        """Return the entries up to `last` that share a key, but for keys of all that take part."""
        shared = "SELECT key FROM posting WHERE list = 'key' GROUP BY key HAVING count(*) > 1"
        query = f"""SELECT DISTINCT number FROM posting
            WHERE list = 'key' AND number <= ? AND key NOT LIKE '["=%' AND key IN ({shared})"""
        return [number for (number,) in self._reader.all(query, last)]

    def some(self, name: str, most: int, last: int) -> list[tuple[str, int]]:
        """Return keys and entries of a list, those of a key oldest first; no more than `most`."""
        query = f"SELECT key, number FROM posting WHERE {_LISTED} ORDER BY key, number LIMIT ?"
        return [(key, number) for key, number in self._reader.all(query, name, last, most)]

    def keys(self, name: str, last: int) -> list[str]:
        """Return the keys of a list, in the order of their first entries."""
        query = f"SELECT key FROM posting WHERE {_LISTED} GROUP BY key ORDER BY min(number), key"
        return [key for (key,) in self._reader.all(query, name, last)]

    def post(self, postings: Iterable[tuple[str, str, int]]) -> None:
        """Put entries on lists: the list, the key, the entry."""
        self._many("INSERT OR IGNORE INTO posting VALUES (?, ?, ?)", postings)

    # --- claims, written

    def put(self, rows: Collection[IndexRow]) -> None:
        """Put the rows of claims in, in the order of the table: neighbours share its pages."""
        pairs = self._numbering.pairs({row.pair for row in rows})
        words = self._numbering.words({word for row in rows for word in (row.type, row.sources)})
        values = [
            (
                pairs[pair], shape, first, number, sure, until, gone, presumed,
                NEVER, affected, home, words[kind], words[sources], content,
            )
            for (
                pair, shape, first, number, sure, until, gone, presumed, affected, home, kind,
                sources, content,
            ) in rows
        ]  # fmt: skip
        values.sort()
        self._many("INSERT INTO pairing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        bearing = [(v[0], v[3], v[9]) for v in values if v[9] < NEVER]
        self._many("INSERT INTO bearing VALUES (?, ?, ?)", bearing)

    def retire(self, retired: Iterable[tuple[int, RowPlace]]) -> None:
        """Note which entries retire the claims at which places."""
        values = [(entry, *self._place(place)) for entry, place in retired]
        self._many(f"UPDATE pairing SET retired = min(retired, ?) {_AT}", values)

    def affect(self, places: Sequence[RowPlace], entry: int) -> None:
        """Note from which entry on others bear on the claim at some places."""
        values = [(entry, *self._place(place)) for place in places]
        self._many(f"UPDATE pairing SET touched = min(touched, ?) {_AT}", values)
        bearing = [(self._place(place)[0], place[3], entry) for place in places]
        self._many(f"INSERT INTO bearing VALUES (?, ?, ?) {_EARLIER}", bearing)

    def affect_source(self, source: str, entry: int) -> None:
        """Note from which entry on others bear on all earlier claims that cite a source."""
        escaped = source.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        self._affect_all("sources", "' ' || word || ' ' LIKE ? ESCAPE '!'", f"% {escaped} %", entry)

    def affect_type(self, type_id: str, entry: int) -> None:
        """Note from which entry on others bear on all earlier claims of a type."""
        self._affect_all("type", "word = ?", type_id, entry)

    def _affect_all(self, column: str, like: str, value: str, entry: int) -> None:
        words = [word for (word,) in self._reader.all(f"SELECT id FROM word WHERE {like}", value)]
        if words:
            which = f"number < ? AND {column} IN (SELECT value FROM json_each(?))"
            values = (entry, json.dumps(words))
            self._execute(
                f"UPDATE pairing SET touched = min(touched, ?) WHERE {which}", (entry, *values)
            )
            self._execute(
                f"INSERT INTO bearing SELECT pair, number, touched FROM pairing WHERE {which} {_EARLIER}",
                values,
            )

    def _place(self, place: RowPlace) -> tuple[int, int, int, int]:
        pair, shape, first, number = place
        return self._numbering.pairs([pair])[pair], shape, first, number


_LISTED = "list = ? AND number <= ?"
_NUMBERED = {
    "pair": "SELECT pair FROM pairing",
    "word": "SELECT type FROM pairing UNION SELECT sources FROM pairing",
}
_PROGRESS = (
    "SELECT indexed, record.hash FROM progress JOIN record ON seq = indexed "
    "WHERE record.hash = progress.hash"
)
_AT = "WHERE pair = ? AND shape = ? AND first = ? AND number = ?"
_EARLIER = "ON CONFLICT DO UPDATE SET touched = min(touched, excluded.touched)"
