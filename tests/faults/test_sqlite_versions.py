"""One file, several versions of SQLite: what one wrote, another reads, extends, erases from and gives back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from cli_tools import ONE_MORE, Said, run, small_ledger
from factledger.log.stores import open_store, sqlite
from faults.machine import environment
from faults.other_sqlite import Connection

SWAPPED = """
import sys
import sqlite3
from pysqlite3 import dbapi2

class Connection(dbapi2.Connection):
    def setlimit(self, category, limit):
        return limit  # it does not reach the limits of its SQLite

dbapi2.Connection = Connection
for name in dir(sqlite3):
    if not hasattr(dbapi2, name):
        setattr(dbapi2, name, getattr(sqlite3, name))  # constants that it does not name
sys.modules["sqlite3"] = dbapi2
from factledger.cli import main
main()
"""
MORE = (
    b'{"kind": "note", "text": "What another version wrote", "source": "gazette", "locator": "l"}'
)
Command = Callable[..., Said]


def ours(*words: str, stdin: bytes | None = None) -> Said:
    """Run a command with the SQLite of Python."""
    return run(*words, stdin=stdin)


def of_apsw(*words: str, stdin: bytes | None = None) -> Said:
    """Run a command with the SQLite that apsw brings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "connected", Connection)
        return run(*words, stdin=stdin)


def of_pysqlite3(*words: str, stdin: bytes | None = None) -> Said:
    """Run a command with the SQLite that pysqlite3 brings, in a process of its own."""
    if find_spec("pysqlite3") is None:
        pytest.skip("no pysqlite3")
    done = subprocess.run(
        [sys.executable, "-c", SWAPPED, *words], env=environment(), input=stdin, capture_output=True
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


VERSIONS = (ours, of_apsw, of_pysqlite3)


@pytest.mark.parametrize("second", VERSIONS)
@pytest.mark.parametrize("first", VERSIONS)
def test_sqlite_versions(first: Command, second: Command, tmp_path: Path) -> None:
    """A ledger goes from one version of SQLite to another and back, and each verifies what it finds."""
    small_ledger(tmp_path / "small").close()
    address = str(tmp_path / "ledger.db")

    def done(by: Command, *words: str, stdin: bytes | None = None) -> str:
        said = by(*words, "-l", address, stdin=stdin)
        assert said.code == 0, said
        return said.out

    assert first("copy", str(tmp_path / "small"), address).code == 0
    asked = ("asof", "2023-04-01", "--format", "json")
    answered = done(first, *asked)
    assert done(second, *asked) == answered
    assert done(second, "append", "-", stdin=ONE_MORE) == "added #13\n"
    done(second, "redact", "12", "--reason", "r", "--authority", "a", "--yes", "--leave-traces")
    done(second, "reindex")
    for by in (first, second):
        assert "14 entries verified" in done(by, "verify", "--index")
        assert done(by, "check") == ""
    assert done(first, "append", "-", stdin=MORE) == "added #15\n"
    assert done(second, "log") == done(first, "log")
    with open_store(address) as store:
        assert [line.body is None for line in store.read()] == [n == 12 for n in range(1, 16)]
