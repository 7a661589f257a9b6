"""The schema of a SQLite file: the statements that make its tables, and whether they made them.

A file that somebody else made may hold, under our names, views that never end, columns that work
themselves out, or triggers that write when we do.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

LEDGER = Path(__file__).with_name("ledger.sql")
LOG = ("batch", "record")
INDEX = ("progress", "posting", "word", "pair", "pairing", "bearing", "found", "term")
_WITHIN = ("found_data", "found_idx", "found_config")  # the tables of FTS5 within it
_named = re.compile(r"CREATE (?:VIRTUAL )?(?:TABLE|TRIGGER|INDEX|VIEW) (\w+)").match


def statements(file: Path) -> Iterator[str]:
    """Yield the statements of a file of SQL."""
    waiting = ""
    for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""


def foreign(connection: sqlite3.Connection, tables: Collection[str], file: Path) -> str | None:
    """Return the name of what stands for these tables, or on them, in a shape of its own.

    That is a table or view of another shape than `file` makes, a table that is missing, or a
    trigger of somebody else; None where there is none. Further indexes do no harm.
    """
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    made = _made(file)
    there = {name: _plain(str(sql)) for kind, name, on, sql in rows if kind != "index"}
    for table in tables:
        if there.get(table) != made[table]:
            return table
    watched = {*tables, *(_WITHIN if "found" in tables else ())}
    for kind, name, on, sql in rows:
        if kind == "trigger" and str(on).lower() in watched and made.get(name) != _plain(str(sql)):
            return str(name)
    return None


@cache
def _made(file: Path) -> dict[str, str]:
    """Return the statements that make our tables and triggers, by name."""
    plain = map(_plain, statements(file))
    return {found[1]: text for text in plain if (found := _named(text))}


def _plain(sql: str) -> str:
    """Return a statement without comments and line ends: they change nothing."""
    return " ".join(re.sub(r"--[^\n]*", " ", sql).split()).rstrip(";")


def dropping(connection: sqlite3.Connection) -> list[str]:
    """Return the statements that take away whatever stands under the names of the index."""
    marks = ", ".join("?" * len(INDEX))
    query = f"SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND name IN ({marks})"  # noqa: S608
    return [f"DROP {kind} {name}" for kind, name in connection.execute(query, INDEX)]
