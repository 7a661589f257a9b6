"""The SQL that makes the tables of a SQLite store, from the files beside this one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path


def statements(name: str) -> Iterator[str]:
    """Yield the statements of a file of SQL beside this one."""
    text, waiting = Path(__file__).with_name(name).read_text(encoding="utf-8"), ""
    for line in text.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""
