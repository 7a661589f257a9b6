"""Copying a ledger between stores: the same lines, whatever interrupts it, and the index after it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger import Ledger
from factledger.errors import Damaged, LogError, NotALedger, Problem, WriteRefused
from factledger.ledger import copying
from factledger.ledger.copying import Copied, bring_up, bundles, copy_into, opened_or_made
from factledger.ledger.index_audit import index_faults
from factledger.log.lines import Line, chain
from factledger.log.stores import Store, open_store
from factledger.log.stores.jsonl import JsonlStore
from factledger.log.stores.memory import MemoryStore
from factledger.log.stores.sqlite import SqliteStore
from factledger.testing.history import History, histories
from store_faults import encoded, log, not_synced, store_of

Make = Callable[[Path], Store]
MAKES: dict[str, Make] = {
    "memory": lambda folder: MemoryStore(),
    "jsonl": lambda folder: JsonlStore.create(str(folder), sync=not_synced),
    "sqlite": lambda folder: SqliteStore.create(str(folder / "ledger.db")),
}


def filled(store: Store, lines: Sequence[Line]) -> Store:
    """Return a store that holds some lines."""
    with store.writing() as writer:
        writer.restore(lines)
    return store


@pytest.mark.parametrize("target", MAKES)
@pytest.mark.parametrize("origin", MAKES)
def test_any_store_is_copied_into_any(origin: str, target: str, tmp_path: Path) -> None:
    """The copy has the very same lines, erased ones too; told is how many are there."""
    lines = log(2, 1, 3)
    one = filled(MAKES[origin](tmp_path / "one"), lines)
    one.erase([4])
    other = MAKES[target](tmp_path / "other")
    told: list[int] = []
    assert copy_into(one, other, told.append) == Copied(0, 6)
    assert list(other.read()) == list(one.read()) == [*lines[:3], lines[3].erased(), *lines[4:]]
    assert told == [6]
    assert copy_into(one, other) == Copied(6, 6)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=8), st.integers(1, 7), st.data())
def test_bundles_hold_whole_batches(sizes: list[int], size: int, data: st.DataObject) -> None:
    """Lines are made durable by whole batches, in order, as few of them as make up the size."""
    lines = log(*sizes)
    found = list(bundles(lines, size))
    assert [line for bundle in found for line in bundle] == lines
    for bundle in found:
        assert bundle[0].seq == bundle[0].batch
        assert bundle[-1].seq == bundle[-1].last
        assert bundle[-1].batch - bundle[0].seq < size
    assert all(len(bundle) >= size for bundle in found[:-1])


@given(st.lists(st.integers(1, 3), min_size=1, max_size=6), st.data())
def test_an_interrupted_copy_goes_on(sizes: list[int], data: st.DataObject) -> None:
    """Killed between two batches, what was acknowledged stays; the next run copies the rest."""
    lines, target = log(*sizes), MemoryStore()
    origin = filled(MemoryStore(), lines)
    stop = data.draw(st.integers(1, len(sizes)))
    heard: list[int] = []

    def interrupt(done: int) -> None:
        heard.append(done)
        if len(heard) == stop:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "AT_ONCE", 1)
        with pytest.raises(KeyboardInterrupt):
            copy_into(origin, target, interrupt)
        assert target.head.seq == heard[-1] == sum(sizes[:stop])
        assert copy_into(origin, target) == Copied(heard[-1], len(lines))
    assert list(target.read()) == lines


def test_a_long_beginning_is_told_of_while_it_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there already is compared, and counted, before anything is copied."""
    monkeypatch.setattr(copying, "AT_ONCE", 2)
    told: list[int] = []
    origin = filled(MemoryStore(), log(*[1] * 7))
    assert copy_into(origin, filled(MemoryStore(), log(*[1] * 5)), told.append) == Copied(5, 7)
    assert told == [2, 4, 7]


def test_what_parts_is_refused_at_its_entry() -> None:
    """A store that holds something else, or more, is left as it is, and the entry is named."""
    origin = filled(MemoryStore(), log(2, 1))
    for other, entry, how in (
        (log(1, 2), 1, "is not that of memory:"),
        (log(2, 2), 3, "is not that of memory:"),
        (log(2, 1, 1), 4, "memory: ends before it"),
    ):
        target = filled(MemoryStore(), other)
        with pytest.raises(WriteRefused, match=f"its entry {entry} {how}; name another place"):
            copy_into(origin, target)
        assert list(target.read()) == other


def test_what_was_erased_since_is_erased_from_the_copy() -> None:
    """An older copy forgets what its original forgot; what it forgot itself stays forgotten."""
    lines = log(1, 1, 1)
    origin, target = filled(MemoryStore(), lines), filled(MemoryStore(), lines[:2])
    origin.erase([2])
    target.erase([1])
    assert copy_into(origin, target) == Copied(2, 3)
    assert list(target.read()) == [lines[0].erased(), lines[1].erased(), lines[2]]


