"""The tables of an index in one SQLite file held against those made anew beside it, row by row."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from factledger.errors import Problem
from factledger.log.stores.sqlite_file import LONGEST_WAIT, own_connection

SHOWN = 3  # rows of a table that are told, of those that differ

_Row = TypeVar("_Row", bound=tuple[object, ...])

# The rows of the tables, with words and pairs in the place of their numbers, which may differ.
ROWS = {
    "posting": "SELECT list, key, number FROM {0}.posting",
    "pairing": (
        "SELECT one, other, shape, first, number, sure, until, gone, presumed, retired, touched, "
        "home, t.word, s.word, content FROM {0}.pairing JOIN {0}.pair ON pair.id = pair "
        "JOIN {0}.word t ON t.id = type JOIN {0}.word s ON s.id = sources"
    ),
    "bearing": (
        "SELECT one, other, number, touched FROM {0}.bearing JOIN {0}.pair ON pair.id = pair"
    ),
    "term": "SELECT word FROM {0}.term",
    "progress": "SELECT indexed, hash FROM {0}.progress",
}


@contextmanager
def scratch() -> Iterator[sqlite3.Connection]:
    """Give a database without a name, for tables that are held against those of a file.

    It is in memory, or of a large index in a file that the system removes as it is opened: a
    killed process leaves nothing behind that a later erasing would not reach.
    """
    with closing(own_connection("", timeout=LONGEST_WAIT)) as connection:
        yield connection


def attach(connection: sqlite3.Connection, kept: Path) -> None:
    """Let a database see the tables of a file, where it has none of the same name."""
    connection.execute("ATTACH ? AS kept", (f"{kept.as_uri()}?mode=ro",))


@contextmanager
def seen(connection: sqlite3.Connection) -> Iterator[tuple[int, object]]:
    """Let a database see the file as it is now, whoever writes, as long as the block lasts.

    It is given up to which entry the index there goes, and what changes whenever somebody makes tables.
    """
    connection.execute("BEGIN")
    try:
        found = connection.execute("SELECT indexed FROM kept.progress").fetchone()
        version = connection.execute("PRAGMA kept.schema_version").fetchone()
        yield (found[0] if found else 0), version
    finally:
        connection.execute("ROLLBACK")


def differences(connection: sqlite3.Connection, address: str) -> Iterator[Problem]:
    """Yield the rows that the file has too much, or lacks, held against those made anew."""
    for table, rows in ROWS.items():
        mine, theirs = rows.format("kept"), rows.format("main")
        for what, one, other in (("too much", mine, theirs), ("missing", theirs, mine)):
            query = f"SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other}) LIMIT {SHOWN}"
            for row in connection.execute(query).fetchall():
                yield Problem(address, "index-agrees", f"{table}: {what}: {_told(row)}")

    yield from _found_otherwise(connection, address)


def _found_otherwise(connection: sqlite3.Connection, address: str) -> Iterator[Problem]:
    """Yield the terms of entries that the full-text table has too much, or lacks."""
    told = Counter[str]()
    for what, row in unlike(*(_terms(connection, name) for name in ("kept", "main"))):
        told[what] += 1
        if told[what] <= SHOWN:
            yield Problem(address, "index-agrees", f"found: {what}: {_told(row)}")


def _terms(connection: sqlite3.Connection, name: str) -> Iterator[tuple[str, int]]:
    """Yield each term of a database with each entry that it is in, in their order."""
    table = f"temp.terms_{name}"
    connection.execute(f"CREATE VIRTUAL TABLE {table} USING fts5vocab({name}, found, instance)")
    streamed = connection.cursor(
        sqlite3.Cursor
    )  # each term of each entry: too many to hold at once
    yield from streamed.execute(f"SELECT term, doc FROM {table}")


def unlike(mine: Iterator[_Row], theirs: Iterator[_Row]) -> Iterator[tuple[str, _Row]]:
    """Yield the rows that only one of two sorted streams has: too much in the first, or missing.

    >>> [*unlike(iter([(1,), (2,)]), iter([(2,), (3,)]))]
    [('too much', (1,)), ('missing', (3,))]
    """
    one, other = next(mine, None), next(theirs, None)
    while one is not None or other is not None:
        if one == other:
            one, other = next(mine, None), next(theirs, None)
        elif one is not None and (other is None or one < other):
            yield "too much", one
            one = next(mine, None)
        else:
            assert other is not None  # noqa: S101  the first is at its end, or behind it
            yield "missing", other
            other = next(theirs, None)


def _told(row: tuple[object, ...]) -> str:
    return " ".join(cell.hex() if isinstance(cell, bytes) else str(cell) for cell in row)
