"""A colleague's ledger, replayed into one's own by what its entries say."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import few_examples
from factledger import Actor, FieldError, Ledger, Refused
from factledger.index.contents.addresses import Addresses
from factledger.ledger.replay import common_beginning
from factledger.testing.history import History, histories, opened

ACTOR = {"kind": "actor", "id": "A", "category": "group", "names": ["A"]}
SOURCE = {"kind": "source", "id": "s", "title": "S", "published": "2022-06-01"}
NOW = datetime(2024, 6, 1, 9, tzinfo=UTC)


def visit(place: int, **fields: Any) -> dict[str, Any]:
    """Return the draft of an event that is told on a page."""
    told = {"kind": "event", "type": "CONSULT", "actor": "A", "when": "2022", "source": "s"}
    return {**told, "locator": f"p. {place}", **fields}


def two(*common: dict[str, Any]) -> tuple[Ledger, Ledger]:
    """Return two ledgers that begin alike, with a source, an actor and these records."""
    sides = []
    for name in ("mine", "theirs"):
        ledger = Ledger.create("memory:", origin="o", clock=lambda: NOW, entropy=bytes)
        ledger.append(SOURCE, ACTOR, *common)
        del name
        sides.append(ledger)
    mine, theirs = sides
    assert common_beginning(mine.index, theirs.index) == len(mine) == len(theirs)
    return mine, theirs


def said(ledger: Ledger) -> Counter[str]:
    """Return what a ledger says: the addresses of its entries, each as often as it is there."""
    known = Addresses(ledger.index)
    return Counter(known.of(n) for n in range(1, len(ledger) + 1))


PLAIN = ("claim", "correct", "close", "corroborate", "dispute", "identify", "withdraw")


@few_examples
@given(histories(max_size=6, moves=PLAIN), st.data())
def test_a_merge_brings_all_that_was_said_there_once(history: History, data: st.DataObject) -> None:
    """Entries name each other as they did, whatever came between; a second merge adds nothing."""
    size = len(history.records)
    theirs, mine = history.ledger(), history.ledger(data.draw(st.integers(0, size)))
    own = Actor(id="of-my-own", category="group", names=["Mine"])
    mine.append(own)
    done = mine.merge(theirs)
    assert not done.left
    assert sum((said(theirs) - said(mine)).values()) == 0
    assert sum((said(mine) - said(theirs)).values()) == 1
    assert not mine.check()
    assert not mine.merge(theirs).new
    theirs.merge(mine)
    assert said(theirs) == said(mine)


def test_numbers_become_those_of_here_and_who_and_when_are_kept() -> None:
    """What was recorded there keeps its instant and its recorder; the line bears the instant of the merge."""
    mine, theirs = two(visit(1, label="first"))
    mine.append(visit(2))
    theirs.append(visit(3), {"kind": "dispute", "target": "#5", "source": "s", "locator": "p. 4"})
    theirs.append({"kind": "dispute", "target": "first", "source": "s", "locator": "p. 5"})
    later = Ledger(mine._kept.store, clock=lambda: datetime(2024, 7, 1, tzinfo=UTC))
    done = later.merge(theirs, recorded_by="Anna")
    assert (done.here, done.new) == ({5: 6, 6: 7, 7: 8}, (6, 7, 8))
    assert [later.index.body(n)["target"] for n in (7, 8)] == [6, 4]  # type: ignore[index]
    for number in done.new:
        entry = later.entry(number)
        assert entry.record is not None
        assert entry.record.recorded_by == "Anna"
        assert (entry.at[:10], entry.record.first_recorded) == (
            "2024-07-01",
            "2024-06-01T09:00:00.000000Z",
        )
    assert not later.check()


def test_who_says_so_themselves_is_not_renamed() -> None:
    """`recorded_by` is for those that name nobody; the name of who merges is put nowhere."""
    mine, theirs = two()
    merging = Ledger(mine._kept.store, recorded_by="Me")
    theirs.append(visit(1, recorded_by="Bo"))
    theirs.append(visit(2))
    merging.merge(theirs)
    assert [e.record and e.record.recorded_by for e in merging.entries(4)] == ["Bo", None]
    again = two()[0]
    again.merge(merging, recorded_by="Cy")
    assert [e.record and e.record.recorded_by for e in again.entries(4)] == ["Bo", "Cy"]
    assert {e.record and e.record.first_recorded for e in again.entries(4)} == {theirs.entry(4).at}


def test_a_merge_undoes_nothing() -> None:
    """What was taken back here stays taken back, also where the other still says it."""
    mine, theirs = two()
    for ledger in (mine, theirs):
        ledger.append(visit(1))
    mine.append({"kind": "retract", "target": "#4", "reason": "misread"})
    theirs.append(visit(2))  # so that the two part after the claim
    assert mine.merge(theirs).new == (6,)
    assert mine.belief().retired_by(4) == 5
    assert not mine.merge(theirs).new


def test_what_was_said_taken_back_and_said_again_is_said_again() -> None:
    """Each of several entries of one content is replayed once."""
    mine, theirs = two()
    mine.append(visit(9))
    theirs.append(visit(1))
    theirs.append({"kind": "retract", "target": "#4", "reason": "misread"})
    theirs.append(visit(1))
    assert mine.merge(theirs).here == {4: 5, 5: 6, 6: 7}
    assert mine.belief().retired_by(7) is None
    assert not mine.merge(theirs).new


def test_a_ledger_begun_apart_can_be_merged() -> None:
    """Its first record and what both declare alike are there; the rest is added."""
    mine, _ = two(visit(1))
    other = Ledger.create("memory:", origin="another")
    other.append(ACTOR, SOURCE, visit(1), visit(2))
    done = mine.merge(other)
    assert done.here == {1: 1, 2: 3, 3: 2, 4: 4, 5: 5}
    assert done.new == (5,)


def test_a_label_that_is_taken_is_left_behind() -> None:
    """Two claims cannot bear one label: the one of here keeps it, and it is said."""
    mine, theirs = two(visit(1, label="common"))
    mine.append(visit(2, label="v"))
    corrected = {**visit(5, label="v"), "when": "2021"}
    theirs.append(visit(3, label="v"), visit(4, label="w"))
    theirs.append({"kind": "correct", "target": "v", "reason": "misdated", "record": corrected})
    done = mine.merge(theirs)
    told = "leaves its label 'v' behind: #5 has it here"
    assert done.notes == ((5, told), (7, told))
    assert mine.find("v").number == 5
    assert mine.find("w").number == 7


def test_an_actor_in_other_words_stays_as_it_is_here() -> None:
    """What is said of it is added all the same, and the difference is told."""
    mine, theirs = two()
    one = {"kind": "actor", "id": "B", "category": "group", "names": ["Bees"]}
    mine.append(one)
    theirs.append({**one, "names": ["The bees"]}, visit(1, actor="B"))
    done = mine.merge(theirs)
    assert done.notes == ((4, "declares actor 'B' in other words; #4 stays as it is"),)
    assert done.new == (5,)


def test_two_corrections_of_one_claim_are_told() -> None:
    """The later one stands, so a reader is to look; the very same correction is none."""
    mine, theirs = two(visit(1))
    for ledger, year in ((mine, "2020"), (theirs, "2021")):
        change = {"kind": "correct", "target": "#4", "reason": "misdated", "change": {"when": year}}
        ledger.append(change)
    done = mine.merge(theirs)
    assert done.notes == ((5, "corrects #4, which #5 corrects here; the later one stands"),)
    assert not mine.merge(theirs).notes


def test_what_cannot_be_taken_is_told_and_nothing_is_written() -> None:
    """Every such entry is a problem at its place there; left out, it takes along what is about it."""
    mine, theirs = two()
    mine.append({**SOURCE, "id": "t", "sha256": "a" * 64})
    theirs.append(
        {**SOURCE, "id": "t", "sha256": "b" * 64},
        visit(1, source="t"),
        {"kind": "type", "id": "odd", "shape": "event"},
        visit(2, type="odd"),
        {"kind": "dispute", "target": "#7", "source": "s", "locator": "p. 3"},
    )
    mine.append({"kind": "type", "id": "odd", "shape": "state"})
    with pytest.raises(Refused) as refused:
        mine.merge(theirs)
    assert [p.where for p in refused.value.problems] == [f"memory::{n}" for n in (4, 6, 7)]
    assert len(mine) == 5
    assert mine.merge(theirs, leave_out=True, dry=True).new == (6,)
    assert len(mine) == 5
    done = mine.merge(theirs, leave_out=True)
    assert (done.new, len(mine)) == ((6,), 6)
    assert [number for number, _ in done.left] == [4, 6, 7, 8]
    assert done.left[3] == (8, "is about its #7, which was left out")


def test_what_was_erased_there_is_told_and_not_erased_here() -> None:
    """A person erases; what has no content there cannot be replayed."""
    mine, theirs = two(visit(1))
    theirs.append(visit(2))
    theirs.redact(4, 5, reason="asked for", authority="the editor")
    done = mine.merge(theirs)
    assert done.new == ()
    assert [why for _, why in done.left] == [
        "its content was erased there",
        "erases its #4, asked for; redact that here as well",
        "erases its #5, asked for; redact that here as well",
    ]


def test_a_refusal_that_is_of_none_of_them_is_raised() -> None:
    """A clock that ran ahead is no entry that could be left out."""
    mine, theirs = two()
    theirs.append(visit(1))
    early = Ledger(mine._kept.store, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(Refused, match="recorded-future"):
        early.merge(theirs, leave_out=True)


def test_a_clock_that_was_ahead_there_is_told_once() -> None:
    """What is dated ahead of the clock there is taken, stands as of now, and the first such entry is told."""
    mine, theirs = two()
    ahead = Ledger(theirs._kept.store, clock=lambda: datetime(2060, 1, 1, tzinfo=UTC))
    ahead.append(visit(1))
    ahead.append(visit(2))
    done = mine.merge(ahead)
    told = "it was recorded at 2060-01-01T00:00:00.000000Z, and it is 2024-"
    assert [(number, said[: len(told)]) for number, said in done.notes] == [(len(mine) - 1, told)]
    assert mine.entry(len(mine)).at < "2025"
    assert not mine.check()


def test_the_records_of_a_ledger_say_who_recorded_them() -> None:
    """Whoever opened it, in drafts and in Python alike, unless a record says another; never inside a correction."""
    ledger = Ledger.create("memory:", origin="o", recorded_by="Anna")
    ledger.append(SOURCE, ACTOR)
    fast = {**visit(1), "participants": [{"role": "actor", "actor": "A"}]}
    cited = [{"source": "s", "locator": "p. 1"}]
    for name in ("actor", "source", "locator"):
        del fast[name]
    ledger.append({**fast, "citations": cited}, visit(2), visit(3, recorded_by="Bo"))
    ledger.append(Actor(id="B", category="group", names=["B"]))
    ledger.append(
        {"kind": "correct", "target": "#4", "reason": "misdated", "change": {"when": "2021"}}
    )
    found = [e.record and e.record.recorded_by for e in ledger.entries()]
    assert found == ["Anna"] * 5 + ["Bo", "Anna", "Anna"]
    assert [e.number for e in ledger.append(visit(2), visit(3))] == [5, 6]
    assert not ledger.check()
    inner = {**visit(2), "recorded_by": "Cy"}
    with pytest.raises(Refused, match="backfilled: the record that a correction puts in place"):
        ledger.append({"kind": "correct", "target": "#5", "reason": "misread", "record": inner})
    with pytest.raises(Refused, match="backfilled: leave first_recorded out: a merge says it"):
        ledger.append(visit(7, first_recorded="2020-01-01T00:00:00.000000Z"))


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "x" * 101, 7])
def test_what_is_no_name_of_who_records(name: Any) -> None:
    """A name is one line of at most 100 characters, wherever it is said."""
    with pytest.raises(FieldError, match="recorded_by: wanted a name on one line"):
        Ledger(opened()._kept.store, recorded_by=name)
    with pytest.raises(FieldError, match="recorded_by: wanted a name on one line"):
        Actor(id="B", category="group", names=["B"], recorded_by=name)


def test_a_claim_that_was_backfilled_can_be_corrected_in_part() -> None:
    """How it came into the ledger is no part of what it says."""
    ledger = Ledger.create("memory:", origin="o", backfilled="2016-01-01")
    ledger.append(SOURCE, ACTOR, visit(1), backfilled="2016-01-02")
    change = {"kind": "correct", "target": "#4", "reason": "misdated", "change": {"when": "2021"}}
    assert ledger.append(change)[0].number == 5
    assert not ledger.check()


def test_an_append_tells_what_is_new_and_what_stood() -> None:
    """By number; a record that is given twice is new once."""
    ledger, _ = two(visit(1))
    found = ledger.append(visit(1), visit(2), visit(2))
    assert (found.numbers, found.new, found.known) == ((4, 5, 5), (5,), (4,))
    again = ledger.append(visit(1), visit(2))
    assert (again.new, again.known) == ((), (4, 5))


def test_a_source_without_a_date_was_published_before_it_was_first_recorded() -> None:
    """Wherever that was: a merge that comes later tells no other days."""
    mine, theirs = two()
    undated = {"kind": "source", "id": "t", "title": "T"}
    theirs.append(undated, visit(1, source="t", when="2024-05"))
    later = Ledger(mine._kept.store, clock=lambda: datetime(2025, 1, 1, tzinfo=UTC))
    later.merge(theirs)
    for ledger in (later, theirs):
        assert str(ledger.belief().publication("t").last) == "2024-06-01"


def begun_with(vocabulary: int, *records: dict[str, Any]) -> Ledger:
    """Return a ledger that was begun with a version of the vocabulary."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("factledger.ledger.ledger.NEWEST", vocabulary)
        ledger = Ledger.create("memory:", origin="o", clock=lambda: NOW)
    ledger.append(SOURCE, ACTOR, *records)
    return ledger


