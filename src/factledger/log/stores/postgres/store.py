"""A store on a PostgreSQL server, for ledgers that several machines write: lines as rows.

Who appends takes a lock first and gets its numbers afterwards, so that the order of numbers is the
order of commits and no reader ever sees a gap. The server makes the chain, and each client makes it
again before it believes what it got.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock

from factledger.errors import Busy, LogError, NotALedger, OutcomeUnknown, WriteRefused
from factledger.log.lines import START, Head, Line, linked
from factledger.log.stores.base import PATIENCE, Torn, check_expected, check_usable
from factledger.log.stores.postgres.address import PostgresAddress, postgres_address
from factledger.log.stores.postgres.batches import Batch, arguments_of, check_fit
from factledger.log.stores.postgres.connecting import server_words
from factledger.log.stores.postgres.remembered import accept_head, remember
from factledger.log.stores.postgres.rows import COLUMNS, line_row
from factledger.log.stores.postgres.server_log import ServerLog
from factledger.log.stores.postgres.session import (
    ANOTHER_HASH,
    LOCKED,
    check_durable_writes,
    check_laid_out,
    rewrite_table,
    unwritable_there,
)

_LONGEST_WAIT = 2**31 - 1  # milliseconds
_BETWEEN = 1.0  # seconds: noting each head would take longer than appending


class PostgresStore(ServerLog):
    """The lines of one schema on a server; inside `writing` it is its own writer."""

    torn: Torn | None = None  # an append that did not finish is rolled back by the server

    def __init__(self, address: PostgresAddress) -> None:
        super().__init__(address)
        self._turn = Lock()
        self._checked: object = None  # the connection on which a commit is durable
        self._failed = ""
        self._noted = -_BETWEEN  # when it was last put down what was seen
        self._pid = os.getpid()

    @classmethod
    def open(cls, address: str) -> PostgresStore:
        """Return the store of a ledger that is there; raises NotFound, NotALedger, HeadLost."""
        store = cls._laid_out(address)
        if store.head == START:
            store.close()
            raise NotALedger(store.address, "a ledger without its first record")
        return store

    @classmethod
    def create(cls, address: str) -> PostgresStore:
        """Return the store of a ledger that is laid out and holds nothing yet."""
        store = cls._laid_out(address)
        if store.head != START:
            store.close()
            raise WriteRefused(store.address, "a ledger is there already")
        return store

    @classmethod
    def accept(cls, address: str, *, seen: str, found: str) -> PostgresStore:
        """Return the store of a log that does not hold what this machine has seen of it.

        Both heads are named by their hashes. Raises LogError where it is another one.
        """
        store = cls(postgres_address(address))
        store._seen = START
        head = store.head
        if head.hash != found:
            store._session.close()
            fault = f"the log ends at entry {head.seq} with hash {head.hash}, not {found}"
            raise LogError(f"{store.address}: {fault}; nothing was changed")
        accept_head(store.place, seen=seen, found=head)
        return store

    @classmethod
    def _laid_out(cls, address: str) -> PostgresStore:
        store = cls(postgres_address(address))
        try:
            check_laid_out(store._session)
            _ = store.head
        except BaseException:
            store.close()
            raise
        return store

    # --- writing

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[PostgresStore]:
        """Hold the right to append; the store itself is the writer."""
        check_usable(
            self.address, "", self._pid
        )  # the lock and the connection of a parent are not ours
        if not self._turn.acquire(timeout=timeout):
            raise Busy(self.address, timeout)
        try:
            check_usable(self.address, self._failed, self._pid)
            self._take_turn(timeout)
            check_expected(expect, self.head)
            yield self
        finally:
            self._give_back()
            self._turn.release()

    def _take_turn(self, timeout: float) -> None:
        """Take the lock of the log on the server, and look where the log ends."""
        milliseconds = max(1, min(int(timeout * 1000), _LONGEST_WAIT))
        self._check_durable()  # before the lock: a pooler would leave it with somebody else
        try:
            self._look(_LOCK.format(milliseconds))
        except LogError as error:
            if getattr(error.__cause__, "sqlstate", None) == LOCKED:
                raise Busy(self.address, timeout) from error
            raise
        self._check_durable()  # the connection may be another one
        self._held = self._checked

    def _check_durable(self) -> None:
        if self._checked is not self._session.connection:
            check_durable_writes(self._session)
            self._checked = self._session.connection

    def _give_back(self) -> None:
        import psycopg

        self._held = None
        with suppress(psycopg.Error):
            self._session.rows(_UNLOCK)
        if time.monotonic() > self._noted + _BETWEEN:
            remember(self.place, self._seen)
            self._noted = time.monotonic()

    def append(self, bodies: Sequence[bytes], *, at: str, salts: Sequence[bytes]) -> list[Line]:
        """Write one batch and return its lines once they are durable; only inside `writing`."""
        return self.append_batches([Batch(at, bodies, salts)])[0]

    def append_batches(self, batches: Sequence[Batch]) -> list[list[Line]]:
        """Write batches in one commit, all or none, and return the lines of each."""
        self._check_held("appending")
        head, made = self.head, []
        for batch in batches:
            check_fit(batch)
            made.append(list(linked(head, at=batch.at, bodies=batch.bodies, salts=batch.salts)))
            head = made[-1][-1].head if made[-1] else head
        if head != self.head:
            with self._committing(head):
                sent = [batch for batch in batches if batch.bodies]
                hashes = bytes.fromhex(head.hash), bytes.fromhex(self.head.hash)
                self._session.rows(_APPEND, hashes[0], *arguments_of(sent), hashes[1])
        return made

    def restore(self, lines: Sequence[Line]) -> None:
        """Write lines of another store as they are."""
        self._check_held("restoring")
        if not lines:
            return
        session, head = self._session, lines[-1].head
        with self._committing(head), session.connection.transaction():
            session.copy_in(_COPY, map(line_row, lines))
            hashes = bytes.fromhex(head.hash), bytes.fromhex(self.head.hash)
            session.rows(_RESTORE, *hashes)

    def erase(self, entries: Collection[int], *, timeout: float = PATIENCE) -> None:
        """Take the content of entries out of the table for good; no hash changes.

        It takes the role of the owner. The table is written anew, so that its files keep nothing
        of it; what the server archived before, replicas that lag, and backups are not reached.
        """
        if not entries:
            return
        with self.writing(timeout=timeout), self._committing(self._seen):
            self._session.rows(_ERASE, list(entries))
        rewrite_table(self._session)

    # --- what can go wrong

    def _check_held(self, what: str) -> None:
        check_usable(self.address, self._failed, self._pid)
        if self._held is None:
            raise WriteRefused(self.address, f"{what} needs 'with store.writing()'")
        if self._session.lost or self._session.connection is not self._held:
            raise WriteRefused(self.address, "connection lost, and with it the right to append")

    @contextmanager
    def _committing(self, head: Head) -> Iterator[None]:
        """Move the head once the block is done; a connection lost in it leaves all unknown."""
        import psycopg

        self._failed = "interrupted"
        self._session.warnings.clear()
        try:
            with self._refusing(PATIENCE):
                yield
        except (Busy, LogError, ValueError) as error:
            cause = error.__cause__
            if self._session.lost and isinstance(cause, psycopg.Error):
                self._failed = f"{server_words(cause)}; entry {head.seq} is there with hash {head.hash}, or none is"
                raise OutcomeUnknown(self.address, self._failed) from error
            self._failed = ""
            raise
        self._failed = "; ".join(self._session.warnings)  # committed, and no standby has it
        if self._failed:
            raise OutcomeUnknown(self.address, self._failed)
        self._seen = head

    @contextmanager
    def _refusing(self, timeout: float) -> Iterator[None]:
        """Turn what the server refuses before a commit into an error that says so."""
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            raise unwritable_there(self.place, error, self._seen.hash, timeout) from error


_LOCK = "SET lock_timeout = {}; SELECT pg_advisory_lock(1178684743, @.lock_key()); "
_UNLOCK = "SELECT pg_advisory_unlock_all()"
# Where the server makes another hash than we do, the statement fails, and nothing is written: SQL has
# no word for that, so a text is taken for a number that is none.
_SAME = f"""SELECT CASE WHEN hash IS DISTINCT FROM %b
    THEN ('{ANOTHER_HASH}' || coalesce(encode(hash, 'hex'), ''))::int END"""  # noqa: S608
_APPEND = f"{_SAME} FROM @.append(%b::text[], %b::int[], %b::text[], %b::bytea[], %b)"
_COPY = f"COPY @.incoming ({COLUMNS}) FROM STDIN"
_RESTORE = f"{_SAME} FROM @.restore(%b)"
_ERASE = "SELECT @.erase(%b::bigint[])"
