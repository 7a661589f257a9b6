"""Sentences: the speaker first, no denial as its opposite, no value lost, and English as it is written."""

from __future__ import annotations

from typing import Any

import pytest

from factledger.records.claims import (
    MODALITIES,
    POLARITIES,
    Aspect,
    Assessment,
    Claim,
    Count,
    Event,
    State,
    Tally,
)
from factledger.records.declarations import Type
from factledger.records.sentences.grammar import (
    ends_as_plural,
    names_several,
    present,
    with_article,
)
from factledger.records.vocabulary import shipped
from ledgers import people

NAMES = {
    "arvenia": "Arvenia", "tolvia": "Tolvia", "kesh": "Kesh", "two": "two former officials",
    "ministry": "the Trade Ministry", "post": "Prime Minister of Tolvia", "ana": "Ana Renn",
}  # fmt: skip
OWN = [
    Type(id="consulate", shape="state", sentence="{holder} has a consulate in {location}"),
    Type(id="closed", shape="state", sentence="{holder} has closed {location}"),
    Type(id="promised", shape="event", sentence="{actor} promised: {value}"),
    Type(id="awarded", shape="event", sentence="{actor} was given a {value}"),
    Type(id="plain", shape="event"),
]
VOCABULARY = shipped().declaring(OWN)
VISIT: dict[str, Any] = {"type": "CONSULT", "mode": "visit", "when": "2021", "participants": people(actor="arvenia", recipient="tolvia")}  # fmt: skip
CLOSED: dict[str, Any] = {
    "type": "closed",
    "participants": people(holder="arvenia", location="kesh"),
}
TEXT: dict[str, Any] = {**VISIT, "text": "Kesh returned the compliment."}
CALLS: dict[str, Any] = {
    "type": "CONSULT",
    "mode": "phone",
    "participants": people(actor="arvenia tolvia"),
}


def said(claim: Claim) -> str:
    """Return a claim in words."""
    return VOCABULARY.sentence(claim, NAMES.__getitem__)


def visit(**fields: Any) -> Event:
    """Return a visit."""
    return Event(**{**VISIT, **fields})


