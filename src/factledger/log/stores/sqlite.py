"""A store in one SQLite file, for ledgers too large to read whole: the same lines as rows.

The journal is a rollback journal, not a write-ahead log: SQLite 3.7.0 to 3.51.2 can lose commits
when a log is reset under several connections. Its price is that a reader and a commit wait for
one another, so no reading here holds on for longer than one short statement.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self
from weakref import finalize

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
from factledger.log.lines import (
    START,
    Head,
    Line,
    commitment,
    followed,
    following,
    linked,
    salt_of,
    unfit,
)
from factledger.log.stores.base import (
    CLOSED,
    PATIENCE,
    Follower,
    Torn,
    check_expected,
    check_usable,
)
from factledger.log.stores.files import reason, sync_names
from factledger.log.stores.locks import locked
from factledger.log.stores.sqlite_file import (
    LONGEST_WAIT,
    check_file,
    code_of,
    connected,
    raise_unreadable,
    resolved,
    was_closed,
    write_anew,
)
from factledger.log.stores.sqlite_rows import line_of, row_of
from factledger.log.stores.sqlite_schema import LEDGER, LOG, dropping, foreign, statements
from factledger.log.stores.thread_locks import nested_lock

APPLICATION = 0x46414C47  # "FALG", in the header of the file
LAYOUT = 1
_PAGE = 2000  # lines read at once
_CACHE = 65_536  # KiB of pages that a writer keeps, so that it writes each once a commit


class SqliteStore:
    """The lines of one SQLite file; inside `writing` it is its own writer."""

    torn: Torn | None = None  # an append that did not finish is rolled back by SQLite

    def __init__(self, path: Path) -> None:
        self._path = path
        self.lock = nested_lock()
        self.address = str(path)
        self._failed = ""
        self._held = False
        self._patience = PATIENCE
        self._schema = 0  # the version of its tables when this store last wrote
        self._pid = os.getpid()
        with self._reading():
            self.connection = connected(path)
        self._close_with_store()
        self._follower: Follower | None = None

    def _close_with_store(self) -> None:
        # Who lets go of a store gives back its file, as with any file of Python.
        finalize(self, self.connection.close).atexit = False

    @classmethod
    def open(cls, address: str) -> SqliteStore:
        """Return the store of a ledger that is there; raises NotFound, NotALedger, NewerFormat."""
        path = resolved(address)
        if not path.exists():
            raise NotFound(str(path), "'factledger init' makes a ledger")
        check_file(path)
        store = cls(path)
        with store._reading():
            store._check_layout()
        if store.head == START:
            raise NotALedger(store.address, "a ledger without its first record")
        return store

    @classmethod
    def create(cls, address: str) -> SqliteStore:
        """Return the store of a new ledger; one whose making stopped short is made anew."""
        path = resolved(address)
        try:
            if os.path.islink(address):
                raise OSError(errno.ELOOP, "")
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = not path.exists() or path.stat().st_size == 0
            if fresh:
                with suppress(FileExistsError):  # one that is there may be open here, with locks
                    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
                    os.close(os.open(path, flags, 0o666))
                sync_names(path, os.fsync)
        except OSError as error:
            raise WriteRefused(str(path), reason(error)) from error
        if not fresh:
            check_file(path)
        store = cls(path)
        with store._holding(PATIENCE):
            store._lay_out()
            if store.head != START:
                raise WriteRefused(store.address, "a ledger is there already")
        return store

    @property
    def head(self) -> Head:
        """Where the log ends now, whoever wrote last."""
        return self._head("ORDER BY seq DESC LIMIT 1", newest=True)

    def _head(self, which: str, *values: object, newest: bool = False) -> Head:
        """Return the head at a row; the newest is to be the last of the newest batch."""
        for seq, hash_, at, last in self._rows(_HEAD + which, *values):
            if type(hash_) is not bytes or type(at) is not str:
                raise Damaged(self.address, seq, "its row is not one of a line")
            if newest and seq != last:
                raise Damaged(self.address, seq + 1, "it is missing")
            return Head(seq, hash_.hex(), at)
        return START

    def read(self, start: int = 1) -> Iterator[Line]:
        """Yield the verified lines from entry `start` on that are there when the reading begins.

        What comes before is taken as it is: `read()` alone verifies the whole chain.
        """
        start, end = max(start, 1), self.head.seq
        for (seq,) in self._rows("SELECT seq FROM record WHERE seq < 1 LIMIT 1"):
            raise Damaged(self.address, seq, "no entry has such a number")
        if start > end:
            return
        found = self._rows("SELECT CAST(batch AS INTEGER) FROM record WHERE seq = ?", start)
        first = min(found[0][0] or start, start) if found else start
        line = None
        for line in following(self._parts(first, end), self._head_at(first - 1), self.address):
            if line.seq >= start:
                yield line
        if line is None or line.seq != end:
            raise Damaged(self.address, line.seq + 1 if line else start, "it is missing")

    def line(self, seq: int) -> Line:
        """Return one line, verified against the hash of the line before."""
        for line in self._parts(seq, seq):
            return followed(line, self._head_at(seq - 1).hash, self.address)
        raise Damaged(self.address, seq, "it is missing")

    def lines(self, numbers: Sequence[int]) -> Iterator[Line]:
        """Yield the lines of some entries in their order, each verified as by `line`."""
        for first in range(0, len(numbers), _PAGE):
            some = numbers[first : first + _PAGE]
            found = {row[0]: row for row in self._rows(_SOME, json.dumps(some))}
            for number in some:
                *row, before = found.get(number, (None,))
                if type(before) is bytes:
                    yield followed(self._line_of(tuple(row)), before.hex(), self.address)
                else:
                    yield self.line(number)  # the first has none before; else it is damaged

    def kinds(self, first: int, last: int) -> list[str]:
        """Return the kinds of the records from `first` to `last`, both included."""
        found = [kind for (kind,) in self._rows(_KINDS, first, last)]
        if len(found) <= last - first:
            raise Damaged(self.address, first + len(found), "it is missing, or one before it")
        return found

    def last_by(self, instant: str) -> int:
        """Return the last entry that was recorded by an instant, 0 for none."""
        found = self._rows("SELECT max(last) FROM batch WHERE at <= ?", instant)
        return found[0][0] or 0

    def _head_at(self, seq: int) -> Head:
        return self._head("WHERE seq = ?", seq)

    def _parts(self, start: int, end: int) -> Iterator[Line]:
        """Yield the lines from `start` to `end`, both included, as they are stored."""
        for first in range(start, end + 1, _PAGE):
            last = min(first + _PAGE - 1, end)
            rows = self._rows(_PARTS, first, last)
            yield from map(self._line_of, rows)
            if len(rows) <= last - first:
                return  # one is missing: a number that is far too high would be sought for ages

    def _line_of(self, row: tuple[Any, ...]) -> Line:
        try:
            return line_of(*row)
        except ValueError as error:
            raise Damaged(self.address, row[0], str(error)) from None

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[SqliteStore]:
        """Hold the right to append; what is not acknowledged inside is rolled back.

        Raises Busy, HeadMoved, and WriteRefused when the file cannot be written to.
        """
        with self._holding(timeout):
            check_expected(expect, self.head)
            self._held = True
            try:
                yield self
            finally:
                self._held = False

    @contextmanager
    def _holding(self, timeout: float) -> Iterator[None]:
        check_usable(self.address, self._failed, self._pid)
        # SQLite's own locks are on the file itself: to open and close it here would end them.
        with locked(self._path, timeout, itself=False):
            with self.lock:
                self.renew()
                self._begin(timeout)
            try:
                yield
            finally:
                with self.lock:
                    self._end()

    def append(self, bodies: Sequence[bytes], *, at: str, salts: Sequence[bytes]) -> list[Line]:
        """Write one batch and return its lines once they are durable; only inside `writing`."""
        check_usable(self.address, self._failed, self._pid)
        if not self._held:
            raise WriteRefused(self.address, "appending needs 'with store.writing()'")
        for number, (body, salt) in enumerate(zip(bodies, salts, strict=True), 1):
            if fault := unfit(body, salt):
                raise ValueError(f"line {number} does not read back: {fault}")
        with self.lock:
            lines = list(linked(self.head, at=at, bodies=bodies, salts=salts))
            if lines:
                self._insert(lines)
                if self._follower is not None:
                    with self.refusing():
                        self._follower.before_commit(lines[-1].head)
                self.commit()
            return lines

    def restore(self, lines: Sequence[Line]) -> None:
        """Write lines of another store as they are; the index falls behind."""
        check_usable(self.address, self._failed, self._pid)
        if not self._held:
            raise WriteRefused(self.address, "restoring needs 'with store.writing()'")
        with self.lock:
            self._insert(lines)
            self.commit()

    def _insert(self, lines: Sequence[Line]) -> None:
        with self.refusing():
            self.transact()
            for line in lines:
                if line.seq == line.batch:
                    self._insert_batch(lines, line)

    def follow(self, follower: Follower) -> None:
        """Let what is kept in the same file follow the lines, within the same transactions."""
        self._follower = follower

    def _forget(self) -> None:
        if self._follower is not None:
            self._follower.forget()

    def transact(self) -> None:
        """Begin a transaction, if none is open; only inside `writing`."""
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")

    def _insert_batch(self, lines: Sequence[Line], opening: Line) -> None:
        execute, start = self.connection.execute, opening.seq - lines[0].seq
        execute("INSERT INTO batch VALUES (?, ?, ?)", (opening.batch, opening.last, opening.at))
        rows = map(row_of, lines[start : start + opening.last - opening.batch + 1])
        self.connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)", rows)

    def erase(self, entries: Collection[int], *, timeout: float = PATIENCE) -> None:
        """Take the content of entries out of the file for good; no hash changes.

        First the file is written anew, for what an earlier build left in the gaps of its pages;
        then content and index go in one transaction, and what frees them overwrites them. Who
        reads meanwhile is answered from what was there, or waits. Where nobody follows, the index
        is taken away. Copies and backups are not reached.
        """
        with self.writing(timeout=timeout), self.lock, self.refusing():
            self.connection.execute("ROLLBACK")
            write_anew(self.connection)
            self.transact()
            for seq in entries:
                for body, salt in self._rows(_CONTENT, seq):
                    commit = bytes.fromhex(commitment(salt_of(salt), body))
                    self.connection.execute(_ERASE, (commit, seq))
            self._rewrite_index()
            self.commit()

    def _rewrite_index(self) -> None:
        if self._follower is not None:
            self._follower.rewrite()
        else:
            for statement in dropping(self.connection):
                self.connection.execute(statement)

    def close(self) -> None:
        """Give back the file; SQLite does not survive that another thread reads it meanwhile."""
        with self.lock:
            self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- the file

    def _check_layout(self) -> None:
        application = self._pragma("application_id")
        if application != APPLICATION:
            raise NotALedger(self.address, "a SQLite file of something else")
        if self._pragma("user_version") > LAYOUT:
            raise NewerFormat(self.address, self._pragma("user_version"), LAYOUT)
        if other := foreign(self.connection, LOG, LEDGER):
            raise NotALedger(self.address, f"its {other} is not what factledger makes")

    def damage(self, how: str) -> str | None:
        """Return the first thing that SQLite finds wrong with its file, None for nothing.

        `how` is `integrity_check`, or `quick_check` that leaves out what indexes say.
        """
        (found,) = self._rows(f"PRAGMA {how}(1)")[0]
        return None if found == "ok" else str(found)

    def renew(self) -> None:
        """Turn to the file that stands at the path, where another stood there before.

        Raises NotFound where none does, and Damaged where it does not hold what was read before.
        """
        with self._reading():
            if self.connection.stands or self.connection.in_transaction:
                return
        if not self._path.exists():
            raise NotFound(self.address, "the ledger was there before; restore it")
        known, before = self.head, self.connection
        with self._reading():
            self.connection = connected(self._path)
        try:
            with self._reading():
                self._check_layout()
            if self._head_at(known.seq).hash != known.hash:
                fault = "the file was replaced, and the entry read before is not in it"
                raise Damaged(self.address, known.seq, fault)
        except BaseException:
            self.connection, before = before, self.connection
            raise
        finally:
            before.close()
        self._close_with_store()

    def _lay_out(self) -> None:
        """Make the tables of a new ledger, in the transaction that is open."""
        if self._rows("SELECT 1 FROM sqlite_master LIMIT 1"):
            self._check_layout()
            return
        with self.refusing():
            self.connection.execute(f"PRAGMA application_id = {APPLICATION}")
            self.connection.execute(f"PRAGMA user_version = {LAYOUT}")
            for statement in statements(LEDGER):
                self.connection.execute(statement)
        self.commit()

    def _begin(self, timeout: float) -> None:
        execute, self._patience = self.connection.execute, timeout
        with self.refusing():
            execute(f"PRAGMA busy_timeout = {int(timeout * 1000)}")
            execute("PRAGMA query_only = OFF")
            execute(f"PRAGMA cache_size = -{_CACHE}")
            execute("BEGIN IMMEDIATE")
            if (schema := self._pragma("schema_version")) != self._schema:
                self._schema = schema
                self._forget()  # another process may have made the index anew

    def _end(self) -> None:
        with suppress(sqlite3.Error, LogError):  # the second in a process that was forked inside
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            self.connection.execute("PRAGMA query_only = ON")
            self.connection.execute(f"PRAGMA busy_timeout = {int(LONGEST_WAIT * 1000)}")

    def commit(self) -> None:
        """Make durable what was written; a failure here ends all writing with this store."""
        self._failed = "interrupted"
        try:
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._failed = str(error)
            if code_of(error) == sqlite3.SQLITE_BUSY:
                self.connection.execute("ROLLBACK")
                self._failed = ""
                raise Busy(self.address, self._patience) from error
            raise OutcomeUnknown(self.address, self._failed) from error
        if not self.connection.stands:
            self._failed = "the file was replaced meanwhile"
            raise OutcomeUnknown(self.address, self._failed)
        self._failed = ""

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self.lock, self._reading():
            return self.connection.execute(query, values).fetchall()

    def _pragma(self, name: str) -> int:
        return int(self.connection.execute(f"PRAGMA {name}").fetchone()[0])

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise_unreadable(self.address, error)
        except UnicodeDecodeError:  # of a message about the file, that cites it
            raise Damaged(self.address, 1, "its schema is malformed") from None

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Turn what SQLite refuses before a commit into an error that says nothing was written."""
        try:
            yield
        except sqlite3.Error as error:
            if code_of(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise Busy(self.address, self._patience) from error
            why = CLOSED if was_closed(error) else str(error)
            raise WriteRefused(self.address, why) from error


_HEAD = """SELECT seq, hash, at, (SELECT last FROM batch ORDER BY first DESC LIMIT 1)
FROM record LEFT JOIN batch ON first = batch """
_PARTS = """SELECT seq, at, batch, last, CAST(body AS BLOB), CAST(salt AS BLOB), "commit", hash
FROM record LEFT JOIN batch ON first = batch WHERE seq BETWEEN ? AND ? ORDER BY seq"""

_SOME = """SELECT record.seq, at, record.batch, last, CAST(record.body AS BLOB),
    CAST(record.salt AS BLOB), record."commit", record.hash, before.hash
FROM json_each(?) CROSS JOIN record ON record.seq = value LEFT JOIN batch ON first = record.batch
LEFT JOIN record AS before ON before.seq = record.seq - 1"""
_KINDS = """SELECT coalesce(json_extract(body, '$.kind'), 'redacted')
FROM record WHERE seq BETWEEN ? AND ? ORDER BY seq"""
_CONTENT = (
    "SELECT CAST(body AS BLOB), CAST(salt AS BLOB) FROM record WHERE seq = ? AND body NOT NULL"
)
_ERASE = 'UPDATE record SET body = NULL, salt = NULL, "commit" = ? WHERE seq = ?'
