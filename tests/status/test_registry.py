"""What is declared by a cut: types, sources and actors as they were corrected, and which are the same."""

from __future__ import annotations

from factledger.records.amendments import (
    Correct,
    Identify,
)
from factledger.records.claims import Event, Participant
from factledger.records.declarations import Actor, Type
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, office, people, source

CLAIM = S + 1  # where a ledger begins with one source and one claim


def test_declarations_are_as_corrected_by_the_cut() -> None:
    """A name, a source and a type are what they were last declared to be."""
    nippon = Actor(id="JPN", category="country", names=["Nippon"])
    wide = Type(id="chair", shape="state", key=["post"], single=False)
    found = ledger(
        Correct(target=2, reason="refined", record=nippon),
        Correct(target=12, reason="refined", record=wide),
    )
    before, after = found.belief(S - 1), found.belief()
    assert (before.name("JPN"), after.name("JPN"), after.name("nobody")) == (
        "Jpn",
        "Nippon",
        "nobody",
    )
    assert before.vocabulary.types["chair"].single
    assert not after.vocabulary.types["chair"].single
    assert (after.source("s"), after.declared("actor", "nobody")) == (None, None)


def test_actors_that_are_the_same_stand_for_one_another() -> None:
    """I2: the last word on a pair counts, sameness is transitive, and the smallest id stands."""
    same = [("JPN", "nippon", "same"), ("UKR", "nippon", "same")]
    records = [Identify(actors=[a, b], verdict=v, reason="r") for a, b, v in same]
    undone = Identify(actors=["nippon", "UKR"], verdict="different", reason="r")
    found = ledger(*records, undone)
    before, after = found.belief(S + 1), found.belief()
    assert [before.canonical(a) for a in ("JPN", "UKR", "nippon", "p1")] == ["JPN"] * 3 + ["p1"]
    assert [after.canonical(a) for a in ("JPN", "UKR", "nippon")] == ["JPN", "UKR", "JPN"]


def test_a_country_takes_part_through_its_posts_its_aliases_and_who_acts_for_it() -> None:
    """I2: between and involving take in aliases, posts, and the actors on whose behalf."""
    minister = Participant(role="actor", actor="p1", of="nippon")
    acting = [minister, *people(recipient="UKR")]
    found = ledger(
        source(),
        office(),
        event("CONSULT", "2021-03-05", actor="pm", recipient="UKR"),
        Identify(actors=["JPN", "nippon"], verdict="same", reason="r"),
        Event(type="CONSULT", when="2021-03-06", participants=acting, citations=cited()),
    )
    view = found.as_of("2023-01-01")
    assert [s.number for s in view.involving("JPN").standings] == [S + 1, S + 2, S + 4]
    assert [s.number for s in view.between("JPN", "UKR").standings] == [S + 2, S + 4]
    assert [s.number for s in view.between("UKR", "nippon").standings] == [S + 2, S + 4]


def test_a_post_that_changed_hands_belongs_to_who_it_was_last_declared_of() -> None:
    """I2: a correction of the post's `of` moves its claims to the other country."""
    moved = Actor(id="pm", category="post", names=["pm"], of="UKR")
    found = ledger(source(), office(), Correct(target=8, reason="misidentified", record=moved))
    view = found.as_of("2023-01-01")
    assert view.involving("JPN").standings == ()
    assert [s.number for s in view.involving("UKR").standings] == [CLAIM]
