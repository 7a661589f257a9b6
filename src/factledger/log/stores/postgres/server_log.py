"""The log of a ledger on a server, read: each line verified, and held to what was seen before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from factledger.errors import Damaged
from factledger.log.lines import START, Head, Line, following
from factledger.log.stores.postgres.address import PostgresAddress
from factledger.log.stores.postgres.remembered import head_lost, remember, remembered_head
from factledger.log.stores.postgres.rows import COLUMNS, row_line
from factledger.log.stores.postgres.session import Session

_AT_ONCE = 2000  # lines that are read at once


class ServerLog:
    """The lines of one schema on a server.

    It refuses a log that does not hold the newest head that this machine has seen of it.
    """

    def __init__(self, address: PostgresAddress) -> None:
        self.place = address
        self.address = address.text
        self.kept_as = f"{address.ledger}-{address.key}"
        self._session = Session(address)
        self._held: object = None  # the connection that holds the right to append
        self._seen = remembered_head(address)

    @property
    def head(self) -> Head:
        """Where the log ends now; raises HeadLost where what was seen before is not in it."""
        return self._seen if self._held is not None else self._look()

    def _look(self, first: str = "") -> Head:
        """Return the head that the server has, held against the newest that was seen.

        `first` are statements to run before, on one way to the server.
        """
        seen = self._seen
        query = f"{first}{_LOOK.format(int(seen.seq))}"
        [(seq, hash_, at, last, then)] = self._session.read(query)
        found = START if seq is None else Head(seq, hash_.hex(), at)
        if seen.seq and (then is None or then.hex() != seen.hash):
            raise head_lost(self.place, seen, found)
        if seq != last:
            raise Damaged(self.address, seq + 1, "it is missing")
        self._seen = found
        return found

    def holds(self, head: Head) -> bool:
        """Return whether the log holds a head that a copy of it ends with.

        Raises HeadLost where it is the newest that was seen of the log, and remembers it.
        """
        found = self._session.read(_HASH_AT, head.seq)
        held = not head.seq or [hash_.hex() for (hash_,) in found] == [head.hash]
        if not held and head.seq > remembered_head(self.place).seq:
            remember(self.place, head)
            raise head_lost(self.place, head, self.head)
        return held

    def read(self, start: int = 1) -> Iterator[Line]:
        """Yield the verified lines from entry `start` on that are there when the reading begins.

        What comes before is taken as it is: `read()` alone verifies the whole chain.
        """
        start, end = max(start, 1), self.head.seq
        if start > end:
            return
        [(batch, hash_, at)] = self._session.read(_BEFORE, start) or [(start, None, "")]
        before = Head(batch - 1, hash_.hex(), at) if hash_ else START
        yield from (line for line in self._verified(before, end) if line.seq >= start)

    def read_after(self, head: Head) -> Iterator[Line]:
        """Yield the verified lines that follow on a head; raises HeadLost where it is not there."""
        if head.seq and not self.holds(head):
            raise head_lost(self.place, head, self.head)
        yield from self._verified(head, self.head.seq)

    def _verified(self, before: Head, end: int) -> Iterator[Line]:
        """Yield the lines after a head up to `end`, none of them missing."""
        seq = before.seq
        for line in following(self._parts(seq + 1, end), before, self.address):
            seq = line.seq
            yield line
        if seq < end:
            raise Damaged(self.address, seq + 1, "it is missing")

    def erased(self) -> set[int]:
        """Return the entries whose content was erased."""
        return {seq for (seq,) in self._session.read(_ERASED)}

    def _parts(self, start: int, end: int) -> Iterator[Line]:
        """Yield the lines from `start` to `end`, both included, as they are stored."""
        for first in range(start, end + 1, _AT_ONCE):
            last = min(first + _AT_ONCE - 1, end)
            rows: list[Any] = self._session.read(_PARTS, first, last)
            for row in rows:
                try:
                    yield row_line(row)
                except ValueError as error:
                    raise Damaged(self.address, row[0], str(error)) from None
            if len(rows) <= last - first:
                return

    def close(self) -> None:
        """Give back the connection, and keep in mind what was seen."""
        remember(self.place, self._seen)
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_LOOK = """SELECT l.seq, l.hash, l.at, l.last, (SELECT hash FROM @.line WHERE seq = {})
FROM (VALUES (1)) one LEFT JOIN (
    SELECT seq, hash, at, last FROM @.line ORDER BY seq DESC LIMIT 1) l ON true"""
_HASH_AT = "SELECT hash FROM @.line WHERE seq = %s"
_BEFORE = """SELECT l.batch, b.hash, coalesce(b.at, '') FROM @.line l
LEFT JOIN @.line b ON b.seq = l.batch - 1 WHERE l.seq = %s"""
_PARTS = f"SELECT {COLUMNS} FROM @.line WHERE seq BETWEEN %s AND %s ORDER BY seq"  # noqa: S608
_ERASED = "SELECT seq FROM @.line WHERE body IS NULL"
