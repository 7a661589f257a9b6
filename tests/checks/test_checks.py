"""Named checks: what each refuses, in the words that a person reads."""

from __future__ import annotations

from typing import Any

import pytest

from cli_tools import AT, entropy
from factledger import (
    Actor,
    Assessment,
    Citation,
    Close,
    Correct,
    Corroborate,
    Dispute,
    Event,
    Header,
    Identify,
    Inferred,
    Ledger,
    ModeEffect,
    Note,
    Participant,
    Redact,
    Refused,
    Retract,
    Source,
    State,
    Type,
    Withdraw,
)
from factledger.checks import CHECKS
from factledger.log.canonical import canonical
from factledger.log.stores import create_store
from factledger.records.claims import About

HERE = [Citation(source="s", locator="p. 1")]
BY_AAA = [Participant(role="actor", actor="AAA")]
BOTH = [Participant(role="party", actor="AAA"), Participant(role="party", actor="BBB")]


def ledger() -> Ledger:
    """Return a ledger of two sources (#2, #3), two actors (#4, #5), an event, a state and a note."""
    found = Ledger.create("memory:", origin="x", clock=lambda: AT, entropy=entropy)
    found.append(
        Source(id="s", title="S", published="2020"),
        Source(id="sealed", title="S", published="2020", policy="sealed"),
        Actor(id="AAA", category="country", names=["Aland"]),
        Actor(id="BBB", category="country", names=["Bland"]),
        Event(type="CONSULT", label="talk", when="2019", participants=BY_AAA, citations=HERE),
        level(),
        Note(text="no claim", label="remark", citations=HERE),
    )
    return found


def level(**more: Any) -> State:
    """Return a level of the relationship between the two actors."""
    given = {"since": "2018", "until": "..", "participants": BOTH, "citations": HERE, **more}
    return State(type="relationship-level", value="partnership", **given)


def talk(**more: Any) -> Event:
    """Return a consultation by the first actor."""
    given = {"type": "CONSULT", "when": "2019", "participants": BY_AAA, "citations": HERE, **more}
    return Event(**given)


