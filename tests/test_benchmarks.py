"""The bitemporal benchmark: its work, its oracle, its table, and the answers of factledger."""

from __future__ import annotations

import hashlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bitemporal.contenders import contender
from bitemporal.oracle import Answer, Oracle
from bitemporal.picture import picture
from bitemporal.prepared import expected_of, prepare, prepared_batches
from bitemporal.results import FLOOR, OURS, Results
from bitemporal.run import ROOT, SLOW, sizes_of
from bitemporal.table import contender_row, tables
from bitemporal.targets import Comparison
from bitemporal.workload import (
    Claim,
    Question,
    batches,
    claims,
    first_of_each_pair,
    other_days,
    questions,
)


def test_the_work_is_the_same_on_every_machine() -> None:
    """The first 2,000 claims and 200 questions follow from the seed alone."""
    text = repr([*map(tuple, claims(2000)), *map(tuple, questions(2000, 200))])
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest == "3787864d3e0bdbc8107ed34d0c9150169859c14adeba7e51ca9839a941e4f0a5"


def test_a_correction_comes_after_what_it_corrects() -> None:
    """A correction replaces a state of an earlier transaction, with another end alone."""
    found = list(claims(3000))
    corrections = [(found[c.replaces], c) for c in found if c.replaces is not None]
    assert len(corrections) > 50
    for old, new in corrections:
        assert old.tx < new.tx
        assert old.is_state
        assert new == old._replace(id=new.id, end=new.end, tx=new.tx, replaces=old.id)


def test_batches_are_the_transactions() -> None:
    """Each batch holds the claims of one transaction, and all of them."""
    found = list(batches(claims(2500)))
    assert [len(batch) for batch in found] == [1000, 1000, 500]
    assert [{c.tx for c in batch} for batch in found] == [{0}, {1}, {2}]


def test_a_first_question_is_the_first_of_its_pair() -> None:
    """Of several questions about a pair only the first is kept, in the order of asking."""
    one, two = Question("A", "B", 1, 0), Question("A", "C", 2, 0)
    assert first_of_each_pair([one, two, one._replace(day=3)]) == [one, two]


def test_other_days_change_nothing_but_the_day() -> None:
    """The same pair is asked again, as known by then, at four other days."""
    question = Question("A", "B", 7000, 3)
    again = other_days(question)
    assert len({q.day for q in (question, *again)}) == 5
    assert {q._replace(day=7000) for q in again} == {question}


VISIT = Claim(0, "A", "B", "e1", 10, 11, 0, None)
PACT = Claim(1, "A", "B", "s1", 10, 20, 0, None)
LONGER = Claim(2, "A", "B", "s1", 10, 30, 1, 1)
TALKS = Claim(3, "A", "C", "s2", 5, None, 1, None)


@pytest.mark.parametrize(
    ("day", "tx", "states", "events"),
    [
        (9, 0, (), 0),
        (10, 0, (1,), 1),
        (19, 0, (1,), 1),
        (20, 0, (), 1),
        (20, 1, (2,), 1),
        (30, 1, (), 1),
    ],
)
def test_the_oracle_answers_by_hand(
    day: int, tx: int, states: tuple[int, ...], events: int
) -> None:
    """A state stands from its start to the day before its end, an event from its day on."""
    oracle = Oracle([VISIT, PACT, LONGER, TALKS])
    assert oracle.ask(Question("A", "B", day, tx)) == Answer(states, events)


