"""Forking beside threads that use SQLite: the child is never left in front of a lock that nobody holds."""

from __future__ import annotations

import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from weakref import WeakSet

import pytest

from effort import LONG
from factledger.errors import LogError
from factledger.log.stores import create_store, open_store, sqlite_file, thread_locks
from factledger.log.stores.files import identity_at
from factledger.log.stores.sqlite_file import connected, own_connection
from factledger.log.stores.thread_locks import Gate
from factledger.testing.store_model import append
from processes import in_child

FORKS = 200 if LONG else 12
HUNG = 10  # seconds after which a child hangs


@contextmanager
def threads(*acts: object) -> Iterator[None]:
    """Let threads do something again and again."""
    done = threading.Event()

    def again(act: object) -> None:
        while not done.is_set():
            act()  # type: ignore[operator]

    running = [threading.Thread(target=again, args=(act,)) for act in acts]
    for thread in running:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in running:
            thread.join()


def entries_in_child(address: str) -> str:
    """Return how many entries a forked process finds, which opens the ledger for itself."""

    def count() -> int:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(HUNG)
        with open_store(address) as store:
            return len(list(store.read()))

    return in_child(count)


def test_a_forked_process_opens_a_ledger_whatever_threads_were_doing(tmp_path: Path) -> None:
    """Forked while threads open, read and append, a process opens the same file, and they go on."""
    address = str(tmp_path / "ledger.db")

    def read() -> None:
        with open_store(address) as store:
            list(store.read())

    with create_store(address) as store:
        append(store)
        with threads(lambda: append(store), read, read):
            found = [entries_in_child(address) for _ in range(FORKS)]
        assert all(1 <= int(count) <= store.head.seq for count in found)


def test_who_forks_waits_for_who_is_inside_and_lets_nobody_in() -> None:
    """A fork waits for a statement that is under way; a statement that begins waits for the fork."""
    gate, told = Gate(), list[str]()
    entered, leave = threading.Event(), threading.Event()

    def statement() -> None:
        with gate:
            entered.set()
            leave.wait()
            with gate:  # what is inside may go further in
                told.append("left")

    def late() -> None:
        with gate:
            told.append("late")

    def fork() -> None:
        gate.before_fork()
        told.append("forked")
        gate.after_fork()

    running = [threading.Thread(target=act) for act in (statement, fork, late)]
    running[0].start()
    entered.wait()
    running[1].start()
    while gate._forking is None:
        time.sleep(0.001)
    running[2].start()
    leave.set()
    for thread in running:
        thread.join()
    assert told == ["left", "forked", "late"]


def test_forks_of_two_threads_come_one_after_the_other() -> None:
    """While one waits for a statement, another waits for the first."""
    gate, both = Gate(), threading.Barrier(3)

    def fork() -> None:
        both.wait()
        gate.before_fork()
        gate.after_fork()

    running = [threading.Thread(target=fork) for _ in range(2)]
    for thread in running:
        thread.start()
    with gate:
        both.wait()
        while gate._forking is None:
            time.sleep(0.001)
        time.sleep(0.02)
    for thread in running:
        thread.join()
    with gate:
        assert gate._forking is None


