"""The index of a store held against one made anew from its lines."""

from __future__ import annotations

from pathlib import Path

from factledger.errors import Problem
from factledger.index.comparison import attach, differences, scratch, seen
from factledger.index.sqlite import SqliteIndex
from factledger.index.tables import Tables
from factledger.ledger.index_build import fill
from factledger.ledger.index_rows import row_maker
from factledger.ledger.line_bodies import line_body
from factledger.log.lines import Line
from factledger.log.stores import Store
from factledger.log.stores.base import OnProgress, TableStore, saying
from factledger.log.stores.sqlite_file import LONGEST_WAIT
from factledger.records.vocabulary import shipped

_LOOKS = 3  # from the first line on, beside others who erase or make the index anew
_MEETINGS = 100  # with what others append, from the line on that was read last
_UNCOMPARED = "the index was not compared; verify again when that is done"


def index_faults(store: Store, on_progress: OnProgress = None) -> list[Problem]:
    """Return how the tables of a store differ from those that its lines make, in a few rows each.

    They are made beside it, where nothing has a name, up to the entry to which those of the store
    go. Others write meanwhile, and wait only while the two are compared; where they do so all the
    while, they are kept from it at last. `on_progress` is called with the number of entries indexed.
    A store that keeps no index has none that differs.
    """
    if not isinstance(store, TableStore):
        return []
    damage = store.damage("integrity_check")
    if damage is not None:
        return [Problem(store.address, "index-agrees", f"SQLite finds {damage!r} in the file")]
    if not Tables(store.connection, store.address, store.lock).progress[0]:
        return []
    for _ in range(_LOOKS):
        if (found := _differences(store, on_progress)) is not None:
            return found
    with saying(lambda: _UNCOMPARED), store.writing(timeout=LONGEST_WAIT):
        return _differences(store, on_progress) or []


def _differences(store: TableStore, on_progress: OnProgress) -> list[Problem] | None:
    """Return where the tables of a store are not those that its lines make.

    None where others made tables meanwhile, as whoever erases does, or appended each time that the
    last line had been read.
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
        last, version = kept.progress[0], kept.version
        attach(beside, Path(store.address))
        for _ in range(_MEETINGS):
            beside.execute("BEGIN")  # one transaction, or every row would be one
            fill(index, store, take_in, last, on_progress)
            beside.execute("COMMIT")
            with seen(beside) as (last, now):  # what is read here holds others up
                if now != version:
                    return None
                if last == index.base:
                    return list(differences(beside, store.address))
    return None
