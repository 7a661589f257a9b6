"""Copying a ledger between stores: the same lines, whatever interrupts it, and the index after it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli_tools import small_ledger
from effort import few_examples
from factledger import Ledger, Redact
from factledger.errors import Damaged, NotALedger, WriteRefused
from factledger.ledger import copying
from factledger.ledger.auditing.index_audit import index_faults
from factledger.ledger.copying import Copied, bring_up, bundles, copy_into, opened_or_made
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


class Filling(MemoryStore):
    """A store on a disk that has room for some lines only."""

    room = 3

    def restore(self, lines: Sequence[Line]) -> None:
        """Take the lines that fit."""
        if len(self._lines) + len(lines) > self.room:
            raise WriteRefused(self.address, "no space left on device")
        super().restore(lines)


def test_a_copy_that_is_refused_half_way_says_what_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was copied before stays, which is not nothing; refused at once, nothing is there."""
    monkeypatch.setattr(copying, "AT_ONCE", 1)
    origin, target = filled(MemoryStore(), log(*[1] * 5)), Filling()
    with pytest.raises(WriteRefused) as refused:
        copy_into(origin, target)
    assert str(refused.value) == (
        "memory:: cannot write: no space left on device; it ends with entry 3 now: "
        "what was written stays, and the same again goes on behind it"
    )
    with pytest.raises(WriteRefused, match="device; nothing was written"):
        copy_into(origin, target)
    target.room = 5
    assert copy_into(origin, target) == Copied(3, 5)


def test_what_was_erased_since_is_erased_from_a_copy_in_a_file(tmp_path: Path) -> None:
    """Its index is written anew with it, and goes as far as its lines."""
    with Ledger.create(tmp_path / "one.db", origin="o") as ledger:
        actor = {"kind": "actor", "category": "person", "names": ["N"]}
        ledger.append({**actor, "id": "a"}, {**actor, "id": "b"})
        with copy_of(ledger, tmp_path / "other.db") as copy:
            bring_up(copy)
            ledger.redact(2, reason="r", authority="a")
            with open_store(ledger.address) as origin:
                copy_into(origin, copy)
            bring_up(copy)
            assert index_faults(copy) == []
            assert Ledger(copy).index.declared("actor") == ["b"]


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
@few_examples
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


@pytest.mark.parametrize("name", ["copy.jsonl", "copy.db"])
def test_what_is_being_erased_is_not_in_a_copy(name: str, tmp_path: Path) -> None:
    """A copy that was begun between the record of an erasure and the erasing ends without the content."""
    made = small_ledger(tmp_path / "small")
    made.append(Redact(target=12, reason="r", authority="a"))
    made.close()
    with (
        open_store(str(tmp_path / "small")) as origin,
        opened_or_made(str(tmp_path / name))[0] as copy,
    ):
        copy_into(origin, copy)
        assert next(origin.read(12)).body is not None
        assert [line.seq for line in copy.read() if line.body is None] == [12]
    with Ledger.open(tmp_path / name, behind=True) as found:
        found.bring_up()
        assert found.verify() == ()
