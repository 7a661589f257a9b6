"""A store and its index in step: what waits, what is too far behind, and how it is brought up."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from factledger import Ledger
from factledger.errors import LogError
from factledger.ledger.index_audit import index_faults
from factledger.log.stores import open_store
from ledger.tables import changed, small


def test_an_index_a_little_behind_is_no_fault(tmp_path: Path) -> None:
    """Entries that wait for the index are read as they are, until it is brought up."""
    path = small(tmp_path)
    changed(path, "DELETE FROM posting WHERE number > 3")
    for table in ("pairing", "bearing"):
        changed(path, f"DELETE FROM {table}")
    with Ledger.open(path) as ledger:
        changed(path, f"UPDATE progress SET indexed = 3, hash = x'{ledger.entry(3).hash}'")
    with Ledger.open(path) as ledger:
        assert ledger.verify() == ()
        assert ledger.as_of("2021").count("event") == 1
    with open_store(str(path)) as store:
        assert index_faults(store) == []
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT indexed FROM progress").fetchone() == (5,)
    connection.close()


def test_an_index_far_behind_is_not_read_past(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks is sent to `reindex`; who wants to bring the index up may open the ledger."""
    path = small(tmp_path)
    changed(path, "DROP TABLE progress")
    monkeypatch.setattr("factledger.ledger.indexed_store._BEHIND", 2)
    with pytest.raises(LogError, match="its index is 5 entries behind; 'factledger reindex'"):
        Ledger.open(path)
    with Ledger.open(path, behind=True) as ledger:
        assert (len(ledger), ledger.behind) == (0, 5)
        ledger.refresh()
        assert ledger.behind == 5
        assert ledger.reindex() == 5
        assert (len(ledger), ledger.behind) == (5, 0)


def test_making_the_index_anew_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted between two transactions, what was indexed stays, and the rest follows."""
    path = small(tmp_path)
    monkeypatch.setattr("factledger.ledger.index_build._AT_ONCE", 2)
    monkeypatch.setattr("factledger.ledger.indexed_store._BEHIND", 2)

    def interrupt(done: int) -> None:
        raise KeyboardInterrupt

    changed(path, "DROP TABLE progress")
    with Ledger.open(path, behind=True) as ledger, pytest.raises(KeyboardInterrupt):
        ledger.reindex(interrupt)
    told: list[int] = []
    with Ledger.open(path, behind=True) as ledger:
        assert ledger.reindex(told.append) == 5
        assert told == [4, 5]
    with open_store(str(path)) as store:
        assert index_faults(store) == []
