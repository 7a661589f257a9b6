"""What keeps a log on a server whole: fences, roles, and what is checked before it is believed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from factledger.errors import Damaged, LogError, NotALedger, OutcomeUnknown, WriteRefused
from factledger.log.stores import create_store, open_store
from factledger.log.stores.postgres.address import postgres_address
from factledger.log.stores.postgres.connecting import connected_to
from factledger.log.stores.postgres.schema import lay_out, setup_script
from factledger.log.stores.postgres.session import check_durable_writes
from factledger.log.stores.postgres.store import PostgresStore
from factledger.testing.store_model import AT, append, batch, bodies, salts
from postgres_server import Server

HASH = "sha256('x')"
ROW = f"(4, 4, 4, '2026-01-01T00:00:00.000000Z', {HASH}, {HASH}, '{{}}', '0123456789abcdef')"
FORBIDDEN = [
    f"INSERT INTO @.line VALUES {ROW}",
    "UPDATE @.line SET body = '{}'",
    "UPDATE @.line SET body = NULL, salt = NULL",
    "UPDATE @.line SET hash = sha256('x') WHERE seq = 3",
    "DELETE FROM @.line WHERE seq = 3",
    "TRUNCATE @.line",
    "DROP TABLE @.line",
    "ALTER TABLE @.line DISABLE TRIGGER ALL",
    "ALTER FUNCTION @.stays() OWNER TO CURRENT_USER",
    "CREATE TABLE @.mine ()",
    "SELECT @.erase('{1}')",
    "SELECT * FROM @.take_turn(NULL)",
    "INSERT INTO @.incoming (transaction) VALUES ('1')",
    "SELECT * FROM @.incoming",
]


@pytest.fixture
def store(server: Server, home: Path) -> Iterator[PostgresStore]:
    """A store with three lines."""
    with PostgresStore.create(server.laid_out()) as store:
        append(store, 3)
        yield store


def said(server: Server, store: PostgresStore, user: str, query: str) -> str:
    """Return the SQLSTATE with which a user's statement ends, empty for none."""
    text = query.replace("@", store.place.schema)
    try:
        with server.connection(user=user) as connection:
            connection.execute(text.encode())
    except psycopg.Error as error:
        return error.sqlstate or "?"
    return ""


@pytest.fixture
def people(server: Server, store: PostgresStore) -> PostgresStore:
    """The store, once there are a writer and a reader that can log in."""
    with server.connection() as connection:
        for part in ("writer", "reader"):
            name = f"{part}_of_{store.place.ledger}"
            role = store.place.role(part)
            connection.execute(f"CREATE ROLE {name} LOGIN IN ROLE {role}".encode())
    return store


@pytest.mark.parametrize("query", FORBIDDEN)
def test_a_writer_can_only_append(query: str, server: Server, people: PostgresStore) -> None:
    """Whatever else a writer tries in SQL is refused, and the log stays."""
    user = f"writer_of_{people.place.ledger}"
    assert said(server, people, user, query) == "42501"
    with PostgresStore.open(server.address(people.place.ledger, user)) as mine:
        append(mine)
        assert [line.seq for line in mine.read()] == [1, 2, 3, 4]
        with pytest.raises(WriteRefused, match="permission denied for function erase"):
            mine.erase({1})


def test_a_reader_can_only_read(server: Server, people: PostgresStore) -> None:
    """A reader sees the lines, and appends none."""
    user = f"reader_of_{people.place.ledger}"
    with PostgresStore.open(server.address(people.place.ledger, user)) as mine:
        assert list(mine.read()) == list(people.read())
        with pytest.raises(WriteRefused, match="permission denied for function append"):
            append(mine)
    for query in FORBIDDEN:
        assert said(server, people, user, query) == "42501"


def test_others_are_not_let_in(server: Server, people: PostgresStore) -> None:
    """Who has none of the roles does not even read."""
    with server.connection() as connection:
        connection.execute(f"CREATE ROLE nobody_of_{people.place.ledger} LOGIN".encode())
    address = server.address(people.place.ledger, f"nobody_of_{people.place.ledger}")
    with pytest.raises(LogError, match="cannot read: permission denied for schema"):
        open_store(address)


@pytest.mark.parametrize("query", [q for q in FORBIDDEN if re.match("UPDATE|DELETE|TRUNCATE", q)])
@pytest.mark.parametrize("role", ["origin", "replica"])
def test_the_fences_hold_for_a_superuser_too(
    query: str, role: str, server: Server, store: PostgresStore
) -> None:
    """Nobody changes or deletes a line by mistake; the triggers must be taken away first."""
    before = list(store.read())
    query = f"SET session_replication_role = {role}; {query}"
    assert said(server, store, "postgres", query) == "55000"
    assert list(store.read()) == before


