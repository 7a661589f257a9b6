"""The index of a store held against one made anew from its lines."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from factledger.errors import Problem
from factledger.index.comparison import differences
from factledger.ledger.copying import bring_up, copy_into
from factledger.log.stores import Store, create_store
from factledger.log.stores.base import OnProgress, TableStore


def index_faults(store: Store, on_progress: OnProgress = None) -> list[Problem]:
    """Return how the tables of a store differ from those that its lines make, in a few rows each.

    They are made in a temporary file, once those of the store are brought up; nothing is appended
    to it meanwhile. `on_progress` is called with the number of entries copied, and again with the number
    of those indexed. A store that keeps no index has none that differs.
    """
    if not isinstance(store, TableStore):
        return []
    bring_up(store)
    damage = store.damage("integrity_check")
    if damage is not None:
        return [Problem(store.address, "index-agrees", f"SQLite finds {damage!r} in the file")]
    with TemporaryDirectory(prefix="factledger-") as folder, store.writing():
        anew = Path(folder, "anew.db")
        with create_store(str(anew)) as fresh:
            copy_into(store, fresh, on_progress)
            bring_up(fresh, on_progress)
        return list(differences(Path(store.address), anew))
