"""The store in a SQLite file: what a full disk, rot, other programs and other processes do to it."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from factledger import Ledger
from factledger.errors import (
    Busy,
    Damaged,
    LogError,
    NewerFormat,
    NotALedger,
    NotFound,
    OutcomeUnknown,
    WriteRefused,
)
from factledger.index.tables import Tables
from factledger.log.lines import Head, Line
from factledger.log.stores import create_store, open_store
from factledger.log.stores import sqlite_file as connecting
from factledger.log.stores.sqlite import SqliteStore
from store_faults import AT, bodies, log, salts

HERE = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def store_with(path: Path, *sizes: int) -> SqliteStore:
    """Return a store that holds appends of these sizes."""
    store = SqliteStore.create(str(path))
    with store.writing() as writer:
        writer.restore(log(*sizes))
    return store


def append(store: SqliteStore, count: int = 1) -> list[Line]:
    """Append `count` records at the head that the store finds."""
    with store.writing() as writer:
        first = writer.head.seq + 1
        return writer.append(bodies(count, first), at=AT, salts=salts(count, first))


@contextmanager
def other_program(path: Path) -> Iterator[Callable[..., Any]]:
    """Give what runs a statement in the file as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
        yield connection.execute


def tampered(path: Path, *statements: str) -> None:
    """Change the file as someone does who takes the triggers away first."""
    with other_program(path) as execute:
        for (trigger,) in execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            execute(statement)


# --- durability ---------------------------------------------------------------------------------


def test_an_append_is_durable_when_it_is_acknowledged(tmp_path: Path) -> None:
    """A rollback journal whose end is synced too; never a write-ahead log."""
    store = store_with(tmp_path / "x.db", 1)
    asked = {
        name: store.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "fullfsync", "query_only", "trusted_schema")
    }
    assert asked == {
        "journal_mode": "truncate", "synchronous": 2, "fullfsync": 1, "query_only": 1,
        "trusted_schema": 0,
    }  # fmt: skip


def test_a_write_ahead_log_of_another_program_is_given_up(tmp_path: Path) -> None:
    """Whoever turned it on: the next opening turns it off, and no line is lost."""
    store_with(tmp_path / "x.db", 2).close()
    with other_program(tmp_path / "x.db") as execute:
        assert execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    with open_store(str(tmp_path / "x.db")) as store:
        assert list(store.read()) == log(2)
    with other_program(tmp_path / "x.db") as execute:
        assert execute("PRAGMA journal_mode").fetchone() == ("delete",)


KILLED = """
import os, signal, sys
from factledger.log.stores.sqlite import SqliteStore
from store_faults import AT, bodies, salts
from pathlib import Path

store = SqliteStore(Path(sys.argv[1]))
while True:
    with store.writing() as writer:
        first = writer.head.seq + 1
        writer.append(bodies(3, first), at=AT, salts=salts(3, first))
    os.write(1, b"%d\\n" % (first + 2))
"""