def test_erasing_takes_the_content_alone(server: Server, store: PostgresStore) -> None:
    """Even while something is erased, nothing else of a line can be changed."""
    erasing = "SET factledger.erasing = 'yes'; UPDATE @.line SET body = NULL, salt = NULL"
    assert said(server, store, "postgres", f"{erasing}, last = last + 1 WHERE seq = 3") == "55000"
    assert (
        said(server, store, "postgres", "SET factledger.erasing = 'yes'; DELETE FROM @.line")
        == "55000"
    )


def test_what_was_erased_is_in_no_file_of_the_table(server: Server, store: PostgresStore) -> None:
    """The table is written anew, not only marked; the others' content is there."""
    store.erase({2})
    with server.connection() as connection:
        connection.execute("CHECKPOINT")
        query = f"SELECT pg_relation_filepath('{store.place.schema}.line')"
        [(path,)] = connection.execute(query.encode()).fetchall()
        data = (server.data / path).read_bytes()
    erased, kept = (body.decode().encode() for body in bodies(2, 2))
    assert (erased in data, kept in data) == (False, True)


def test_a_table_that_cannot_be_written_anew_is_told(server: Server, store: PostgresStore) -> None:
    """The content is gone for every reader, and its traces in the files are not hidden."""
    with server.connection() as connection, connection.transaction():
        connection.execute(f"SELECT FROM {store.place.schema}.line".encode())
        with pytest.raises(
            LogError, match="its files may keep it: canceling statement due to lock"
        ):
            store.erase({2}, timeout=0.05)
    assert next(store.read(2)).body is None
    store.erase({2})


def test_who_may_erase_and_is_not_the_owner_is_told(server: Server, people: PostgresStore) -> None:
    """The server only warns that it did not write the table anew; that is not passed over."""
    user, name = f"writer_of_{people.place.ledger}", people.place.schema
    with server.connection() as connection:
        connection.execute(f"GRANT EXECUTE ON FUNCTION {name}.erase TO {user}".encode())
    told = pytest.raises(LogError, match=r"may keep it: .*(skipping|permission denied).*vacuum")
    with PostgresStore.open(server.address(people.place.ledger, user)) as mine, told:
        mine.erase({2})
    assert next(people.read(2)).body is None


def test_nothing_is_erased_where_nothing_is_asked(store: PostgresStore) -> None:
    """An empty list of entries costs nothing."""
    store.erase(set())
    assert store.erased() == set()


# --- durable, or refused


@pytest.mark.parametrize("value", ["off", "local"])
def test_a_commit_that_is_not_durable_is_refused(
    value: str, server: Server, store: PostgresStore
) -> None:
    """Where the server would acknowledge before the disk has it, nothing is written."""
    user = f"hasty_{value}_{store.place.ledger}"
    with server.connection() as connection:
        connection.execute(
            f"CREATE ROLE {user} LOGIN IN ROLE {store.place.role('writer')}".encode()
        )
        connection.execute(f"ALTER ROLE {user} SET synchronous_commit = {value}".encode())
    with PostgresStore.open(server.address(store.place.ledger, user)) as hasty:
        with pytest.raises(WriteRefused, match=f"synchronous_commit is {value} on the server"):
            append(hasty)
        assert len(list(hasty.read())) == 3


def test_the_server_itself_refuses_what_is_not_durable(
    server: Server, store: PostgresStore
) -> None:
    """Also who calls `append` in SQL is held to it, and to a snapshot that is younger than the lock."""
    call = "SELECT * FROM @.append('{}', '{}', '{}', '{}')"
    assert said(server, store, "keeper", call) == ""
    assert said(server, store, "keeper", f"SET synchronous_commit = off; {call}") == "55000"
    wanted = "SET default_transaction_isolation = 'repeatable read'"
    with server.connection(user="keeper") as connection:
        connection.execute(wanted)
        with pytest.raises(psycopg.errors.ActiveSqlTransaction, match="has to be read committed"):
            connection.execute(call.replace("@", store.place.schema).encode())


def test_a_commit_that_the_server_warns_of_is_unknown(server: Server, store: PostgresStore) -> None:
    """So it says that nobody waits any more for the standby that was to have it."""
    name = store.place.schema
    text = f"""CREATE FUNCTION {name}.warn() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE WARNING 'canceling wait for synchronous replication'; RETURN NULL; END $$;
    CREATE TRIGGER warns AFTER INSERT ON {name}.line EXECUTE FUNCTION {name}.warn()"""
    with server.connection() as connection:
        connection.execute(text.encode())
    with pytest.raises(OutcomeUnknown, match="canceling wait for synchronous replication"):
        append(store)
    with pytest.raises(OutcomeUnknown):
        append(store)


