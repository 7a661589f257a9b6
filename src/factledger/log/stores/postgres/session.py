"""A connection to a server, and what its errors mean in our words."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import finalize

from factledger.errors import (
    Busy,
    FactledgerError,
    HeadMoved,
    LogError,
    NotALedger,
    NotFound,
    WriteRefused,
)
from factledger.log.stores.base import CLOSED, FORKED
from factledger.log.stores.postgres.address import PostgresAddress
from factledger.log.stores.postgres.connecting import Lent, server_words

if TYPE_CHECKING:
    from psycopg.errors import Diagnostic

POSTGRES_LAYOUT = 1
LOCKED = "55P03"  # somebody else holds the lock
ANOTHER_HASH = "another hash: "
SAFE = ("on", "remote_apply")
_NEEDED = "factledger needs it on; ALTER ROLE or ALTER SYSTEM sets it"
_NOT_LAID_OUT = frozenset({"3F000", "42883", "42P01"})  # no schema, function or table of the name
_IN_THE_WAY = frozenset({"40001", "23505"})  # somebody was faster


class Session:
    """One connection to the database of a ledger, made anew where it was lost between readings."""

    def __init__(self, address: PostgresAddress) -> None:
        self.address = address
        self._pid, self._closed = os.getpid(), False
        self._connect()

    def _connect(self) -> None:
        self.warnings: list[str] = []  # of the server, since somebody cleared them
        self._lent = Lent(self.address, partial(_note, self.warnings))
        self.connection = self._lent.connection
        # Who lets go of a store gives back its connection, as with any file of Python.
        self._left = finalize(self, self._lent.leave)
        self._left.atexit = False

    @property
    def lost(self) -> bool:
        """Whether the connection is gone, or given back."""
        return self.connection.closed or not self._left.alive

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query, which calls the schema `@`; it commits by itself.

        Of several statements, which take no values, these are the rows of the last.
        """
        cursor = self.connection.execute(self._sql(query), values or None)
        while cursor.nextset():
            pass
        return cursor.fetchall() if cursor.description else []

    def read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query that writes nothing, over a new connection if need be.

        Raises LogError, in our words.
        """
        import psycopg

        self._check_open()
        try:
            if not self.lost:
                return self.rows(query, *values)
        except psycopg.Error as error:
            if not self.lost:
                raise unreadable_there(self.address, error) from error
        self._check_open()
        self._give_back()
        self._connect()
        try:
            return self.rows(query, *values)
        except psycopg.Error as error:
            raise unreadable_there(self.address, error) from error

    def _check_open(self) -> None:
        if os.getpid() != self._pid:
            raise LogError(f"{self.address.text}: {FORKED}")
        if self._closed:  # by another thread, which may be anywhere
            raise LogError(f"{self.address.text}: {CLOSED}")

    def copy_in(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """Put rows into a table; only inside a transaction."""
        with self.connection.cursor().copy(self._sql(query)) as copy:
            for row in rows:
                copy.write_row(row)

    def _sql(self, query: str) -> bytes:
        """Return a query with the name of the schema."""
        return query.replace("@", self.address.schema).encode()

    def close(self) -> None:
        """Give back the connection for good; after a fork it is the parent's."""
        self._closed = os.getpid() == self._pid
        self._give_back()

    def _give_back(self) -> None:
        if os.getpid() == self._pid and self._left.detach():
            self._lent.give_back()


def _note(warnings: list[str], notice: Diagnostic) -> None:
    if notice.severity_nonlocalized == "WARNING":
        warnings.append(notice.message_primary or "")


def check_laid_out(session: Session) -> None:
    """Raise NotFound where no ledger is laid out, NotALedger for a layout that is not ours."""
    [(layout,)] = session.read("SELECT @.layout()")
    if layout != POSTGRES_LAYOUT:
        found = f"layout {layout}, and this version knows layout {POSTGRES_LAYOUT}"
        raise NotALedger(session.address.text, found)


def check_durable_writes(session: Session) -> None:
    """Raise WriteRefused where a commit would not be durable, or a pooler stands between.

    Behind a pooler, the lock that a writer holds might be another one's.
    """
    names = ("synchronous_commit", "fsync", "full_page_writes")
    columns = ", ".join(f"current_setting('{name}')" for name in names)
    [(pid, commit, *others)] = session.read(f"SELECT pg_backend_pid(), {columns}")
    for name, value in zip(names, (commit, *others), strict=True):
        if value not in SAFE:
            raise WriteRefused(session.address.text, f"{name} is {value} on the server; {_NEEDED}")
    if pid != session.connection.info.backend_pid:
        why = "a pooler stands between; a writer connects to the server itself"
        raise WriteRefused(session.address.text, why)


def rewrite_table(session: Session) -> None:
    """Write the table of lines anew; raises LogError where it is not, as the server may only warn."""
    import psycopg

    session.warnings.clear()
    try:
        session.rows("VACUUM FULL @.line")
    except psycopg.Error as error:
        session.warnings.append(server_words(error))
    if why := "; ".join(session.warnings):
        kept = f"the table was not written anew, its files may keep it: {why}"
        raise LogError(f"{session.address.text}: {kept}; VACUUM FULL does it")


def unreadable_there(address: PostgresAddress, error: Any) -> FactledgerError:
    """Return what an error of a reading means."""
    if error.sqlstate in _NOT_LAID_OUT:
        return NotFound(address.text, "'factledger postgres setup' lays it out")
    return LogError(f"{address.text}: cannot read: {server_words(error)}")


def unwritable_there(
    address: PostgresAddress, error: Any, expect: str, timeout: float
) -> FactledgerError | ValueError:
    """Return what an error before a commit means: nothing was written."""
    if error.sqlstate in _IN_THE_WAY:
        return HeadMoved(expect, error.diag.message_detail)
    if error.sqlstate == LOCKED:
        return Busy(address.text, timeout)
    if ANOTHER_HASH in server_words(error):
        fault = "the server makes other hashes than this version; its functions or settings were changed"
        return WriteRefused(address.text, fault)
    if error.sqlstate and error.sqlstate[:2] in ("22", "23"):
        return ValueError(f"it does not read back: {server_words(error)}")
    return WriteRefused(address.text, server_words(error))
