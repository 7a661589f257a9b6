"""A store on a PostgreSQL server keeps the contract of stores, and what is its own."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

import psycopg
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from effort import LONG
from factledger.errors import (
    Busy,
    Damaged,
    HeadLost,
    HeadMoved,
    LogError,
    NotALedger,
    NotFound,
    OutcomeUnknown,
    WriteRefused,
)
from factledger.log.lines import START, Head, Line
from factledger.log.stores import Store, create_store, open_store
from factledger.log.stores.postgres.address import postgres_address
from factledger.log.stores.postgres.batches import Batch
from factledger.log.stores.postgres.remembered import remember, remembered_head
from factledger.log.stores.postgres.store import PostgresStore
from factledger.testing import Agreement, StoreContract
from factledger.testing.store_model import AT, LATER, append, batch, bodies, salts
from postgres_proxy import Proxy
from postgres_server import Server

Act: TypeAlias = Callable[[PostgresStore], Any]
"""What somebody does with a store."""


class PostgresAgreement(Agreement):
    """Two connections to one server know of each other by the table alone."""

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        """A new handle knows nothing but the head, and finds all."""
        address = self.handles[which].address
        self.handles[which].close()
        self.handles[which] = PostgresStore(postgres_address(address))

    @invariant()
    def the_view_gives_the_lines(self) -> None:
        """Anyone with SQL can write the log out, byte for byte."""
        place = postgres_address(self.handles[0].address)
        query = f"SELECT line FROM {place.schema}.ledger_jsonl ORDER BY seq"
        with psycopg.connect(place.uri) as connection:
            rows = connection.execute(query.encode()).fetchall()
        assert [row[0].encode() for row in rows] == [line.encode() for line in self.model]


class TestPostgresStore(StoreContract):
    """A store on a server keeps the contract."""

    machine = PostgresAgreement
    tries = settings(StoreContract.tries, max_examples=60 if LONG else 6)
    server: Server

    @pytest.fixture(autouse=True)
    def _on(self, server: Server) -> None:
        self.server = server

    def open(self, folder: Path) -> Store:
        """Return the store of a folder, which keeps the address."""
        noted = folder / "address"
        if not noted.exists():
            noted.write_text(self.server.laid_out())
        return PostgresStore(postgres_address(noted.read_text()))


# --- opening


@pytest.fixture
def store(server: Server, home: Path) -> Iterator[PostgresStore]:
    """A store with three lines, in two batches."""
    with PostgresStore.create(server.laid_out()) as store:
        append(store)
        append(store, 2)
        yield store


def test_an_address_leads_back_to_the_store(store: PostgresStore) -> None:
    """A store is opened by the address that it gives itself; one that is there is not made anew."""
    with open_store(store.address) as again:
        assert list(again.read()) == list(store.read())
    with pytest.raises(WriteRefused, match="a ledger is there already"):
        create_store(store.address)


def test_what_is_not_there_is_not_found(server: Server, home: Path) -> None:
    """A schema that is missing is told with what makes it, an empty one with what fills it."""
    with pytest.raises(NotFound, match="'factledger postgres setup' lays it out"):
        open_store(server.address("nowhere"))
    with pytest.raises(NotALedger, match="a ledger without its first record"):
        open_store(server.laid_out())


def test_who_lets_go_of_a_store_gives_back_its_connection(server: Server, home: Path) -> None:
    """A store that is closed by nobody is closed with its last name."""
    store = PostgresStore.create(server.laid_out())
    pid = store._session.connection.info.backend_pid
    del store
    deadline = time.monotonic() + 10
    query = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
    with server.connection() as connection:
        while connection.execute(query, (pid,)).fetchone() != (0,):
            assert time.monotonic() < deadline


# --- writing


def test_appending_needs_the_right_to_append(store: PostgresStore) -> None:
    """Outside `writing` nothing is written."""
    with pytest.raises(WriteRefused, match=r"appending needs 'with store\.writing"):
        store.append([], at=AT, salts=[])
    with pytest.raises(WriteRefused, match=r"restoring needs 'with store\.writing"):
        store.restore([])


def test_the_right_to_append_is_not_given_twice(store: PostgresStore) -> None:
    """Also not to the same store."""
    with store.writing(), pytest.raises(Busy, match=r"waited 0\.01 s"), store.writing(timeout=0.01):
        raise AssertionError("it was given twice")


def test_who_calls_the_server_in_sql_takes_a_turn(server: Server, store: PostgresStore) -> None:
    """The function of the server waits for the lock that a writer holds."""
    query = f"SELECT hash FROM {store.place.schema}.append('{{}}', '{{}}', '{{}}', '{{}}')"
    with store.writing(), server.connection(user="keeper") as other:
        other.execute("SET lock_timeout = 50")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute(query.encode())
    with server.connection(user="keeper") as other:
        assert other.execute(query.encode()).fetchone() == (bytes.fromhex(store.head.hash),)


@pytest.mark.parametrize(
    ("body", "salt", "fault"),
    [
        (b'{"a":"\0"}', salts(1)[0], "line 1 does not read back: it holds a zero byte"),
        (b'{"a":"\xff"}', salts(1)[0], "line 1 does not read back: .*can't decode byte 0xff"),
        (b"{}", b"short", "a salt has 16 bytes, not 5"),
        (b"[]", salts(1)[0], "no JSON object on one line"),
    ],
)
def test_what_does_not_read_back_is_refused(
    body: bytes, salt: bytes, fault: str, store: PostgresStore
) -> None:
    """Nothing is sent that would not come back as it is."""
    with store.writing() as writer, pytest.raises(ValueError, match=fault):
        writer.append([body], at=AT, salts=[salt])
    with store.writing() as writer, pytest.raises(ValueError, match=r"out of range"):
        writer.append([b"{}"], at="2026-13-01T00:00:00.000000Z", salts=salts(1))
    assert len(append(store)) == 1


def test_several_batches_go_into_one_commit(store: PostgresStore) -> None:
    """Each is a batch of its own, and all are there or none is."""
    with store.writing() as writer:
        made = writer.append_batches(
            [Batch(LATER, bodies(2, 4), salts(2, 4)), Batch(AT, [], []), Batch(AT, bodies(1, 6), salts(1, 6))]
        )  # fmt: skip
        assert writer.append_batches([Batch(AT, [], [])]) == [[]]
    assert [len(lines) for lines in made] == [2, 0, 1]
    assert [line for lines in made for line in lines] == list(store.read(4))
    assert {line.at for line in store.read(4)} == {LATER}


def test_what_the_server_links_otherwise_is_not_written(
    server: Server, store: PostgresStore
) -> None:
    """Another hash than the lines give is found out before the commit, by appending and restoring."""
    forged = f"CREATE OR REPLACE FUNCTION {store.place.schema}.link(bytea, bigint, text, bigint, bigint, bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT sha256('x') $$"
    with server.connection() as connection:
        query = f"DROP FUNCTION {store.place.schema}.link; {forged}"
        connection.execute(query.encode())
    before = list(store.read())
    with pytest.raises(WriteRefused, match=r"the server makes other hashes.*nothing was written"):
        append(store)
    with store.writing() as writer, pytest.raises((WriteRefused, ValueError)):
        writer.restore(batch(before[-1].head, 2))
    assert list(store.read()) == before


def test_settings_of_a_user_change_no_hash(server: Server, store: PostgresStore) -> None:
    """The functions of the server make the same chain however a role writes texts and bytes."""
    settings = ("standard_conforming_strings=off", "bytea_output=escape", "backslash_quote=off")
    options = " ".join(f"-c{setting}" for setting in settings)
    address = f"{store.address}&options={quote(options)}"
    with PostgresStore(postgres_address(address)) as other:
        append(other)
    assert len(list(store.read())) == 4


# --- connections that are lost


def killed(server: Server, store: PostgresStore) -> None:
    """End the process that serves a store."""
    with server.connection() as connection:
        pid = store._session.connection.info.backend_pid
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))


def test_a_reading_goes_on_over_a_new_connection(server: Server, store: PostgresStore) -> None:
    """A reader hardly notices that the server was started anew."""
    reading = store.read()
    first = next(reading)
    killed(server, store)
    assert len([first, *reading]) == 3
    killed(server, store)
    assert len(append(store)) == 1


def test_who_lost_the_connection_lost_the_right_to_append(
    server: Server, store: PostgresStore
) -> None:
    """The lock went with it, even where a reading has made a new one."""
    with store.writing() as writer:
        killed(server, store)
        with pytest.raises(OutcomeUnknown):
            writer.append(bodies(1), at=AT, salts=salts(1))
    with PostgresStore.open(store.address) as again:
        with again.writing() as writer:
            killed(server, again)
            assert len(list(again.read())) == 3
            with pytest.raises(WriteRefused, match="lost, and with it the right to append"):
                writer.append(bodies(1), at=AT, salts=salts(1))
        assert len(append(again)) == 1


def append_of(writer: PostgresStore, line: Line) -> None:
    """Append what makes a line."""
    writer.append([line.body or b""], at=AT, salts=[line.salt or b""])


def restored(writer: PostgresStore, line: Line) -> None:
    """Put in a line as it is."""
    writer.restore([line])


@pytest.mark.parametrize("restoring", [False, True])
def test_an_append_whose_reply_is_lost_is_unknown_and_a_look_tells(
    restoring: bool, server: Server, store: PostgresStore
) -> None:
    """The error names the head that it would have made; whoever opens the log anew finds it."""
    [line] = batch(store.head, 1)
    with Proxy(server.folder) as proxy, PostgresStore.open(f"{store.address}&port=5433") as far:
        with far.writing() as writer:
            proxy.cut_reply = True
            write = restored if restoring else append_of
            with pytest.raises(OutcomeUnknown, match=f"entry 4 is there with hash {line.hash}, or"):
                write(writer, line)
        with pytest.raises(OutcomeUnknown, match="open the ledger again and look"):
            append(far)
    there = [one.hash for one in store.read(4)]
    assert there == ([] if restoring else [line.hash])


def test_an_append_that_never_came_to_commit_is_unknown_too(
    server: Server, store: PostgresStore
) -> None:
    """From here the two look alike; the look tells that nothing is there."""
    with server.connection() as other, other.transaction():
        other.execute(f"LOCK TABLE {store.place.schema}.line IN SHARE MODE".encode())
        ender = threading.Timer(0.3, killed, (server, store))
        ender.start()
        with pytest.raises(OutcomeUnknown, match="entry 4 is there with hash"):
            append(store)
        ender.join()
    with PostgresStore.open(store.address) as again:
        assert again.head.seq == 3


def test_who_is_interrupted_does_not_know(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while the server commits leaves the outcome open; this store writes no more."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with store.writing() as writer, monkeypatch.context() as patch:
        patch.setattr(store._session, "rows", interrupted)
        with pytest.raises(KeyboardInterrupt):
            writer.append(bodies(1), at=AT, salts=salts(1))
    with pytest.raises(OutcomeUnknown, match="interrupted"):
        append(store)


def test_a_child_does_not_use_the_connection_of_its_parent(store: PostgresStore) -> None:
    """After a fork, reading and writing are refused there, and go on here."""
    child = os.fork()
    if not child:
        found = 0
        acts: list[Act] = [lambda store: list(store.read()), append]
        for act in acts:
            try:
                act(store)
            except LogError as error:
                found += "the process was forked" in str(error)
            except BaseException:  # its end is what it tells
                found = 9
        store.close()
        os._exit(found)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
    assert len(append(store)) == 1


def test_a_child_gives_back_no_right_of_its_parent(store: PostgresStore) -> None:
    """Forked while a thread appends, it is refused at once, and the thread goes on."""
    with store.writing() as writer:
        child = os.fork()
        if not child:
            found = 0
            try:
                append(store)
            except WriteRefused as error:
                found = "the process was forked" in str(error)
            finally:
                os._exit(found)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
        with pytest.raises(Busy), PostgresStore(store.place) as other, other.writing(timeout=0.01):
            pass
        assert writer.append(bodies(1), at=LATER, salts=salts(1))[0].seq == 4


# --- a log that is not the one that was seen


def rewound(server: Server, store: PostgresStore, to: int) -> None:
    """Take the newest lines away, as a backup that is put back does."""
    name = store.place.schema
    with server.connection() as connection:
        text = (
            f"ALTER TABLE {name}.line DISABLE TRIGGER ALL; DELETE FROM {name}.line WHERE seq > {to}"
        )
        connection.execute(text.encode())


ACTS: list[Act] = [
    lambda store: store.head,
    lambda store: list(store.read()),
    append,
    lambda store: open_store(store.address),
    lambda store: create_store(store.address),
    lambda store: list(store.read_after(Head(3, store._seen.hash, AT))),
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("to", [0, 1])
@pytest.mark.parametrize("forked", [False, True])
def test_a_log_without_the_head_that_was_seen_is_refused(
    to: int, forked: bool, act: Act, server: Server, store: PostgresStore, home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A shorter log and another history are refused alike, with both heads, in every way to it."""
    seen = store.head
    remember(store.place, seen)
    rewound(server, store, to)
    if forked:
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("XDG_STATE_HOME", str(home / "elsewhere"))
            with PostgresStore(store.place) as other:
                append(other, 4, LATER)
    with pytest.raises(HeadLost) as lost:
        act(store)
    assert lost.value.seen == seen[:2]
    assert f"hash {lost.value.found[1]}" in str(lost.value)
    assert lost.value.found[0] == (to + 4 if forked else to)


