"""The shape of a SQLite file: whether its tables are as the SQL beside this file makes them.

A file that somebody else made may hold, under our names, views that never end, columns that work
themselves out, or triggers that write when we do.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection
from functools import cache

from factledger.log.stores.schema import statements

LOG = ("batch", "record")
INDEX = ("progress", "posting", "word", "pair", "pairing", "bearing")
_named = re.compile(r"CREATE (?:TABLE|TRIGGER|INDEX|VIEW) (\w+)").match


def foreign(connection: sqlite3.Connection, tables: Collection[str]) -> str | None:
    """Return the name of what stands for these tables, or on them, in a shape of its own.

    That is a table or view of another shape, a table that is missing, or a trigger of somebody
    else; None where there is none. Further indexes do no harm.
    """
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    made = _made()
    there = {name: _plain(str(sql)) for kind, name, on, sql in rows if kind != "index"}
    for table in tables:
        if there.get(table) != made[table]:
            return table
    for kind, name, on, sql in rows:
        if kind == "trigger" and str(on).lower() in tables and made.get(name) != _plain(str(sql)):
            return str(name)
    return None


@cache
def _made() -> dict[str, str]:
    """Return the statements that make our tables and triggers, by name."""
    plain = [_plain(s) for name in ("ledger.sql", "index.sql") for s in statements(name)]
    return {found[1]: text for text in plain if (found := _named(text))}


def _plain(sql: str) -> str:
    """Return a statement without comments and line ends: they change nothing."""
    return " ".join(re.sub(r"--[^\n]*", " ", sql).split()).rstrip(";")


def dropping(connection: sqlite3.Connection) -> list[str]:
    """Return the statements that take away whatever stands under the names of the index."""
    marks = ", ".join("?" * len(INDEX))
    query = f"SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND name IN ({marks})"  # noqa: S608
    return [f"DROP {kind} {name}" for kind, name in connection.execute(query, INDEX)]
