"""The index of a store held against one made anew from its lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from factledger.errors import Problem
from factledger.ledger.copying import Told, bring_up, copy_into
from factledger.log.stores import Store, create_store
from factledger.log.stores.base import TableStore

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


def index_faults(store: Store, told: Told = abs) -> list[Problem]:
    """Return how the tables of a store differ from those that its lines make, in a few rows each.

    They are made in a temporary file, once those of the store are brought up; nothing is appended
    to it meanwhile. `told` is called with the number of entries copied, and again with the number
    of those indexed. A store that keeps no index has none that differs.
    """
    if not isinstance(store, TableStore):
        return []
    bring_up(store)
    damage = store.damage("integrity_check")
    if damage is not None:
        return [Problem(store.address, "index-agrees", f"SQLite finds {damage!r} in the file")]
    with TemporaryDirectory(prefix="factledger-") as folder, store.writing():
        anew = Path(folder, "anew.db")
        with create_store(str(anew)) as fresh:
            copy_into(store, fresh, told)
            bring_up(fresh, told)
        return list(_differences(Path(store.address), anew))


def _differences(kept: Path, anew: Path) -> Iterator[Problem]:
    with closing(sqlite3.connect(f"{kept.as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("ATTACH ? AS anew", (f"{anew.as_uri()}?mode=ro",))
        for table, rows in ROWS.items():
            mine, theirs = rows.format("main"), rows.format("anew")
            for what, one, other in (("too much", mine, theirs), ("missing", theirs, mine)):
                query = f"SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other}) LIMIT {SHOWN}"  # noqa: S608
                for row in connection.execute(query):
                    yield Problem(str(kept), "index-agrees", f"{table}: {what}: {_told(row)}")


def _told(row: tuple[object, ...]) -> str:
    return " ".join(cell.hex() if isinstance(cell, bytes) else str(cell) for cell in row)