TABLE = [
    # declarations
    (Actor(id="AAA", category="country", names=["Other"]),
     "declared-once: actor 'AAA' is declared in #4, otherwise; correct that entry instead"),
    (Type(id="CONSULT", shape="event"),
     "declared-once: type 'CONSULT' is in the vocabulary; declare yours by another id"),
    (Source(id="t", title="T", sha256="ab"), "source-form: sha256 'ab' is not 64 hexadecimal digits"),
    (Source(id="t", title="T", copy_of="t"), "source-form: source 't' cannot be a copy of itself"),
    (Source(id="t", title="T", copy_of="u"),
     "source-declared: unknown source 'u'; declare it before with [[source]]"),
    (Actor(id="p", category="post", names=["P"]),
     "actor-form: post 'p' belongs to nobody; say of = the country or body"),
    (Actor(id="p", category="post", names=["P"], of="AAB"),
     "actor-declared: unknown actor 'AAB'; did you mean 'AAA'?"),
    (Actor(id="p", category="country", names=["P"], iso3166="jp"),
     "actor-form: iso3166 'jp' is not three capital letters, as in JPN"),
    (Actor(id="p", category="country", names=["P"], wikidata="17"),
     "actor-form: wikidata '17' is not an id such as Q17"),
    (Type(id="t", shape="event", required=["host"]),
     "record-form: role 'host' is not one of actor, recipient, party, holder, post, location, topic, with"),
    (Type(id="t", shape="event", begins=["offices"]),
     "type-declared: unknown type 'offices'; did you mean 'office'?"),
    (Type(id="t", shape="event", ends=["concern"]),
     "type-shape: type 'concern' is no state with a key, so nothing begins or ends it"),
    (Type(id="t", shape="event", begins=["CONSULT"]),
     "type-shape: type 'CONSULT' is no state with a key, so nothing begins or ends it"),
    (Type(id="t", shape="event", once=["host"]),
     "record-form: role 'host' is not one of actor, recipient, party, holder, post, location, topic, with"),
    (Type(id="t", shape="tally", once=["actor"]),
     "type-form: once is for events, and 't' is of shape tally"),
    (Type(id="t", shape="assessment", quantity=True),
     "type-form: quantity is for events and states, and 't' is neither"),
    (Type(id="t", shape="state", key=["holder"], apart=["location"]),
     "type-form: apart is for types with single = true, and 't' has it not"),
    (Type(id="t", shape="state", key=["holder"], single=True, apart=["holder", "location"]),
     "type-form: role 'holder' is in the key, so it tells no values apart"),
    (Type(id="t", shape="state", key=["holder"], single=True, required=["holder", "location"], apart=["with"]),
     "type-form: role 'location' is required and would not be compared: two actors in it would pass for"
     " one value; add it to apart or to key"),
    (Type(id="t", shape="event", ends_by=[ModeEffect(mode="x", types=["office"])]),
     "type-form: mode 'x' is not one of the modes of 't'; add it to modes"),
    (Type(id="t", shape="event", modes=["x"], begins_by=[ModeEffect(mode="x", types=["concern"])]),
     "type-shape: type 'concern' is no state with a key, so nothing begins or ends it"),
    # claims
    (talk(type="armed-conflict"), "type-shape: type 'armed-conflict' is of shape state, the claim of shape event"),
    (level(mode="warm"), "mode-declared: unknown mode 'warm' of relationship-level; it has none"),
    (talk(contexts=["zzz"]), "context-declared: unknown context 'zzz'; the reference lists them"),
    (talk(participants=[]), "role-required: CONSULT needs a participant in the role 'actor'; the claim names nobody"),
    (talk(participants=[Participant(role="actor", actor="AAA", of="Blond")]),
     "actor-declared: unknown actor 'Blond'; did you mean 'BBB'?"),
    (talk(attributed_to=["CCC"]),
     "actor-declared: unknown actor 'CCC'; declare it before with [[actor]]"),
    (talk(inferred=[Inferred(field="wen", reason="r")]),
     "inferred-field: inferred names 'wen', no field of it; did you mean 'when'?"),
    (talk(inferred=[Inferred(field="xyz[0]", reason="r")]),
     "inferred-field: inferred names 'xyz[0]', no field of it; one of type, mode, value, contexts, "
     "participants, polarity, modality, attributed_to, told_to, told_when, hedge, "
     "condition, text, label, citations, inferred, when"),
    (talk(citations=[]), "citation-required: no citation; say in which source, and where in it, this is said"),
    (talk(citations=[Citation(source="sealed", locator="p. 1", prefix="words")]),
     "citation-sealed: source 'sealed' is sealed: keep start, end and sealed, and no words of it"),
    (talk(label="talk", when="2018"), "label-unique: label 'talk' is taken by #6; choose another"),
    (Note(text="another", label="remark", citations=HERE),
     "label-unique: label 'remark' is taken by #8; choose another"),
    (Assessment(type="evaluative", when="2021", citations=HERE),
     "date-after-publication: '2021' is after 2020-12-31, the last day on which its source can have "
     'been published; correct one of the two, or say modality = "planned"'),
    (talk(attributed_to=["AAA"], told_when="2021-03"),
     "date-after-publication: told_when '2021-03' is after 2020-12-31, the last day on which its source can "
     "have been published; nobody can have told it by then: correct one of the two"),
    (talk(when="2022", modality="planned", attributed_to=["AAA"], told_when="2021"),
     "date-after-publication: told_when '2021' is after 2020-12-31, the last day on which its source can "
     "have been published; nobody can have told it by then: correct one of the two"),
    (Assessment(type="evaluative", since="2020", until="2019", citations=HERE),
     "date-order: until '2019' is before since '2020'; correct one of them"),
    # what records refer to
    (Withdraw(source="t", reason="r"), "source-declared: unknown source 't'; declare it before with [[source]]"),
    (Redact(target=9, reason="r", authority="a"),
     "target-exists: there is no entry #9 before this one; the newest is #8"),
    (Correct(target=99, reason="misread", record=talk()),
     "target-exists: there is no entry #99 before this one; the newest is #8"),
    (Correct(target=4, reason="misread", record=talk(when="2017")),
     "correct-kind: #4 cannot be corrected into another kind of record"),
    (Correct(target=4, reason="misread", record=Actor(id="CCC", category="country", names=["C"])),
     "correct-kind: #4 declares 'AAA'; keep its id"),
    (Close(target=6, until="2020", citations=HERE),
     "target-kind: #6 is of kind 'event'; close is about state"),
    (Close(target=7, until="2017-12-31", citations=HERE),
     "date-order: until '2017-12-31' is before #7 began, since '2018'; correct one of them"),
    (Identify(actors=["AAA", "AAA"], verdict="same", reason="r"),
     "identify-pair: give actors = [a, b] or claims = [m, n], two different ones"),
    (Identify(actors=["AAA", "CCC"], verdict="same", reason="r"),
     "actor-declared: unknown actor 'CCC'; declare it before with [[actor]]"),
    (Identify(claims=[6, 99], verdict="same", reason="r"),
     "target-exists: there is no entry #99 before this one; the newest is #8"),
    (Identify(claims=[6, 4], verdict="same", reason="r"), "target-kind: #4 is of kind 'actor', not a claim"),
    (Assessment(type="causal", when="2020", citations=HERE, about=[About(role="cause", target=2)]),
     "target-kind: #2 is of kind 'source', not a claim"),
    # values
    (Header(format=1, vocabulary=1, origin="other"),
     "ledger-first: the first record names the ledger's format, and no other does"),
    (talk(label="a b", when="2018"),
     "identifier: label 'a b' is no identifier; write 1 to 100 ASCII letters, digits, dots, hyphens or underscores"),
    (talk(text="zero\u200bwidth"), "name-visible: text holds U+200B ZERO WIDTH SPACE at character 4; take it out"),
    (Retract(target=6, reason="turned\u202eround"),
     "name-visible: reason holds U+202E RIGHT-TO-LEFT OVERRIDE at character 6; take it out"),
    (talk(participants=[Participant(role="actor", actor="AAA", as_said="a\u0007b")]),
     "name-visible: participants[0].as_said holds U+0007 at character 1; take it out"),
    (Correct(target=6, reason="misread", record=talk(text="a\u200eb")),
     "name-visible: record.text holds U+200E LEFT-TO-RIGHT MARK at character 1; take it out"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "fault"), TABLE, ids=[text.partition(":")[0] for _, text in TABLE]
)
def test_fault_is_named_and_told(record: Any, fault: str) -> None:
    """A record with one fault is refused for it alone, and nothing is written."""
    found = ledger()
    with pytest.raises(Refused) as refused:
        found.append(record)
    assert list(map(str, refused.value.problems)) == [f"record 1: {fault}"]
    assert len(found) == 8


