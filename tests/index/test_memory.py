"""Where things are in the log: every posting is what a search through all entries would find."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import few_examples
from factledger.errors import FieldError
from factledger.index.base import Index
from factledger.index.bodies import keys_of
from factledger.index.memory import MemoryIndex
from factledger.log.canonical import canonical
from factledger.records.amendments import Note
from factledger.records.codec import to_body
from factledger.records.declarations import Header
from factledger.records.plain.glance import learn_claim
from factledger.records.plain.who import ordered
from factledger.records.vocabulary import shipped
from factledger.testing import ACTORS, History, histories
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, level, source

Body = dict[str, Any]
AT = "2024-01-01T12:00:00.000000Z"


def bodies_of(history: History) -> list[Body]:
    """Return the bodies of a history, its header first."""
    header = Header(format=1, vocabulary=1, origin="history")
    return [json.loads(canonical(to_body(record))) for record in (header, *history.records)]


def indexed(bodies: Iterable[Body | None], *, by_actor: bool = True) -> MemoryIndex:
    """Return an index of bodies."""
    index = MemoryIndex(shipped(), by_actor=by_actor)
    for body in bodies:
        index.add(None if body is None else canonical(body), AT, body)
    return index


def glanced(bodies: Iterable[Body], *, by_actor: bool = True) -> MemoryIndex:
    """Return an index of bodies whose claims were taken in at a glance, as far as they can be."""
    index = MemoryIndex(shipped(), by_actor=by_actor)
    for body in bodies:
        learn_claim(canonical(body), body)
        if not index.add_known(canonical(body), AT):
            index.add(canonical(body), AT, body)
    return index


def places(index: MemoryIndex) -> tuple[object, ...]:
    """Return all that an index holds of its entries."""
    postings = sorted(index.postings(), key=repr)
    entries = range(1, len(index) + 1)
    told = [(index.raw(n), index.kind(n), index.at(n)) for n in entries]
    return postings, told, index.vocabulary, list(index.claims)


@given(histories(), st.booleans())
def test_a_claim_seen_at_a_glance_stands_where_one_that_was_read_does(
    history: History, by_actor: bool
) -> None:
    """Whether a body is read as a whole or seen at a glance, its entry is on the same lists."""
    bodies = bodies_of(history)
    assert places(glanced(bodies, by_actor=by_actor)) == places(indexed(bodies, by_actor=by_actor))


def test_a_glance_follows_the_vocabulary() -> None:
    """Claims alike stand under other keys once their type is declared otherwise."""
    plain: Body = {"kind": "type", "id": "rank", "shape": "state", "group": "other"}
    keyed = {**plain, "key": ["holder"], "single": True}
    who = [{"role": "holder", "actor": "JPN"}]
    claims: list[Body] = [
        {"kind": "state", "type": "rank", "participants": who, "value": v} for v in "ab"
    ]
    bodies = [plain, *claims, keyed, *claims, plain, *claims]
    assert places(glanced(bodies)) == places(indexed(bodies))
    assert len(glanced(bodies).on("key", ("rank", (("holder", ("JPN",)),)))) == 2


def test_what_was_seen_at_a_glance_is_forgotten_with_its_trial() -> None:
    """Of a trial that fails nothing stays; the same is taken in anew where it was."""
    claim = {"kind": "event", "type": "CONSULT", "participants": [], "label": "a", "when": "2020"}
    index = glanced([claim, claim])
    before = places(index)
    with suppress(KeyError), index.trial():
        assert index.add_known(canonical(claim), AT)
        raise KeyError
    assert places(index) == before
    assert index.add_known(canonical(claim), AT)
    assert list(index.labelled("a")) == [1, 2, 3]


def test_few_claims_are_remembered_by_what_they_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once there are very many, the lists of another are found each time."""
    monkeypatch.setattr("factledger.index.memory._SHARED", 1)
    claims = [{"kind": "event", "type": t, "participants": [], "when": "2020"} for t in "ababab"]
    assert places(glanced(claims)) == places(indexed(claims))


