"""Each store keeps the contract of stores, and what is its own."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from effort import ALL_ROWS, LONG
from factledger.errors import LogError, NotALedger, NotFound, WriteRefused
from factledger.log.stores import Store, create_store, open_store
from factledger.log.stores.jsonl import JsonlStore
from factledger.log.stores.memory import MemoryStore
from factledger.log.stores.sqlite import SqliteStore
from factledger.testing import Agreement, StoreContract
from factledger.testing.store_model import AT, append, batch
from store_faults import not_synced

TRIES = settings(StoreContract.tries, max_examples=200 if LONG else 20 if ALL_ROWS else 12)


class JsonlAgreement(Agreement):
    """Two handles on one file know of each other by the file alone."""

    @property
    def path(self) -> Path:
        """Return the file."""
        return Path(self.handles[0].address)

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        """A new handle knows nothing, and finds all."""
        self.handles[which].close()
        self.handles[which] = JsonlStore(self.path, sync=not_synced)

    @rule(which=st.integers(0, 1), count=st.integers(1, 3), data=st.data())
    def die_while_appending(self, which: int, count: int, data: st.DataObject) -> None:
        """A writer that dies leaves a torn tail: readers skip it, the next writer moves it."""
        raws = b"".join(line.encode() + b"\n" for line in batch(self.head, count))
        tail = raws[: data.draw(st.integers(1, len(raws) - 2))]
        with self.path.open("ab") as file:
            file.write(tail)
        assert list(self.handles[which].read()) == self.model
        assert self.handles[which].torn is not None
        with self.handles[1 - which].writing(expect=self.head.seq) as writer:
            assert list(self.handles[1 - which].read(writer.head.seq)) == self.model[-1:]
        torn = self.handles[1 - which].torn
        assert torn is not None
        assert Path(torn.moved_to or "").read_bytes() == tail
        self.handles[:] = [JsonlStore(self.path, sync=not_synced) for _ in range(2)]

    @precondition(lambda self: self.model)
    @rule(which=st.integers(0, 1))
    def lose_the_last_newline(self, which: int) -> None:
        """A last line that lacks only its newline counts, and the next writer ends it."""
        size = self.path.stat().st_size
        with self.path.open("r+b") as file:
            file.truncate(size - 1)
        assert list(self.handles[which].read()) == self.model
        self.append(which, [], AT)
        assert self.path.stat().st_size == size

    @invariant()
    def the_file_is_the_model(self) -> None:
        """Between appends the file holds the lines and nothing else."""
        assert self.path.read_bytes() == b"".join(line.encode() + b"\n" for line in self.model)


class SqliteAgreement(Agreement):
    """Two connections to one SQLite file know of each other by the file alone."""

    @property
    def path(self) -> Path:
        """Return the file."""
        return Path(self.handles[0].address)

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        """A new handle knows nothing, and finds all."""
        self.handles[which].close()
        self.handles[which] = SqliteStore(self.path)

    @invariant()
    def the_view_gives_the_lines(self) -> None:
        """Anyone with SQLite can write the log out, byte for byte."""
        with closing(sqlite3.connect(self.path)) as connection:
            rows = connection.execute("SELECT line FROM line ORDER BY seq").fetchall()
        assert [row[0].encode() for row in rows] == [line.encode() for line in self.model]


class TestMemoryStore(StoreContract):
    """A store in memory keeps the contract; there is one handle, asked twice."""

    lasting = False
    tries = TRIES

    def open(self, folder: Path) -> Store:
        """Return a new store: what is in memory is known to its handle alone."""
        return MemoryStore()


class TestJsonlStore(StoreContract):
    """A store in a file of lines keeps the contract."""

    machine = JsonlAgreement
    tries = TRIES

    def open(self, folder: Path) -> Store:
        """Return the store in a folder."""
        path = folder / "ledger.jsonl"
        if path.exists():
            return JsonlStore(path, sync=not_synced)
        return JsonlStore.create(str(folder), sync=not_synced)


class TestSqliteStore(StoreContract):
    """A store in SQLite keeps the contract."""

    machine = SqliteAgreement
    tries = TRIES

    def open(self, folder: Path) -> Store:
        """Return the store in a folder."""
        path = folder / "ledger.db"
        return SqliteStore(path) if path.exists() else SqliteStore.create(str(path))


def test_the_address_leads_back_to_the_store(tmp_path: Path) -> None:
    """A store is opened by the folder, by the file, and by the address that it gives itself."""
    store = create_store(str(tmp_path / "new" / "folder"))
    assert isinstance(store, JsonlStore)
    lines = append(store, 2)
    path = tmp_path / "new" / "folder" / "ledger.jsonl"
    assert store.address == str(path)
    for address in (store.address, str(path.parent), str(path)):
        with open_store(address) as again:
            assert list(again.read()) == lines


def test_a_file_may_have_another_name(tmp_path: Path) -> None:
    """An address that ends in .jsonl is the file."""
    store = create_store(str(tmp_path / "other.jsonl"))
    assert Path(store.address).name == "other.jsonl"
    append(store)
    assert len(list(open_store(str(tmp_path / "other.jsonl")).read())) == 1


def test_memory_is_always_new() -> None:
    """What is in memory is known to its store alone."""
    append(create_store("memory:"))
    assert list(open_store("memory:").read()) == []
    assert open_store("memory:").address == "memory:"


def test_memory_needs_no_file_locks() -> None:
    """A system without `fcntl` still has ledgers in memory."""
    script = (
        "import sys; sys.modules['fcntl'] = None;"
        "from factledger.log.stores import open_store; print(open_store('memory:').address)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout == b"memory:\n"


def test_a_ledger_that_is_there_is_not_made_anew(tmp_path: Path) -> None:
    """Creating over a ledger is refused, and the ledger stays as it is."""
    append(create_store(str(tmp_path)))
    before = (tmp_path / "ledger.jsonl").read_bytes()
    with pytest.raises(WriteRefused, match="a ledger is there already"):
        create_store(str(tmp_path))
    assert (tmp_path / "ledger.jsonl").read_bytes() == before


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    """A missing file, and a folder without one, are named with what makes a ledger."""
    for address in (tmp_path, tmp_path / "none", tmp_path / "none.jsonl"):
        with pytest.raises(NotFound, match="'factledger init' makes a ledger"):
            open_store(str(address))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    [
        "POSTGRESQL://me:secret@h/news",
        " postgresql://me:secret@h/news",
        "postgresql+psycopg://me:secret@h/news/u",
        "postgresql:/me:secret@h/news",
        "postgres:me:secret@h/news",
        "https://me:secret@h/news?password=secret",
    ],
)
def test_an_address_of_another_machine_is_no_folder(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is made of it, and the password in it is not shown."""
    monkeypatch.chdir(tmp_path)
    for made in (open_store, create_store):
        with pytest.raises(LogError, match="no address of a ledger; write a path, or") as told:
            made(address)
        assert "secret" not in str(told.value)
    assert not list(tmp_path.iterdir())


def test_an_empty_file_is_not_a_ledger_yet(tmp_path: Path) -> None:
    """Creating goes on where an earlier try stopped; opening does not guess."""
    (tmp_path / "ledger.jsonl").touch()
    with pytest.raises(NotALedger, match="an empty file"):
        open_store(str(tmp_path))
    append(create_store(str(tmp_path)))
    assert len(list(open_store(str(tmp_path)).read())) == 1
