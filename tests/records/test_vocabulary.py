"""The types of claims: what they need, begin and end, and how they read."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from typing import Any

import pytest

from factledger.records.claims import Assessment, Claim, Count, Event, Participant, State, Tally
from factledger.records.codec import from_body
from factledger.records.declarations import ModeEffect, ModeSentence, Type
from factledger.records.vocabulary import (
    GROUPS,
    NEWEST,
    _tables,
    begun_by,
    ended_by,
    key_of,
    once_of,
    shipped,
    state_begun,
    told_apart_by,
)
from ledgers import people

TYPES = shipped().types
OWN = [
    Type(id="plain", shape="event"),
    Type(id="tour", shape="event", modes=["boat"], sentence="{actor} toured[ {location}]",
         sentences=[ModeSentence(mode="boat", sentence="{actor} sailed[ to {location}]")]),
    Type(id="lost", shape="event", begins=["nowhere"]),
]  # fmt: skip
VOCABULARY = shipped().declaring(OWN)


def visit(mode: str | None = "visit", **fields: Any) -> Event:
    """Return a visit of Japan in Ukraine."""
    who = people(actor="JPN", recipient="UKR")
    return Event(type="CONSULT", mode=mode, when="2021", participants=who, **fields)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (visit(), "JPN! visited UKR!"),
        (visit("phone"), "JPN! spoke by telephone with UKR!"),
        (visit(None), "JPN! consulted with UKR!"),
        (visit(text="Our own words."), "Our own words."),
        (visit(polarity="denied"), "JPN! did not visit UKR!"),
        (visit(modality="planned"), "JPN! was to visit UKR!"),
        (visit(polarity="denied", modality="hypothetical"), "Hypothetical: JPN! would not visit UKR!"),
        (Tally(type="CONSULT", count=Count(lower=7, upper=7), participants=people(actor="JPN")),
         "JPN! consulted 7 times"),
        (State(type="relationship-level", participants=people(party="JPN UKR nippon")),
         "The relationship between JPN!, UKR! and nippon! is at a level that is not named"),
        (State(type="relationship-level", value="partnership", participants=people(party="JPN UKR")),
         "The relationship between JPN! and UKR! is a partnership"),
        (State(type="armed-conflict", participants=people(location="kyiv")),
         "There is armed conflict in kyiv!"),
        (Event(type="relations-severed", when="2021"), "Someone broke off diplomatic relations"),
        (Event(type="plain", when="2021", value="x", participants=people(actor="JPN", recipient="UKR")),
         "Plain by JPN! UKR!: x"),
        (Event(type="unheard", when="2021"), "Unheard"),
        (Event(type="tour", when="2021", participants=people(actor="JPN")), "JPN! toured"),
        (Event(type="tour", mode="boat", when="2021", participants=people(actor="JPN", location="kyiv")),
         "JPN! sailed to kyiv!"),
        (Assessment(type="causal"), "One thing is said to have caused another"),
    ],
)  # fmt: skip
def test_a_claim_reads_as_the_pattern_of_its_type_and_mode(claim: Claim, sentence: str) -> None:
    """Names fill the pattern; what nothing fills is left out; denial, plan and count are said."""
    assert VOCABULARY.sentence(claim, "{}!".format) == sentence


@pytest.mark.parametrize(
    ("type_id", "states"),
    [
        ("office", ["office"]),
        ("concern", []),
        ("office-left", ["office"]),
        ("SANCTION", ["sanctions"]),
        ("CONSULT", []),
        ("unheard", []),
        ("lost", []),
    ],
)
def test_a_claim_counts_under_the_keys_of_the_states_that_it_is_about(
    type_id: str, states: list[str]
) -> None:
    """A state counts under its own key, an event under those of the states it begins and ends."""
    assert [kind.id for kind in VOCABULARY.keyed(type_id)] == states


def test_the_order_of_actors_is_no_part_of_a_key() -> None:
    """A relationship has the same key whoever is named first, and however often."""
    level = TYPES["relationship-level"]
    one = key_of(level, [("party", "JPN"), ("party", "UKR"), ("location", "kyiv")])
    assert one == key_of(level, [("party", "UKR"), ("party", "JPN"), ("party", "UKR")])
    assert one == ("relationship-level", (("party", ("JPN", "UKR")),))


def test_a_later_declaration_of_a_type_takes_the_place_of_an_earlier_one() -> None:
    """Declaring adds types, and leaves the vocabulary that it started from as it was."""
    again = VOCABULARY.declaring([Type(id="plain", shape="state")])
    assert (again.types["plain"].shape, VOCABULARY.types["plain"].shape) == ("state", "event")
    assert VOCABULARY.declaring([]) is VOCABULARY


def test_a_state_begun_by_an_event_has_its_participants_and_value_and_no_dates() -> None:
    """The place of the event is no part of the state, unless the state is that of a place."""
    who = [Participant(role="party", actor="JPN"), Participant(role="location", actor="kyiv")]
    event = Event(type="relationship-upgrade", when="2021", value="ally", participants=[*who])
    level = state_begun(event, TYPES["relationship-level"])
    assert (level.type, level.value, level.participants) == (
        "relationship-level",
        "ally",
        (who[0],),
    )
    assert state_begun(event, TYPES["conflict-zone"]).participants == tuple(who)


def test_the_shipped_vocabulary_is_whole() -> None:
    """Each type has a group and a sentence; what events begin or end are states with a key."""
    for kind in TYPES.values():
        assert kind.group in GROUPS
        assert kind.sentence
        assert {e.mode for e in (*kind.begins_by, *kind.ends_by)} <= set(kind.modes)
        for name in (*kind.begins, *kind.ends):
            assert TYPES[name].shape == "state"
            assert TYPES[name].key
        assert not kind.single or kind.key
        assert {s.mode for s in kind.sentences} <= set(kind.modes)


def test_the_shipped_types_are_fit() -> None:
    """Each is the record that its body holds, read and checked as those of a ledger are."""
    bodies = [body for table in _tables() for body in table["types"]]
    read = {kind.id: kind for kind in map(from_body, bodies) if isinstance(kind, Type)}
    assert shipped().types == read
    assert len(read) > 60
    assert {type(e) for kind in TYPES.values() for e in kind.sentences} == {ModeSentence}


def test_the_sixteen_types_of_plover_are_shipped() -> None:
    """The event types in capitals are those of PLOVER."""
    plover = (
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST "
        "SANCTION MOBILIZE COERCE ASSAULT"
    )
    assert [name for name in TYPES if name.isupper()] == plover.split()
    assert len(shipped().contexts) == len(set(shipped().contexts)) == 37


def test_the_first_vocabulary_does_not_change() -> None:
    """Version 1 stays as it is: ledgers name it, and their answers depend on it."""
    text = files("factledger.records").joinpath("vocabulary.toml").read_bytes()

    assert sha256(text).hexdigest() == (
        "d52ec61181d9bac74d8abeda9d58dea3768b875cc3104fb526976c39a1e116cb"
    )


def test_a_later_vocabulary_has_all_of_the_earlier_ones() -> None:
    """It adds types and changes fields of some; an earlier version has none of it."""
    one, two = shipped(1), shipped(2)
    assert list(two.types)[: len(one.types)] == list(one.types)
    changed = {name for name in one.types if one.types[name] != two.types[name]}
    single = {"diplomatic-relations", "conflict-zone", "membership"}  # so or not, and one at a time
    assert changed == {"SANCTION", *single}
    assert not any(one.types[name].single for name in single)
    assert all(two.types[name].single for name in single)
    assert (len(one.types), one.contexts) == (44, two.contexts)


def test_a_version_of_the_vocabulary_is_read_once() -> None:
    """Whoever asks for all versions in turn is given the very same again, however they are asked for."""
    first, again = ([shipped(), shipped(1), shipped(NEWEST)] for _ in range(2))
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_of_one_version_of_the_vocabulary_all_that_it_can_hold_once_is_told_apart() -> None:
    """A type that happens once requires its roles, so no claim of it leaves open whom it is about."""
    once = {kind.id: kind.once for kind in TYPES.values() if kind.once}
    assert once["born"] == ("actor",)
    assert once["signed"] == ("party", "topic")
    assert all(set(roles) <= set(TYPES[name].required) for name, roles in once.items())


@pytest.mark.parametrize(
    ("mode", "begun", "counts"),
    [(None, ("sanctions",), ["sanctions"]), ("expel", (), []), ("discontinue", (), [])],
)
def test_a_mode_can_begin_other_states_than_its_type(
    mode: str | None, begun: tuple[str, ...], counts: list[str]
) -> None:
    """Who expels diplomats has no sanctions in force by that; nor does the event count under them."""
    assert begun_by(TYPES["SANCTION"], mode) == begun
    assert [kind.id for kind in VOCABULARY.keyed("SANCTION", mode)] == counts
    assert begun_by(shipped(1).types["SANCTION"], mode) == ("sanctions",)


def test_a_mode_can_end_other_states_than_its_type() -> None:
    """What a mode ends is told by the mode, where it says so."""
    effects = [ModeEffect(mode="all", types=["aid", "office"])]
    kind = Type(id="stop", shape="event", modes=["all"], ends=["aid"], ends_by=effects)
    assert (ended_by(kind, "all"), ended_by(kind, None)) == (("aid", "office"), ("aid",))
    assert [s.id for s in shipped().declaring([kind]).keyed("stop", "all")] == ["aid", "office"]


@pytest.mark.parametrize(
    ("fields", "roles"),
    [
        ({"required": ["holder", "location"], "key": ["holder"]}, ("location",)),
        ({"required": ["party"], "key": ["party"]}, ()),
        ({"required": ["holder"], "key": ["holder"], "apart": ["with"]}, ("with",)),
    ],
)
def test_values_are_told_apart_by_roles_outside_the_key(
    fields: dict[str, Any], roles: tuple[str, ...]
) -> None:
    """By those that the type requires, unless it names them itself."""
    assert told_apart_by(Type(id="t", shape="state", single=True, **fields)) == roles


def test_what_happens_once_is_the_same_for_the_same_actors() -> None:
    """Their order does not matter; nothing is the same of a type without once, or of nobody."""
    signed, both = TYPES["signed"], [("party", "b"), ("party", "a"), ("topic", "t")]
    assert once_of(signed, both) == ("signed", (("party", ("a", "b")), ("topic", ("t",))))
    assert once_of(signed, both[::-1]) == once_of(signed, [*both, ("location", "x")])
    assert once_of(signed, both[:2]) is None
    assert once_of(TYPES["CONSULT"], [("actor", "a")]) is None