def test_a_writer_that_is_killed_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """SIGKILL at any moment: what was acknowledged is there, whole batches only, and one goes on."""
    path = tmp_path / "x.db"
    store_with(path, 3).close()
    acknowledged = 3
    for i in range(4):
        command = [sys.executable, "-c", KILLED, str(path)]
        with subprocess.Popen(command, env=HERE, stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            acknowledged = int(running.stdout.readline())
            time.sleep(0.003 * i)
            running.send_signal(signal.SIGKILL)
            acknowledged = max(acknowledged, *map(int, running.stdout.read().split()), 0)
        with SqliteStore.open(str(path)) as store:
            lines = list(store.read())
            assert len(lines) in (acknowledged, acknowledged + 3)
            assert lines == log(*[3] * (len(lines) // 3))


MANY = """
import sys
from factledger import Ledger
ledger = Ledger.open(sys.argv[1])
for i in range(25):
    name = f"{sys.argv[2]}-{i}"
    ledger.append({"kind": "actor", "id": name, "category": "person", "names": [name]}, timeout=60)
"""


def test_processes_that_append_at_once_lose_nothing(tmp_path: Path) -> None:
    """Four writers of 25 entries each: all are there, one chain, and the index has them all."""
    path = str(tmp_path / "x.db")
    Ledger.create(path, origin="o").close()
    commands = [[sys.executable, "-c", MANY, path, f"w{i}"] for i in range(4)]
    running = [subprocess.Popen(command, env=HERE) for command in commands]
    assert [each.wait(120) for each in running] == [0] * 4
    with Ledger.open(path) as ledger:
        assert len(ledger) == 101
        assert ledger.verify() == ()
        names = {f"w{i}-{j}" for i in range(4) for j in range(25)}
        assert set(ledger.index.declared("actor")) == names


def test_numbers_of_an_index_made_anew_are_not_taken_from_memory(tmp_path: Path) -> None:
    """Another process may have made the index anew: what was numbered before is asked for again."""
    path = tmp_path / "x.db"
    claim = {"kind": "event", "type": "CONSULT", "when": "2020", "source": "s", "locator": "1"}
    with Ledger.create(path, origin="o") as ledger:
        ledger.append(
            {"kind": "source", "id": "s", "title": "S"},
            *({"kind": "actor", "id": n, "category": "person", "names": [n]} for n in "abc"),
            {**claim, "actor": "a", "recipient": "b"},
            {**claim, "actor": "a", "recipient": "c"},
        )
        with Ledger.open(path) as other:
            other.reindex()
        with other_program(path) as execute:
            execute("UPDATE pair SET id = id + 10")
            execute("UPDATE pairing SET pair = pair + 10")
        ledger.append({**claim, "when": "2021", "actor": "a", "recipient": "c"})
        assert ledger.as_of("2022").between("a", "c").count("event") == 2


# --- other programs -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE record SET body = '{}' WHERE seq = 1", "the content of a record is erased, or it stays"),
        ("UPDATE record SET hash = zeroblob(32)", "the content of a record is erased, or it stays"),
        ("UPDATE record SET seq = 9 WHERE seq = 3", "the content of a record is erased, or it stays"),
        ("DELETE FROM record", "no record is deleted"),
        ("DELETE FROM batch", "no batch is deleted"),
        ("UPDATE batch SET at = '2000'", "no batch is changed"),
        ("REPLACE INTO record SELECT * FROM record WHERE seq = 2", "a record comes after the last"),
        ("INSERT INTO record SELECT seq + 9, batch, body, salt, \"commit\", hash FROM record LIMIT 1", "a record comes after the last"),
        ("REPLACE INTO batch VALUES (1, 9, '2000')", "a batch comes after the last record"),
    ],
)  # fmt: skip
def test_the_file_itself_refuses_changes(statement: str, why: str, tmp_path: Path) -> None:
    """Whatever program writes: no row of the log is changed, replaced, put between or deleted."""
    store = store_with(tmp_path / "x.db", 2, 1)
    refused = pytest.raises(sqlite3.IntegrityError, match=f"append-only: {why}")
    with other_program(tmp_path / "x.db") as execute, refused:
        execute(statement)
    assert list(store.read()) == log(2, 1)


def test_content_is_erased_once_and_for_all(tmp_path: Path) -> None:
    """The one change that the file takes is that content goes; it does not come back."""
    store = store_with(tmp_path / "x.db", 2)
    store.erase([2])
    with other_program(tmp_path / "x.db") as execute:
        for change in ('"commit" = zeroblob(32)', "body = '{}', salt = 'x', \"commit\" = NULL"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                execute(f"UPDATE record SET {change} WHERE seq = 2")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE record SET body = replace(body, '\"n\":2', '\"n\":7') WHERE seq = 2",
        "UPDATE record SET hash = zeroblob(32) WHERE seq = 2",
        "UPDATE record SET batch = 3 WHERE seq = 2",
        "DELETE FROM record WHERE seq = 2",
    ],
)
def test_a_line_that_was_changed_is_damaged(change: str, tmp_path: Path) -> None:
    """Who takes the triggers away is found out: by reading all, and by reading that line."""
    store = store_with(tmp_path / "x.db", 1, 2, 1)
    tampered(tmp_path / "x.db", change)
    for read in (lambda: list(store.read()), lambda: list(store.read(2)), lambda: store.line(2)):
        with pytest.raises(Damaged, match=r"x\.db:2: damaged"):
            read()


