"""Both indexes: in memory and in the tables of a store, every answer is the one that reading all lines gives."""

from __future__ import annotations

from contextlib import ExitStack
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from effort import few_examples
from factledger import Ledger
from factledger.log.stores.memory import MemoryStore
from factledger.testing import ACTORS, days
from factledger.testing.history import History, histories
from index.histories_kept import filled, same_answers, stored, turning_days, waits


@given(histories(), st.integers(1, 4), st.data())
@few_examples
def test_the_tables_answer_as_the_fold_of_all_lines(
    history: History, batch: int, data: st.DataObject
) -> None:
    """Whatever was appended, in whatever batches: asked at any cut, the index answers alike."""
    memory = filled(MemoryStore(), history, batch)
    with stored(history, batch) as ledger:
        assert ledger.head == memory.head
        cut = data.draw(st.integers(1, len(ledger)))
        for recorded in (cut, len(ledger)):
            same_answers(memory, ledger, turning_days(memory, recorded), recorded)


@given(histories(), st.data())
@few_examples
def test_the_tables_tell_the_same_difference(history: History, data: st.DataObject) -> None:
    """What differs between two answers, and what was answered when, is the same of either index."""
    memory = filled(MemoryStore(), history, 3)
    with stored(history, 3) as ledger:
        day, other = (data.draw(days()) for _ in range(2))
        cut = data.draw(st.integers(len(ACTORS) + 1, len(ledger)))
        ends = (day, cut), (other, len(ledger))
        assert memory.difference(*ends) == ledger.difference(*ends)
        assert memory.vintages(day, involving="JPN") == ledger.vintages(day, involving="JPN")


@given(histories(), st.integers(1, 4))
@few_examples
def test_what_waits_is_answered_from_the_lines(history: History, batch: int) -> None:
    """While a writer leaves the index for later, readers answer alike; it is settled at the end."""
    memory = filled(MemoryStore(), history, batch)
    with ExitStack() as lazily:
        lazily.enter_context(patch("factledger.ledger.settler._PAUSE", 1e9))
        ledger = lazily.enter_context(stored(history, batch))
        with Ledger.open(ledger.address) as reader:
            assert waits(reader) == (len(ledger) > 1)
            same_answers(memory, reader, turning_days(memory, len(memory)), len(memory))
            assert list(reader.index.labels()) == list(memory.index.labels())
            assert reader.index.crowded() == memory.index.crowded()
            assert reader.index.kinds(1, len(memory)) == memory.index.kinds(1, len(memory))
            for entry in memory.entries():
                assert reader.entry(entry.number) == entry
                assert reader.as_of("2021", recorded=entry.at).at == (
                    memory.as_of("2021", recorded=entry.at).at
                )
            ledger.settle()
            reader.refresh()
            assert not waits(reader)
            same_answers(memory, reader, turning_days(memory, len(memory))[-1:], len(memory))


@given(histories())
@few_examples
def test_room_for_few_changes_no_answer(history: History) -> None:
    """What is kept once it was read is kept for speed alone."""
    memory = history.ledger()
    few = (
        "factledger.index.sqlite._KEPT",
        "factledger.index.lists._KEPT",
        "factledger.index.columns._PAIRS_KEPT",
        "factledger.views.indexed._FEW",
        "factledger.views.scope._KEPT",
    )
    with ExitStack() as small:
        for name in few:
            small.enter_context(patch(name, 2))
        ledger = small.enter_context(stored(history))
        same_answers(memory, ledger, turning_days(memory, len(memory)), len(memory))
