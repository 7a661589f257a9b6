"""Connections to a SQLite file, and what its errors mean in our words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn, Self
from weakref import WeakSet

from factledger.errors import Busy, Damaged, LogError, NotALedger, NotFound
from factledger.log.stores.base import CLOSED, FORKED
from factledger.log.stores.files import identity_at, reason
from factledger.log.stores.thread_locks import gate, nested_lock

_PRAGMAS = (
    "journal_mode = TRUNCATE", "synchronous = FULL", "fullfsync = ON", "recursive_triggers = ON",
    "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON",
    "secure_delete = ON",  # from the first insert: a page that splits leaves copies in its gaps
    "temp_store = MEMORY",  # what is sorted or undone is not spilt where no erasing reaches
)  # fmt: skip
LONGEST_WAIT = 60.0
"""Seconds for which a question waits, at most, while a large file is written anew."""

_MAGIC = b"SQLite format 3\0"
_FORKED_INSIDE = (
    "the process was forked while the one before it was writing here; fork at another time, "
    "or start the process by 'spawn'"
)
_IN_MEMORY = 2**30  # bytes of a file that is written anew in memory
_LONGEST = 2**24  # bytes of a row, of a text or of what is given to a statement


class OwnCursor(sqlite3.Cursor):
    """The answer to a statement, read to its end behind the gate.

    A statement whose rows are not all read holds a lock on its file; a process that is forked
    meanwhile takes that for its own.
    """

    _left: Iterator[Any] = iter(())

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        """Execute a statement."""
        with gate:
            super().execute(sql, parameters)
            self._left = iter(super().fetchall() if self.description else ())
        return self

    def fetchone(self) -> Any:
        """Return the next row, None where there is none."""
        return next(self._left, None)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        """Return some rows more."""
        return [*islice(self._left, size)]

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        return [*self._left]

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        """Yield the rows that are left."""
        return self._left


class OwnConnection(sqlite3.Connection):
    """A connection to the file at `path`, which is for the process alone that made it.

    A process that is forked from it has a copy that thinks it holds what its parent does: to use
    it, or only to close it, could undo what the parent is writing. So it is neither used there nor
    closed.
    """

    path: Path | None = None
    file: tuple[int, int] | None = None  # what tells the file from one that takes its name
    inherited = False
    _within: int | None = None  # the thread that is behind the gate for its transaction

    def cursor(self, factory: Any = OwnCursor) -> Any:
        """Return what answers a statement; raises LogError in a forked process.

        Another `factory` is for what nobody forks beside, and may not be in memory whole.
        """
        self._check_own()
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = (), /) -> OwnCursor:
        """Execute a statement and read its answer; raises LogError in a forked process."""
        answer: OwnCursor = (
            self.cursor()
        )  # what sqlite3 executes by itself asks for no cursor of ours
        with gate:
            try:
                return answer.execute(sql, parameters)
            finally:
                self._stay_or_leave()

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        """Execute a statement many times; raises LogError in a forked process."""
        self._check_own()
        with gate:
            return sqlite3.Connection.executemany(self, sql, parameters)

    def _check_own(self) -> None:
        if self.inherited:
            raise LogError(f"{self.path}: {FORKED}")

    def _stay_or_leave(self) -> None:
        """Stay behind the gate as long as a transaction lasts: its locks are those of this process."""
        if self.in_transaction and self._within is None:
            self._within = gate.enter()
        elif self._within is not None and not self.in_transaction:
            gate.leave(self._within)
            self._within = None

    def close(self) -> None:
        """Close it, unless it is that of the process from which this one was forked."""
        if not self.inherited:
            with gate:
                sqlite3.Connection.close(self)
            self.file = None
            if self._within is not None:
                gate.leave(self._within)
                self._within = None

    @property
    def stands(self) -> bool:
        """Whether its file is still the one at its path."""
        return self.path is not None and self.file == identity_at(self.path)


_opening = nested_lock()  # held while a file is opened, by SQLite or to look at it
_connections: WeakSet[OwnConnection] = WeakSet()
_left_open: set[tuple[int, int] | None] = set()
"""Files in which a transaction was open when this process was forked: SQLite takes it for one of its own."""


def _leave_to_parent() -> None:
    for connection in [*_connections]:
        connection.inherited = True
        with suppress(sqlite3.ProgrammingError):  # it is closed
            if connection.in_transaction:
                _left_open.add(connection.file)
        with suppress(ImportError):
            from ctypes import py_object, pythonapi

            pythonapi.Py_IncRef(py_object(connection))  # else it is closed when it is let go


os.register_at_fork(after_in_child=_leave_to_parent)


def own_connection(address: str, *, timeout: float = 0) -> OwnConnection:
    """Return a connection to a database, each statement of which is a transaction unless one begins."""
    with gate:
        connection = sqlite3.connect(
            address,
            timeout=timeout,
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            factory=OwnConnection,
        )
    _connections.add(connection)
    return connection


def connected(path: Path) -> OwnConnection:
    """Return a connection that only reads until it is told otherwise, and commits for good."""
    before = identity_at(path)
    if before in _left_open:
        raise LogError(f"{path}: {_FORKED_INSIDE}")
    with _opening:
        connection = own_connection(f"{path.as_uri()}?mode=rw", timeout=LONGEST_WAIT)
        connection.path, connection.file = path, before
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def write_anew(connection: sqlite3.Connection) -> None:
    """Write a file anew, outside a transaction: what its pages kept in gaps is gone.

    A file that another build of SQLite wrote may hold copies of rows there. A killed process
    leaves the file as it was. What is written is in memory until then, or of a very large file
    in a temporary one that has no name.
    """
    pages, size = (connection.execute(f"PRAGMA page_{n}").fetchone()[0] for n in ("count", "size"))
    where = "MEMORY" if pages * size <= _IN_MEMORY else "FILE"
    connection.execute(f"PRAGMA temp_store = {where}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # SQLite attaches what it writes
    try:
        connection.execute("VACUUM")
    finally:
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.execute("PRAGMA temp_store = MEMORY")


def resolved(address: str) -> Path:
    """Return the path of an address, links resolved; links that lead in a circle lead nowhere."""
    try:
        return Path(address).resolve()
    except (OSError, RuntimeError):
        raise NotFound(address, "its symbolic links lead in a circle") from None


def check_file(path: Path) -> None:
    """Raise NotALedger for what is no SQLite file, LogError for one that cannot be read.

    One that is open here already is taken for one: to open and close it would end all locks that
    this process has on it, and another process would undo what is being written.
    """
    if path.is_dir():
        lines = path / "ledger.jsonl"
        advice = f"name {lines}" if lines.exists() else "name the file in it"
        what = f"it is not a regular file but a folder; {advice}, or rename the folder"
        raise NotALedger(str(path), f"{what}: a name in {path.suffix} is one of a SQLite file")
    if not path.is_file():
        raise NotALedger(str(path), "it is not a regular file")
    with _opening:
        if identity_at(path) not in [connection.file for connection in [*_connections]]:
            _check_magic(path)


def _check_magic(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        raise LogError(f"{path}: cannot read: {reason(error)}; try a copy") from error
    if start != _MAGIC and not _is_unfinished(path):
        raise NotALedger(str(path), "an empty file" if not start else "not a SQLite file")


def _is_unfinished(path: Path) -> bool:
    """Whether a journal tells SQLite how to undo what a commit left behind, its first one even."""
    journal = path.with_name(path.name + "-journal")
    return journal.is_file() and journal.stat().st_size > 0


def raise_unreadable(address: str, error: sqlite3.Error) -> NoReturn:
    """Raise what an error of SQLite in a reading means."""
    if code_of(error) == sqlite3.SQLITE_NOTADB:
        raise NotALedger(address, "not a SQLite file") from error
    if code_of(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG):
        raise Damaged(address, 1, str(error)) from error
    if code_of(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise Busy(address, LONGEST_WAIT) from error
    if was_closed(error):
        raise LogError(f"{address}: {CLOSED}") from error
    raise LogError(f"{address}: cannot read: {error}; try a copy") from error


def was_closed(error: sqlite3.Error) -> bool:
    """Return whether an error says that nobody holds the file any more."""
    return isinstance(error, sqlite3.ProgrammingError) and "closed" in str(error)


def code_of(error: sqlite3.Error) -> int:
    """Return the code of an error, without what details it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