def test_a_fork_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement that takes very long is not waited for to its end."""
    monkeypatch.setattr(thread_locks, "MOST_WAITED", 0.01)
    gate, entered, leave = Gate(), threading.Event(), threading.Event()

    def statement() -> None:
        with gate:
            entered.set()
            leave.wait()

    thread = threading.Thread(target=statement)
    thread.start()
    entered.wait()
    gate.before_fork()
    gate.after_fork()
    leave.set()
    thread.join()


def test_a_process_that_is_forked_inside_goes_on_inside() -> None:
    """What forks in the middle of a statement, as a signal may make it do, does not wait for itself."""
    with thread_locks.gate:
        assert in_child(lambda: thread_locks.gate._inside.total()) == "1"
    assert in_child(lambda: thread_locks.gate._inside.total()) == "0"


def test_a_cursor_is_read_behind_the_gate() -> None:
    """Rows come one by one, some at a time, or all; a cursor that is let go half read is closed."""
    connection = own_connection("")
    with ExitStack() as closing:
        closing.callback(connection.close)
        ask = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 3) SELECT i FROM n"
        assert connection.execute(ask).fetchone() == (1,)
        assert connection.execute(ask).fetchmany(2) == [(1,), (2,)]
        assert list(connection.execute(ask)) == connection.execute(ask).fetchall()
        assert not thread_locks.gate._inside
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute(ask)


def test_a_statement_that_is_read_in_part_holds_no_lock(tmp_path: Path) -> None:
    """Whoever keeps an answer and has read one row of it keeps nobody from the file."""
    address = str(tmp_path / "some.db")
    with closing(own_connection(address)) as one, closing(own_connection(address)) as other:
        one.execute("CREATE TABLE number AS SELECT value FROM json_each('[1, 2, 3]')")
        kept = one.execute("SELECT value FROM number")
        assert kept.fetchone() == (1,)
        other.execute("BEGIN EXCLUSIVE")
        assert kept.fetchall() == [(2,), (3,)]


def test_a_process_that_is_forked_inside_a_transaction_is_told(tmp_path: Path) -> None:
    """Where the one that forks is itself writing to a file, the child cannot open that, and another it can."""
    address, other = str(tmp_path / "ledger.db"), str(tmp_path / "other.db")
    with create_store(other) as store:
        append(store)
    with create_store(address) as store:
        append(store)
        with store.writing():
            assert "the process was forked while" in entries_in_child(address)
            assert entries_in_child(other) == "1"
        assert entries_in_child(address) == "1"


def test_a_transaction_is_behind_the_gate_to_its_end() -> None:
    """From BEGIN to its end, also where that is the end of the connection."""
    connection = own_connection("")
    for end in (lambda: connection.execute("ROLLBACK"), connection.close):
        connection.execute("BEGIN")
        assert thread_locks.gate._inside.total() == 1
        end()
        assert not thread_locks.gate._inside


def test_a_statement_is_read_to_its_end_by_its_cursor() -> None:
    """What a cursor gives row by row, some at a time or all was read before the next statement."""
    connection = own_connection("")
    with ExitStack() as closing:
        closing.callback(connection.close)
        cursor = connection.cursor()
        cursor.execute("SELECT value FROM json_each(?)", ("[1, 2, 3, 4, 5]",))
        assert (cursor.fetchone(), cursor.fetchmany(2)) == ((1,), [(2,), (3,)])
        assert (next(iter(cursor)), cursor.fetchall(), cursor.fetchone()) == ((4,), [(5,)], None)
        assert cursor.execute("BEGIN").fetchall() == []


def test_a_gate_is_born_with_its_one_thread_inside() -> None:
    """In a process that was forked only the thread that forked it goes on, inside as often as before."""
    gate = Gate()
    other = threading.Thread(target=gate.enter)
    other.start()
    other.join()
    gate.born()
    assert not gate._inside
    with gate, gate:
        gate._forking = threading.get_ident()
        gate.born()
        assert [gate._forking, dict(gate._inside)] == [None, {threading.get_ident(): 2}]
    assert not gate._inside


def test_locks_begin_free_in_a_forked_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever held one was a thread of the parent."""
    monkeypatch.setattr(thread_locks, "_made", WeakSet())
    locks: list[Any] = [thread_locks.lock_of_threads(), thread_locks.nested_lock()]
    for lock in locks:
        lock.acquire()
    thread_locks._free_all()
    assert [is_free(lock) for lock in locks] == [True, True]


def is_free(lock: Any) -> bool:
    """Return whether another thread can have a lock at once."""
    taken: list[bool] = []
    thread = threading.Thread(target=lambda: taken.append(lock.acquire(blocking=False)))
    thread.start()
    thread.join()
    return taken == [True]


def test_connections_are_left_to_the_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in which a transaction was open at the fork is not opened in the child; its connection is not used."""
    path = tmp_path / "x.db"
    own_connection(str(path)).close()
    path.touch()
    left: set[Any] = set()
    connection = connected(path)
    monkeypatch.setattr(sqlite_file, "_connections", WeakSet([connection]))
    monkeypatch.setattr(sqlite_file, "_left_open", left)
    monkeypatch.setattr("ctypes.pythonapi", SimpleNamespace(Py_IncRef=lambda _: None))
    connection.execute("BEGIN")
    sqlite_file._leave_to_parent()
    assert left == {identity_at(path)}
    with pytest.raises(LogError, match="fork"):
        connection.execute("ROLLBACK")
    with pytest.raises(LogError, match="the process was forked while"):
        connected(path)
    connection.inherited = False
    connection.close()