def test_what_was_seen_is_accepted_as_lost_by_naming_both_heads(
    server: Server, store: PostgresStore
) -> None:
    """Then the log goes on from the head that was found."""
    seen = store.head
    store.close()
    rewound(server, store, 1)
    with pytest.raises(HeadLost) as lost:
        open_store(store.address)
    found = lost.value.found[1]
    with pytest.raises(LogError, match=f"the log ends at entry 1 with hash {found}, not 0000"):
        PostgresStore.accept(store.address, seen=seen.hash, found=START.hash)
    with PostgresStore.accept(store.address, seen=seen.hash, found=found) as again:
        assert [line.seq for line in append(again)] == [2]
    with open_store(store.address) as again:
        assert again.head.seq == 2


def test_a_follower_holds_the_log_to_its_own_head(store: PostgresStore) -> None:
    """What somebody read before, and only they, has to be there for what comes after it."""
    lines = list(store.read())
    assert list(store.read_after(lines[0].head)) == lines[1:]
    assert list(store.read_after(START)) == lines
    with pytest.raises(HeadLost, match=f"entry 2 was seen with hash {'a' * 64}, and is not there"):
        list(store.read_after(Head(2, "a" * 64, AT)))


def test_a_copy_with_a_newer_head_than_was_noted_counts_as_seen(store: PostgresStore) -> None:
    """What a machine noted last may be older than what it has."""
    assert store.holds(START)
    assert store.holds(store.head)
    assert not store.holds(Head(1, "a" * 64, AT))
    with pytest.raises(HeadLost):
        store.holds(Head(9, "a" * 64, AT))
    with pytest.raises(HeadLost):
        open_store(store.address)