FINE = [
    talk(contexts=["diplomatic"], mode="visit", inferred=[Inferred(field="participants[0]", reason="r")]),
    talk(when="2025", modality="planned"),
    talk(when="[..2030]"),
    talk(when="2020-12-31"),
    talk(text="line one\nline two\tand more"),
    talk(citations=[Citation(source="s", locator="p. 1", prefix="soft\u00adhyphen")]),
    Assessment(type="evaluative", citations=HERE),
    Source(id="t", title="T", copy_of="s", sha256="ab" * 32),
    Actor(id="p", category="post", names=["P"], of="AAA", wikidata="Q17", iso3166="JPN"),
    Type(id="t", shape="event", required=["actor"], begins=["office"]),
    Correct(target=6, reason="misdated", record=talk(label="talk", when="2018")),
    Correct(target=4, reason="refined", record=Actor(id="AAA", category="country", names=["A"])),
    Withdraw(source="s", reason="r"),
    Identify(claims=[6, 7], verdict="unsure", reason="r"),
    Note(text="no label", citations=HERE),
]  # fmt: skip


@pytest.mark.parametrize("record", FINE, ids=lambda record: type(record).__name__)
def test_sound_record_passes(record: Any) -> None:
    """What is as it should be is taken, and a check of the ledger finds nothing."""
    found = ledger()
    found.append(record)
    assert found.check() == ()


def test_what_is_retired_is_not_touched_again() -> None:
    """Retracted and erased entries are left to what took their place; an end is given once."""
    found = ledger()
    found.append(Correct(target=6, reason="misdated", record=talk(when="2018")))
    found.append(Close(target=7, until="2019", citations=HERE))
    found.append(Redact(target=8, reason="r", authority="a"))
    again: list[tuple[Any, str]] = [
        (Close(target=7, until="2020", citations=HERE),
         "target-live: #7 was already closed by #10; retract that first"),
        (Retract(target=8, reason="r"),
         "target-live: #8 was already erased by #11; name the entry that stands now"),
        (Close(target=9, until="2020", citations=HERE),
         "target-kind: #9 is of shape event; only a state can be closed"),
        (Dispute(target=10, citations=HERE),
         "target-kind: #10 is of kind 'close'; dispute is about event, state, tally, assessment"),
    ]  # fmt: skip
    for record, fault in again:
        with pytest.raises(Refused) as refused:
            found.append(record)
        assert str(refused.value) == f"record 1: {fault}"


def test_closing_what_no_source_supports_any_more() -> None:
    """A state whose sources were withdrawn can still be closed: a later reader may restore them."""
    found = ledger()
    found.append(Source(id="t", title="T", published="2020"))
    found.append(Withdraw(source="s", reason="r"))
    found.append(Close(target=7, until="2019", citations=[Citation(source="t", locator="p. 1")]))
    assert found.check() == ()


