"""A ledger on another machine, answered from a copy on this one."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from factledger import Ledger, LogError, NotFound
from factledger.ledger.mirror.copies import copy_path
from factledger.ledger.mirror.mirrored_store import MirroredStore
from factledger.log.stores import open_store
from factledger.log.stores.base import RemoteStore
from factledger.log.stores.postgres.store import PostgresStore
from factledger.log.stores.sqlite import SqliteStore
from postgres_server import Server


def actor(name: str) -> dict[str, object]:
    """Return the record of an actor."""
    return {"kind": "actor", "id": name, "category": "group", "names": [name]}


@pytest.fixture
def address(server: Server, home: Path) -> str:
    """A ledger on a server, with its header and two actors."""
    address = server.laid_out()
    with Ledger.create(address, origin="o") as ledger:
        ledger.append(actor("A"), actor("B"))
    return address


def copy_of(address: str) -> Path:
    """Return the file of the copy."""
    with open_store(address) as store:
        assert isinstance(store, RemoteStore)
        return copy_path(store)


def test_the_copy_holds_the_lines_and_their_index(address: str) -> None:
    """What was asked once lies in a ledger in SQLite, that only this user can read."""
    with Ledger.open(address) as ledger:
        lines = list(ledger.lines())
    path = copy_of(address)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with Ledger.open(path) as copy:
        assert (list(copy.lines()), copy.behind) == (lines, 0)


def test_answers_come_from_the_copy(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is asked for what is new, not for what the copy has."""
    Ledger.open(address).close()
    read: list[int] = []
    reading = PostgresStore.read

    def noted(store: PostgresStore, start: int = 1) -> object:
        read.append(start)
        return reading(store, start)

    monkeypatch.setattr(PostgresStore, "read", noted)
    with Ledger.open(address) as ledger, Ledger.open(address) as other:
        assert ledger.index.record(2) is not None
        other.append(actor("C"))
        ledger.refresh()
        assert len(ledger) == 4
    assert min(read) == 4


def test_a_copy_can_be_deleted_at_any_time(address: str) -> None:
    """It is made again; also where it was cut off, or is something else."""
    Ledger.open(address).close()
    path = copy_of(address)
    for spoil in (Path.unlink, lambda p: p.write_bytes(b"x"), lambda p: os.truncate(p, 0)):
        spoil(path)
        with Ledger.open(address) as ledger:
            assert (len(ledger), ledger.index.record(3) is None) == (3, False)
        with Ledger.open(path) as copy:
            assert len(copy) == 3


def test_a_copy_can_be_deleted_under_a_ledger_that_is_open(
    address: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next look makes another one; only a home that takes none stops it."""
    with Ledger.open(address) as ledger, Ledger.open(address) as other:
        path = copy_of(address)
        for name in ("C", "D"):
            path.unlink()
            other.append(actor(name))
            ledger.refresh()
            assert ledger.index.record(len(ledger)) == other.index.record(len(other))
            assert ledger.as_of("2024").standings == ()
        with Ledger.open(path) as copy:
            assert len(copy) == 5
        path.unlink()
        (home / "file").touch()
        monkeypatch.setenv("XDG_CACHE_HOME", str(home / "file"))
        with pytest.raises(NotFound):
            ledger.refresh()
        monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))


def test_a_copy_of_another_history_is_made_anew(address: str) -> None:
    """Where this machine has seen a newer head than that of the copy, the copy is at fault."""
    path = copy_of(address)
    path.unlink()
    Ledger.create(path, origin="another").close()
    with Ledger.open(address) as ledger:
        assert ledger.header is not None
        assert ledger.header.origin == "o"


def test_without_a_place_for_the_copy_the_ledger_is_read_into_memory(
    address: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home that cannot be written is no reason not to answer."""
    (home / "file").touch()
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / "file"))
    with Ledger.open(address) as ledger:
        ledger.append(actor("C"))
        assert (len(ledger), ledger.reindex()) == (4, 0)