def test_a_head_is_noted_by_who_writes_and_who_closes(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer notes it once a second, so that one that is killed forgets no more than that."""
    assert remembered_head(store.place).seq == 1
    with monkeypatch.context() as patch:
        patch.setattr("factledger.log.stores.postgres.store._BETWEEN", 0.0)
        append(store)
    assert remembered_head(store.place).seq == 4
    append(store)
    assert remembered_head(store.place).seq == 4
    store.close()
    assert remembered_head(store.place).seq == 5


def test_a_gap_of_many_lines_is_found(
    server: Server, store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing is left of what is read at once."""
    monkeypatch.setattr("factledger.log.stores.postgres.server_log._AT_ONCE", 2)
    append(store, 5)
    name = store.place.schema
    with server.connection() as connection:
        text = f"ALTER TABLE {name}.line DISABLE TRIGGER ALL; DELETE FROM {name}.line WHERE seq IN (3, 4)"
        connection.execute(text.encode())
    with pytest.raises(Damaged, match=":3: damaged: it is missing"):
        list(store.read())


def test_a_store_of_another_process_is_left_alone(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child neither uses the connection of its parent, nor closes it."""
    with monkeypatch.context() as patch:
        patch.setattr("os.getpid", lambda: -1)
        with pytest.raises(LogError, match="the process was forked since"):
            list(store.read())
        with pytest.raises(WriteRefused, match="the process was forked since"):
            append(store)
        store.close()
    assert len(append(store)) == 1


def test_a_server_that_goes_away_twice_is_told(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reading makes one new connection, and then says what is wrong."""
    session = store._session
    connect = session._connect

    def fleeting() -> None:
        connect()
        session.connection.execute("SET statement_timeout = 1")

    monkeypatch.setattr(session, "_connect", fleeting)
    session.connection.close()
    with pytest.raises(LogError, match="cannot read: canceling statement due to statement timeout"):
        session.read("SELECT pg_sleep(1)")


def test_a_head_that_moved_on_the_server_stops_an_append(store: PostgresStore) -> None:
    """The server holds the writer to the head that it saw, should its lock be worth nothing."""
    head = store.head
    with store.writing() as writer:
        writer._seen = START
        with pytest.raises(
            HeadMoved, match=f"expected the head at {START.hash}, found it at {head.hash}"
        ):
            writer.append(bodies(1), at=AT, salts=salts(1))
    with pytest.raises(HeadMoved), store.writing(expect=START.hash):
        raise AssertionError("it was given at another head")
    assert len(append(store)) == 1


def test_an_append_does_not_wait_for_ever_for_the_table(
    server: Server, store: PostgresStore
) -> None:
    """Where somebody holds the table in SQL, the append is refused after the timeout."""
    with server.connection() as other, other.transaction():
        other.execute(f"LOCK TABLE {store.place.schema}.line IN SHARE MODE".encode())
        with pytest.raises(Busy), store.writing(timeout=0.05) as writer:
            writer.append(bodies(1), at=AT, salts=salts(1))
    assert len(append(store)) == 1
