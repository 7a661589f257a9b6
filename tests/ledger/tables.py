"""A small ledger in SQLite, and another program that changes its tables."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from factledger import Ledger


def small(folder: Path) -> Path:
    """Return the address of a small ledger in SQLite."""
    path = folder / "x.db"
    with Ledger.create(path, origin="o") as ledger:
        claim = {"kind": "event", "type": "CONSULT", "when": "2020", "source": "s", "locator": "1"}
        ledger.append(
            {"kind": "source", "id": "s", "title": "S"},
            *({"kind": "actor", "id": n, "category": "person", "names": [n]} for n in "ab"),
            {**claim, "actor": "a", "recipient": "b"},
        )
    return path


def changed(path: Path, statement: str) -> None:
    """Change the file with another program."""
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
