"""Group commit: many threads, few commits, and each batch whole."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from factledger.errors import Busy, WriteRefused
from factledger.log.lines import Line
from factledger.log.stores.postgres.group import GroupCommit
from factledger.log.stores.postgres.store import PostgresStore
from factledger.testing.store_model import AT, bodies, salts
from postgres_server import Server


@pytest.fixture
def store(server: Server, home: Path) -> Iterator[PostgresStore]:
    """A store that holds nothing."""
    with PostgresStore.create(server.laid_out()) as store:
        yield store


def transactions(store: PostgresStore) -> int:
    """Return how many transactions wrote the lines."""
    [(count,)] = store._session.rows("SELECT count(DISTINCT xmin::text) FROM @.line")
    return int(count)


def test_what_waits_goes_into_one_commit(store: PostgresStore) -> None:
    """Threads that append while a commit is on its way share the next; each has its own batch."""
    with GroupCommit(store) as group, ThreadPoolExecutor(20) as pool:

        def one(number: int) -> list[Line]:
            size = 1 + number % 3
            return group.append(bodies(size, number), at=AT, salts=salts(size, number))

        with store.writing():
            waiting = [pool.submit(one, number) for number in range(20)]
        made = [future.result() for future in waiting]
    assert [len(lines) for lines in made] == [1 + number % 3 for number in range(20)]
    assert all(line.batch == lines[0].seq for lines in made for line in lines)
    assert sorted(line for lines in made for line in lines) == list(store.read())
    assert transactions(store) <= 5


def test_a_commit_holds_no_more_than_it_may(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A queue that is longer goes into several commits."""
    monkeypatch.setattr("factledger.log.stores.postgres.group._MOST", 2)
    with GroupCommit(store) as group, ThreadPoolExecutor(9) as pool:
        with store.writing():
            jobs = [pool.submit(group.append, bodies(1), at=AT, salts=salts(1)) for _ in range(9)]
        assert sorted(job.result()[0].seq for job in jobs) == list(range(1, 10))
    assert transactions(store) >= 5


def test_a_batch_that_does_not_fit_fails_alone(store: PostgresStore) -> None:
    """What would not read back is refused before it waits with others."""
    with GroupCommit(store) as group:
        with pytest.raises(ValueError, match="a salt has 16 bytes"):
            group.append([b"{}"], at=AT, salts=[b""])
        assert [line.seq for line in group.append([b"{}"], at=AT, salts=salts(1))] == [1]


def test_everybody_is_told_what_went_wrong(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit that fails fails for all in it, and the next goes on."""

    def busy(*_: object, **__: object) -> None:
        raise Busy(store.address, 0)

    with GroupCommit(store) as group:
        with monkeypatch.context() as patch:
            patch.setattr(store, "writing", busy)
            with pytest.raises(Busy):
                group.append([b"{}"], at=AT, salts=salts(1))
        assert len(group.append([b"{}"], at=AT, salts=salts(1))) == 1


def test_what_waits_is_written_before_the_end(store: PostgresStore) -> None:
    """Closing loses nothing; what comes later is refused."""
    group = GroupCommit(store)
    with ThreadPoolExecutor(5) as pool:
        with store.writing():
            jobs = [pool.submit(group.append, bodies(1), at=AT, salts=salts(1)) for _ in range(4)]
            time.sleep(0.2)  # for all to be in the queue
            closing = pool.submit(group.close)
        assert sorted(job.result()[0].seq for job in jobs) == [1, 2, 3, 4]
        closing.result()
    with pytest.raises(WriteRefused, match="the group commit was closed"):
        group.append(bodies(1), at=AT, salts=salts(1))


def test_an_end_that_waits_behind_a_batch_is_seen_with_it(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands in the queue before the end is one more commit, and the last."""
    writing, entered, go = store.writing, threading.Event(), threading.Event()

    def late() -> Any:
        entered.set()
        go.wait(10)
        return writing()

    monkeypatch.setattr(store, "writing", late)
    group = GroupCommit(store)
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(group.append, bodies(1), at=AT, salts=salts(1))]
        entered.wait(10)
        jobs += [pool.submit(group.append, bodies(1), at=AT, salts=salts(1)) for _ in range(2)]
        await_waiting(group, 2)
        closing = pool.submit(group.close)
        await_waiting(group, 3)
        go.set()
        closing.result()
    assert sorted(job.result()[0].seq for job in jobs) == [1, 2, 3]
    assert transactions(store) == 2


def await_waiting(group: GroupCommit, count: int) -> None:
    """Wait until so much is in the queue."""
    while group._asked.qsize() < count:
        time.sleep(0.001)