def test_a_pooler_that_stands_between_is_refused(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock that is held on another's connection holds nothing; reading goes on."""
    session = store._session
    monkeypatch.setattr(
        type(session),
        "read",
        lambda *_: [(session.connection.info.backend_pid + 1, "on", "on", "on")],
    )
    with pytest.raises(
        WriteRefused, match="a pooler stands between; a writer connects to the server"
    ):
        check_durable_writes(session)


# --- what a caller in SQL sends


def call(store: PostgresStore, *values: object) -> list[tuple[object, ...]]:
    """Return what the function `append` of the server answers to arrays."""
    query = "SELECT * FROM @.append(%b::text[], %b::int[], %b::text[], %b::bytea[], %b)"
    return store._session.rows(query, *values)


def test_append_in_sql_makes_the_same_chain(store: PostgresStore) -> None:
    """The server works out what the client would, and answers with the head before and after."""
    before = store.head
    texts = [body.decode() for body in bodies(3, 4)]
    [found] = call(store, [AT, AT], [2, 1], texts, salts(3, 4), bytes.fromhex(before.hash))
    lines = list(store.read(4))
    assert [(line.batch, line.last) for line in lines] == [(4, 5), (4, 5), (6, 6)]
    assert found == (3, bytes.fromhex(before.hash), before.at, bytes.fromhex(lines[-1].hash))


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        (([AT], [1], ["{}"], salts(2)), "as many salts as bodies"),
        (([AT, AT], [1], ["{}"], salts(1)), "as many salts as bodies"),
        (([AT], [1], ["{}", "{}"], salts(2)), "the sizes are of 1 bodies, not 2"),
        (([AT], [2], ["{}"], salts(1)), "the sizes are of 2 bodies, not 1"),
        ((["2026-02-30T00:00:00.000000Z"], [1], ["{}"], salts(1)), "out of range"),
        ((["2026-02-28"], [1], ["{}"], salts(1)), "is not an instant in UTC with six decimals"),
        (([AT], [1], ["[]"], salts(1)), "line_body_check"),
        (([AT], [1], ["{\n}"], salts(1)), "line_body_check"),
        (([AT], [1], ["{}"], [b"short"]), "line_salt_check"),
        (([AT], [1], ["{}"], salts(1), b"another head"), "the head moved"),
    ],
)
def test_what_would_not_read_back_is_refused_by_the_server(
    values: tuple[object, ...], fault: str, home: Path, server: Server
) -> None:
    """No caller can append what would make the ledger unreadable for all."""
    with PostgresStore.create(server.laid_out()) as store:
        with pytest.raises(psycopg.Error, match=fault):
            call(store, *values, *[None] * (5 - len(values)))
        assert list(store.read()) == []


def test_what_was_put_in_by_another_transaction_is_not_taken_in(
    server: Server, store: PostgresStore
) -> None:
    """Rows that somebody left for `restore` belong to nobody, and go away."""
    left = "INSERT INTO @.incoming (seq, batch, last) VALUES (4, 4, 4)"
    assert said(server, store, "keeper", left) == ""
    with store.writing() as writer:
        writer.restore(batch(store.head, 1))
    assert len(list(store.read())) == 4
    with server.connection() as connection:
        query = f"SELECT count(*) FROM {store.place.schema}.incoming"
        assert connection.execute(query.encode()).fetchone() == (0,)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"hash": "0" * 64}, "line 4 does not follow from the lines before"),
        ({"seq": 5}, "line 4 does not follow from the lines before"),
        ({"last": 5}, "line 4 does not follow"),
        ({"at": "2026-11-23T18:00:00.000000Z"}, "line 4 is older than the one before"),
    ],
)
def test_a_copy_that_does_not_continue_the_log_is_refused(
    change: dict[str, Any], fault: str, store: PostgresStore
) -> None:
    """The server links what is copied, too."""
    [line] = batch(store.head, 1)
    with store.writing() as writer, pytest.raises(ValueError, match=fault):
        writer.restore([line._replace(**change)])
    assert len(list(store.read())) == 3


def test_a_batch_that_is_not_whole_is_refused(store: PostgresStore) -> None:
    """The last batch of a copy ends with it."""
    with (
        store.writing() as writer,
        pytest.raises(ValueError, match="the last batch ends at line 5"),
    ):
        writer.restore(batch(store.head, 2)[:1])