def test_an_end_that_was_cut_off_inside_a_batch_is_damage(tmp_path: Path) -> None:
    """Half of a batch was never acknowledged, so what is missing was there."""
    store = store_with(tmp_path / "x.db", 1, 3)
    tampered(tmp_path / "x.db", "DELETE FROM record WHERE seq = 4")
    assert store.line(3).seq == 3
    with pytest.raises(Damaged, match=r"x\.db:4: damaged: it is missing"):
        list(store.read())


def test_a_body_that_is_no_json_is_damage(tmp_path: Path) -> None:
    """What SQLite cannot look into is told in one line."""
    store = store_with(tmp_path / "x.db", 1)
    assert store.kinds(1, 1) == ["event"]
    tampered(tmp_path / "x.db", "UPDATE record SET body = '{'")
    with pytest.raises(Damaged, match="malformed JSON"):
        store.kinds(1, 1)


def test_another_program_that_writes_is_waited_for(tmp_path: Path) -> None:
    """A transaction of a program that knows nothing of the lock beside the file ends in Busy."""
    store = store_with(tmp_path / "x.db", 1)
    with other_program(tmp_path / "x.db") as execute:
        execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match=r"waited 0\.01 s"), store.writing(timeout=0.01):
            raise AssertionError
        execute("ROLLBACK")
    append(store)


def test_a_program_that_reads_on_and_on_is_waited_for(tmp_path: Path) -> None:
    """A commit that cannot be done is undone, nothing is written, and the store can go on."""
    store = store_with(tmp_path / "x.db", 1)
    with other_program(tmp_path / "x.db") as execute:
        execute("BEGIN")
        execute("SELECT * FROM record").fetchone()
        with pytest.raises(Busy), store.writing(timeout=0.01) as writer:
            writer.append(bodies(1), at=AT, salts=salts(1))
        execute("ROLLBACK")
    assert store.head.seq == 1
    assert append(store) == log(1, 1)[1:]


# --- disks that fail ----------------------------------------------------------------------------


_TAKES_THE_FILE = """
import sqlite3, sys
sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")
"""


def test_opening_a_file_again_gives_no_lock_on_it_away(tmp_path: Path) -> None:
    """While one writes, opening and closing the ledger beside it in the process leaves its lock.

    A process that closes any descriptor of a file loses all locks that it has on it.
    """
    address = str(tmp_path / "ledger.db")
    with SqliteStore.create(address) as store:
        with store.writing() as writer:
            writer.append(bodies(1), at=AT, salts=salts(1))
        with store.writing():
            for _ in range(2):
                SqliteStore.open(address).close()
            with pytest.raises(Busy):
                SqliteStore.open(address).erase([1], timeout=0)
            command = [sys.executable, "-c", _TAKES_THE_FILE, address]
            found = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "database is locked" in found.stderr


def test_a_full_disk_refuses(tmp_path: Path) -> None:
    """A batch that does not fit is not there; with room it fits."""
    store = store_with(tmp_path / "x.db", 1)
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(WriteRefused, match="database or disk is full; nothing was written"):
        append(store, 100)
    assert list(store.read()) == log(1)
    store.connection.execute("PRAGMA max_page_count = 100000")
    assert append(store, 100) == log(1, 100)[1:]


class Failing:
    """A connection whose COMMIT does something else first."""

    def __init__(self, connection: sqlite3.Connection, act: Callable[[], None]) -> None:
        self._connection = connection
        self._act = act

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, query: str, *values: Any) -> sqlite3.Cursor:
        """Run a statement, but for COMMIT."""
        if query == "COMMIT":
            self._act()
        return self._connection.execute(query, *values)


def fails() -> None:
    """Fail as a disk does."""
    raise sqlite3.OperationalError("disk I/O error")


