"""The index in the tables of a store: every answer is the one that reading all lines gives."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from factledger import Actor, Day, Ledger
from factledger.dates.days import BEGINNING
from factledger.errors import Refused
from factledger.index.fingerprints import places_of
from factledger.index.sqlite import SqliteIndex
from factledger.ledger.index_rows import row_maker
from factledger.log.stores import Store
from factledger.log.stores.memory import MemoryStore
from factledger.log.stores.sqlite import SqliteStore
from factledger.records.claims import SHAPES
from factledger.testing import ACTORS, days
from factledger.testing.clock import seeded
from factledger.testing.history import FIRST, STEP, History, histories


def filled(store: Store, history: History, batch: int) -> Ledger:
    """Return a ledger over a store that holds a history, appended in batches of some size."""
    ledger = Ledger(store, clock=lambda: FIRST + (len(ledger) - 1) * STEP, entropy=seeded())
    header = history.ledger(0).entry(1).record
    assert header is not None
    ledger.append(header)
    for i in range(0, len(history.records), batch):
        with suppress(Refused):  # a batch is recorded at once, so its sources may not be out yet
            ledger.append(*history.records[i : i + batch])
    return ledger


@contextmanager
def stored(history: History, batch: int = 1) -> Iterator[Ledger]:
    """Give a ledger in a SQLite file that holds a history."""
    with (
        tempfile.TemporaryDirectory() as folder,
        filled(SqliteStore.create(f"{folder}/x.db"), history, batch) as ledger,
    ):
        yield ledger


def answers(ledger: Ledger, day: Day, cut: int, actors: list[str]) -> list[object]:
    """Return what a ledger answers about everything, actors and relationships."""
    view = ledger.as_of(day, recorded=cut)
    scopes = [view, *map(view.involving, actors)]
    scopes += [view.between(one, other) for one, other in combinations(actors, 2)]
    found: list[object] = [view.at]
    for scope in scopes:
        found += [scope.standings, scope.assessments, scope.relationships()]
        found += [(scope.numbers(shape), scope.count(shape)) for shape in SHAPES]
    return found


def same_answers(one: Ledger, other: Ledger, days: list[Day], cut: int) -> None:
    """Assert that two ledgers answer alike."""
    actors = [a for a in one.index.declared("actor") if one.belief(cut).actor(a) is not None][:5]
    for day in days:
        for mine, theirs in zip(
            answers(one, day, cut, actors), answers(other, day, cut, actors), strict=True
        ):
            assert mine == theirs
    assert one.changes(recorded=cut) == other.changes(recorded=cut)


def turning_days(ledger: Ledger, cut: int) -> list[Day]:
    """Return days on which something turns, and those before."""
    found = sorted({c.day for c in ledger.changes(recorded=cut)})[-6:]
    return sorted({max(Day(day - back), BEGINNING) for day in found for back in (0, 1)})


@given(histories(), st.integers(1, 4), st.data())
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
@settings(max_examples=settings().max_examples // 2)
def test_the_tables_tell_the_same_difference(history: History, data: st.DataObject) -> None:
    """What differs between two answers, and what was answered when, is the same of either index."""
    memory = filled(MemoryStore(), history, 3)
    with stored(history, 3) as ledger:
        day, other = (data.draw(days()) for _ in range(2))
        cut = data.draw(st.integers(len(ACTORS) + 1, len(ledger)))
        ends = (day, cut), (other, len(ledger))
        assert memory.difference(*ends) == ledger.difference(*ends)
        assert memory.vintages(day, involving="JPN") == ledger.vintages(day, involving="JPN")


@given(histories())
@settings(max_examples=30)
def test_an_index_made_anew_is_the_index(history: History) -> None:
    """Made from the lines at once, the tables hold what they held when the lines came singly."""
    with stored(history) as ledger:
        ledger.settle()
        connection = sqlite3.connect(ledger.address)
        before = contents(connection)
        assert ledger.reindex() == len(ledger)
        assert contents(connection) == before
        connection.close()


def contents(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of the index, with words and pairs in the place of their numbers."""
    queries = {
        "posting": "SELECT * FROM posting ORDER BY 1, 2, 3",
        "pairing": (
            "SELECT one, other, shape, first, number, sure, until, gone, presumed, retired, "
            "touched, home, t.word, s.word, content FROM pairing JOIN pair ON pair.id = pair "
            "JOIN word t ON t.id = type JOIN word s ON s.id = sources ORDER BY 1, 2, 3, 4, 5"
        ),
        "bearing": (
            "SELECT one, other, number, touched FROM bearing JOIN pair ON pair.id = pair "
            "ORDER BY 1, 2, 3"
        ),
        "progress": "SELECT * FROM progress",
    }
    return {name: connection.execute(query).fetchall() for name, query in queries.items()}


