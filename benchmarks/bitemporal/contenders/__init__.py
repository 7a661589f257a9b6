"""The contenders, one a file; each is imported when it is asked for, so that any may be missing."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from bitemporal.contenders.base import Contender

_FILES = {
    "sqlite-btree": "sqlite_btree",
    "factledger-sqlite": "factledger_stores",
    "factledger-jsonl": "factledger_stores",
    "duckdb": "duckdb_columns",
    "postgres-gist": "postgres_gist",
    "eventsourcing": "eventsourcing_aggregates",
    "tgms": "tgms_edges",
    "minigraf": "minigraf_datoms",
}
NAMES = tuple(_FILES)


def contender(name: str, folder: Path) -> Contender:
    """Return the contender of that name, which keeps its files in a folder.

    Raises ImportError or OSError where this machine does not have what it needs.
    """
    file = import_module(f"bitemporal.contenders.{_FILES[name]}")
    made: Contender = file.CONTENDERS[name](folder)
    return made
