"""Readers and writers at once: two processes append, four ask, on one ledger.

    python benchmarks/mixed_load.py              each store for 60 seconds, beside eventsourcing
    python benchmarks/mixed_load.py --seconds 5

A writer appends batches of ten claims, each durable before the next. A reader takes in what is new
and asks what stood between two countries on a day. eventsourcing has an aggregate a pair; it does
the same with the same claims, on SQLite and on the same PostgreSQL server; who asks replays the pair.
It needs `pip install eventsourcing==9.5.6 psycopg_pool`, and is left out without. A PostgreSQL server of its
own is started in a temporary folder.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from factledger import Ledger
from factledger.errors import Busy
from work import COUNTRIES, claims, declarations  # beside this file

WRITERS, READERS, BATCH = 2, 4, 10
DAY = "2020-06-01"
Asks = Callable[[str, str], object]
Appends = Callable[[list[Any]], object]


class Contender(NamedTuple):
    """What is measured: a function that makes it empty, and two that open it to ask and to append."""

    name: str
    make: Callable[[], object]
    asking: Callable[[], Asks]
    appending: Callable[[], Appends]


class Figures(NamedTuple):
    """What one process did: how often, and the seconds of each."""

    role: str
    took: list[float]


# --- factledger


def make_ledger(address: str) -> None:
    """Make a ledger of countries and one source."""
    with Ledger.create(address, origin="mixed") as ledger:
        ledger.append(*declarations())


def ledger_asking(address: str) -> Asks:
    """Return what takes in the newest and asks about a pair."""
    ledger = Ledger.open(address)

    def ask(one: str, other: str) -> int:
        ledger.refresh()
        return len(ledger.as_of(DAY).between(one, other).standings)

    return ask


def ledger_appending(address: str) -> Appends:
    """Return what appends a batch, again where others kept it waiting too long."""
    ledger = Ledger.open(address)

    def append(batch: list[Any]) -> None:
        while True:
            try:
                ledger.append(*batch, unproved=True)
            except Busy:
                continue
            return

    return append


# --- eventsourcing


def events_asking(settings: dict[str, str]) -> Asks:
    """Return what replays a pair."""
    from eventsourcing.application import AggregateNotFoundError

    from mixed_aggregates import Pair, opened

    application = opened({**settings, "CREATE_TABLE": "n"})

    def ask(one: str, other: str) -> int:
        try:
            pair: Pair = application.repository.get(Pair.create_id(f"{one}|{other}"))
        except AggregateNotFoundError:
            return 0
        return sum(row[1] <= DAY for row in pair.rows)

    return ask


def events_appending(settings: dict[str, str]) -> Appends:
    """Return what saves the claims of a batch in one transaction, again where another was faster."""
    from eventsourcing.persistence import PersistenceError

    from mixed_aggregates import changed, opened

    application = opened({**settings, "CREATE_TABLE": "n"})

    def append(batch: list[Any]) -> None:
        while True:
            try:
                application.save(*changed(application, batch))
            except PersistenceError:  # another saved a newer version of a pair, or holds the file
                continue
            return

    return append


# --- measuring


def work(contender: Contender, role: str, name: int, seconds: float, answer: Any) -> None:
    """Ask or append until the time is over, and hand the figures over."""
    rng = random.Random(name)
    mine = iter(claims(200_000, [tuple(rng.sample(COUNTRIES, 2)) for _ in range(300)]))  # type: ignore[misc]
    made = contender.appending() if role == "append" else contender.asking()
    took, end = list[float](), time.perf_counter() + seconds
    while time.perf_counter() < end:
        if role == "append":
            arguments: tuple[Any, ...] = ([relabelled(next(mine), name) for _ in range(BATCH)],)
        else:
            arguments = tuple(sorted(rng.sample(COUNTRIES, 2)))
        start = time.perf_counter()
        made(*arguments)
        took.append(time.perf_counter() - start)
    answer.put(Figures(role, took))


def relabelled(claim: Any, name: int) -> Any:
    """Return a claim that no other process appends."""
    import attrs

    return attrs.evolve(claim, label=f"{claim.label}-{name}", text=f"{claim.text} ({name})")


def measured(contender: Contender, seconds: float) -> list[Figures]:
    """Return what each process did."""
    contender.make()
    spawn = multiprocessing.get_context("spawn")
    answer = spawn.Queue()
    roles = ["append"] * WRITERS + ["ask"] * READERS
    started = [
        spawn.Process(target=work, args=(contender, role, number, seconds, answer))
        for number, role in enumerate(roles)
    ]
    for process in started:
        process.start()
    found = [answer.get() for _ in started]
    for process in started:
        process.join()
    return found


def told(name: str, figures: list[Figures], seconds: float) -> str:
    """Return the row of a contender."""
    cells = []
    for role, each in (("append", BATCH), ("ask", 1)):
        took = sorted(t for f in figures if f.role == role for t in f.took)
        rate = len(took) * each / seconds
        middle, late = statistics.median(took), took[int(len(took) * 0.99) - 1]
        cells.append(f"{rate:,.0f} | {middle * 1000:.1f} ms | {late * 1000:.1f} ms")
    return f"| {name} | {' | '.join(cells)} |"


@contextmanager
def contenders(folder: Path) -> Iterator[list[Contender]]:
    """Give all contenders that can be had here."""
    with ExitStack() as stack:
        found = [ledger_at("factledger, SQLite", str(folder / "mixed.db"))]
        server = postgres(stack)
        if server:
            found.append(ledger_at("factledger, PostgreSQL", server.laid_out()))
        try:
            import eventsourcing  # noqa: F401
        except ImportError:
            print("eventsourcing is not installed, and left out")
        else:
            sqlite = {
                "PERSISTENCE_MODULE": "eventsourcing.sqlite",
                "SQLITE_DBNAME": str(folder / "events.db"),
            }
            found.append(events_at("eventsourcing, SQLite", sqlite))
            if server:
                found.append(events_at("eventsourcing, PostgreSQL", postgres_settings(server)))
        yield found


def ledger_at(name: str, address: str) -> Contender:
    """Return the contender of a ledger at an address."""
    asking, appending = partial(ledger_asking, address), partial(ledger_appending, address)
    return Contender(name, partial(make_ledger, address), asking, appending)


def events_at(name: str, settings: dict[str, str]) -> Contender:
    """Return the contender of an application with these settings."""
    from mixed_aggregates import opened

    asking, appending = partial(events_asking, settings), partial(events_appending, settings)
    return Contender(name, partial(opened, settings), asking, appending)


def postgres(stack: ExitStack) -> Any:
    """Return a server that is started for this, None where there is none."""
    try:
        from postgres_server import running_server

        return stack.enter_context(running_server())
    except BaseException as error:
        print(f"no PostgreSQL server: {error}")
        return None


def postgres_settings(server: Any) -> dict[str, str]:
    """Return the settings of an application on the server."""
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": "postgres",
        "POSTGRES_HOST": str(server.folder),
        "POSTGRES_PORT": "5432",
        "POSTGRES_USER": "postgres",
        "POSTGRES_PASSWORD": "none",
    }


def main() -> None:
    """Measure each contender, and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    seconds = parser.parse_args().seconds
    os.environ["XDG_STATE_HOME"] = os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp()
    print("| what | claims appended a second | p50 | p99 | questions a second | p50 | p99 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name, contenders(Path(name)) as found:
        for contender in found:
            print(told(contender.name, measured(contender, seconds), seconds), flush=True)


if __name__ == "__main__":
    main()