def test_what_only_looks_like_a_claim_met_before_is_read() -> None:
    """A judgement with the keys of an event whose form was met is no event, and is taken in whole."""
    event: Body = {"kind": "event", "type": "CONSULT", "participants": [], "label": "a"}
    judged = {**event, "kind": "assessment", "label": "b"}
    index = glanced([event])
    assert index.add_known(canonical({**event, "label": "c"}), AT)
    assert not index.add_known(canonical(judged), AT)
    assert places(glanced([event, judged])) == places(indexed([event, judged]))


def test_an_event_counts_under_the_keys_of_what_its_mode_begins() -> None:
    """Sanctions are begun by an event without a mode, and not by an expulsion."""
    who = [{"role": "actor", "actor": "JPN"}, {"role": "recipient", "actor": "UKR"}]
    event = {"kind": "event", "type": "SANCTION", "participants": who}
    assert [state for state, _ in keys_of(event, shipped())] == ["sanctions", "=SANCTION"]
    expelled = keys_of({**event, "mode": "expel"}, shipped())
    assert [state for state, _ in expelled] == ["=SANCTION"]


def same(index: Index, body: Body) -> list[int]:
    """Return the entries that hold the very same as a body."""
    (known,) = index.fingerprints([(body, canonical(body))])
    return list(index.same(known))


def content(body: Body) -> Body:
    """Return what a body puts forward, also inside a correction."""
    found: Body = body["record"] if body["kind"] == "correct" else body
    return found


def named(body: Body) -> set[str]:
    """Return the actors that a claim names."""
    who = content(body).get("participants", ())
    return {p["actor"] for p in who} | {p["of"] for p in who if "of" in p}


def answers(index: Index) -> list[Any]:
    """Return what an index answers to every question about a small world."""
    names = [actor.id for actor in ACTORS]
    sources = index.declared("source")
    return [
        len(index),
        [index.kind(n) for n in range(1, len(index) + 1)],
        [index.record(n) for n in range(1, len(index) + 1)],
        [list(index.targeting(n)) for n in range(1, len(index) + 1)],
        [index.involving([name]) for name in names],
        [list(index.between([one], [other])) for one in names for other in names],
        [list(index.declarations("actor", name)) for name in names],
        [list(index.belonging(name)) for name in names],
        [list(index.withdrawals(name)) for name in sources],
        [index.declared(kind) for kind in ("source", "actor", "type")],
        list(index.labels()),
        [list(p) for p in (index.claims, index.types, index.identities)],
        index.vocabulary,
    ]


@given(histories())
@few_examples
def test_every_posting_is_what_a_search_finds(history: History) -> None:
    """Claims by actor and pair, entries by target, declarations and withdrawals by id."""
    bodies = bodies_of(history)
    index = indexed(bodies)
    numbered = list(enumerate(bodies, start=1))
    claims = [(n, b) for n, b in numbered if "citations" in content(b) and "type" in content(b)]
    assert list(index.claims) == [n for n, _ in claims]
    for one in (actor.id for actor in ACTORS):
        assert index.involving([one]) == [n for n, b in claims if one in named(b)]
        for other in (actor.id for actor in ACTORS if actor.id != one):
            both = [n for n, b in claims if {one, other} <= named(b)]
            assert list(index.between([one], [other])) == both
    for n, _ in numbered:
        about = [m for m, b in numbered if b.get("target") == n or n in b.get("claims", ())]
        assert list(index.targeting(n)) == about
    for kind in ("source", "actor", "type"):
        for name in index.declared(kind):
            declared = [
                n for n, b in numbered if content(b)["kind"] == kind and content(b)["id"] == name
            ]
            assert list(index.declarations(kind, name)) == declared


