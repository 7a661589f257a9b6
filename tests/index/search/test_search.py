"""Where words are: the same in memory and in tables, whatever waits, and gone once they are erased."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import few_examples
from factledger import Ledger
from factledger.index.search.terms import EntryTerms, facets_of, strings_in
from factledger.index.search.wanted import Wanted, facet_term, words_in
from factledger.ledger.auditing.index_audit import index_faults
from factledger.log.stores import open_store
from factledger.testing.history import History, histories
from index.histories_kept import stored

ALL = 10**6
WANTED = [
    Wanted((), ()),
    Wanted(("jpn",)),
    Wanted(("jpn", "ukr")),
    Wanted(("p",), (), True),
    Wanted(("consult",), (facet_term("kind", "event"),)),
    Wanted((), (facet_term("year", "2022"),)),
    Wanted((), (facet_term("actor", "JPN"), facet_term("source", "s"))),
    Wanted(("nobody",)),
]


def by_reading(ledger: Ledger, wanted: Wanted, cut: int) -> list[int]:
    """Return what a search is to find, by reading every entry."""
    terms = EntryTerms(ledger.index)
    return [n for n in range(cut, 0, -1) if wanted.fits(terms.of(n))]


@given(histories(), st.sampled_from(WANTED), st.data())
@few_examples
def test_tables_and_memory_find_what_reading_finds(
    history: History, wanted: Wanted, data: st.DataObject
) -> None:
    """At any cut, in pages of any size, with all in the tables or some still waiting for them."""
    with stored(history) as kept:
        in_memory = history.ledger(len(history.records))
        cut = data.draw(st.integers(0, len(in_memory)))
        expected = by_reading(in_memory, wanted, cut)
        size = data.draw(st.integers(1, 4))
        for index in (in_memory.index, kept.index):
            pages = (index.find(wanted, cut, at, size) for at in range(0, len(expected) + 1, size))
            assert [n for page in pages for n in page] == expected
            assert index.found(wanted, cut) == len(expected)
        kept.settle()
        assert kept.index.find(wanted, cut, 0, ALL) == expected


@given(histories())
@few_examples
def test_a_term_is_a_word_or_a_facet_of_its_record(history: History) -> None:
    """Whatever is read once for many, an entry has the words of its texts, its facets, and names."""
    ledger = history.ledger()
    terms = EntryTerms(ledger.index)
    for number in range(1, len(ledger) + 1):
        body = ledger.index.body(number) or {"kind": ""}
        plain = {word for text in strings_in(body) for word in words_in(text)}
        assert {*plain, *facets_of(body)} <= terms.of(number) or body == {"kind": ""}


@given(histories(), st.integers(1, 5))
@few_examples
def test_a_table_that_grew_is_that_made_anew(history: History, batch: int) -> None:
    """However often what waits was written, and whatever names and patterns came later."""
    with stored(history, batch, settle=True) as kept, open_store(kept.address) as store:
        assert index_faults(store) == []


@pytest.fixture(params=["memory:", "x.db", "x"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """Give a ledger of two actors and a visit, in each kind of store."""
    name: str = request.param
    address = name if name == "memory:" else str(tmp_path / name)
    with Ledger.create(address, origin="example") as made:
        made.append(
            {"kind": "source", "id": "s", "title": "Story", "published": "2021"},
            {"kind": "actor", "id": "a1", "category": "person", "names": ["Ádám Quandry"]},
            {"kind": "actor", "id": "a2", "category": "country", "names": ["Velmora"]},
            {
                "kind": "event", "type": "CONSULT", "mode": "visit", "actor": "a1",
                "recipient": "a2", "when": "2020-05", "source": "s", "quote": "went by rail",
                "label": "trip",
            },
            unproved=True,
        )  # fmt: skip
        yield made


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("adam QUANDRY", [5, 3]),
        ("velmora", [5, 4]),
        ("rail", [5]),
        ("trip visited", [5]),
        ("quan", [5, 3]),
        ("2020", [5]),
        ("story", [2]),
        ("rail story", []),
        ("", []),
    ],
)
def test_a_claim_is_found_by_all_that_it_says(
    ledger: Ledger, words: str, expected: list[int]
) -> None:
    """By the names of its actors, its quote, its label, its sentence, and by beginnings of words."""
    assert list(ledger.search(words).numbers) == expected


def test_a_name_that_comes_later_finds_the_earlier_claims(ledger: Ledger) -> None:
    """And so does the name that was there before; at an earlier cut nothing is found by the new one."""
    ledger.settle()
    actor = {"kind": "actor", "id": "a1", "category": "person", "names": ["Adam Renamed"]}
    ledger.append({"kind": "correct", "target": 3, "reason": "misread", "record": actor})
    assert ledger.index.find(Wanted(("renamed", "visited")), 6, 0, ALL) == [5]
    assert ledger.index.found(Wanted(("renamed", "visited")), 6) == 1
    assert ledger.search("renamed visited").numbers == (5,)
    assert ledger.search("quandry visited").numbers == (5,)
    ledger.settle()
    assert ledger.search("renamed visited").numbers == (5,)
    assert ledger.search("renamed quandry visited").numbers == (5,)
    assert ledger.search("renamed visited", recorded=5).numbers == ()
    assert ledger.search("quandry visited", recorded=5).numbers == (5,)


def test_a_page_that_what_waits_fills_asks_no_table(ledger: Ledger) -> None:
    """The newest come first, and those are the ones that wait; the next page goes on below them."""
    ledger.settle()
    ledger.append({"kind": "actor", "id": "a3", "category": "place", "names": ["Port Velmora"]})
    velmora = Wanted(("velmora",))
    assert ledger.index.find(velmora, 6, 0, 1) == [6]
    assert ledger.index.find(velmora, 6, 1, 2) == [5, 4]


def test_what_was_erased_is_found_no_more(ledger: Ledger) -> None:
    """No answer has it, and no byte of the file."""
    ledger.settle()
    ledger.redact(5, 3, reason="law", authority="court")
    assert ledger.search("quandry").numbers == ()
    assert ledger.search("rail").numbers == ()
    assert ledger.search("velmora").numbers == (4,)
    ledger.append({"kind": "note", "text": "the line lies quiet", "source": "s", "locator": "1"})
    ledger.close()
    if ledger.address != "memory:":
        path = Path(ledger.address)
        for file in [path] if path.is_file() else path.iterdir():
            assert b"quandry" not in file.read_bytes().lower()


def test_many_words_that_begin_alike_are_found_too(ledger: Ledger) -> None:
    """Whether a few words begin so, which are looked for one by one, or more than that."""
    for batch in range(2):
        ledger.append(*(
            {"kind": "actor", "id": f"m{batch}{n}", "category": "group", "names": [f"Zeta{batch}x{n}"]}
            for n in range(30)
        ))  # fmt: skip
        ledger.settle()
        assert ledger.search("zet").total == 30 * (batch + 1)
    assert ledger.search("zeta1x2").total == 1
    assert ledger.search("zeta0 m01").total == 10 + 1
    assert ledger.search("zetb").total == 0


def test_triggers_of_others_within_the_table_make_it_no_index_of_ours(tmp_path: Path) -> None:
    """A trigger on a table of FTS5 would run when we write; the index is made anew without it."""
    path = tmp_path / "x.db"
    Ledger.create(path, origin="o").close()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TRIGGER t AFTER INSERT ON found_data BEGIN DELETE FROM record; END")
    connection.close()
    with Ledger.open(path) as ledger:
        assert ledger.index.waits  # type: ignore[attr-defined]
        ledger.append({"kind": "actor", "id": "A", "category": "group", "names": ["A"]})
        assert len(ledger) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Élysée-Palast, 2023: «Straße»", ["elysee", "palast", "2023", "strasse"]),
        ("snake_case #14", ["snake", "case", "14"]),
        ("会談 — Київ", ["会談", "киів"]),
        ("\ud800 x", ["x"]),
        ("", []),
    ],
)
def test_words_are_compared_without_case_and_accents(text: str, words: list[str]) -> None:
    """Marks and signs part words; letters of all scripts make them."""
    assert words_in(text) == words
