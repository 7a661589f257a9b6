"""Connections to a server: made for one ledger, or taken from those that an application keeps."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias

from factledger.errors import LogError, MissingExtra
from factledger.log.stores.postgres.address import PostgresAddress

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.errors import Diagnostic
    from psycopg_pool import ConnectionPool

ServerConnection: TypeAlias = "Connection[tuple[Any, ...]]"

_HANDSHAKE = 10  # seconds
_ASIDE = "DISCARD ALL"  # settings, locks, what it listens to


@contextmanager
def pooled_connections(size: int = 10) -> Iterator[None]:
    """Keep up to `size` connections to each database for the ledgers that are opened inside.

    It is for an application that opens a ledger for each request: it need not connect each time. Who
    opens one more than there are waits ten seconds for another to be closed, and gets LogError then.
    Raises MissingExtra without psycopg_pool.
    """
    global _kept
    before, _kept = _kept, Pools(size)
    try:
        yield
    finally:
        pools, _kept = _kept, before
        pools.close()


def connected_to(address: PostgresAddress) -> ServerConnection:
    """Return a connection to the database of a ledger, on which each statement commits.

    Raises MissingExtra without psycopg, LogError where the server does not let us in.
    """
    try:
        import psycopg
    except ImportError:  # it is no other without what it wraps
        raise MissingExtra("ledgers on PostgreSQL", "psycopg", "postgres") from None
    try:
        return psycopg.connect(address.uri, **_settings())
    except psycopg.Error as error:
        raise cannot_connect(address, error) from error


def _settings() -> dict[str, Any]:
    return {
        "autocommit": True,
        "connect_timeout": _HANDSHAKE,
        "client_encoding": "UTF8",
        "application_name": "factledger",
        "keepalives_idle": 30,
        "prepare_threshold": None,  # a pooler may give each statement another connection
    }


def cannot_connect(address: PostgresAddress, error: Exception) -> LogError:
    """Return the error of a server that lets nobody in."""
    return LogError(f"{address.text}: cannot connect: {server_words(error)}")


def server_words(error: Exception) -> str:
    """Return what the server or its library says, in one line."""
    said = getattr(getattr(error, "diag", None), "message_primary", None) or str(error)
    return "; ".join(line.strip() for line in said.splitlines() if line.strip())


class Lent:
    """A connection for one session, given back when that is closed, or when nobody holds it any more.

    What the server remarks meanwhile, the session hears.
    """

    def __init__(self, address: PostgresAddress, hear: Callable[[Diagnostic], None]) -> None:
        self._pools, self._pid, self._hear = _kept, os.getpid(), hear
        self._pool = None if self._pools is None else self._pools.of(address)
        if self._pool is None:
            self.connection = connected_to(address)
        else:
            self.connection = _taken(self._pool, address)
        self.connection.add_notice_handler(hear)

    def give_back(self) -> None:
        """Close the connection, or give it back to those that are kept; after a fork it is the parent's."""
        if os.getpid() != self._pid:
            return
        self.connection.remove_notice_handler(self._hear)
        if self._pool is None or self._pool.closed:
            self.connection.close()
        else:
            self._pool.putconn(self.connection)

    def leave(self) -> None:
        """Let go of it wherever the collector of garbage comes by: a pool cannot be asked there."""
        if self._pools is None or os.getpid() != self._pid:
            self.give_back()
        else:
            self._pools.left.append(self)


def _taken(pool: ConnectionPool[Any], address: PostgresAddress) -> ServerConnection:
    import psycopg

    try:
        found: ServerConnection = pool.getconn()
    except psycopg.Error as error:
        raise cannot_connect(address, error) from error
    return found


class Pools:
    """The connections that are kept, by process and database: those of a parent are not ours."""

    def __init__(self, size: int) -> None:
        try:
            from psycopg_pool import ConnectionPool
        except ModuleNotFoundError:
            raise MissingExtra("connections that are kept", "psycopg_pool", "postgres") from None
        self._make, self._size, self._lock = ConnectionPool, size, Lock()
        self._pools: dict[tuple[int, str], ConnectionPool[Any]] = {}
        self.left: deque[Lent] = deque()

    def of(self, address: PostgresAddress) -> ConnectionPool[Any]:
        """Return the connections to the database of a ledger."""
        while self.left:
            self.left.popleft().give_back()
        key = os.getpid(), address.uri
        with self._lock:
            if key not in self._pools:
                self._pools[key] = self._made(address.uri)
            return self._pools[key]

    def _made(self, uri: str) -> ConnectionPool[Any]:
        return self._make(
            uri,
            kwargs=_settings(),
            min_size=0,
            max_size=self._size,
            timeout=_HANDSHAKE,
            open=True,
            check=self._make.check_connection,  # the server may have gone meanwhile
            reset=_lay_aside,
        )

    def close(self) -> None:
        """Close them all."""
        for (pid, _), pool in self._pools.items():
            if pid == os.getpid():
                pool.close()


def _lay_aside(connection: ServerConnection) -> None:
    """Leave nothing of one session for the next."""
    connection.execute(_ASIDE.encode())


_kept: Pools | None = None