@given(histories(), st.data())
@few_examples
def test_a_trial_that_fails_leaves_no_trace(history: History, data: st.DataObject) -> None:
    """What was taken in on trial and refused, or only tried, is forgotten, whatever was asked between."""
    bodies = bodies_of(history)
    kept = data.draw(st.integers(1, len(bodies)))
    index, other = indexed(bodies[:kept]), indexed(bodies[:kept])
    if data.draw(st.booleans()):
        same(index, bodies[0])
    dry = data.draw(st.booleans())
    with suppress(KeyboardInterrupt), index.trial(dry=dry):
        for body in bodies[kept:]:
            number = index.add(canonical(body), AT, body)
            assert number in same(index, body)
        if not dry:
            raise KeyboardInterrupt
    assert answers(index) == answers(other)
    for body in bodies[kept:]:
        index.add(canonical(body), AT, body)
        other.add(canonical(body), AT, body)
    assert answers(index) == answers(other)
    assert all(same(index, b) == same(other, b) for b in bodies)


def test_a_record_that_is_the_same_but_for_its_label_is_found() -> None:
    """Content is compared byte for byte, labels apart."""
    index = ledger(source(), level(label="one"), level("ally")).index
    one, none, other = (to_body(c) for c in (level(label="two"), level(), level("foe")))
    assert [same(index, b) for b in (one, none, other)] == [[S + 1], [S + 1], []]


def test_labels_of_claims_and_notes_are_found() -> None:
    """A label names the entries that bear it, oldest first."""
    index = ledger(
        source(), level(label="one"), Note(text="A note.", label="note", citations=cited())
    ).index
    assert list(index.labels()) == ["one", "note"]
    assert [list(index.labelled(label)) for label in ("one", "note", "two")] == [
        [S + 1],
        [S + 2],
        [],
    ]


def test_claims_are_found_under_the_keys_of_what_they_are_about() -> None:
    """A state under its own key, an event under those that it begins and ends, others under none."""
    upgrade = event("relationship-upgrade", "2021-05-05", party="UKR JPN")
    index = ledger(source(), level(), upgrade, event("CONSULT", "2021-05-05", actor="JPN")).index
    key = ("relationship-level", (("party", ("JPN", "UKR")),))
    assert list(index.keyed(key)) == [S + 1, S + 2]
    assert list(index.keyed(("relationship-level", (("party", ("JPN",)),)))) == []


def test_an_erased_entry_keeps_its_number_and_nothing_else() -> None:
    """What was erased is counted, of kind `redacted`, and found by no question."""
    bodies = [to_body(r) for r in (source(), level(label="one"))]
    index = indexed([bodies[0], None])
    assert (len(index), index.kind(2), index.record(2), index.body(2)) == (
        2,
        "redacted",
        None,
        None,
    )
    assert (list(index.claims), list(index.labels())) == ([], [])
    assert same(index, bodies[1]) == []


def test_a_body_that_is_no_record_is_an_error_with_its_entry() -> None:
    """A line that cannot be decoded is named by its number."""
    index = indexed([{"kind": "retract", "target": 1}])
    with pytest.raises(FieldError, match="#1 reason: missing"):
        index.record(1)


def test_a_pair_has_no_direction() -> None:
    """Two actors are a pair in alphabetical order."""
    assert ordered("b", "a") == ordered("a", "b") == ("a", "b")


class ReadMeanwhile(dict[int, Any]):
    """Records that another thread reads more of, whenever somebody goes through them."""

    def items(self) -> Any:
        """Yield each, and let another come meanwhile."""
        for number, record in super().items():
            self[max(self) + 1] = record
            yield number, record


def test_what_is_tried_is_forgotten_while_others_read() -> None:
    """A refused entry goes, the records that others read meanwhile stay, and who asks makes no list."""
    index = indexed([to_body(Header(format=1, vocabulary=1, origin="o"))])
    kept = index.record(1)
    index._records = ReadMeanwhile(index._records)
    lists = [*index._lists]
    assert index.on("no such list", "key") == ()
    with suppress(ZeroDivisionError), index.trial():
        index.add(canonical({"kind": "note", "text": "t"}), AT, {"kind": "note", "text": "t"})
        index.record(2)
        assert 1 / 0
    assert dict(index._records) == {1: kept}
    assert [*index._lists] == lists