def test_who_finds_others_at_work_on_the_copy_goes_on_in_memory(address: str) -> None:
    """A question never waits for another process of this machine."""
    with Ledger.open(address) as ledger, SqliteStore.open(str(copy_of(address))) as busy:
        with busy.writing(), Ledger.open(address) as other:
            other.append(actor("C"))
            ledger.refresh()
            assert (len(ledger), ledger.as_of("2024").standings) == (4, ())
        ledger.settle()
        assert busy.head.seq == 4


def test_what_is_erased_on_the_server_is_erased_from_the_copy(address: str) -> None:
    """Whoever opens the ledger next takes the content out of this machine, too."""
    with Ledger.open(address) as ledger:
        path = copy_of(address)
    with PostgresStore.open(address) as store:
        assert b'"id":"B"' in path.read_bytes()
        store.erase({3})
    with Ledger.open(address) as ledger:
        assert ledger.index.body(3) is None
    assert b'"id":"B"' not in path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT body FROM record WHERE seq = 3").fetchone() == (None,)


def test_a_redaction_reaches_every_reader(address: str) -> None:
    """A reader that is open when another one redacts forgets the content at its next look."""
    with Ledger.open(address) as reader, Ledger.open(address) as keeper:
        assert reader.index.body(3) is not None
        keeper.redact(3, reason="an order", authority="a court")
        reader.refresh()
        assert (reader.index.body(3), keeper.index.body(3)) == (None, None)
        assert reader.verify() == keeper.verify() == ()
    assert b'"id":"B"' not in copy_of(address).read_bytes()


def test_many_appends_are_copied_from_time_to_time(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who appends without asking does not keep everything in memory."""
    monkeypatch.setattr("factledger.ledger.mirror.mirrored_store._WAITING", 3)
    with Ledger.open(address) as ledger, SqliteStore.open(str(copy_of(address))) as copy:
        for number in range(4):
            ledger.append(actor(f"C{number}"))
        assert copy.head.seq == 7
        ledger.append(actor("D"))
        assert copy.head.seq == 7
        ledger.settle()
        assert copy.head.seq == 8
        ledger.settle()


def test_reindex_says_what_hinders_it(address: str) -> None:
    """Making the index anew waits for others, and is told why it could not be made."""
    with Ledger.open(address) as ledger, SqliteStore.open(str(copy_of(address))) as busy:
        assert isinstance(ledger._kept, MirroredStore)
        with busy.writing(), pytest.raises(LogError, match="another process is writing"):
            ledger._kept._filled(anew=True, timeout=0)
        assert ledger.reindex() == 3


def test_threads_share_a_ledger_on_a_server(address: str) -> None:
    """Threads that append and threads that ask share it: all is written once, and nobody meets an error."""

    def append(name: int) -> None:
        for place in range(6):
            ledger.append(actor(f"w{name}.{place}"))

    def ask() -> None:
        for _ in range(20):
            assert not ledger.as_of("2023").standings
            ledger.refresh()

    with Ledger.open(address) as ledger, ThreadPoolExecutor(6) as pool:
        before, switching = len(ledger), sys.getswitchinterval()
        sys.setswitchinterval(1e-5)
        try:
            running = [pool.submit(append, n) for n in range(3)] + [pool.submit(ask) for _ in "abc"]
            assert [future.result() for future in running] == [None] * 6
        finally:
            sys.setswitchinterval(switching)
        assert len(ledger) == before + 18
        assert not ledger.verify()


def test_who_was_closed_writes_no_more(address: str) -> None:
    """A thread that appends when another closes the ledger has written what it was told of, and nothing else."""
    ledger = Ledger.open(address)
    written: list[int] = []
    told: list[str] = []

    def append(name: str) -> None:
        try:
            for place in range(100):
                written.extend(one.number for one in ledger.append(actor(f"{name}{place}")))
        except LogError as error:
            told.append(str(error))

    with ThreadPoolExecutor(4) as pool:
        works = [pool.submit(append, name) for name in "CDEF"]
        while not written:
            time.sleep(0.01)
        ledger.close()
        for work in works:
            work.result()
    assert all("the ledger was closed; open it again" in text for text in told)
    with Ledger.open(address) as again:
        assert sorted(written) == list(range(4, len(again) + 1))
