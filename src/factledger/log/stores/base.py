"""The contract of every store: verified lines in order, and one writer at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias, runtime_checkable

from factledger.errors import Busy, HeadMoved, OutcomeUnknown, WriteRefused
from factledger.log.lines import Head, Line
from factledger.named import NamedTuple

if TYPE_CHECKING:  # most ledgers are text files
    import sqlite3

PATIENCE = 10.0
CLOSED = "the ledger was closed; open it again"
FORKED = "the process was forked since; open the ledger again in this process"

OnProgress: TypeAlias = Callable[[int], object] | None
"""A function that is called with a number of entries from time to time; None where nobody waits."""


class Torn(NamedTuple):
    """The remains of an append that never finished, at the end of a log; it was never acknowledged.

    `after` is the last entry that counts, `size` the number of bytes that do not. `moved_to` names
    the file that a writer moved them to; None while they still stand in the log.
    """

    after: int
    size: int
    moved_to: str | None = None

    def __str__(self) -> str:
        where = f"moved to {self.moved_to}" if self.moved_to else "ignored"
        return f"{self.size} bytes of an unfinished append after entry {self.after}, {where}"


class Writer(Protocol):
    """The right to append, held by one writer at a time."""

    @property
    def head(self) -> Head:
        """Where the log ends; nobody else moves it while the writer is held."""
        ...

    def append(self, bodies: Sequence[bytes], *, at: str, salts: Sequence[bytes]) -> list[Line]:
        """Write one batch and return its lines once they are durable; all of it or nothing.

        `bodies` are canonical JSON, `salts` 16 random bytes for each, `at` the instant of the
        append in UTC with six decimals (raised to the head's when the clock stepped back). No
        bodies, no batch.

        Raises ValueError for a body, salt or instant that would not read back, WriteRefused when
        nothing was written, OutcomeUnknown when it may have been.
        """
        ...

    def restore(self, lines: Sequence[Line]) -> None:
        """Write verified lines of another store as they are, once they are durable; or nothing.

        They are whole batches that continue the head. Raises as `append` does.
        """
        ...


class Follower(Protocol):
    """A value kept beside the lines that follows them, such as an index."""

    def before_commit(self, head: Head) -> None:
        """Write what belongs to the lines that are about to be committed, up to `head`."""
        ...

    def rewrite(self) -> None:
        """Write anew what is kept of the lines, before a commit that erases some of them."""
        ...

    def forget(self) -> None:
        """Forget what was read of tables that others, or a rollback, may have changed."""
        ...


class Store(Protocol):
    """Where the lines of a ledger are kept."""

    @property
    def address(self) -> str:
        """The address for `open_store`, by which errors name the store."""
        ...

    @property
    def head(self) -> Head:
        """Where the log ended when this store last looked."""
        ...

    @property
    def torn(self) -> Torn | None:
        """The remains of an unfinished append that the last reading or writing found."""
        ...

    def read(self, start: int = 1) -> Iterator[Line]:
        """Yield the verified lines from entry `start` on, in order, whole batches only.

        Never writes and never waits. Raises Damaged at the first line that is not what was
        acknowledged, after the lines before it.
        """
        ...

    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> AbstractContextManager[Writer]:
        """Hold the right to append; inside, `read` shows all that others appended before.

        `expect` is the hash or the `seq` that the head must have, else HeadMoved. Raises Busy when
        another writer holds on for `timeout` seconds.
        """
        ...

    def erase(self, entries: Collection[int], *, timeout: float = PATIENCE) -> None:
        """Take the content of entries out of the log for good; no hash changes.

        Not inside `writing`: a store may have to put another file in the place of the log. Doing
        it twice is doing it once. Raises as `writing` and `append` do.
        """
        ...

    def close(self) -> None:
        """Give back what the store holds of the machine; a closed store is not used again."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


@runtime_checkable
class TableStore(Store, Protocol):
    """A store whose file has room for tables beside the lines, written in the same transactions."""

    connection: sqlite3.Connection
    lock: AbstractContextManager[bool]
    """Held by a thread that uses the connection, for as long as what it wrote may be rolled back."""

    def renew(self) -> None:
        """Turn to the file that stands at the address, with a new `connection`, if another did before.

        Raises NotFound where none does, and Damaged where it does not hold what was read before.
        """
        ...

    def follow(self, follower: Follower) -> None:
        """Let what is kept in the tables follow the lines."""
        ...

    def line(self, seq: int) -> Line:
        """Return one line, verified against the hash of the line before."""
        ...

    def lines(self, numbers: Sequence[int]) -> Iterator[Line]:
        """Yield the lines of some entries in their order, each verified as by `line`."""
        ...

    def kinds(self, first: int, last: int) -> list[str]:
        """Return the kinds of the records from entry `first` to entry `last`, both included."""
        ...

    def last_by(self, instant: str) -> int:
        """Return the last entry that was recorded by an instant, 0 for none."""
        ...

    def transact(self) -> None:
        """Begin a transaction, if none is open; only inside `writing`."""
        ...

    def commit(self) -> None:
        """Make durable what was written."""
        ...

    def refusing(self) -> AbstractContextManager[None]:
        """Turn what the file refuses before a commit into an error that says nothing was written."""
        ...

    def damage(self, how: str) -> str | None:
        """Return the first thing that is wrong with the file, None for nothing."""
        ...


@runtime_checkable
class RemoteStore(Protocol):
    """What a store on another machine has besides: its index is kept in a file of this one."""

    kept_as: str
    """The name under which a machine keeps what it knows of the store."""

    def holds(self, head: Head) -> bool:
        """Return whether the log holds a head that a copy of it ends with.

        Raises HeadLost where it is the newest that was seen of the log.
        """
        ...

    def erased(self) -> set[int]:
        """Return the entries whose content was erased."""
        ...


@contextmanager
def saying(left: Callable[[], str]) -> Iterator[None]:
    """Let a refusal say what was written before it; `left` returns the words, none for nothing."""
    try:
        yield
    except (Busy, WriteRefused) as refusal:
        if not (words := left()):
            raise
        if isinstance(refusal, Busy):
            raise Busy(refusal.path, refusal.seconds, words) from refusal
        raise WriteRefused(refusal.path, refusal.reason, words) from refusal


def stays(before: int, after: int) -> str:
    """Return the words for entries that were written and stay; none where there are none."""
    what = "what was written stays, and the same again goes on behind it"
    return f"it ends with entry {after} now: {what}" if after > before else ""


def check_usable(address: str, failed: str, pid: int) -> None:
    """Raise where nothing may be appended: what became of an append is unknown, or a process was forked since."""
    if os.getpid() != pid:  # first: a fork may fall into an append of the parent, which is not ours
        raise WriteRefused(address, FORKED)
    if failed:
        raise OutcomeUnknown(address, failed)


def check_expected(expect: str | int | None, head: Head) -> None:
    """Raise HeadMoved unless the head is the one expected: a hash, a `seq`, or None for any."""
    found = head.seq if isinstance(expect, int) else head.hash
    if expect is not None and expect != found:
        raise HeadMoved(expect, found)