TREATY = {"kind": "event", "type": "came-into-force", "topic": "A", "when": "2022"}


def test_a_type_of_a_later_vocabulary_is_declared_by_the_merge() -> None:
    """What a colleague's newer vocabulary has is declared here, counted, noted, and not twice."""
    theirs = begun_with(2, {**TREATY, "source": "s", "locator": "p. 1"})
    mine = begun_with(1)
    done = mine.merge(theirs)
    assert done.new == (4, 5, 6)
    assert [told for _, told in done.notes] == [
        "type 'in-force' of its vocabulary is declared here for it",
        "type 'came-into-force' of its vocabulary is declared here for it",
    ]
    assert mine.merge(theirs).new == ()
    there, here = theirs.as_of("2023"), mine.as_of("2023")
    assert [(one.status, one.sentence) for one in here] == [
        (one.status, one.sentence) for one in there
    ]


def test_a_type_that_the_vocabulary_has_here_is_not_declared() -> None:
    """What a colleague declares and the vocabulary here has is taken as there; other words are noted."""
    mine, theirs = begun_with(2), begun_with(1)
    mine.append({**TREATY, "source": "s", "locator": "p. 1"})
    theirs.merge(mine)
    own = {"kind": "type", "id": "died", "shape": "event", "required": ["holder"]}
    theirs.append(own)
    done = mine.merge(theirs)
    assert done.new == ()
    assert [told for _, told in done.notes] == [
        "declares type 'died' in other words; that of the vocabulary here stays"
    ]
