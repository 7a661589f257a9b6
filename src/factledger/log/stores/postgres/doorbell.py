"""The bell that an append rings on the server, for those who follow a ledger."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Self

from factledger.errors import LogError
from factledger.log.lines import Head, Line
from factledger.log.stores.postgres.address import PostgresAddress, postgres_address, quoted
from factledger.log.stores.postgres.session import Session
from factledger.log.stores.postgres.store import PostgresStore

POLL = 5.0  # seconds after which a follower looks by itself


class Doorbell:
    """A connection that listens, and does nothing else.

    It says that there may be something, never what: rings that come close together are one, and a
    ring that is lost is made up for by looking every few seconds.
    """

    def __init__(self, address: PostgresAddress) -> None:
        self._session = Session(address)
        self._listen()

    @classmethod
    def at(cls, address: str) -> Doorbell:
        """Return the bell of the ledger at an address."""
        return cls(postgres_address(address))

    def _listen(self) -> None:
        self._session.read(f"LISTEN {quoted(self._session.address.channel)}")

    def wait(self, seconds: float = POLL) -> bool:
        """Return whether it rang within some seconds; a connection that was lost is made anew."""
        import psycopg

        try:
            return any(
                True for _ in self._session.connection.notifies(timeout=seconds, stop_after=1)
            )
        except psycopg.Error:
            with suppress(LogError):
                self._listen()
                return True  # it may have rung meanwhile
            time.sleep(seconds)
            return False

    def close(self) -> None:
        """Give back the connection."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def arriving(
    store: PostgresStore,
    after: Head,
    *,
    poll: float = POLL,
    going_on: Callable[[], bool] = lambda: True,
) -> Iterator[Line]:
    """Yield the verified lines after a head, as they come, while it is going on.

    Raises HeadLost where the log does not hold the head, then or later.
    """
    with Doorbell(store.place) as bell:
        while going_on():
            for line in store.read_after(after):
                yield line
                after = line.head
            bell.wait(poll)
