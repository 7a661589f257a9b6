"""Short claims: a line a claim, by the types and names that the ledger knows."""

from __future__ import annotations

from typing import Any

import pytest

from factledger import Ledger, Refused

TEXT = (
    "Ada Lorn, the Foreign Minister of Vessia, visited Ombra on 2 May 2021. Two officials said that "
    "they had met four times in 2020. Bo was premier from 2019 until March 2021. A bridge was built."
)
DECLARED: list[dict[str, Any]] = [
    {"kind": "source", "id": "s", "title": "S", "published": "2021-05-03"},
    {"kind": "actor", "id": "VES", "category": "country", "names": ["Vessia"]},
    {
        "kind": "actor",
        "id": "OMB",
        "category": "country",
        "names": ["Ombra", "The Republic of Ombra"],
    },
    {"kind": "actor", "id": "ada", "category": "person", "names": ["Ada Lorn", "Lorn"]},
    {"kind": "actor", "id": "bo", "category": "person", "names": ["Bo", "Lorn"]},
    {"kind": "actor", "id": "premier", "category": "post", "names": ["Premier"], "of": "VES"},
]


@pytest.fixture
def ledger() -> Ledger:
    """Return a ledger with a source, its text, and those of whom it tells."""
    found = Ledger.create("memory:", origin="o")
    found.append(*DECLARED)
    return found


def told(ledger: Ledger, line: str) -> dict[str, Any]:
    """Return the body of the claim that a line makes."""
    ledger.append({"kind": "claim", "said": line, "source": "s"}, texts={"s": TEXT})
    body = ledger.index.body(len(ledger))
    assert body is not None
    return body


