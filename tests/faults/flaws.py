"""Faults planted into our own code, each of which some row of faults must find."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from factledger.errors import WriteRefused
from factledger.index.columns import TableColumns
from factledger.index.tables import Tables
from factledger.ledger.auditing import soundness
from factledger.log import lines
from factledger.log.lines import Head, Line, chain
from factledger.log.stores import files, locks, sqlite, sqlite_schema
from factledger.log.stores import jsonl_file as logfile
from factledger.log.stores import sqlite_file as connecting
from factledger.log.stores.jsonl import JsonlStore
from factledger.log.stores.jsonl_file import LogFile, Mark
from factledger.log.stores.sqlite import SqliteStore
from faults import other_sqlite

Set: TypeAlias = Callable[[object, str, object], None]


@attrs.frozen
class Flaw:
    """What is wrong, and how it gets into the code: `plant` sets attributes."""

    says: str
    plant: Callable[[Set], None]


FLAWS: dict[str, Flaw] = {}


def plant(name: str, set_: Set = setattr) -> None:
    """Put a flaw into the code of this process; raises AttributeError where nothing is replaced."""

    def put(owner: object, name: str, planted: object) -> None:
        if name not in vars(owner):
            raise AttributeError(f"{owner!r} has no {name!r} of its own")
        set_(owner, name, planted)

    FLAWS[name].plant(put)


def _flaw(name: str, says: str) -> Callable[[Callable[[Set], None]], Callable[[Set], None]]:
    def kept(function: Callable[[Set], None]) -> Callable[[Set], None]:
        FLAWS[name] = Flaw(says, function)
        return function

    return kept


# --- one file of lines ----------------------------------------------------------------------------


@_flaw("never-synced", "an append is acknowledged, and nothing is ever synced")
def _never_synced(set_: Set) -> None:
    set_(JsonlStore, "_make_durable", lambda self, file, end: setattr(self, "_durable", end))


@_flaw("synced-later", "an append is acknowledged, and synced at the next one")
def _synced_later(set_: Set) -> None:
    def write_lines(self: Any, lines: Sequence[Line], file: Any) -> None:
        start = self._log.mark.end
        self._make_durable(file, start)
        data = b"".join(line.encode() + b"\n" for line in lines)
        self._write(file, data, start)
        self._log.remember(Mark(lines[-1].head, start + len(data)))

    set_(JsonlStore, "_write_lines", write_lines)


@_flaw("synced-again", "a sync that failed is tried again, and its success believed")
def _synced_again(set_: Set) -> None:
    def make_durable(self: Any, file: Any, end: int) -> None:
        try:
            os.fsync(file.fd)
        except OSError:
            os.fsync(file.fd)
        self._durable = end

    set_(JsonlStore, "_make_durable", make_durable)


@_flaw("sync-error-ignored", "that a sync failed is not told")
def _sync_error_ignored(set_: Set) -> None:
    def make_durable(self: Any, file: Any, end: int) -> None:
        with suppress(OSError):
            os.fsync(file.fd)
        self._durable = end

    set_(JsonlStore, "_make_durable", make_durable)


@_flaw("unconfirmed-kept", "what a failed sync left in memory is there for the next writer")
def _unconfirmed_kept(set_: Set) -> None:
    def write_lines(self: Any, lines: Sequence[Line], file: Any) -> None:
        start = self._log.mark.end
        data = b"".join(line.encode() + b"\n" for line in lines)
        self._write(file, data, start)
        self._make_durable(file, start + len(data))
        self._log.remember(Mark(lines[-1].head, start + len(data)))

    set_(JsonlStore, "_write_lines", write_lines)


@_flaw("folder-not-synced", "the name of a new file is not made durable")
def _folder_not_synced(set_: Set) -> None:
    set_(files, "sync_folder", lambda folder, sync: None)


@_flaw("torn-cut-off", "what an unfinished append left is cut off, and not kept")
def _torn_cut_off(set_: Set) -> None:
    set_(JsonlStore, "_set_aside", lambda self, file, end, size: os.ftruncate(file.fd, end))


@_flaw("half-batches", "the lines of a batch count before all are there")
def _half_batches(set_: Set) -> None:
    def after(self: Any, mark: Mark, file: Any) -> Iterator[Line]:
        head, end = mark.head, mark.end
        raws = file.between(end, file.size).split(b"\n")[:-1]
        for line in chain(raws, head, self.address):
            head, end = line.head, end + len(line.encode()) + 1
            yield line
        self.remember(Mark(head, end))

    set_(LogFile, "after", after)


_LOCKED = locks.locked


@_flaw("not-locked", "writers take no lock")
def _not_locked(set_: Set) -> None:
    @contextmanager
    def locked(path: Path, timeout: float) -> Iterator[None]:
        yield

    set_(locks, "locked", locked)


@_flaw("lock-let-go", "the lock is given back before the writing begins")
def _lock_let_go(set_: Set) -> None:
    @contextmanager
    def locked(path: Path, timeout: float) -> Iterator[None]:
        with _LOCKED(path, timeout):
            pass
        yield

    set_(locks, "locked", locked)


@_flaw("itself-not-locked", "the lock beside the file is all that is locked")
def _itself_not_locked(set_: Set) -> None:
    @contextmanager
    def locked(path: Path, timeout: float) -> Iterator[None]:
        with _LOCKED(path, timeout, itself=False):
            yield

    set_(locks, "locked", locked)


@_flaw("lock-inherited", "a lock is not given back, but ends with the last copy of its descriptor")
def _lock_inherited(set_: Set) -> None:
    @contextmanager
    def lock_given_back(fd: int) -> Iterator[int]:
        try:
            yield fd
        finally:
            os.close(fd)

    set_(locks, "lock_given_back", lock_given_back)


@_flaw("replaced-unseen", "that a SQLite file lost its place is not seen")
def _replaced_unseen(set_: Set) -> None:
    set_(connecting.OwnConnection, "stands", True)


@_flaw("others-not-seen", "a writer goes on from the head that it knows, whatever others wrote")
def _others_not_seen(set_: Set) -> None:
    recover = JsonlStore._recover

    def once(self: Any, file: Any) -> None:
        if self.head.seq == 0:
            recover(self, file)

    set_(JsonlStore, "_recover", once)


@_flaw("not-undone", "a write that stopped short is left as it is")
def _not_undone(set_: Set) -> None:
    def write(self: Any, file: Any, data: bytes, end: int) -> None:
        try:
            files.write_all(file.fd, data)
        except OSError as error:
            raise WriteRefused(self.address, "no room") from error

    set_(JsonlStore, "_write", write)


@_flaw("spaces-allowed", "white space around a line is overlooked")
def _spaces_allowed(set_: Set) -> None:
    parted = lines.parted
    set_(lines, "parted", lambda raw, path, number: parted(raw.strip(), path, number))


@_flaw("damage-cut-off", "damage is taken for an unfinished append, wherever it is")
def _damage_cut_off(set_: Set) -> None:
    set_(logfile, "refuse_damage", lambda tail, after, fault: None)


# --- a SQLite file --------------------------------------------------------------------------------


def _with_pragma(set_: Set, pragma: str) -> None:
    connected = connecting.connected

    def so_connected(path: Path) -> sqlite3.Connection:
        connection = connected(path)
        connection.execute(f"PRAGMA {pragma}")
        return connection

    set_(sqlite, "connected", so_connected)


@_flaw("synchronous-off", "SQLite syncs nothing")
def _synchronous_off(set_: Set) -> None:
    _with_pragma(set_, "synchronous = OFF")


@_flaw("synchronous-normal", "SQLite does not sync the end of the journal")
def _synchronous_normal(set_: Set) -> None:
    _with_pragma(set_, "synchronous = NORMAL")


@_flaw("no-journal", "SQLite keeps no journal")
def _no_journal(set_: Set) -> None:
    _with_pragma(set_, "journal_mode = OFF")


@_flaw("row-by-row", "each row is committed by itself")
def _row_by_row(set_: Set) -> None:
    insert = SqliteStore._insert_batch

    def insert_batch(self: Any, lines: Sequence[Line], opening: Line) -> None:
        self.connection.execute("COMMIT")
        insert(self, lines, opening)
        self.connection.execute("BEGIN IMMEDIATE")

    set_(SqliteStore, "_insert_batch", insert_batch)


@_flaw("committed-later", "an append is acknowledged, and committed when the right to write ends")
def _committed_later(set_: Set) -> None:
    commit, end = SqliteStore.commit, SqliteStore._end

    def commit_and_end(self: Any) -> None:
        if self.connection.in_transaction:
            commit(self)
        end(self)

    set_(SqliteStore, "commit", lambda self: None)
    set_(SqliteStore, "_end", commit_and_end)


@_flaw("commit-error-ignored", "that a commit failed is not told")
def _commit_error_ignored(set_: Set) -> None:
    def commit(self: Any) -> None:
        with suppress(sqlite3.Error):
            self.connection.execute("COMMIT")

    set_(SqliteStore, "commit", commit)


@_flaw("chain-not-followed", "rows are read without their hashes")
def _chain_not_followed(set_: Set) -> None:
    def following(parts: Iterable[Line], after: Head, path: str) -> Iterator[Line]:
        return iter(parts)

    set_(sqlite, "following", following)


@_flaw("replaced", "nothing stops a row that takes the place of another")
def _replaced(set_: Set) -> None:
    statements = sqlite_schema.statements

    def without_order(file: Path) -> Iterator[str]:
        return (text for text in statements(file) if "record_in_order" not in text)

    set_(sqlite, "statements", without_order)


# --- erasing, and reading beside a writer ---------------------------------------------------------


@_flaw(
    "not-overwritten", "what is freed in a file stays in it, where SQLite does not say otherwise"
)
def _not_overwritten(set_: Set) -> None:
    told = tuple(pragma for pragma in connecting._PRAGMAS if "secure_delete" not in pragma)
    set_(other_sqlite.Connection, "pragmas", told)


@_flaw("gaps-kept", "erasing leaves what an earlier build left between the rows of a page")
def _gaps_kept(set_: Set) -> None:
    set_(sqlite, "write_anew", lambda connection: None)


@_flaw("erased-in-two", "content is erased first, and the index that tells of it afterwards")
def _erased_in_two(set_: Set) -> None:
    rewrite_index = SqliteStore._rewrite_index

    def committed_before(self: Any) -> None:
        self.commit()
        self.transact()
        rewrite_index(self)

    set_(SqliteStore, "_rewrite_index", committed_before)


@_flaw("index-in-pieces", "the old index is taken away before the new one is made")
def _index_in_pieces(set_: Set) -> None:
    remake = Tables.remake

    def committed(self: Any) -> None:
        remake(self)
        self._execute("COMMIT")
        self._execute("BEGIN IMMEDIATE")

    set_(Tables, "remake", committed)


@_flaw(
    "numbers-given-anew",
    "relationships get other numbers in a new index, which readers know by the old",
)
def _numbers_given_anew(set_: Set) -> None:
    set_(Tables, "_set_aside", lambda self, name: False)


@_flaw("statement-left-open", "a long answer is read as fast as somebody takes it")
def _statement_left_open(set_: Set) -> None:
    def spans(self: Any, pairs: object, cut: int) -> Iterable[Any]:
        columns = "number, shape, word, first, sure, until, gone, presumed"
        query = f"SELECT {columns} FROM pairing JOIN word ON word.id = type ORDER BY first, number"
        found: Iterable[Any] = self._reader.connection.cursor(sqlite3.Cursor).execute(query)
        return found

    set_(TableColumns, "spans", spans)


@_flaw("two-heads", "what is verified is held against a head that is read later")
def _two_heads(set_: Set) -> None:
    log_faults = soundness.log_faults

    def faults(kept: Any, *given: Any) -> Iterator[Any]:
        yield from log_faults(kept, *given)
        if kept.store.head.seq > len(kept.index):
            yield "the index ends before the log"

    set_(soundness, "log_faults", faults)


@_flaw("more-than-was-read", "a list holds entries that others wrote since the last look")
def _more_than_was_read(set_: Set) -> None:
    postings = Tables.postings
    set_(Tables, "postings", lambda self, name, key, last: postings(self, name, key, 2**40))


@_flaw("erasing-not-awaited", "what is just being erased is taken for what was to be")
def _erasing_not_awaited(set_: Set) -> None:
    set_(soundness, "_look_again", lambda *_: None)
