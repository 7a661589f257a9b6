"""The contract of a store: every store agrees with a list."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from factledger.errors import Busy, HeadMoved, NotALedger, NotFound, Refused, WriteRefused
from factledger.lines import START, Head, Line, make_lines
from factledger.stores import Store, create_store, open_store
from factledger.stores.jsonl import JsonlStore
from factledger.stores.memory import MemoryStore
from factledger.stores.sqlite import SqliteStore
from store_faults import AT, LATER, append, bodies, not_synced, salts

counts = st.integers(0, 3)
instants = st.sampled_from([AT, LATER])


class Agreement(RuleBasedStateMachine):
    """A store and a list of lines do the same, whoever appends and whenever one looks."""

    handles: list[Store]

    def __init__(self) -> None:
        super().__init__()
        self.model: list[Line] = []

    @property
    def head(self) -> Head:
        """Where the model ends."""
        return self.model[-1].head if self.model else START

    def expected(self, count: int, at: str) -> list[Line]:
        """Return the lines that an append must give."""
        first = self.head.seq + 1
        return make_lines(self.head, at=at, bodies=bodies(count, first), salts=salts(count, first))

    @rule(which=st.integers(0, 1), sizes=st.lists(counts, max_size=2), at=instants)
    def append(self, which: int, sizes: list[int], at: str) -> None:
        """Several batches may be appended while the right to write is held."""
        with self.handles[which].writing(expect=self.head.hash) as writer:
            for size in sizes:
                assert writer.head == self.head
                lines = self.expected(size, at)
                content = [line.body or b"" for line in lines]
                salt = [line.salt or b"" for line in lines]
                assert writer.append(content, at=at, salts=salt) == lines
                self.model += lines
            assert writer.head == self.head

    @precondition(lambda self: self.model)
    @rule(which=st.integers(0, 1), by_hash=st.booleans(), data=st.data())
    def append_to_an_old_head(self, which: int, by_hash: bool, data: st.DataObject) -> None:
        """Who expects another head than there is learns so and writes nothing."""
        old = data.draw(st.sampled_from([START, *[line.head for line in self.model[:-1]]]))
        with (
            pytest.raises(HeadMoved),
            self.handles[which].writing(expect=old.hash if by_hash else old.seq),
        ):
            raise AssertionError

    @rule(which=st.integers(0, 1))
    def give_up(self, which: int) -> None:
        """An error while the right to write is held gives it back and writes nothing."""
        with pytest.raises(Refused), self.handles[which].writing(expect=self.head.seq):
            raise Refused(())

    @rule(which=st.integers(0, 1), start=st.integers(-1, 12))
    def read_from(self, which: int, start: int) -> None:
        """Reading begins at the entry asked for, and the first is entry 1."""
        assert list(self.handles[which].read(start)) == self.model[max(start, 1) - 1 :]

    @rule(which=st.integers(0, 1))
    def read_while_appending(self, which: int) -> None:
        """A reading shows what was there when it began."""
        reading, before = self.handles[which].read(), list(self.model)
        seen = list(islice(reading, 1))
        self.append(1 - which, [2], AT)
        assert [*seen, *reading] == before

    @precondition(lambda self: self.model)
    @rule(which=st.integers(0, 1), data=st.data())
    def erase(self, which: int, data: st.DataObject) -> None:
        """What is erased is gone for every handle; the rest is as it was."""
        gone = data.draw(st.sets(st.sampled_from([line.seq for line in self.model]), max_size=2))
        self.handles[which].erase(gone)
        self.model = [line.erased() if line.seq in gone else line for line in self.model]

    @invariant()
    def nothing_is_torn(self) -> None:
        """No append here is cut short."""
        assert [handle.torn for handle in self.handles] == [None] * len(self.handles)


class MemoryAgreement(Agreement):
    """In memory there is one handle, asked twice."""

    @initialize()
    def create(self) -> None:
        """Begin with nothing."""
        store = MemoryStore()
        self.handles = [store, store]


class JsonlAgreement(Agreement):
    """Two handles on one file know of each other by the file alone."""

    @initialize()
    def create(self) -> None:
        """Begin with an empty file."""
        self.folder = Path(tempfile.mkdtemp())
        first = JsonlStore.create(str(self.folder), sync=not_synced)
        self.path = Path(first.address)
        self.handles = [first, JsonlStore(self.path, sync=not_synced)]

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        """A new handle knows nothing, and finds all."""
        self.handles[which].close()
        self.handles[which] = JsonlStore(self.path, sync=not_synced)

    @rule(which=st.integers(0, 1), count=st.integers(1, 3), data=st.data())
    def die_while_appending(self, which: int, count: int, data: st.DataObject) -> None:
        """A writer that dies leaves a torn tail: readers skip it, the next writer moves it."""
        raws = b"".join(line.encode() + b"\n" for line in self.expected(count, AT))
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

    def teardown(self) -> None:
        """Leave no files."""
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)


class SqliteAgreement(Agreement):
    """Two connections to one SQLite file know of each other by the file alone."""

    @initialize()
    def create(self) -> None:
        """Begin with an empty file."""
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "ledger.db"
        self.handles = [SqliteStore.create(str(self.path)), SqliteStore(self.path)]

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

    def teardown(self) -> None:
        """Leave no files."""
        if hasattr(self, "folder"):
            for handle in getattr(self, "handles", ()):
                handle.close()
            shutil.rmtree(self.folder)


rounds = settings(
    max_examples=60,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestMemoryAgreement = MemoryAgreement.TestCase
TestMemoryAgreement.settings = rounds
TestJsonlAgreement = JsonlAgreement.TestCase
TestJsonlAgreement.settings = rounds

TestSqliteAgreement = SqliteAgreement.TestCase
TestSqliteAgreement.settings = rounds

Make = Callable[[], Store]


@pytest.fixture(params=["memory", "jsonl", "sqlite"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Return what makes a store of each kind."""
    makes: dict[str, Make] = {
        "memory": MemoryStore,
        "jsonl": lambda: JsonlStore.create(str(tmp_path), sync=not_synced),
        "sqlite": lambda: SqliteStore.create(str(tmp_path / "ledger.db")),
    }
    return makes[request.param]


