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

    They are made beside it, where nothing has a name, once those of the store are brought up; what
    others append from then on is in neither. Nobody appends meanwhile. `on_progress` is called with the number of entries indexed. A
    store that keeps no index has none that differs.
    """
    if not isinstance(store, TableStore):
        return []
    bring_up(store)
    damage = store.damage("integrity_check")
    if damage is not None:
        return [Problem(store.address, "index-agrees", f"SQLite finds {damage!r} in the file")]
    with store.writing(), scratch() as beside:
        tables = Tables(beside, store.address)
        tables.make()
        attach(beside, Path(store.address))
        index = SqliteIndex(shipped(), store, tables, row_maker)

        def take_in(line: Line) -> None:
            index.add(line.body, line.at, line_body(line, store.address))
            index.place(line)

        indexed, _ = Tables(store.connection, store.address, store.lock).progress
        fill(index, store, take_in, indexed, on_progress)
        return list(differences(beside, store.address))
