"""Connections that an application keeps for the ledgers that it opens."""

from __future__ import annotations

import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from factledger.errors import LogError, MissingExtra
from factledger.log.stores.postgres import connecting
from factledger.log.stores.postgres.connecting import pooled_connections
from factledger.log.stores.postgres.store import PostgresStore
from factledger.testing.store_model import append, bodies
from postgres_server import Server


def backend(store: PostgresStore) -> int:
    """Return the process of the server that serves a store."""
    return store._session.connection.info.backend_pid


def test_the_next_ledger_takes_the_connection_of_the_one_before(home: Path, server: Server) -> None:
    """Opened one after another, ledgers share one connection, each with none of the other's locks."""
    address = server.laid_out()
    with pooled_connections(2):
        with PostgresStore.create(address) as first:
            append(first)
            one = backend(first)
        with PostgresStore.open(address) as second, PostgresStore.open(address) as third:
            append(second)
            append(third)
            assert one in (backend(second), backend(third))
            assert backend(second) != backend(third)
        with pytest.raises(LogError, match="the ledger was closed; open it again"):
            _ = first.head  # it takes no other connection, which nobody would give back
    with PostgresStore.open(address) as apart:
        assert backend(apart) != one


def test_threads_share_fewer_connections_than_they_are(home: Path, server: Server) -> None:
    """Eight threads that open a ledger for each append lose nothing, over two connections."""
    address = server.laid_out()

    def work(number: int) -> int:
        with PostgresStore._laid_out(address) as store:
            append(store)
            return backend(store)

    with pooled_connections(2), ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(work, range(1, 25)))) <= 2
    with PostgresStore.open(address) as store:
        assert sorted(line.body or b"" for line in store.read()) == sorted(bodies(24))


def test_who_comes_when_all_are_taken_is_told(
    home: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One ledger more than there are connections waits, and is refused in a line."""
    monkeypatch.setattr(connecting, "_HANDSHAKE", 1)
    address = server.laid_out()
    with (
        pooled_connections(1),
        PostgresStore.create(address),
        pytest.raises(LogError, match="cannot connect: couldn't get a connection"),
    ):
        PostgresStore.create(address)


def test_what_is_left_to_the_collector_comes_back(home: Path, server: Server) -> None:
    """A ledger that nobody closed gives its connection back when the next one is opened."""
    address = server.laid_out()
    with pooled_connections(1):
        one = backend(PostgresStore.create(address))
        gc.collect()
        with PostgresStore.create(address) as store:
            assert backend(store) == one


def test_a_connection_that_was_cut_is_not_given_to_the_next(home: Path, server: Server) -> None:
    """What the server ended meanwhile is replaced, and who listened leaves nothing to hear."""
    address = server.laid_out()
    with pooled_connections(1):
        with PostgresStore.create(address) as store:
            one = backend(store)
        with server.connection() as other:
            other.execute("SELECT pg_terminate_backend(%s)", (one,))
        with PostgresStore.create(address) as store:
            assert backend(store) != one


@pytest.mark.filterwarnings(
    "ignore:This process:DeprecationWarning"
)  # of threads, in which it ends
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_child_makes_connections_of_its_own(home: Path, server: Server) -> None:
    """After a fork the child connects for itself, and leaves the parent's alone."""
    address = server.laid_out()
    with pooled_connections(1), PostgresStore.create(address) as store:
        child = os.fork()
        if not child:
            with PostgresStore.create(address) as other:
                os._exit(backend(other) == backend(store))
        assert os.waitpid(child, 0)[1] == 0
        append(store)


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections are kept by psycopg_pool, which the extra brings."""
    monkeypatch.setitem(sys.modules, "psycopg_pool", None)
    with pytest.raises(MissingExtra, match=r"factledger\[postgres\]"), pooled_connections():
        raise AssertionError


def test_a_child_gives_back_nothing_of_its_parent() -> None:
    """After a fork, neither the connection that was lent nor those that are kept are touched."""
    lent = object.__new__(connecting.Lent)
    lent._pid = -1
    lent.give_back()  # no connection was asked for
    kept = connecting.Pools(2)
    theirs: Any = object()  # it has no `close`
    kept._pools[-1, "postgresql://nowhere"] = theirs
    kept.close()  # nor was anything closed
    assert [*kept._pools.values()] == [theirs]