# --- what an owner of the server can do, and is found out


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE @.line SET body = '{}' WHERE seq = 2", r":2: damaged: the hash does not follow"),
        ("UPDATE @.line SET hash = sha256('') WHERE seq = 2", r":2: damaged: the hash does not"),
        ("UPDATE @.line SET at = '2026-11-23T20:00:00.000000Z' WHERE seq = 2", r":2: damaged"),
        ("DELETE FROM @.line WHERE seq = 2", r":2: damaged"),
        ("DELETE FROM @.line WHERE seq = 1", r":1: damaged"),
        ("UPDATE @.line SET last = 4", r":4: damaged: it is missing"),
    ],
)
def test_what_an_owner_changed_is_found(
    change: str, fault: str, server: Server, store: PostgresStore
) -> None:
    """Who takes the fences away can change a line, and whoever reads it sees that."""
    assert (
        said(server, store, "postgres", f"ALTER TABLE @.line DISABLE TRIGGER ALL; {change}") == ""
    )
    with pytest.raises(Damaged, match=fault):
        list(store.read())


def test_a_table_of_another_form_is_no_line(server: Server, store: PostgresStore) -> None:
    """Where the checks of the table were dropped, a row may be none of a line."""
    drop = "ALTER TABLE @.line DISABLE TRIGGER ALL, DROP CONSTRAINT IF EXISTS line_{0}_check"
    spoiled = {"at": "at = 'x'", "body": "body = 'x'", "salt": "salt = 'x'"}
    for column, change in spoiled.items():
        text = f"{drop.format(column)}; UPDATE @.line SET {change} WHERE seq = 3"
        assert said(server, store, "postgres", text) == ""
        with pytest.raises(Damaged, match=":3: damaged: its row is not one of a line"):
            list(store.read(3))
        with server.connection() as connection:
            undo = "UPDATE @.line SET at = '2026-11-23T19:00:00.000000Z', body = '{}', salt = repeat('s', 16)::bytea WHERE seq = 3"
            connection.execute(undo.replace("@", store.place.schema).encode())


# --- laying out


def test_laying_out_is_all_or_nothing(server: Server, home: Path) -> None:
    """What is there is not laid out again, and a role that may not says so."""
    place = postgres_address(server.address("twice", "postgres"))
    lay_out(place)
    with pytest.raises(WriteRefused, match='schema "twice" already exists'):
        lay_out(place)
    with pytest.raises(WriteRefused, match="permission denied"):
        lay_out(postgres_address(server.address("never", "keeper")))
    with server.connection() as connection:
        query = "SELECT count(*) FROM pg_namespace WHERE nspname = 'never'"
        assert connection.execute(query).fetchone() == (0,)


def test_a_database_of_another_encoding_is_refused(server: Server) -> None:
    """A ledger holds any character."""
    with server.connection() as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    address = server.address("l", "postgres").replace("/test/", "/latin/")
    with pytest.raises(WriteRefused, match="has the encoding LATIN1; a ledger needs UTF8"):
        lay_out(postgres_address(address))


def test_a_script_is_its_own(server: Server) -> None:
    """Names that look like SQL stay names."""
    address = server.address("l", "postgres").replace("/test/", "/te'st%22x/")
    script = setup_script(postgres_address(address))
    assert "ARRAY['te''st\"x_l_owner'" in script
    assert 'AUTHORIZATION "te\'st""x_l_owner"' in script


def test_another_layout_is_no_ledger(server: Server, store: PostgresStore) -> None:
    """A later factledger may lay its tables out otherwise."""
    newer = "CREATE OR REPLACE FUNCTION @.layout() RETURNS integer LANGUAGE sql AS 'SELECT 2'"
    assert said(server, store, "postgres", newer) == ""
    with pytest.raises(NotALedger, match="layout 2, and this version knows layout 1"):
        open_store(store.address)


# --- connecting


def test_a_server_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    """The error names the address, and says what libpq said."""
    with pytest.raises(LogError, match=r"/db/x\?host=.*: cannot connect: .*No such file") as told:
        create_store(f"postgresql:///db/x?host={tmp_path}")
    assert "\n" not in str(told.value)


def test_without_psycopg_it_is_told_which_extra_brings_it() -> None:
    """The core needs no psycopg, and imports none until such an address is opened."""
    script = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from factledger import Ledger, MissingExtra\n"
        "Ledger.create('memory:', origin='o')\n"
        "assert not any(name.startswith('factledger.log.stores.postgres') for name in sys.modules)\n"
        "try: Ledger.open('postgresql://localhost/x')\n"
        "except MissingExtra as missing: print(missing)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    advice = "need the package psycopg; install it: pip install 'factledger[postgres]'"
    assert done.stdout == f"ledgers on PostgreSQL {advice}\n"


def test_a_connection_commits_each_statement(server: Server, store: PostgresStore) -> None:
    """No reading holds a snapshot of the server open."""
    with connected_to(store.place) as connection:
        assert connection.autocommit
