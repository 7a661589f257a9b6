"""The tables of an index in one SQLite file held against those in another, row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from factledger.errors import Problem

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


def differences(kept: Path, anew: Path) -> Iterator[Problem]:
    """Yield the rows that one file has too much, or lacks, held against one made anew."""
    with closing(sqlite3.connect(f"{kept.as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("ATTACH ? AS anew", (f"{anew.as_uri()}?mode=ro",))
        for table, rows in ROWS.items():
            mine, theirs = rows.format("main"), rows.format("anew")
            for what, one, other in (("too much", mine, theirs), ("missing", theirs, mine)):
                query = f"SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other}) LIMIT {SHOWN}"
                for row in connection.execute(query):
                    yield Problem(str(kept), "index-agrees", f"{table}: {what}: {_told(row)}")


def _told(row: tuple[object, ...]) -> str:
    return " ".join(cell.hex() if isinstance(cell, bytes) else str(cell) for cell in row)
