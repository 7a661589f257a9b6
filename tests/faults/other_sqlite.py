"""A connection to the SQLite that `apsw` brings, with the flags of its makers: not that of Python."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import apsw

from factledger.log.stores import sqlite_file as connecting


class Rows(list[Any]):
    """What a statement returned, all of it."""

    lastrowid = 0

    def fetchone(self) -> Any:
        """Return the first row, None if there is none."""
        return self[0] if self else None

    def fetchall(self) -> list[Any]:
        """Return all rows."""
        return self

    def fetchmany(self, size: int) -> list[Any]:
        """Return the next rows."""
        some, self[:size] = self[:size], []
        return some


class Connection:
    """A connection of apsw with what the store asks of one of `sqlite3`, and with its errors."""

    pragmas: Sequence[str] = connecting._PRAGMAS

    def __init__(self, path: Path, vfs: str | None = None) -> None:
        self._given = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs)
        self.overwrites = self.execute("PRAGMA secure_delete").fetchone()[0]  # before we say so
        for pragma in self.pragmas:
            self.execute(f"PRAGMA {pragma}")

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        """Execute a statement."""
        return self._said(lambda: list(self._given.execute(statement, tuple(values))))

    def executemany(self, statement: str, rows: Any) -> Rows:
        """Execute a statement for each row."""
        return self._said(lambda: list(self._given.executemany(statement, rows)))

    def _said(self, act: Callable[[], list[Any]]) -> Rows:
        try:
            rows = Rows(act())
        except apsw.Error as error:
            told = sqlite3.OperationalError(str(error))
            told.sqlite_errorcode = getattr(error, "result", 1)
            raise told from error
        rows.lastrowid = self._given.last_insert_rowid()
        return rows

    def setlimit(self, category: int, limit: int) -> int:
        """Set what SQLite allows."""
        return self._given.limit(category, limit)

    @property
    def stands(self) -> bool:
        """Whether its file is still the one at its path: nobody exchanges it here."""
        return True

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._given.in_transaction

    def close(self) -> None:
        """Give back the file."""
        self._given.close()
