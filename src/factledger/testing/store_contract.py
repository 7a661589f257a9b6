"""The contract of a store, as tests of your own: every store agrees with a list."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from factledger.dates.days import Day
from factledger.errors import Busy
from factledger.ledger.copying import copy_into
from factledger.ledger.ledger import Ledger
from factledger.log.stores import Store
from factledger.log.stores.memory import MemoryStore
from factledger.records.claims import SHAPES
from factledger.testing.few import COUNTRIES
from factledger.testing.history import History, extended, histories, opened
from factledger.testing.store_model import AT, Agreement, append, refused, salts
from factledger.testing.strategies import days


class StoreContract:
    """The contract of a store, for pytest and unittest: say how yours is opened, and run it.

    ::

        class TestMine(StoreContract, unittest.TestCase):
            def open(self, folder):
                return MyStore(folder / "mine")

    Each test has a new folder. What `open` gives first is empty; what it gives afterwards in the
    same folder is another handle on the same lines. `lasting` is False for a store that lives as
    long as its handle, such as one in memory. `machine` is what goes through the ways of using a
    store at random, as often as `tries` says; a store with ways of its own adds rules to it.
    """

    lasting = True
    machine: type[Agreement] = Agreement
    tries = settings(
        max_examples=60,
        stateful_step_count=20,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )

    def open(self, folder: Path) -> Store:
        """Return a handle on the store in a folder, which it makes when there is none."""
        raise NotImplementedError("say how your store is opened")

    @contextmanager
    def handles(self, count: int = 2) -> Iterator[list[Store]]:
        """Hold several handles on one store without lines, in a folder of its own."""
        with tempfile.TemporaryDirectory() as folder:
            opened = [self.open(Path(folder))]
            while len(opened) < count:
                opened.append(self.open(Path(folder)) if self.lasting else opened[0])
            try:
                yield opened
            finally:
                for handle in opened:
                    handle.close()

    def test_it_agrees_with_a_list(self) -> None:
        """A store and a list do the same, for every order of appends and readings."""
        made: Any = lambda: self.machine(self.handles())  # noqa: E731
        run_state_machine_as_test(made, settings=self.tries)

    def test_one_writer_at_a_time(self) -> None:
        """A writer that waits too long is told so, and can write once the store is free."""
        with self.handles() as (one, other):
            with one.writing(), refused(Busy) as busy, other.writing(timeout=0.01):
                raise AssertionError("two hold the right to append")
            assert other.address in str(busy[0])
            with other.writing(timeout=0):
                pass

    def test_a_writer_waits_for_the_one_before(self) -> None:
        """A writer that appends while another one writes takes its turn."""
        with tempfile.TemporaryDirectory() as folder, self.open(Path(folder)) as store:

            def turn() -> None:
                with self.open(Path(folder)) if self.lasting else store as mine:
                    append(mine)

            thread = threading.Thread(target=turn)
            with store.writing():
                thread.start()
                thread.join(0.05)
                assert thread.is_alive(), "it did not wait"
            thread.join()
            assert [line.seq for line in store.read()] == [1]

    def test_a_batch_that_does_not_read_back_is_not_there(self) -> None:
        """One bad body, and nothing of its batch is written."""
        with self.handles() as (store, other):
            with store.writing() as writer, refused(ValueError):
                writer.append([b"{}", b'{"a":\n1}'], at=AT, salts=salts(2))
            assert list(other.read()) == []
            append(store)
            assert len(list(other.read())) == 1

    def test_what_was_appended_is_there_when_it_is_opened_again(self) -> None:
        """What was appended is there when the store is opened again, at the same head."""
        with tempfile.TemporaryDirectory() as folder:
            if self.lasting:
                with self.open(Path(folder)) as store:
                    lines = append(store, 3)
                with self.open(Path(folder)) as again:
                    assert list(again.read()) == lines
                    assert again.head == lines[-1].head

    def test_a_copy_has_the_lines_of_the_original(self) -> None:
        """A store takes lines of another with the hashes they have, and goes on where it stopped."""
        origin = MemoryStore()
        with self.handles() as (store, _):
            for count in (3, 2):
                append(origin, count)
                copy_into(origin, store)
                assert list(store.read()) == list(origin.read())
            back = MemoryStore()
            copy_into(store, back)
            assert list(back.read()) == list(origin.read())

    def test_erasing_twice_is_erasing_once(self) -> None:
        """What is erased stays erased, and no hash changes."""
        with self.handles() as (store, other):
            lines = append(store, 3)
            for _ in range(2):
                other.erase({2})
                assert list(store.read()) == [lines[0], lines[1].erased(), lines[2]]

    def test_a_ledger_in_it_answers_as_one_in_memory(self) -> None:
        """Whatever a store does to be quick, the answers are those of the lines."""

        @settings(self.tries, max_examples=1 + self.tries.max_examples // 4)
        @given(histories(max_size=5), days(), st.none() | days())
        def compared(history: History, day: Day, published: Day | None) -> None:
            origin = MemoryStore()
            wanted = answers(extended(opened(store=origin), history.records), day, published)
            with self.handles() as (store, other):
                copy_into(origin, store)
                ledger = Ledger(store)
                assert answers(ledger, day, published) == wanted
                ledger.reindex()
                assert answers(Ledger(other), day, published) == wanted

        compared()


def answers(ledger: Ledger, day: Day, published: Day | None) -> list[Any]:
    """Return the answers of a ledger on a day: all, by relationship, counted, and its changes."""
    view = ledger.as_of(day, published=published)
    pairs = [view.between(*pair) for pair in combinations(COUNTRIES, 2)]
    counts = [v.count(shape) for v in (view, *pairs) for shape in SHAPES]
    said = [(v.every, v.standings) for v in (view, *pairs)]
    return [said, counts, view.relationships(), ledger.changes(published=published), ledger.head]