def who(body: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the roles and actors of a body."""
    return [(p["role"], p["actor"]) for p in body["participants"]]


QUOTE = "Ada…2021"


@pytest.mark.parametrize(
    ("line", "type_", "mode", "people"),
    [
        ("visit: ada > OMB; 2021-05-02; {}", "CONSULT", "visit", [("actor", "ada"), ("recipient", "OMB")]),
        ("consult/visit: Ada Lorn>ombra; .; {}", "CONSULT", "visit", [("actor", "ada"), ("recipient", "OMB")]),
        ("CONSULT: ada, bo @ OMB; .; {}", "CONSULT", None, [("actor", "ada"), ("actor", "bo"), ("location", "OMB")]),
        ("relationship-l*: Ves*, OMB; /..; {}", "relationship-level", None, [("party", "VES"), ("party", "OMB")]),
        ("office: bo > prem*; 2019/..; {}", "office", None, [("holder", "bo"), ("post", "premier")]),
        ("evaluative: VES; text=Vessia is rash; .; {}", "evaluative", None, [("party", "VES")]),
    ],
)  # fmt: skip
def test_a_line_names_a_type_and_who_takes_part(
    ledger: Ledger, line: str, type_: str, mode: str | None, people: list[tuple[str, str]]
) -> None:
    """By ids, names or their beginnings; the sides fill the roles that the type wants, in their order."""
    body = told(ledger, line.format(QUOTE))
    assert (body["type"], body.get("mode"), who(body)) == (type_, mode, people)


def test_a_quote_is_named_by_its_ends_and_says_the_date(ledger: Ledger) -> None:
    """The whole passage is recorded, proved, and the date that it says in words; two for a period."""
    [cited] = (body := told(ledger, "visit: ada>OMB; .; visited … May 2021"))["citations"]
    assert (cited["quote"], body["when"]) == ("visited Ombra on 2 May 2021", "2021-05-02")
    assert TEXT[cited["start"] : cited["end"]] == cited["quote"]
    body = told(ledger, "office: bo>premier; ./.; Bo was...March 2021")
    assert (body["since"], body["until"]) == ("2019", "2021-03")


def test_a_place_can_stand_for_a_quote(ledger: Ledger) -> None:
    """A line that ends without words says where, in `locator`."""
    [cited] = told(ledger, "visit: ada; locator=p. 1; 2021;")["citations"]
    assert cited == {"source": "s", "locator": "p. 1"}


def test_a_count_is_over_all_of_its_period(ledger: Ledger) -> None:
    """A year means its first to its last day; so it does of a state."""
    body = told(ledger, "meeting: ada, bo; x4; .; met…2020")
    assert (body["kind"], body["count"]) == ("tally", {"lower": 4, "upper": 4})
    assert (body["since"], body["until"]) == ("2020-01-01", "2020-12-31")
    assert told(ledger, "meeting: ada; x2-3; 2020; met…2020")["count"] == {"lower": 2, "upper": 3}
    assert told(ledger, "meeting: ada; x2+; 2019/2020; met…2020")["count"] == {"lower": 2}
    assert "since" not in told(ledger, "meeting: ada; x2; [..2020]; met…2020")
    body = told(ledger, "office: bo > premier; 2020-03; Bo…2021")
    assert (body["since"], body["until"]) == ("2020-03-01", "2020-03-31")


def test_whoever_is_not_named_needs_no_actor(ledger: Ledger) -> None:
    """One is declared beside the claim, for this source, by the words of the source; once."""
    body = told(ledger, 'meeting: "Two officials"; by "Two officials"; 2020; they…2020')
    assert who(body) == [("actor", "s.two-officials")]
    assert body["attributed_to"] == ["s.two-officials"]
    assert ledger.index.body(8) == {
        "kind": "actor", "id": "s.two-officials", "category": "group", "names": ["Two officials"],
        "note": "not named in the source",
    }  # fmt: skip
    assert len(ledger) == 9
    told(ledger, 'meeting: "two officials" > ada; 2020; they…2020')
    assert len(ledger) == 10


def test_a_line_says_how_it_is_told(ledger: Ledger) -> None:
    """Whether it is denied or planned, by whom it is told, on whose behalf, in which words, and why."""
    line = (
        "visit: Ada Lorn for Vessia (the Foreign…Vessia) > OMB; not; planned; =A bridge…built; by bo; "
        "label=v; text=She went; why when: the day of the visit; 2021-05-02; Ada…2021"
    )
    body = told(ledger, line)
    assert body["participants"][0] == {
        "role": "actor", "actor": "ada", "of": "VES", "as_said": "the Foreign Minister of Vessia"
    }  # fmt: skip
    assert (body["polarity"], body["modality"], body["attributed_to"]) == (
        "denied",
        "planned",
        ["bo"],
    )
    assert (body["label"], body["text"], body["value"]) == ("v", "She went", "A bridge was built")
    assert body["inferred"] == [{"field": "when", "reason": "the day of the visit"}]
    told_so = told(
        ledger, "visit: ada > OMB; if it snows; by bo, ada to VES on 2021-05-01; .; Ada…2021"
    )
    assert (told_so["condition"], told_so["modality"]) == ("if it snows", "hypothetical")
    assert (told_so["attributed_to"], told_so["told_to"], told_so["told_when"]) == (
        ["bo", "ada"], ["VES"], "2021-05-01",
    )  # fmt: skip
    planned = told(ledger, "visit: ada > OMB; planned; unless it snows; by bo; .; Ada…2021")
    assert (planned["condition"], planned["modality"]) == ("unless it snows", "planned")
    assert "polarity" not in told(ledger, "visit: ada; asserted; .; Ada…2021")


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ("office: bo>premier; ..; Bo…2021", ["record-form: since: '..' is not a date: an open end"]),
        ("visit: ada; =a…built; 2020; Ada…2021", ["quote-found: no passage of the text is 'a…built'"]),
        ("visit ada", ["record-form: a short claim is TYPE: WHO"]),
        ("visit: ada; .", ["record-form: a short claim is TYPE: WHO"]),
        ("vist: ada; 2020; Ada…2021", ["type-declared: unknown type 'vist'; did you mean 'visit'?"]),
        ("expel: ada; 2020; Ada…2021", ["type-declared: mode 'expel' is of several types; write"]),
        ("s*: ada; 2020; Ada…2021", ["type-declared: several types begin so: "]),
        ("visit: Lorn; 2020; Ada…2021", ["actor-declared: several actors are called 'Lorn': ada, bo"]),
        ("visit: Adda; 2020; Ada…2021", ["actor-declared: unknown actor 'Adda'; did you mean 'ada'?"]),
        ("visit: *; 2020; Ada…2021", ["actor-declared: unknown actor '*'"]),
        ('visit: "a" b; 2020; Ada…2021', ["record-form: wanted a name, an id or"]),
        ("visit: ada>bo>VES>OMB>OMB; 2020; Ada…2021", ["record-form: CONSULT has no more than 4 sides"]),
        ("visit: ada; soon; 2020; Ada…2021", ["record-form: a short claim has =VALUE, not, planned"]),
        ("visit: ada; 2020/2021; Ada…2021", ["record-form: event: wanted one date, found '2020/2021'"]),
        ("visit: ada; ./..; A bridge was built", ["record-form: each '.'", "record-form: event: wanted one date, found './..'"]),
        ("office: bo>premier; 1/2/3; Bo…2021", ["record-form: state: wanted SINCE/UNTIL"]),
        ("office: bo>premier; soon; Bo…2021", ["record-form: since: 'soon' is not a date"]),
        ("office: bo>premier; .; Bo…2021", ["record-form: each '.' is for a date of the quote, and there is no other; it says 2019, 2021-03"]),
        ("visit: ada; .; A bridge was built", ["record-form: each '.' is for a date of the quote, and there is no other; it says none"]),
        ("vist: Adda, Lorn; soon; .; A bridge was built", ["type-declared", "record-form: a short", "record-form: each '.'"]),
    ],
)  # fmt: skip
def test_all_that_is_wrong_with_a_line_is_told(
    ledger: Ledger, line: str, problems: list[str]
) -> None:
    """Each fault of it at once, and nothing is written."""
    with pytest.raises(Refused) as refused:
        told(ledger, line)
    found = [f"{p.check}: {p.message}" for p in refused.value.problems]
    assert len(found) == len(problems), found
    assert all(one.startswith(start) for one, start in zip(found, problems, strict=True)), found
    assert len(ledger) == 7


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"said": 7},
        {"said": "a: b; c; d", "approximate": "wide"},
        {"said": "a: b; c; d", "source": 7},
        {"said": "a: b; c; d", "when": "2020"},
    ],
)
def test_a_short_claim_has_one_line_and_a_source(ledger: Ledger, body: dict[str, Any]) -> None:
    """Other keys have no place beside the line."""
    with pytest.raises(Refused, match="record-form: a claim of kind 'claim' has said = a line"):
        ledger.append({"kind": "claim", **body})


def test_a_line_without_a_source_has_no_citation(ledger: Ledger) -> None:
    """As any claim, it is refused for that."""
    with pytest.raises(Refused, match="citation"):
        ledger.append({"kind": "claim", "said": 'visit: "they"; 2020; Ada went'})


def test_a_short_claim_has_the_width_of_its_draft(ledger: Ledger) -> None:
    """An approximate date becomes a window, as in the tables of the draft."""
    line = "office: bo > premier; 1630~/1650; Bo was premier"
    ledger.append(
        {"kind": "claim", "said": line, "source": "s", "approximate": "10 years"}, texts={"s": TEXT}
    )
    body = ledger.index.body(len(ledger)) or {}
    assert (body["since"], body["until"]) == ("[1620..1640]", "1650")
    assert [one["field"] for one in body["inferred"]] == ["since"]
