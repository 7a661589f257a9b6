"""The index of a store held against one made anew from its lines."""

from __future__ import annotations

from pathlib import Path

from factledger.errors import Problem
from factledger.index.comparison import attach, differences, scratch
from factledger.index.sqlite import SqliteIndex
from factledger.index.tables import Tables
from factledger.ledger.copying import bring_up
from factledger.ledger.index_build import fill
from factledger.ledger.index_rows import row_maker
from factledger.ledger.line_bodies import line_body
from factledger.log.lines import Line
from factledger.log.stores import Store
from factledger.log.stores.base import OnProgress, TableStore
from factledger.records.vocabulary import shipped


def index_faults(store: Store, on_progress: OnProgress = None) -> list[Problem]:
    """Return how the tables of a store differ from those that its lines make, in a few rows each.

    They are made beside it, where nothing has a name, once those of the store are brought up. Others
    append meanwhile, and wait only while the two are compared; where these differ, it is looked at
    again while nobody writes. `on_progress` is called with the number of entries indexed. A store
    that keeps no index has none that differs.
    """
    if not isinstance(store, TableStore):
        return []
    bring_up(store)
    damage = store.damage("integrity_check")
    if damage is not None:
        return [Problem(store.address, "index-agrees", f"SQLite finds {damage!r} in the file")]
    if not _differences(store, on_progress, beside_writers=True):
        return []
    return _differences(store, on_progress, beside_writers=False)


def _differences(
    store: TableStore, on_progress: OnProgress, *, beside_writers: bool
) -> list[Problem]:
    """Return where the tables of a store are not those that its lines make.

    Beside writers, what they erase while the lines are read makes a difference that is none.
    """
    with scratch() as beside:
        tables = Tables(beside, store.address)
        tables.make()
        beside.execute("CREATE TABLE record (seq, hash)")  # no line: the index is of none yet
        index = SqliteIndex(shipped(), store, tables, row_maker)

        def take_in(line: Line) -> None:
            index.add(line.body, line.at, line_body(line, store.address))
            index.place(line)

        kept = Tables(store.connection, store.address, store.lock)
        if beside_writers:
            beside.execute("BEGIN")  # one transaction, or every row would be one
            fill(index, store, take_in, kept.progress[0], on_progress)
            beside.execute("COMMIT")
        with store.writing():
            attach(beside, Path(store.address))  # from here on what is read holds others up
            fill(index, store, take_in, kept.progress[0], on_progress)
            return list(differences(beside, store.address))
