"""The tables of an index in one SQLite file held against those made anew beside it, row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from factledger.errors import Problem
from factledger.log.stores.sqlite_file import own_connection

SHOWN = 3  # rows of a table that are told, of those that differ

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
    "progress": "SELECT indexed, hash FROM {0}.progress",
}


@contextmanager
def scratch() -> Iterator[sqlite3.Connection]:
    """Give a database without a name, for tables that are held against those of a file.

    It is in memory, or of a large index in a file that the system removes as it is opened: a
    killed process leaves nothing behind that a later erasing would not reach.
    """
    with closing(own_connection("")) as connection:
        yield connection


def attach(connection: sqlite3.Connection, kept: Path) -> None:
    """Let a database see the tables of a file, where it has none of the same name."""
    connection.execute("ATTACH ? AS kept", (f"{kept.as_uri()}?mode=ro",))
    connection.execute("BEGIN")


def differences(connection: sqlite3.Connection, address: str) -> Iterator[Problem]:
    """Yield the rows that the file has too much, or lacks, held against those made anew."""
    for table, rows in ROWS.items():
        mine, theirs = rows.format("kept"), rows.format("main")
        for what, one, other in (("too much", mine, theirs), ("missing", theirs, mine)):
            query = f"SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other}) LIMIT {SHOWN}"
            for row in connection.execute(query).fetchall():
                yield Problem(address, "index-agrees", f"{table}: {what}: {_told(row)}")


def _told(row: tuple[object, ...]) -> str:
    return " ".join(cell.hex() if isinstance(cell, bytes) else str(cell) for cell in row)