def test_one_writer_at_a_time(make: Make) -> None:
    """Who waits for the right to write too long is told so, and gets it once it is free."""
    with make() as store:
        with (
            store.writing(),
            pytest.raises(Busy, match=r"waited 0\.01 s"),
            store.writing(timeout=0.01),
        ):
            raise AssertionError
        with store.writing(timeout=0):
            pass


def test_a_writer_waits_for_the_one_before(make: Make) -> None:
    """Threads that append at once take turns."""
    store = make()
    with store.writing():
        other = threading.Thread(target=append_to, args=(store,))
        other.start()
        other.join(0.05)
        assert other.is_alive()
    other.join()
    assert [line.seq for line in store.read()] == [1]


def append_to(store: Store) -> None:
    """Append one record."""
    with store.writing() as writer:
        writer.append(bodies(1), at=AT, salts=salts(1))


def test_a_batch_that_does_not_read_back_is_not_there(make: Make) -> None:
    """One bad body, and nothing of its batch is written."""
    store = make()
    with store.writing() as writer, pytest.raises(ValueError, match="line 2 does not read back"):
        writer.append([b"{}", b'{"a":\n1}'], at=AT, salts=salts(2))
    assert list(store.read()) == []
    append_to(store)
    assert len(list(store.read())) == 1


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
    append_to(store)
    assert len(list(open_store(str(tmp_path / "other.jsonl")).read())) == 1


def test_memory_is_always_new() -> None:
    """What is in memory is known to its store alone."""
    append_to(create_store("memory:"))
    assert list(open_store("memory:").read()) == []
    assert open_store("memory:").address == "memory:"


def test_memory_needs_no_file_locks() -> None:
    """A system without `fcntl` still has ledgers in memory."""
    script = (
        "import sys; sys.modules['fcntl'] = None;"
        "from factledger.stores import open_store; print(open_store('memory:').address)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout == b"memory:\n"


def test_a_ledger_that_is_there_is_not_made_anew(tmp_path: Path) -> None:
    """Creating over a ledger is refused, and the ledger stays as it is."""
    append_to(create_store(str(tmp_path)))
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


def test_an_empty_file_is_not_a_ledger_yet(tmp_path: Path) -> None:
    """Creating goes on where an earlier try stopped; opening does not guess."""
    (tmp_path / "ledger.jsonl").touch()
    with pytest.raises(NotALedger, match="an empty file"):
        open_store(str(tmp_path))
    append_to(create_store(str(tmp_path)))
    assert len(list(open_store(str(tmp_path)).read())) == 1
