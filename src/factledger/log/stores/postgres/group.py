"""Group commit: what several threads append while one commit is on its way goes into the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Self

from factledger.errors import WriteRefused
from factledger.log.lines import Line
from factledger.log.stores.postgres.batches import Batch, check_fit
from factledger.log.stores.postgres.store import PostgresStore
from factledger.named import NamedTuple

_MOST = 1000  # records in one commit


class _Asked(NamedTuple):
    """A batch that a thread wants to have written, and what will tell it the lines."""

    batch: Batch
    told: Future[list[Line]]


class GroupCommit:
    """An appender that many threads share; each batch is whole, and durable when its append returns.

    A commit takes as long as the disk and the way to the server; over a network, ten or a hundred
    batches take hardly longer than one.
    """

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._open, self._closed = Lock(), False  # nothing comes into the queue behind its end
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def append(self, bodies: Sequence[bytes], *, at: str, salts: Sequence[bytes]) -> list[Line]:
        """Write one batch and return its lines once they are durable; raises as a writer does."""
        batch = Batch(at, bodies, salts)
        check_fit(batch)
        asked = _Asked(batch, Future())
        with self._open:
            if self._closed:
                raise WriteRefused(self._store.address, "the group commit was closed")
            self._asked.put(asked)
        return asked.told.result()

    def close(self) -> None:
        """Write what waits, and end; the store stays open."""
        with self._open:
            self._closed = True
            self._asked.put(None)
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _work(self) -> None:
        for group in self._groups():
            try:
                with self._store.writing() as writer:
                    made = writer.append_batches([one.batch for one in group])
            except BaseException as error:
                for one in group:
                    one.told.set_exception(error)
            else:
                for one, lines in zip(group, made, strict=True):
                    one.told.set_result(lines)

    def _groups(self) -> Iterator[list[_Asked]]:
        """Yield what waits, at most so many records at once, until the end is put in the queue."""
        while (one := self._asked.get()) is not None:
            group, size = [one], len(one.batch.bodies)
            while size < _MOST:
                try:
                    more = self._asked.get_nowait()
                except Empty:
                    break
                if more is None:
                    yield group
                    return
                group.append(more)
                size += len(more.batch.bodies)
            yield group
