"""Histories kept in a store, and what is asked of their index."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import combinations

from factledger import Day, Ledger
from factledger.dates.days import BEGINNING
from factledger.errors import Refused
from factledger.index.sqlite import SqliteIndex
from factledger.log.stores import Store
from factledger.log.stores.sqlite import SqliteStore
from factledger.records.claims import SHAPES
from factledger.testing.clock import seeded
from factledger.testing.history import FIRST, STEP, History


def filled(store: Store, history: History, batch: int, settle: bool = False) -> Ledger:
    """Return a ledger over a store that holds a history, appended in batches of some size.

    With `settle` each is in the tables before the next comes.
    """
    ledger = Ledger(store, clock=lambda: FIRST + (len(ledger) - 1) * STEP, entropy=seeded())
    header = history.ledger(0).entry(1).record
    assert header is not None
    ledger.append(header)
    for i in range(0, len(history.records), batch):
        with suppress(Refused):  # a batch is recorded at once, so its sources may not be out yet
            ledger.append(*history.records[i : i + batch])
        if settle:
            ledger.settle()
    return ledger


@contextmanager
def stored(history: History, batch: int = 1, settle: bool = False) -> Iterator[Ledger]:
    """Give a ledger in a SQLite file that holds a history."""
    with (
        tempfile.TemporaryDirectory() as folder,
        filled(SqliteStore.create(f"{folder}/x.db"), history, batch, settle) as ledger,
    ):
        yield ledger


def waits(ledger: Ledger) -> bool:
    """Return whether entries of a ledger are not in the tables of its index yet."""
    assert isinstance(ledger.index, SqliteIndex)
    return ledger.index.waits


def answers(ledger: Ledger, day: Day, cut: int, actors: list[str]) -> list[object]:
    """Return what a ledger answers about everything, actors and relationships."""
    view = ledger.as_of(day, recorded=cut)
    scopes = [view, *map(view.involving, actors)]
    scopes += [view.between(one, other) for one, other in combinations(actors, 2)]
    found: list[object] = [view.at]
    for scope in scopes:
        found += [scope.standings, scope.assessments, scope.relationships()]
        found += [(scope.numbers(shape), scope.count(shape)) for shape in SHAPES]
    return found


def same_answers(one: Ledger, other: Ledger, days: list[Day], cut: int) -> None:
    """Assert that two ledgers answer alike."""
    actors = [a for a in one.index.declared("actor") if one.belief(cut).actor(a) is not None][:5]
    for day in days:
        for mine, theirs in zip(
            answers(one, day, cut, actors), answers(other, day, cut, actors), strict=True
        ):
            assert mine == theirs
    assert one.changes(recorded=cut) == other.changes(recorded=cut)


def turning_days(ledger: Ledger, cut: int) -> list[Day]:
    """Return days on which something turns, and those before."""
    found = sorted({c.day for c in ledger.changes(recorded=cut)})[-6:]
    return sorted({max(Day(day - back), BEGINNING) for day in found for back in (0, 1)})