def interrupts() -> None:
    """Press Ctrl-C."""
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("act", "error", "why"),
    [(fails, OutcomeUnknown, "disk I/O error"), (interrupts, KeyboardInterrupt, "interrupted")],
)
def test_a_commit_that_fails_ends_all_writing(
    act: Callable[[], None], error: type[BaseException], why: str, tmp_path: Path
) -> None:
    """Who does not know whether it was done does not go on; reopening decides."""
    path = tmp_path / "x.db"
    store = store_with(path, 1)
    store.connection = Failing(store.connection, act)  # type: ignore[assignment]
    with pytest.raises(error):
        append(store)
    for _ in range(2):
        with pytest.raises(OutcomeUnknown, match=why):
            append(store)
    store.close()
    with SqliteStore.open(str(path)) as again:
        assert list(again.read()) == log(1)
        append(again)


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        (sqlite3.SQLITE_NOTADB, NotALedger, "not a SQLite file"),
        (sqlite3.SQLITE_CORRUPT, Damaged, "malformed"),
        (sqlite3.SQLITE_BUSY, Busy, "another process is writing"),
        (sqlite3.SQLITE_LOCKED_SHAREDCACHE, Busy, "another process is writing"),
        (sqlite3.SQLITE_IOERR_READ, LogError, "x.db: cannot read: malformed; try a copy"),
        (None, LogError, "cannot read"),
    ],
)
def test_what_sqlite_says_becomes_an_error_of_the_log(
    code: int | None, error: type[LogError], words: str
) -> None:
    """No error of SQLite comes through as it is, whatever its details."""
    fault = sqlite3.DatabaseError("malformed")
    if code is not None:
        fault.sqlite_errorcode = code
    with pytest.raises(error, match=words):
        connecting.raise_unreadable("x.db", fault)


# --- what is not a ledger -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "an empty file"),
        (b'{"at":"2026', "not a SQLite file"),
        (b"SQLite format 3\0" + b"x" * 2000, "not a SQLite file"),
    ],
)
def test_another_file_is_not_a_ledger(data: bytes, found: str, tmp_path: Path) -> None:
    """The error says what was found, and the file is left alone."""
    (tmp_path / "x.db").write_bytes(data)
    with pytest.raises(NotALedger, match=f"x.db:1: not a ledger: {found}"):
        open_store(str(tmp_path / "x.db"))
    if data:
        with pytest.raises(NotALedger, match=found):
            create_store(str(tmp_path / "x.db"))
    assert (tmp_path / "x.db").read_bytes() == data


def test_a_database_of_something_else_is_not_a_ledger(tmp_path: Path) -> None:
    """Tables of others are not touched, neither by opening nor by making a ledger."""
    path = tmp_path / "x.db"
    with other_program(path) as execute:
        execute("CREATE TABLE notes (text)")
    for act in (open_store, create_store):
        with pytest.raises(NotALedger, match="a SQLite file of something else"):
            act(str(path))
    with other_program(path) as execute:
        assert execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]


def test_a_first_commit_that_a_power_cut_tore_is_undone(tmp_path: Path) -> None:
    """Where a journal is, SQLite undoes what it tells of before anyone asks what the file is."""
    path = tmp_path / "x.db"
    with other_program(path) as execute:
        execute("PRAGMA cache_size = 1")
        execute("BEGIN")
        execute("CREATE TABLE x (y)")
        execute("INSERT INTO x SELECT zeroblob(100000)")
        journal = (tmp_path / "x.db-journal").read_bytes()
        execute("ROLLBACK")
    for attempt in (open_store, create_store):
        path.write_bytes(bytes(4096))
        (tmp_path / "x.db-journal").write_bytes(journal)
        if attempt is open_store:
            with pytest.raises(NotALedger, match="a SQLite file of something else"):
                attempt(str(path))
        else:
            attempt(str(path)).close()
            assert path.stat().st_size > 4096


