"""A writer whose server process is killed again and again: what was acknowledged is there."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import NamedTuple

from factledger.errors import LogError, OutcomeUnknown
from factledger.log.stores.postgres.store import PostgresStore
from shared_writers import appended, check_whole, lines_of, once_up, store_at


class Survived(NamedTuple):
    """What became of a writer whose server process was killed again and again."""

    kills: int
    acknowledged: int
    unknown: int
    there: int  # how many of the unknown ones are in the log


class Killer(threading.Thread):
    """Kills a process after some seconds, unless it is gone by then."""

    def __init__(self, pid: int, seconds: float) -> None:
        super().__init__()
        self._pid, self._seconds, self._done = pid, seconds, False
        self.start()

    def run(self) -> None:
        """Wait, and kill."""
        time.sleep(self._seconds)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
            self._done = True

    def has_killed(self) -> bool:
        """Return whether it was there to be killed."""
        self.join()
        return self._done


def killed(address: str, kills: int) -> Survived:
    """Kill the process that serves a writer with SIGKILL, again and again; check what is left."""
    acknowledged: set[str] = set()
    unknown: set[str] = set()
    numbers, done = count(), 0
    while done < kills:
        with _reopened(address) as store:
            if _went_on(store, acknowledged, unknown, numbers):
                pid = store._session.connection.info.backend_pid
                killer = Killer(pid, 0.001 * (done % 40))
                while _went_on(store, acknowledged, unknown, numbers):
                    pass
                done += killer.has_killed()
    hashes = {line.hash for line in lines_of(address)}
    check_whole(address, acknowledged, len(unknown))
    return Survived(kills, len(acknowledged), len(unknown), len(unknown & hashes))


def _went_on(
    store: PostgresStore, acknowledged: set[str], unknown: set[str], numbers: Iterator[int]
) -> bool:
    """Append once more and note what came of it; return whether it was acknowledged."""
    try:
        with store.writing() as writer:
            acknowledged |= {line.hash for line in appended(writer, 0, next(numbers), 1)}
    except OutcomeUnknown as error:
        unknown.add(str(error).partition(" with hash ")[2][:64])
        return False
    except LogError:
        return False  # it was killed between two appends: nothing is open
    return True


def _reopened(address: str) -> PostgresStore:
    """Return the store once the server is up again."""
    return once_up(lambda: store_at(address))