def test_a_damaged_line_ends_the_copying(tmp_path: Path) -> None:
    """What does not verify is not copied, nor what comes after it."""
    data = encoded(log(1, 1, 1, 1)).replace(b'"n":3', b'"n":8')
    target = MemoryStore()
    with pytest.raises(Damaged, match=":3: damaged"):
        copy_into(store_of(data, tmp_path), target)
    assert list(target.read()) == []


def test_a_copy_begins_where_nothing_is_or_a_mere_beginning(tmp_path: Path) -> None:
    """A store that is there is opened; an empty file is begun; another file is left alone."""
    (tmp_path / "empty.jsonl").touch()
    for address in ("new", "new.db", "empty.jsonl"):
        store, made = opened_or_made(str(tmp_path / address))
        assert made
        filled(store, log(1)).close()
        again, made = opened_or_made(str(tmp_path / address))
        assert not made
        assert again.head.seq == 1 or len(list(again.read())) == 1
        again.close()
    (tmp_path / "other.jsonl").write_text("a,b\n")
    with pytest.raises(NotALedger, match="it begins with"):
        opened_or_made(str(tmp_path / "other.jsonl"))


# --- the index of the copy --------------------------------------------------------------------


def copy_of(ledger: Ledger, address: Path) -> SqliteStore:
    """Return a SQLite store with the lines of a ledger, and no index yet."""
    store = SqliteStore.create(str(address))
    filled(store, list(chain(ledger.lines())))
    return store


@given(histories())
def test_an_index_brought_up_agrees_with_one_made_anew(history: History) -> None:
    """A copy that was brought up has nothing that differs, and answers without reading all."""
    ledger = history.ledger(len(history.records))
    with (
        tempfile.TemporaryDirectory() as folder,
        copy_of(ledger, Path(folder) / "x.db") as store,
    ):
        told: list[int] = []
        for _ in range(2):
            bring_up(store, told.append)
            assert told == [len(ledger)]
        assert index_faults(store) == []
        assert Ledger(store).head == ledger.head


def test_a_store_without_an_index_has_nothing_to_bring_up() -> None:
    """Lines in memory are read as they are."""
    store = filled(MemoryStore(), log(1))
    bring_up(store)
    assert index_faults(store) == []


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


def test_an_index_that_differs_is_told_row_by_row(tmp_path: Path) -> None:
    """What is too much and what is missing in a table is said, with what the row holds."""
    path = small(tmp_path)
    changed(path, "UPDATE pairing SET gone = 5")
    changed(path, "DELETE FROM posting WHERE list = 'declared:actor' AND key = 'a'")
    changed(path, "INSERT INTO bearing VALUES (1, 5, 9)")
    with open_store(str(path)) as store:
        found = index_faults(store)
    assert {problem.check for problem in found} == {"index-agrees"}
    assert {problem.where for problem in found} == {str(path)}
    told = [problem.message for problem in found]
    assert told[0] == "posting: missing: declared:actor a 3"
    assert told[1].startswith("pairing: too much: a b 0 ")
    assert told[2].startswith("pairing: missing: a b 0 ")
    assert told[3:] == ["bearing: too much: a b 5 9"]
    with Ledger.open(path) as ledger:
        ledger.reindex()
    with open_store(str(path)) as store:
        assert index_faults(store) == []


def test_verifying_asks_whether_the_index_is_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that ends far before the log is a problem of the ledger; one of another is none."""
    path = small(tmp_path)
    monkeypatch.setattr("factledger.ledger.indexed_store._BEHIND", 1)
    advice = "'factledger reindex' brings it up"
    for statement, fault in (
        (
            "UPDATE progress SET hash = zeroblob(32)",
            "the index ends at entry 0, the log at entry 5",
        ),
        ("UPDATE progress SET indexed = 3", "the index ends at entry 0, the log at entry 5"),
        ("UPDATE progress SET indexed = 9", "the index ends at entry 0, the log at entry 5"),
        ("DELETE FROM progress", "the index ends at entry 0, the log at entry 5"),
    ):
        changed(path, statement)
        with Ledger.open(path, behind=True) as ledger:
            assert ledger.verify() == (Problem(str(path), "index-complete", f"{fault}; {advice}"),)
            assert ledger.reindex() == 5
            assert ledger.verify() == ()


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

    with Ledger.open(path) as ledger, pytest.raises(KeyboardInterrupt):
        ledger.reindex(interrupt)
    told: list[int] = []
    with Ledger.open(path, behind=True) as ledger:
        assert ledger.reindex(told.append) == 5
        assert told == [4, 5]
    with open_store(str(path)) as store:
        assert index_faults(store) == []
