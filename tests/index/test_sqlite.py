"""The index in the tables of a store: how it is made anew, what waits for it, what it counts."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given

from effort import few_examples
from factledger import Actor, Ledger
from factledger.dates.days import BEGINNING
from factledger.index.fingerprints import places_of
from factledger.index.reader import TableReader
from factledger.ledger.index_rows import row_maker
from factledger.log.stores.sqlite import SqliteStore
from factledger.records.amendments import Correct
from factledger.records.plain.who import who_of
from factledger.testing.history import HISTORIES_BEGIN, History, histories
from index.histories_kept import stored, waits
from ledgers import event, level, office, source


@given(histories())
@few_examples
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
        found = rows(1, claim, who_of(claim), places_of(claim), 0)
        assert [(row.affected_from, row.first) for row in found] == [(0, BEGINNING)]


def test_room_for_few_changes_nothing_that_is_read_ahead(tmp_path: Path) -> None:
    """What was read before goes, and what is read then is what stands, also of what was erased."""
    path = tmp_path / "l.db"
    with Ledger.create(path, origin="few") as ledger:
        ledger.append(*HISTORIES_BEGIN, source(), office("p1", post="pm"))
        ledger.append(*(level(str(n), label=f"l{n}") for n in range(5)))
        ledger.redact(len(ledger) - 2, reason="other", authority="a court")
        ledger.reindex()
        numbers = [*range(1, len(ledger) + 1)]

    def read(ledger: Ledger, *, ahead: bool) -> list[object]:
        """Return what is read of some entries, and then of others."""
        index: Any = ledger.index
        view = ledger.as_of("2021-06-01")
        found: list[object] = [
            view.between(*pair).standings for pair in (("JPN", "UKR"), ("p1", "pm"))
        ]
        for some in (numbers[:2], numbers[2:]):
            if ahead:
                index.read_ahead(some)
                index.look_ahead([f"l{n}" for n in some], some)
            found += [(index.record(n), [*index.on("target", n)]) for n in some]
        return found

    with Ledger.open(path) as held:
        expected = read(held, ahead=False)
    with ExitStack() as small, Ledger.open(path) as held:
        for name in ("sqlite._KEPT", "lists._KEPT", "columns._PAIRS_KEPT"):
            small.enter_context(patch(f"factledger.index.{name}", 2))
        assert read(held, ahead=True) == expected


def test_claims_that_were_corrected_are_read_many_at_once(tmp_path: Path) -> None:
    """Twice the claims, with as many corrections, are no more entries that are read one by one."""

    def read_singly(count: int) -> int:
        path = tmp_path / f"{count}.db"
        with Ledger.create(path, origin="many") as ledger:
            ledger.append(*HISTORIES_BEGIN, source())
            first = len(ledger) + 1
            ledger.append(*(office("p1", post="pm", since=f"19{n + 50}") for n in range(count)))
            ledger.append(
                *(
                    Correct(target=first + n, reason="misread", record=level(str(n)))
                    for n in range(count)
                )
            )
        with (
            Ledger.open(path) as opened,
            patch.object(SqliteStore, "line", autospec=True, side_effect=SqliteStore.line) as line,
        ):
            assert len([*opened.belief().claims()]) == count
            return line.call_count

    assert read_singly(40) == read_singly(20)


def test_the_tables_are_asked_about_many_claims_together(tmp_path: Path) -> None:
    """Whether claims wait or are settled, twice of them are as many questions to the tables."""

    def questions(count: int, *, settled: bool) -> int:
        path = tmp_path / f"{count}-{settled}.db"
        with patch("factledger.ledger.settler._PAUSE", 1e9):
            ledger = Ledger.create(path, origin="many")
            ledger.append(*HISTORIES_BEGIN, source())
            for n in range(count):
                ledger.append(event("CONSULT", f"19{n:02}", actor="JPN", recipient="UKR"))
            if settled:
                ledger.reindex()
        with (
            Ledger.open(path) as opened,
            patch.object(TableReader, "all", autospec=True, side_effect=TableReader.all) as asked,
        ):
            assert waits(opened) != settled
            assert len(opened.as_of("2021", published="2023").tracks) == count
            return asked.call_count

    for settled in (True, False):
        assert questions(40, settled=settled) == questions(20, settled=settled)


def test_who_waits_counts_beside_who_is_settled_under_a_key(tmp_path: Path) -> None:
    """Two who hold one post are beside one another, also where one of them is in the tables already."""
    path = tmp_path / "x.db"
    with patch("factledger.ledger.settler._PAUSE", 1e9):
        ledger = Ledger.create(path, origin="post")
        ledger.append(*HISTORIES_BEGIN, source(), office("p1"))
        ledger.reindex()
        ledger.append(office("p2"), level())
    with Ledger.open(path) as opened:
        assert waits(opened)
        assert opened.index.crowded() == {len(opened) - 2, len(opened) - 1}


def test_before_any_entry_the_hash_is_zeros(tmp_path: Path) -> None:
    """The head at cut 0 is the one from which the chain of every log begins."""
    with Ledger.create(tmp_path / "x.db", origin="x") as ledger:
        assert ledger.as_of("2021", recorded=0).at.head == ledger.index.hash(0) == "0" * 64
    assert Ledger.create("memory:", origin="x").index.hash(0) == "0" * 64