def calls(lower: int, upper: int | None, **fields: Any) -> Tally:
    """Return a count of calls."""
    return Tally(count=Count(lower=lower, upper=upper), **{**CALLS, **fields})


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (visit(), "Arvenia visited Tolvia"),
        (visit(polarity="denied"), "Arvenia did not visit Tolvia"),
        (visit(modality="planned"), "Arvenia was to visit Tolvia"),
        (visit(modality="planned", polarity="denied"), "There was no plan for Arvenia to visit Tolvia"),
        (visit(modality="hypothetical"), "Hypothetical: Arvenia would visit Tolvia"),
        (visit(modality="presupposed"), "Arvenia visited Tolvia"),
        (visit(hedge="probably"), "Probably, Arvenia visited Tolvia"),
        (visit(hedge="if the ministry is right", polarity="denied"), "If the ministry is right, Arvenia did not visit Tolvia"),
        (visit(attributed_to=["two"]), "Two former officials say that Arvenia visited Tolvia"),
        (visit(attributed_to=["ministry"], polarity="denied"), "The Trade Ministry says that Arvenia did not visit Tolvia"),
        (visit(attributed_to=["ana", "kesh"], hedge="perhaps"), "Ana Renn and Kesh say that perhaps, Arvenia visited Tolvia"),
        (visit(attributed_to=["ana"], modality="hypothetical"), "Ana Renn says, as a hypothesis, that Arvenia would visit Tolvia"),
        (visit(attributed_to=["ana"], modality="planned"), "Ana Renn says that Arvenia was to visit Tolvia"),
        (visit(value="three days"), "Arvenia visited Tolvia: three days"),
        (visit(condition="if the talks go on", modality="planned"), "If the talks go on, Arvenia was to visit Tolvia"),
        (visit(condition="if the talks go on", modality="hypothetical"), "Hypothetical: if the talks go on, Arvenia would visit Tolvia"),
        (visit(condition="unless it snows", hedge="probably", modality="planned"), "Unless it snows, probably, Arvenia was to visit Tolvia"),
        (visit(condition="if so", modality="planned", attributed_to=["ana"]), "Ana Renn says that if so, Arvenia was to visit Tolvia"),
        (visit(attributed_to=["ana"], told_to=["kesh"]), "Ana Renn says to Kesh that Arvenia visited Tolvia"),
        (visit(attributed_to=["ana"], told_when="2021-05"), "Ana Renn says (May 2021) that Arvenia visited Tolvia"),
        (visit(attributed_to=["two"], told_to=["kesh", "ana"], told_when="2021-05-02", polarity="denied"), "Two former officials say to Kesh and Ana Renn (2 May 2021) that Arvenia did not visit Tolvia"),
        (visit(hedge="is said to have been"), "Arvenia visited Tolvia (“is said to have been”)"),
        (visit(hedge="unconfirmed", attributed_to=["ana"]), "Ana Renn says that Arvenia visited Tolvia (“unconfirmed”)"),
        # its own words
        (Event(**TEXT), "Kesh returned the compliment."),
        (Event(**TEXT, polarity="denied"), "It is denied that Kesh returned the compliment"),
        (Event(**TEXT, polarity="denied", hedge="perhaps"), "Perhaps, it is not so that Kesh returned the compliment"),
        (Event(**TEXT, polarity="denied", modality="hypothetical"), "Hypothetical: it is not so that Kesh returned the compliment"),
        (Event(**TEXT, polarity="denied", modality="planned"), "It is denied that this was planned: Kesh returned the compliment."),
        (Event(**TEXT, modality="planned"), "Planned: Kesh returned the compliment."),
        (Event(**TEXT, modality="hypothetical"), "Hypothetical: Kesh returned the compliment."),
        (Event(**TEXT, attributed_to=["ana"], polarity="denied"), "Ana Renn denies that Kesh returned the compliment"),
        (Event(**TEXT, attributed_to=["two"], modality="planned"), "Two former officials say, as a plan, that Kesh returned the compliment"),
        (Event(**{**TEXT, "text": "At least one was a spy."}, attributed_to=["two"]), "Two former officials say that at least one was a spy"),
        (Event(**{**TEXT, "text": "Kesh never replied."}, polarity="denied"), "Kesh never replied (a denial)"),
        (Event(**{**TEXT, "text": "Kesh will reply."}, modality="planned"), "Kesh will reply (planned)"),
        (Event(**{**TEXT, "text": "Kesh would have replied."}, modality="hypothetical"), "Kesh would have replied (hypothetical)"),
        # how often
        (calls(1, 1), "Arvenia and Tolvia spoke by telephone once"),
        (calls(4, 4), "Arvenia and Tolvia spoke by telephone 4 times"),
        (calls(2, None), "Arvenia and Tolvia spoke by telephone at least twice"),
        (calls(0, 0), "Arvenia and Tolvia did not speak by telephone"),
        (calls(0, 0, polarity="denied"), "It is denied that Arvenia and Tolvia did not speak by telephone"),
        (calls(4, 4, polarity="denied"), "It is denied that Arvenia and Tolvia spoke by telephone 4 times"),
        (calls(4, 4, modality="planned"), "Arvenia and Tolvia were to speak by telephone 4 times"),
        (calls(2, 3, value="on grain"), "2 to 3 times: Arvenia and Tolvia spoke by telephone: on grain"),
        (calls(0, 0, type="plain"), "Plain by Arvenia and Tolvia at no time"),
        # types of one's own
        (State(type="consulate", participants=people(holder="arvenia", location="kesh"), polarity="denied"),
         "Arvenia does not have a consulate in Kesh"),
        (State(type="consulate", participants=people(holder="arvenia tolvia", location="kesh")),
         "Arvenia and Tolvia have a consulate in Kesh"),
        (State(**CLOSED, polarity="denied"), "It is denied that Arvenia has closed Kesh"),
        (Event(type="awarded", when="2021", value="order", participants=people(actor="ana"), polarity="denied"),
         "Ana Renn was not given order"),
        (Event(type="promised", when="2021", value="a review", participants=people(actor="ana"), polarity="denied"),
         "Ana Renn did not promise: a review"),
        (Event(type="promised", when="2021", value="a review", participants=people(actor="ana"), modality="planned"),
         "Ana Renn was to promise: a review"),
        (Event(type="plain", when="2021", participants=people(actor="ana")), "Plain by Ana Renn"),
        # states and articles
        (State(type="armed-conflict", participants=people(location="kesh"), polarity="denied"), "There is no armed conflict in Kesh"),
        (State(type="armed-conflict", participants=people(location="kesh"), polarity="denied", modality="hypothetical"),
         "Hypothetical: there would be no armed conflict in Kesh"),
        (State(type="armed-conflict", participants=people(location="kesh"), polarity="denied", modality="planned"),
         "There is no plan for there to be armed conflict in Kesh"),
        (State(type="relationship-level", participants=people(party="arvenia tolvia"), value="strained"),
         "The relationship between Arvenia and Tolvia is strained"),
        (State(type="relationship-level", participants=people(party="arvenia tolvia"), value="excellent partnership"),
         "The relationship between Arvenia and Tolvia is an excellent partnership"),
        (State(type="relationship-level", participants=people(party="arvenia tolvia"), value="alliance", polarity="denied"),
         "The relationship between Arvenia and Tolvia is not an alliance"),
        (State(type="office", participants=people(holder="ana", post="post"), polarity="denied"), "Ana Renn is not Prime Minister of Tolvia"),
        (State(type="office", participants=people(holder="ana kesh", post="post")), "Ana Renn and Kesh are Prime Minister of Tolvia"),
        (Event(type="SANCTION", mode="expel", when="2019", value="six diplomats", participants=people(actor="tolvia", recipient="arvenia")),
         "Tolvia expelled six diplomats of Arvenia"),
        (Event(type="SANCTION", mode="expel", when="2019", polarity="denied", participants=people(actor="tolvia", recipient="arvenia")),
         "Tolvia did not expel people of Arvenia"),
        (Assessment(type="causal", polarity="denied"), "It is denied that one thing is said to have caused another"),
    ],
)  # fmt: skip
def test_a_claim_is_told_as_it_was_made(claim: Claim, sentence: str) -> None:
    """Who says it stands first; a denial, a plan, a doubt and a count are said, whatever the text."""
    assert said(claim) == sentence