def test_what_is_only_tried_writes_nothing() -> None:
    """A claim of a pair that the tables have never met can be tried outside a transaction."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        ledger = Ledger.create(path, origin="o")
        claim = {"kind": "event", "type": "CONSULT", "when": "2020", "source": "s", "locator": "1"}
        ledger.append(
            {"kind": "source", "id": "s", "title": "S"},
            *({"kind": "actor", "id": n, "category": "person", "names": [n]} for n in "abc"),
            {**claim, "actor": "a", "recipient": "b"},
        )
        before = path.read_bytes()
        assert ledger.try_append({**claim, "actor": "a", "recipient": "c"}) == (7,)
        assert ledger.try_append({**claim, "actor": "b", "recipient": "a"}) == (7,)
        assert path.read_bytes() == before
        ledger.close()


def test_what_is_in_a_ledger_is_found_there_after_its_index_was_made_anew(tmp_path: Path) -> None:
    """The same claim again is the old entry, whoever made the index, and how."""
    claim = {"kind": "event", "type": "CONSULT", "when": "2020", "source": "s", "locator": "1"}
    records: list[dict[str, Any]] = [
        {"kind": "source", "id": "s", "title": "S"},
        *({"kind": "actor", "id": n, "category": "person", "names": [n]} for n in "ab"),
        {**claim, "actor": "a", "recipient": "b"},
    ]
    with Ledger.create(tmp_path / "x.db", origin="o") as ledger:
        ledger.append(*records)
        ledger.reindex()
        assert ledger.try_append(*records) == (2, 3, 4, 5)


def waits(ledger: Ledger) -> bool:
    """Return whether entries of a ledger are not in the tables of its index yet."""
    assert isinstance(ledger.index, SqliteIndex)
    return ledger.index.waits


@given(histories(), st.integers(1, 4))
@settings(max_examples=40)
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
@settings(max_examples=30)
def test_room_for_few_changes_no_answer(history: History) -> None:
    """What is kept once it was read is kept for speed alone."""
    memory = history.ledger()
    few = (
        "factledger.index.sqlite._KEPT",
        "factledger.index.lists._KEPT",
        "factledger.views.indexed._FEW",
        "factledger.views.scope._KEPT",
    )
    with ExitStack() as small:
        for name in few:
            small.enter_context(patch(name, 2))
        ledger = small.enter_context(stored(history))
        same_answers(memory, ledger, turning_days(memory, len(memory)), len(memory))


def test_what_a_ledger_cannot_settle_waits(tmp_path: Path) -> None:
    """A question does not wait for another writer, nor fail because of it."""
    with Ledger.create(tmp_path / "x.db", origin="x") as ledger:
        ledger.append(Actor(id="JPN", category="country", names=["Japan"]))
        assert waits(ledger)
        with SqliteStore.open(str(tmp_path / "x.db")).writing():
            assert not ledger.as_of("2021").standings
            assert waits(ledger)
        ledger.settle()
        assert not waits(ledger)
        ledger.settle()


def test_settling_finds_that_another_did_it(tmp_path: Path) -> None:
    """Who appends next takes what waits into the index, and the first has nothing left to do."""
    with Ledger.create(tmp_path / "x.db", origin="x") as one:
        one.append(Actor(id="JPN", category="country", names=["Japan"]))
        with Ledger.open(tmp_path / "x.db") as two:
            two.append(Actor(id="UKR", category="country", names=["Ukraine"]))
        one.settle()
        assert (len(one), waits(one)) == (3, False)


def test_a_claim_that_cannot_be_read_is_left_to_the_lines() -> None:
    """Its row says that its span tells nothing."""
    rows = row_maker(Ledger.create("memory:", origin="x").index, 2)
    for claim in (
        {"kind": "event", "when": "soon", "citations": [{"source": "s"}]},
        {"kind": "event"},
    ):
        places = places_of(claim)
        assert [(row.affected_from, row.first) for row in rows(1, claim, places, 0)] == [
            (0, BEGINNING)
        ]


def test_before_any_entry_the_hash_is_zeros(tmp_path: Path) -> None:
    """The head at cut 0 is the one from which the chain of every log begins."""
    with Ledger.create(tmp_path / "x.db", origin="x") as ledger:
        assert ledger.as_of("2021", recorded=0).at.head == ledger.index.hash(0) == "0" * 64
    assert Ledger.create("memory:", origin="x").index.hash(0) == "0" * 64
