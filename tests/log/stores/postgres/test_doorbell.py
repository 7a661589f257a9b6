"""Followers of a ledger on a server: they hear of what comes, and miss nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from factledger.errors import HeadLost
from factledger.log.lines import START, Line
from factledger.log.stores.postgres.doorbell import Doorbell, arriving
from factledger.log.stores.postgres.store import PostgresStore
from factledger.testing.store_model import append
from postgres_server import Server


@pytest.fixture
def store(server: Server, home: Path) -> Iterator[PostgresStore]:
    """A store with one line."""
    with PostgresStore.create(server.laid_out()) as store:
        append(store)
        yield store


def test_an_append_rings_once_however_many_there_are(store: PostgresStore) -> None:
    """Nothing rings by itself; what is appended meanwhile rings at the next wait."""
    with Doorbell.at(store.address) as bell:
        assert not bell.wait(0.05)
        append(store)
        append(store)
        assert bell.wait(10)


def test_a_ledger_that_rings_not_is_followed_by_looking(server: Server, home: Path) -> None:
    """Where an append is not to notify, followers look every few seconds."""
    with PostgresStore.create(server.laid_out(rings=False)) as quiet:
        append(quiet)
        with Doorbell.at(quiet.address) as bell:
            append(quiet)
            assert not bell.wait(0.1)
        with PostgresStore.open(quiet.address) as reader:
            lines = arriving(reader, START, poll=0.05)
            assert [line.seq for line in islice(lines, 2)] == [1, 2]
            append(quiet)
            assert next(lines).seq == 3


def test_a_bell_goes_on_over_a_new_connection(server: Server, store: PostgresStore) -> None:
    """A follower that lost its connection looks at once: it may have rung meanwhile."""
    with Doorbell.at(store.address) as bell, server.connection() as connection:
        pid = bell._session.connection.info.backend_pid
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
        assert bell.wait(10)
        append(store)
        assert bell.wait(10)


def test_a_bell_waits_where_the_server_is_away(
    server: Server, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not ask again and again; the reading will tell what is wrong."""
    with Doorbell.at(store.address) as bell, server.connection() as connection:
        monkeypatch.setattr("factledger.log.stores.postgres.connecting._HANDSHAKE", 2)
        pid = bell._session.connection.info.backend_pid
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
        away = bell._session.address.uri.replace("/test", "/nowhere")
        object.__setattr__(bell._session.address, "uri", away)
        start = time.monotonic()
        assert not bell.wait(0.2)
        assert time.monotonic() - start >= 0.2


def test_a_follower_misses_nothing_while_others_append(store: PostgresStore) -> None:
    """Each line comes once, in order, verified, however the appends fall."""
    seen: list[Line] = []

    def follow() -> None:
        with PostgresStore.open(store.address) as mine:
            for line in arriving(mine, START):
                seen.append(line)
                if line.seq == 201:
                    return

    follower = threading.Thread(target=follow)
    follower.start()
    for _ in range(100):
        append(store, 2)
    follower.join(60)
    assert seen == list(store.read())


def test_a_follower_stops_when_it_is_told(store: PostgresStore) -> None:
    """It looks once a ring whether it is to go on."""
    with PostgresStore.open(store.address) as mine:
        told = iter([True, False])
        assert len(list(arriving(mine, START, poll=0.01, going_on=lambda: next(told)))) == 1


def test_a_follower_refuses_another_history(server: Server, store: PostgresStore) -> None:
    """What it has seen has to be there when it looks again."""
    append(store)
    with PostgresStore.open(store.address) as mine:
        lines = arriving(mine, START, poll=0.01)
        assert [line.seq for line in islice(lines, 2)] == [1, 2]
        with server.connection() as connection:
            name = store.place.schema
            text = f"ALTER TABLE {name}.line DISABLE TRIGGER ALL; DELETE FROM {name}.line WHERE seq = 2"
            connection.execute(text.encode())
        with pytest.raises(HeadLost, match="the log ends at entry 1"):
            next(lines)