PACT: dict[str, Any] = {"type": "consulate", "participants": people(holder="arvenia", location="kesh")}  # fmt: skip
WAR: dict[str, Any] = {"type": "armed-conflict", "participants": people(location="kesh")}
IN_OFFICE: dict[str, Any] = {"type": "office", "participants": people(holder="ana", post="post")}


@pytest.mark.parametrize(
    ("claim", "aspect", "sentence"),
    [
        (State(**PACT), "since", "Arvenia has had a consulate in Kesh"),
        (State(**PACT), "over", "Arvenia had a consulate in Kesh"),
        (State(**PACT), "no longer", "Arvenia no longer has a consulate in Kesh"),
        (State(**PACT, polarity="denied"), "over", "Arvenia did not have a consulate in Kesh"),
        (State(**IN_OFFICE), "since", "Ana Renn has been Prime Minister of Tolvia"),
        (State(**IN_OFFICE), "over", "Ana Renn was Prime Minister of Tolvia"),
        (State(**IN_OFFICE), "no longer", "Ana Renn is no longer Prime Minister of Tolvia"),
        (State(**WAR, polarity="denied"), "since", "There has been no armed conflict in Kesh"),
        # nobody says so: of what others say, the end is told beside
        (State(**PACT, polarity="denied"), "no longer", "Arvenia does not have a consulate in Kesh"),
        (State(**PACT, attributed_to=["ana"]), "no longer", "Ana Renn says that Arvenia has a consulate in Kesh"),
        (State(**PACT, hedge="perhaps"), "no longer", "Perhaps, Arvenia has a consulate in Kesh"),
    ],
)  # fmt: skip
def test_what_lasts_is_told_as_it_stands_on_a_day(
    claim: Claim, aspect: Aspect, sentence: str
) -> None:
    """As it has been since a day, as it was, or as no longer so, unless others say it or deny it."""
    assert VOCABULARY.sentence(claim, NAMES.__getitem__, aspect=aspect) == sentence