def test_a_state_that_was_closed_does_not_begin_later_by_a_correction() -> None:
    """The end is kept with what the correction does not change; so the two have to agree."""
    found = ledger()
    found.append(Close(target=7, until="2018-06", citations=HERE))
    late = Correct(target=7, reason="misdated", record=level(since="2018-07"))
    with pytest.raises(Refused) as refused:
        found.append(late)
    assert str(refused.value) == (
        "record 1: date-order: since '2018-07' is after #9 ends it, '2018-06'; give its until as well, "
        "or retract #9 first"
    )
    found.try_append(Correct(target=7, reason="misdated", record=level(since="2018-06-30")))
    found.append(Correct(target=7, reason="misdated", record=level(since="2018-07", until="2019")))


def test_a_state_whose_sources_are_withdrawn_can_be_corrected_and_closed() -> None:
    """What no source says any more has no dates to disagree with."""
    found = ledger()
    found.append(Source(id="t", title="T", published="2020"), Withdraw(source="s", reason="r"))
    other = [Citation(source="t", locator="p. 1")]
    found.try_append(Close(target=7, until="2010", citations=other))
    found.try_append(Correct(target=7, reason="misdated", record=level(citations=other)))


def test_corrected_correction_is_compared_with_what_it_said() -> None:
    """A correction of a correction of a declaration keeps the id."""
    found = ledger()
    actor = Actor(id="AAA", category="country", names=["A"])
    found.append(Correct(target=4, reason="refined", record=actor))
    again = Actor(id="AAA", category="country", names=["A", "B"])
    found.append(Correct(target=9, reason="refined", record=again))
    assert found.as_of("2020").name("AAA") == "A"


def test_label_is_free_again_once_its_claim_is_gone() -> None:
    """A label of a retracted claim, or of one that is being corrected, can be used."""
    found = ledger()
    found.append(Retract(target=6, reason="r"))
    found.append(talk(label="talk", when="2018"))
    assert found.find("talk").number == 10


def test_problems_of_written_lines_are_found() -> None:
    """What no append would write is found by a check: bad form, defaults written out, missing content."""
    bodies = [
        {"format": 1, "kind": "ledger", "origin": "x", "vocabulary": 1},
        {"kind": "source", "id": "s", "title": "S", "complete": True},
        {"kind": "retract", "target": "6", "reason": "r"},
        {"kind": "corroborate", "target": 9, "citations": [{"source": "s", "locator": "p. 1"}]},
        {"kind": "actor", "id": "AAA", "category": "country", "names": ["A"]},
    ]
    store = create_store("memory:")
    with store.writing() as writer:
        at = "2024-12-01T09:00:00.000000Z"
        writer.append([canonical(b) for b in bodies], at=at, salts=[bytes(16)] * len(bodies))
    store.erase([5])
    assert list(map(str, Ledger(store).check())) == [
        "#2: record-canonical: it holds defaults or empty values; leave them out",
        "#3: record-form: target: wanted a whole number, found '6'",
        "#4: target-exists: there is no entry #9 before this one; the newest is #3",
        "#5: redaction: its content is missing, and no redact record says that it was erased",
    ]


def test_first_entry_is_checked_too() -> None:
    """A header that another writer named badly is found."""
    store = create_store("memory:")
    header = {"format": 1, "kind": "ledger", "origin": "a b", "vocabulary": 1}
    with store.writing() as writer:
        writer.append([canonical(header)], at="2024-12-01T09:00:00.000000Z", salts=[bytes(16)])
    [problem] = Ledger(store).check()
    assert (problem.where, problem.check) == ("#1", "identifier")


def test_newest_entry_keeps_its_kind() -> None:
    """Also the entry just before is corrected only into what it was."""
    found = ledger()
    found.append(Actor(id="CCC", category="country", names=["C"]))
    with pytest.raises(Refused, match="correct-kind"):
        found.append(Correct(target=9, reason="misread", record=talk(when="2017")))


def test_erased_entry_that_a_record_accounts_for() -> None:
    """Content that a redact record says was erased is not missed."""
    found = ledger()
    found.append(Redact(target=8, reason="r", authority="a"))
    found._kept.store.erase([8])
    assert Ledger(found._kept.store).check() == ()


def test_corroboration_needs_a_citation() -> None:
    """Whoever backs a claim says where."""
    with pytest.raises(Refused, match="citation-required"):
        ledger().append(Corroborate(target=6))


def test_every_check_has_a_line_that_says_what_holds() -> None:
    """The list of checks names those that this table refuses for, and each says what holds."""
    named = {text.partition(":")[0] for _, text in TABLE}
    assert named <= set(CHECKS)
    assert all(line and not line.endswith(".") for line in CHECKS.values())