def test_the_oracle_counts_relationships_and_turns() -> None:
    """Pairs without a state in force or an event are left out; what is corrected does not turn."""
    oracle = Oracle([VISIT, PACT, LONGER, TALKS])
    assert oracle.relationships(25, 1) == {("A", "B"): (1, 1), ("A", "C"): (1, 0)}
    assert oracle.relationships(6, 1) == {("A", "C"): (1, 0)}
    assert oracle.turns(1) == {"event": 1, "state": 2, "ended": 1}
    assert oracle.turns(0) == {"event": 1, "state": 1, "ended": 1}


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of 2,000 prepared claims."""
    folder = tmp_path_factory.mktemp("work") / "prepared"
    prepare(folder, 2000, 150)
    return folder


@pytest.mark.parametrize("name", [FLOOR, OURS, "factledger-jsonl"])
def test_factledger_and_the_floor_answer_as_the_oracle_does(
    name: str, work: Path, tmp_path: Path
) -> None:
    """Every question about a pair, first and at other days, gets the answer of the oracle."""
    one = contender(name, tmp_path)
    one.load(prepared_batches(work))
    one.close()
    one.open()
    rounds = expected_of(work).pairs
    asked = [(q, w) for first, wanted, more in rounds for q, w in ((first, wanted), *more)]
    assert len(asked) > 500
    assert [q for q, wanted in asked if one.ask(q) != wanted] == []
    one.close()


@pytest.mark.parametrize("name", [FLOOR, OURS, "factledger-jsonl"])
def test_all_relationships_are_counted_as_the_oracle_does(
    name: str, work: Path, tmp_path: Path
) -> None:
    """The counts of every relationship are those of the oracle, on every day that is asked."""
    one = contender(name, tmp_path)
    one.load(prepared_batches(work))
    days = expected_of(work).everything
    assert len(days) == 5
    assert [day for day, tx, wanted in days if one.relationships(day, tx) != wanted] == []
    one.close()


@pytest.mark.parametrize("name", [OURS, "factledger-jsonl"])
def test_the_projection_finds_every_turn(name: str, work: Path, tmp_path: Path) -> None:
    """The projection over all changes counts what the oracle counts."""
    from bitemporal.folding import folded

    one = contender(name, tmp_path)
    one.load(prepared_batches(work))
    turns, changes = folded(one)
    assert turns == expected_of(work).turns
    assert changes >= sum(turns.values())
    one.close()


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted", "verdict"),
    [
        (8.0, 1.0, "≤ 8", "yes"),
        (8.1, 1.0, "≤ 8", "no"),
        (0.4, 1.0, "≥ 0.4", "yes"),
        (0.3, 1.0, "≥ 0.4", "no"),
        (1.0, 1.0, "< 1", "no"),
        (2.0, 1.0, "> 1", "yes"),
        (0.0, 0.0, "≤ 0", "yes"),
        (1.0, 0.0, "≤ 0", "no"),
        (5.0, 1.0, "", "reported"),
        (None, 1.0, "≤ 8", "skipped"),
        (1.0, None, "≤ 8", "skipped"),
    ],
)
def test_a_verdict_follows_from_the_ratio(
    ours: float | None, theirs: float | None, wanted: str, verdict: str
) -> None:
    """A bound is met or not, or was not wanted, or could not be looked at."""
    assert Comparison("work", "ms", ours, "rival", theirs, wanted).verdict == verdict


def results() -> Results:
    """Return what two rounds of two contenders may have found, and one that is missing."""
    found = Results(sizes_of(2000))
    for load in (100.0, 300.0):
        found.add("base", FLOOR, {"load": load, "cold_p50": 1e-5, "cold_p99": 1e-3, "wrong": 0})
    found.add("base", OURS, {"load": 100.0, "cold_p50": 2e-5, "cold_p99": 9e-4})
    found.add("base", OURS, {"wrong": 2, "asked": 40, "resident": 0.5})
    found.add("base", "tgms", {"skipped": "No module named 'tgms'"})
    return found


def test_the_table_says_what_was_met_missed_and_skipped() -> None:
    """Medians of the rounds are compared; a missing rival and a wrong answer are told."""
    told = tables(results(), "Measured here.")
    assert "| 100 claims/s | sqlite-btree: 200 claims/s | 0.5 | ≥ 0.4 | yes |" in told
    assert "| tgms: – | – | > 1 | skipped |" in told
    assert "| 2 answers | none | 2 | ≤ 0 | no |" in told
    assert "the page cache held 50%" in told
    assert told.endswith("Measured here.")
    row = contender_row(results(), "base", "tgms")
    assert row.startswith("| tgms | skipped: No module named 'tgms' |")
    assert row.count("|") == contender_row(results(), "base", OURS).count("|")


def test_the_picture_is_told_in_words() -> None:
    """The picture has a title and a description that says every value it draws."""
    svg = ElementTree.fromstring(picture(results()))
    title, description = (svg.find(f"{{http://www.w3.org/2000/svg}}{n}") for n in ("title", "desc"))
    assert title is not None
    assert title.text == "factledger and its rivals, 2,000 claims"
    assert description is not None
    assert "sqlite-btree 200, factledger-sqlite 100" in str(description.text)
    assert "0.02 – 0.9" in str(description.text)


def test_every_rival_is_pinned() -> None:
    """Each contender from elsewhere stands in the requirements with one version."""
    pins = (ROOT / "benchmarks" / "requirements.txt").read_text(encoding="utf-8")
    for name in ("duckdb", "psycopg[binary]", "eventsourcing", "tgms", *SLOW):
        assert f"\n{name}==" in pins
