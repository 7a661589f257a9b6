"""What several writers and followers of one ledger on a PostgreSQL server get, and never lose.

    python benchmarks/shared_writers.py            all figures, about ten minutes
    python benchmarks/shared_writers.py --quick    the same with a tenth of the work

It starts a server of its own, in a temporary folder. Appends are acknowledged ones.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from factledger.errors import Damaged, LogError
from factledger.log.canonical import canonical
from factledger.log.lines import START, Line
from factledger.log.stores.postgres.address import postgres_address
from factledger.log.stores.postgres.doorbell import arriving
from factledger.log.stores.postgres.group import GroupCommit
from factledger.log.stores.postgres.store import PostgresStore
from postgres_server import Server, running_server

AT = "2026-11-23T19:00:00.000000Z"
Result = TypeVar("Result")
_FILL = "x" * 330  # a line has about 400 bytes


def body(writer: int, number: int) -> bytes:
    """Return the body of one record, of which there is no other."""
    return canonical({"kind": "note", "n": number, "text": _FILL, "writer": writer})


def appended(writer: Any, name: int, first: int, size: int) -> list[Line]:
    """Append one batch and return its lines."""
    bodies = [body(name, number) for number in range(first, first + size)]
    salts = [sha256(one).digest()[:16] for one in bodies]
    lines: list[Line] = writer.append(bodies, at=AT, salts=salts)
    return lines


def contended(address: str, writers: int, each: int, size: int = 1) -> tuple[set[str], float]:
    """Return the hashes that were acknowledged to several writers at once, and lines a second."""

    def work(name: int) -> list[str]:
        hashes = []
        with store_at(address) as store:
            for first in range(0, each * size, size):
                with store.writing(timeout=600) as writer:
                    hashes += [line.hash for line in appended(writer, name, first, size)]
        return hashes

    start = time.perf_counter()
    with ThreadPoolExecutor(writers) as pool:
        found = [hash_ for hashes in pool.map(work, range(writers)) for hash_ in hashes]
    assert len(set(found)) == len(found) == writers * each * size
    return set(found), len(found) / (time.perf_counter() - start)


def store_at(address: str) -> PostgresStore:
    """Return the store at an address, which may be empty."""
    return PostgresStore(postgres_address(address))


def check_whole(address: str, acknowledged: set[str], undecided: int = 0) -> int:
    """Return how many lines there are: verified, without a gap, and all that were acknowledged."""
    lines = lines_of(address)
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    hashes = {line.hash for line in lines}
    assert acknowledged <= hashes, "an acknowledged line is not there"
    assert len(hashes) <= len(acknowledged) + undecided, "a line is there that nobody wrote"
    return len(lines)


def lines_of(address: str) -> list[Line]:
    """Return all lines, verified, once the server is up again."""

    def read() -> list[Line]:
        with store_at(address) as store:
            return list(store.read())

    return once_up(read)


def once_up(act: Callable[[], Result]) -> Result:
    """Return what is read, as soon as the server lets it be read."""
    for _ in range(600):
        try:
            return act()
        except Damaged:
            raise
        except LogError:
            time.sleep(0.05)
    raise AssertionError("the server does not come back")


# --- followers


def followed(address: str, total: int, followers: int, write: Callable[[], object]) -> list[int]:
    """Return how many of `total` lines each follower missed while they were written."""
    seen: list[list[int]] = [[] for _ in range(followers)]

    def follow(mine: list[int]) -> None:
        with store_at(address) as store:
            for line in arriving(store, START):
                mine.append(line.seq)
                if line.seq == total:
                    return

    threads = [threading.Thread(target=follow, args=(mine,)) for mine in seen]
    for thread in threads:
        thread.start()
    write()
    for thread in threads:
        thread.join()
    return [len(set(range(1, total + 1)) - set(mine)) for mine in seen]


def missed_by_a_serial(server: Server, writers: int, each: int) -> int:
    """Return what a follower of a table with a `bigserial` misses, which numbers before it commits."""
    with server.connection() as connection:
        connection.execute("DROP TABLE IF EXISTS naive; CREATE TABLE naive (id bigserial, n int)")

    def work(name: int) -> None:
        with server.connection() as mine:
            for number in range(each):
                with mine.transaction():
                    mine.execute("INSERT INTO naive (n) VALUES (%s)", (number,))
                    time.sleep(0.002 * ((name + number) % 3))

    seen: list[int] = []
    with ThreadPoolExecutor(writers) as pool, server.connection() as reader:
        jobs = [pool.submit(work, name) for name in range(writers)]
        going_on = True
        while going_on:
            going_on = not all(job.done() for job in jobs)
            query = "SELECT id FROM naive WHERE id > %s ORDER BY id"
            seen += [row[0] for row in reader.execute(query, (seen[-1] if seen else 0,)).fetchall()]
    return writers * each - len(seen)


def ring_seconds(address: str, appends: int) -> list[float]:
    """Return how long each append took to be seen by a follower, in order of size."""
    told: dict[int, float] = {}
    heard: dict[int, float] = {}
    with store_at(address) as store:
        last = store.head.seq + appends

        def follow() -> None:
            with store_at(address) as mine:
                for line in arriving(mine, mine.head):
                    heard[line.seq] = time.perf_counter()
                    if line.seq == last:
                        return

        thread = threading.Thread(target=follow)
        thread.start()
        time.sleep(0.5)
        for number in range(appends):
            with store.writing() as writer:
                [line] = appended(writer, 99, number, 1)
            told[line.seq] = time.perf_counter()
            time.sleep(0.01)
        thread.join()
    return sorted(max(0.0, heard[seq] - told[seq]) for seq in told)


# --- the figures


def figures(server: Server, part: int) -> Iterator[str]:
    """Yield a line for each figure; `part` is by how much the work is divided."""
    for writers, each in ((8, 200), (32, 1000)):
        address = server.laid_out()
        hashes, rate = contended(address, writers, each // part)
        found = check_whole(address, hashes)
        yield f"{writers} writers x {each // part}: {found:,} lines, no gap, none lost; {rate:,.0f}/s"
    yield from rates(server, part)
    total = 100_000 // part
    address = server.laid_out()
    missed = followed(address, total, 2, lambda: contended(address, 4, total // 80, 20))
    yield f"two followers of {total:,} lines by 4 writers: missed {missed[0]} and {missed[1]}"
    yield f"a follower of a bigserial, 4 writers x 250: missed {missed_by_a_serial(server, 4, 250)}"
    waits = ring_seconds(address, 300 // part)
    p50, p99 = statistics.median(waits), waits[int(len(waits) * 0.99)]
    yield f"an append is heard after {1000 * p50:.1f} ms (p50), {1000 * p99:.1f} ms (p99)"
    from killed_writers import killed

    address = server.laid_out()
    survived = killed(address, 200 // part)
    yield (
        f"{survived.kills} kills of a backend: {survived.acknowledged:,} acknowledged and there, "
        f"{survived.unknown} unknown, of which {survived.there} there"
    )


def rates(server: Server, part: int) -> Iterator[str]:
    """Yield how many lines a second are acknowledged, by how they are appended."""
    address, each = server.laid_out(), 2000 // part
    with store_at(address) as store:
        with store.writing() as writer:
            start = time.perf_counter()
            for number in range(each):
                appended(writer, 0, number, 1)
            yield f"one writer that holds the turn, singly: {each / (time.perf_counter() - start):,.0f}/s"
        for size in (100, 1000):
            with store.writing() as writer:
                start = time.perf_counter()
                for number in range(20):
                    appended(writer, size, number * size, size)
                rate = 20 * size / (time.perf_counter() - start)
            yield f"one writer, batches of {size}: {rate:,.0f}/s"
        with GroupCommit(store) as group, ThreadPoolExecutor(32) as pool:
            start = time.perf_counter()
            list(pool.map(lambda number: appended(group, 7, number, 1), range(each)))
            yield f"32 threads in group commit, singly: {each / (time.perf_counter() - start):,.0f}/s"
        lines = list(store.read())
    other = server.laid_out()
    with store_at(other) as copy, copy.writing() as writer:
        start = time.perf_counter()
        writer.restore(lines)
        yield f"copied by COPY: {len(lines) / (time.perf_counter() - start):,.0f}/s"


def main() -> None:
    """Print the figures."""
    part = 10 if "--quick" in sys.argv[1:] else 1
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(XDG_STATE_HOME=f"{home}/state", XDG_CACHE_HOME=f"{home}/cache")
        with running_server() as server:
            for line in figures(server, part):
                print(line, flush=True)


if __name__ == "__main__":
    main()
