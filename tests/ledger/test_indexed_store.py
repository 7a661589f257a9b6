"""A store and its index in step: what waits, what is too far behind, and how it is brought up."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given

from effort import few_examples
from factledger import Ledger
from factledger.errors import LogError, WriteRefused
from factledger.index.sqlite import SqliteIndex
from factledger.ledger.auditing.index_audit import index_faults
from factledger.log.stores import create_store, open_store
from factledger.log.stores.jsonl import JsonlStore
from factledger.log.stores.memory import MemoryStore
from factledger.testing.history import HISTORIES_BEGIN, History, histories
from index.histories_kept import filled, same_answers, turning_days
from ledger.tables import changed, small
from ledgers import office, source

STORE = "factledger.ledger.indexed_store"


def test_an_index_a_little_behind_is_no_fault(tmp_path: Path) -> None:
    """Entries that wait for the index are read as they are, and the index is compared as far as it goes."""
    path = tmp_path / "behind.db"
    with open_store(str(small(tmp_path))) as origin:
        lines = [*origin.read()]
    with create_store(str(path)) as store, store.writing() as writer:
        writer.restore(lines[:1])
    Ledger.open(path, behind=True).reindex()
    with open_store(str(path)) as store, store.writing() as writer:
        writer.restore(lines[1:])
    with Ledger.open(path) as ledger:
        assert ledger.verify() == ()
        assert ledger.as_of("2021").count("event") == 1
    with open_store(str(path)) as store:
        assert index_faults(store) == []
    assert indexed(path) == 1
    Ledger.open(path).reindex()
    assert indexed(path) == 5


def indexed(path: Path) -> int:
    """Return the entry to which the index of a file goes."""
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute("SELECT indexed FROM progress").fetchone()
    return int(found)


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


def test_an_index_whose_making_is_refused_says_what_was_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines are as they were, of the index a part may be there, and the next making goes on."""
    path = small(tmp_path)
    monkeypatch.setattr("factledger.ledger.index_build._AT_ONCE", 2)
    changed(path, "DROP TABLE progress")

    def refuse(done: int) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with Ledger.open(path, behind=True) as ledger:
        with pytest.raises(WriteRefused) as refused:
            ledger.bring_up(refuse)
        assert str(refused.value) == (
            f"{path}: cannot write: disk I/O error; of {path} only the index was touched, "
            "and 'factledger reindex' goes on"
        )
        assert (len(ledger), ledger.reindex(), ledger.verify()) == (5, 5, ())


def test_a_new_index_that_is_not_finished_leaves_the_old_one(tmp_path: Path) -> None:
    """Whatever stops it, readers and the ledger itself answer as before."""
    path = small(tmp_path)

    def interrupt(done: int) -> None:
        raise KeyboardInterrupt

    with Ledger.open(path) as ledger, Ledger.open(path) as other:
        with pytest.raises(KeyboardInterrupt):
            ledger.reindex(interrupt)
        for one in (ledger, other):
            assert (one.as_of("2021").count("event"), one.behind, one.verify()) == (1, 0, ())
    with open_store(str(path)) as store:
        assert index_faults(store) == []


def test_who_reads_on_notices_that_an_index_was_made_anew(tmp_path: Path) -> None:
    """What was read of a wrong one is forgotten."""
    path = small(tmp_path)
    changed(path, "UPDATE pairing SET gone = first")
    with Ledger.open(path) as ledger, Ledger.open(path) as other:
        assert other.as_of("2021").count("event") == 0
        ledger.reindex()
        other.refresh()
        assert other.as_of("2021").count("event") == 1


def test_a_pair_that_no_row_names_goes_with_a_new_index(tmp_path: Path) -> None:
    """So does whoever was erased; a table that cannot be read is made anew without it."""
    path = small(tmp_path)
    changed(path, "INSERT INTO pair VALUES (7, 'gone', 'long')")
    with Ledger.open(path) as ledger:
        index = ledger.index
        assert isinstance(index, SqliteIndex)
        assert not index.tables._set_aside("nowhere")
        ledger.reindex()
        assert index.tables.columns.pairs_of(["gone"]) == []


def test_the_forms_of_few_lines_are_not_learned(tmp_path: Path) -> None:
    """To learn them takes longer than to read each line as a whole, which is what a start costs."""
    path = tmp_path / "ledger.jsonl"
    with Ledger.create(path, origin="short") as ledger:
        ledger.append(*HISTORIES_BEGIN, source(), office("p1"))
    with patch(f"{STORE}.learn_claim") as learn:
        Ledger.open(path).close()
        assert not learn.called
        with patch(f"{STORE}._FEW", 0):
            Ledger.open(path).close()
        assert learn.called


@given(histories())
@few_examples
def test_a_ledger_whose_forms_are_learned_answers_alike(history: History) -> None:
    """Of many lines the forms are learned, and what is of a known form is seen at a glance."""
    with tempfile.TemporaryDirectory() as folder, patch(f"{STORE}._FEW", 0):
        filled(JsonlStore.create(f"{folder}/ledger.jsonl"), history, 3).close()
        memory = filled(MemoryStore(), history, 3)
        with Ledger.open(folder) as ledger, Ledger.open(folder) as again:
            for one in (ledger, again):
                same_answers(memory, one, turning_days(memory, len(memory))[-2:], len(memory))