def test_a_later_layout_asks_for_a_later_version(tmp_path: Path) -> None:
    """A file that a later factledger laid out is not read by this one."""
    store_with(tmp_path / "x.db", 1).close()
    with other_program(tmp_path / "x.db") as execute:
        execute("PRAGMA user_version = 2")
    for act in (open_store, create_store):
        with pytest.raises(NewerFormat, match="format 2 is newer than format 1"):
            act(str(tmp_path / "x.db"))


def test_what_is_not_there_is_not_found_and_not_made(tmp_path: Path) -> None:
    """Opening makes nothing; a folder, or what cannot be made, is told."""
    with pytest.raises(NotFound, match="'factledger init' makes a ledger"):
        open_store(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(NotALedger, match="not a regular file but a folder; name the file in it"):
        open_store(str(tmp_path / "folder.db"))
    (tmp_path / "folder.db/ledger.jsonl").touch()
    with pytest.raises(NotALedger, match=r"name /.*/folder.db/ledger.jsonl, or rename the folder"):
        open_store(str(tmp_path / "folder.db"))
    (tmp_path / "file").touch()
    with pytest.raises(WriteRefused, match="cannot write: "):
        create_store(str(tmp_path / "file" / "x.db"))


def test_a_file_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason that the system gives is told."""
    store_with(tmp_path / "x.db", 1).close()

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(LogError, match="cannot read: permission denied; try a copy"):
        open_store(str(tmp_path / "x.db"))


def test_numbers_of_pairs_are_kept_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is forgotten for want of room is asked for again, and is the same."""
    monkeypatch.setattr("factledger.index.columns._PAIRS_KEPT", 2)
    claim = {"kind": "event", "type": "CONSULT", "source": "s", "locator": "1"}
    with Ledger.create(tmp_path / "x.db", origin="o") as ledger:
        ledger.append(
            {"kind": "source", "id": "s", "title": "S"},
            *({"kind": "actor", "id": n, "category": "person", "names": [n]} for n in "abcd"),
            *(
                {**claim, "when": year, "actor": "a", "recipient": n}
                for year in ("2019", "2020")
                for n in "bcd"
            ),
        )
        for other in "bcd":
            assert ledger.as_of("2021").between("a", other).count("event") == 2
        assert ledger.index.involving(["b"]) == ledger.index.between(["a"], ["b"]) == [7, 10]


def test_an_index_that_lost_a_table_is_made_anew(tmp_path: Path) -> None:
    """What only the index lost is told as such, also where answers come one by one."""
    path = tmp_path / "x.db"
    Ledger.create(path, origin="o").close()
    lost = pytest.raises(
        LogError, match="no such table: pairing; 'factledger reindex' makes it anew"
    )
    with Ledger.open(path) as ledger:
        with other_program(path) as execute:
            execute("DROP TABLE pairing")
        with lost:
            ledger.as_of("2020").relationships()
        with lost:
            ledger.changes()
        ledger.reindex()
        assert ledger.changes() == ()
    with other_program(path) as execute, open_store(str(path)) as store:
        assert isinstance(store, SqliteStore)
        store.connection.execute("PRAGMA busy_timeout = 1")
        execute("BEGIN EXCLUSIVE")
        tables = Tables(store.connection, store.address)
        asks: list[Callable[[], object]] = [
            lambda: tables.progress,
            lambda: tables.columns.by_pair(1, 1),
            lambda: list(tables.columns.spans(None, 1)),
        ]
        for ask in asks:
            with pytest.raises(Busy):
                ask()


def test_making_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Tables without a record are no ledger yet; making it anew is making it, once."""
    path = str(tmp_path / "x.db")
    create_store(path).close()
    with pytest.raises(NotALedger, match="a ledger without its first record"):
        open_store(path)
    store = create_store(path)
    assert isinstance(store, SqliteStore)
    assert list(store.read()) == []
    append(store)
    with pytest.raises(WriteRefused, match="a ledger is there already"):
        create_store(path)
    assert list(store.read()) == log(1)


# --- one writer ---------------------------------------------------------------------------------


def test_writing_needs_the_right_to_write(tmp_path: Path) -> None:
    """Outside `writing` nothing is appended or restored, also not by the one who held it."""
    store = store_with(tmp_path / "x.db", 1)
    with store.writing() as writer:
        pass
    with pytest.raises(WriteRefused, match=r"appending needs 'with store\.writing\(\)'"):
        writer.append(bodies(1), at=AT, salts=salts(1))
    with pytest.raises(WriteRefused, match=r"restoring needs 'with store\.writing\(\)'"):
        writer.restore(log(1, 1)[1:])


def test_a_forked_child_does_not_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child shares the connection and the lock of its parent, so it must open the ledger itself."""
    store = store_with(tmp_path / "x.db", 1)
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(WriteRefused, match="the process was forked since; open the ledger again"):
        append(store)


def test_what_goes_wrong_before_the_commit_writes_nothing(tmp_path: Path) -> None:
    """An index that cannot be written takes its batch with it."""
    store = store_with(tmp_path / "x.db", 1)

    class Refusing:
        """An index that cannot be written."""

        def before_commit(self, head: Head) -> None:
            """Refuse."""
            raise sqlite3.OperationalError("no index")

        def rewrite(self) -> None:
            """Keep nothing."""

        def forget(self) -> None:
            """Keep nothing."""

    store.follow(Refusing())
    with pytest.raises(WriteRefused, match="no index; nothing was written"):
        append(store)
    assert list(store.read()) == log(1)


def test_lines_that_do_not_come_next_are_not_restored(tmp_path: Path) -> None:
    """The file refuses what does not continue the log."""
    store = store_with(tmp_path / "x.db", 1)
    with store.writing() as writer, pytest.raises(WriteRefused, match="append-only"):
        writer.restore(log(1, 1, 1)[2:])
    assert list(store.read()) == log(1)


def test_instants_are_found_without_reading(tmp_path: Path) -> None:
    """The last entry by an instant, none before the first."""
    store = store_with(tmp_path / "x.db", 2, 1)
    assert (store.last_by("2000"), store.last_by(AT)) == (0, 3)


# --- erasing ------------------------------------------------------------------------------------


def test_a_reading_that_ends_too_soon_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where pages rot so that rows are not found, the first that is missing is named."""
    store = store_with(tmp_path / "x.db", 3)
    monkeypatch.setattr(store, "_parts", lambda *_: iter(()))
    with pytest.raises(Damaged, match="it is missing"):
        list(store.read())
    store.close()


def test_a_schema_that_is_no_text_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message of SQLite that cites bytes of a broken schema is an error in our words."""
    store_with(tmp_path / "x.db", 1).close()

    def connect(path: Path) -> sqlite3.Connection:
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")

    monkeypatch.setattr("factledger.log.stores.sqlite.connected", connect)
    with pytest.raises(Damaged, match="its schema is malformed"):
        SqliteStore.open(str(tmp_path / "x.db"))


def test_a_store_that_is_let_go_gives_back_its_file(tmp_path: Path) -> None:
    """Nothing stays open when nobody holds the store, closed or not."""
    store = store_with(tmp_path / "x.db", 1)
    connection = store.connection
    del store
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


def test_erased_words_are_nowhere_in_the_file(tmp_path: Path) -> None:
    """Neither in the log nor in its index, and not in what SQLite keeps of freed pages."""
    path = tmp_path / "x.db"
    with Ledger.create(path, origin="o") as ledger:
        ledger.append(
            {"kind": "source", "id": "s", "title": "S"},
            {"kind": "actor", "id": "secretive", "category": "person", "names": ["Secretive"]},
            *(
                {"kind": "actor", "id": f"a{i}", "category": "person", "names": ["A" * 50]}
                for i in range(200)
            ),
        )
        assert b"ecretive" in path.read_bytes()
        head = ledger.head
    with open_store(str(path)) as store:
        store.erase([3])
        store.erase([3])
    assert b"ecretive" not in path.read_bytes()
    with Ledger.open(path) as ledger:
        assert (ledger.head, ledger.entry(3).record) == (head, None)
        assert ledger.reindex() == 203
        assert "secretive" not in ledger.index.declared("actor")
    assert b"ecretive" not in path.read_bytes()