@pytest.mark.parametrize(
    ("verb", "before", "done"),
    [
        ("be", "was", "been"), ("bear", "bore", "borne"), ("begin", "began", "begun"), ("break", "broke", "broken"),
        ("come", "came", "come"), ("do", "did", "done"), ("forbid", "forbade", "forbidden"),
        ("give", "gave", "given"), ("go", "went", "gone"), ("have", "had", "had"), ("hold", "held", "held"),
        ("know", "knew", "known"), ("lie", "lay", "lain"), ("run", "ran", "run"), ("see", "saw", "seen"),
        ("speak", "spoke", "spoken"), ("take", "took", "taken"), ("withdraw", "withdrew", "withdrawn"),
        ("write", "wrote", "written"),
        # regular ones
        ("work", "worked", "worked"), ("recognise", "recognised", "recognised"), ("occupy", "occupied", "occupied"),
        ("obey", "obeyed", "obeyed"), ("control", "controlled", "controlled"),
    ],
)  # fmt: skip
def test_a_verb_has_a_past_and_a_past_participle(verb: str, before: str, done: str) -> None:
    """What is over is told in the past, what has been since a day by the participle."""
    own = Type(id="own", shape="state", sentence="{holder} has it", infinitive=f"{{holder}} to {verb} it")  # fmt: skip
    claim = State(type="own", participants=people(holder="arvenia"))
    sentence = shipped().declaring([own]).sentence
    told = [sentence(claim, NAMES.__getitem__, aspect=aspect) for aspect in ("over", "since")]
    assert told == [f"Arvenia {before} it", f"Arvenia has {done} it"]


def every_claim(**fields: Any) -> list[Claim]:
    """Return a claim of every type and mode of the vocabulary, with all roles filled."""
    who = people(actor="arvenia", recipient="tolvia", party="arvenia tolvia", holder="ana", post="post", location="kesh", topic="kesh")  # fmt: skip
    shapes = {
        "event": (Event, {"when": "2021"}),
        "state": (State, {}),
        "assessment": (Assessment, {}),
    }
    return [
        shapes[kind.shape][0](
            type=kind.id, mode=mode, participants=who, **shapes[kind.shape][1], **fields
        )
        for kind in shipped().types.values()
        for mode in (None, *kind.modes)
    ]


@pytest.mark.parametrize("text", [None, "Kesh returned the compliment.", "Kesh would never reply."])
def test_no_two_readings_of_a_claim_are_told_alike(text: str | None) -> None:
    """Of every type and mode, asserted or denied, as a fact, a plan or a hypothesis, each reads otherwise."""
    told = [
        [said(claim) for claim in every_claim(polarity=polarity, modality=modality, text=text)]
        for polarity in POLARITIES
        for modality in MODALITIES
        if modality != "presupposed"  # it is told as a fact
    ]
    assert all(len(set(readings)) == len(told) for readings in zip(*told, strict=True))


@pytest.mark.parametrize("polarity", POLARITIES)
def test_no_pattern_loses_a_value(polarity: str) -> None:
    """What a claim has as its value is in its sentence, in every type and mode."""
    lost = [
        c for c in every_claim(value="six of 40", polarity=polarity) if "six of 40" not in said(c)
    ]
    assert not lost


def test_every_mode_has_its_own_sentence() -> None:
    """No mode reads as another, or as its type alone; all but judgements have an infinitive."""
    for kind in shipped().types.values():
        assert [s.mode for s in kind.sentences] == list(kind.modes)
        told = [kind.sentence, *(s.sentence for s in kind.sentences)]
        assert len(set(told)) == len(told)
        wanted = kind.shape != "assessment"
        given = (kind.infinitive, *(s.infinitive for s in kind.sentences))
        assert all(bool(infinitive) is wanted for infinitive in given)


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("ally", "an ally"), ("hour", "hour"), ("honest partnership", "an honest partnership"),
        ("union", "a union"), ("one-sided pact", "a one-sided pact"), ("very good", "very good"),
        ("no alliance", "no alliance"), ("40 days", "40 days"), ("excellent", "excellent"),
    ],
)  # fmt: skip
def test_a_phrase_takes_its_article(phrase: str, told: str) -> None:
    """By its first sound; an adjective alone, and what has an article, take none."""
    assert with_article(phrase) == told


def test_verbs_agree() -> None:
    """One carries and goes; several carry and go."""
    assert [present(v, False) for v in ("carry", "go", "play")] == ["carries", "goes", "plays"]
    assert [present(v, True) for v in ("carry", "have")] == ["carry", "have"]


@pytest.mark.parametrize(
    ("name", "several"),
    [("Voters", True), ("Officials close to her", True), ("Congress", False), ("US", False)],
)
def test_a_name_tells_whether_it_is_of_several(name: str, several: bool) -> None:
    """By the ending of its noun."""
    assert ends_as_plural(name) is several


@pytest.mark.parametrize(
    ("name", "several"),
    [("A few deputies", True), ("A deputy", False), ("12 deputies", True), ("1 deputy", False)],
)
def test_a_name_says_by_its_first_words_that_it_is_of_several(name: str, several: bool) -> None:
    """One of them, as "a deputy" or "1 deputy", is not."""
    assert names_several(name) is several
