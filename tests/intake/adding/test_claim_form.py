"""A form of a claim: what becomes of it, and what is wrong beside each field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from adding_tools import GAZETTE, gazette_ledger
from factledger import Ledger, Refused
from factledger.checks.proposals import Proposal, expanded
from factledger.intake.adding.claim_form import ClaimForm, FilledClaim, filled_claim, unknown_names


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a ledger with an article."""
    return Ledger.open(gazette_ledger(tmp_path / "mine"))


def filled(ledger: Ledger, draft: list[Proposal] | None = None, **fields: Any) -> FilledClaim:
    """Return what becomes of a form about the article."""
    visit = {"quote": "visited…2021", "type": "visit", "who": "Vessia > Ombra", "when": "."}
    form = ClaimForm(**{**visit, **fields})
    return filled_claim(ledger, "gazette", GAZETTE, draft or [], form, lambda _, number: number)


def test_a_form_becomes_the_record_of_a_draft(ledger: Ledger) -> None:
    """With whole words quoted, ids for names, and the date in words; nothing is recorded."""
    before = len(ledger)
    done = filled(ledger)
    assert done.problems == ()
    [claim] = done.records
    assert (claim["type"], claim["mode"], claim["when"]) == ("CONSULT", "visit", "2021-05-02")
    assert claim["quote"] == "visited Ombra on 2 May 2021"
    assert (done.reading, done.said, len(ledger)) == ("2 May 2021", before + 1, before)


def test_the_next_form_says_again_what_is_likely(ledger: Ledger) -> None:
    """The type and who; neither quote nor date."""
    form = ClaimForm("a", "visit", "VES", "2021", "not", "X: person", 4)
    assert form.next() == ClaimForm(type="visit", who="VES")


def test_somebody_new_is_declared_in_passing(ledger: Ledger) -> None:
    """By a name and a category, of an actor who is known or new; ids that are taken are not taken twice."""
    new = "Ada Lorn: person\nomb: group\nStrait Board: organization of Vessia\nChair: post of Strait Board\nΓ: person"
    done = filled(ledger, who="Ada Lorn > OMB", new=new)
    assert done.problems == ()
    *declared, _ = done.records
    assert [(body["id"], body.get("of")) for body in declared] == [
        ("ada-lorn", None), ("omb", None), ("strait-board", "VES"), ("chair", "strait-board"),
        ("actor", None),
    ]  # fmt: skip
    again = filled(ledger, [Proposal("d", body) for body in declared], new="Ada Lorn: person")
    assert [body["id"] for body in again.records[:-1]] == ["ada-lorn-2"]


def test_whom_the_source_does_not_name_is_declared_with_the_claim(ledger: Ledger) -> None:
    """In its words, as in a short claim."""
    done = filled(
        ledger,
        quote="they had met…2020",
        type="meeting",
        who='VES, "Two officials"',
        more="x4",
        when="2020",
    )
    assert [body["kind"] for body in done.records] == ["actor", "tally"]
    assert done.reading == "from 1 January 2020 until 31 December 2020"


def test_words_that_stand_twice_are_quoted_where_they_were_selected(ledger: Ledger) -> None:
    """By their place then; typed, they are asked about."""
    second = GAZETTE.rindex("a bridge was opened")
    about: dict[str, Any] = {
        "quote": "bridge was opened",
        "type": "COOPERATE",
        "who": "VES > OMB",
        "when": "2021",
    }
    typed = filled(ledger, **about)
    assert [field for field, _ in typed.problems] == ["quote"]
    for at in (second + 2, second - 3, GAZETTE.index("bridge")):
        [claim] = filled(ledger, **about, at=at).records
        place = second + 2 if at >= second - 3 else GAZETTE.index("bridge")
        assert (claim["start"], claim["end"]) == (place, place + len("bridge was opened"))
        assert "quote" not in claim


WRONG: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"quote": "", "when": "2021-05-02"}, [("quote", "quote the words that say it")]),
    ({"quote": "visited Kyiv", "when": "2021-05-02"}, [("quote", "is not in the text; ")]),
    ({"quote": "isited Ombra", "when": "2021-05-02"}, [("quote", "the quote cuts the word 'visited'")]),
    ({"type": "vist"}, [("type", "unknown type 'vist'")]),
    ({"type": "CONSULT/vist"}, [("type", "vist")]),
    ({"who": "Ada > Ombra"}, [("who", "unknown actor 'Ada'")]),
    ({"who": ""}, [("who", "")]),
    ({"who": "a > b > c > d > e > f"}, [("who", "has no more than")]),
    ({"when": "soon"}, [("when", "when: 'soon' is not a date")]),
    ({"when": "2031"}, [("when", "")]),
    ({"when": ""}, [("when", "")]),
    ({"more": "perhaps"}, [("more", "a short claim has")]),
    ({"new": "Ada Lorn"}, [("new", "wanted NAME: CATEGORY, as in Ada Lorn: person; found 'Ada Lorn'")]),
    ({"new": "Ada Lorn: wizardry"}, [("new", "category: 'wizardry' is not one of")]),
    ({"new": "Ada Lorn: post of Nobody"}, [("new", "unknown actor 'Nobody'")]),
    (
        {"quote": "visited Kyiv", "type": "vist", "when": "soon", "more": "perhaps"},
        [("type", "unknown type"), ("more", "a short claim has"), ("when", "is not a date"), ("quote", "is not in")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "told"), WRONG)
def test_each_problem_stands_beside_its_field(
    fields: dict[str, Any], told: list[tuple[str, str]], ledger: Ledger
) -> None:
    """All of them at once; and no record comes of it."""
    done = filled(ledger, **fields)
    assert done.records == ()
    for field, words in told:
        assert any(words in message for at, message in done.problems if at == field), done.problems
    assert {field for field, _ in done.problems} == {field for field, _ in told}


def test_a_relative_date_is_a_problem_of_the_date(ledger: Ledger) -> None:
    """And the reason in `more` answers it."""
    text = GAZETTE + "Last month they signed."
    form = ClaimForm("Last month they signed", "AGREE", "VES, OMB", "April 2021")
    [(field, told)] = filled_claim(ledger, "gazette", text, [], form).problems
    assert (field, "the quote dates itself by 'Last month'" in told) == ("when", True)
    more = "why when: the month before publication"
    answered = ClaimForm("Last month they signed", "AGREE", "VES, OMB", "April 2021", more)
    assert filled_claim(ledger, "gazette", text, [], answered).problems == ()


def test_a_draft_that_cannot_be_appended_any_more_is_told_by_itself(ledger: Ledger) -> None:
    """It is not the fault of the form."""
    broken = Proposal("draft.toml:4", expanded({"kind": "event", "type": "gone", "when": "2021"}))
    with pytest.raises(Refused, match=r"draft.toml:4: "):
        filled(ledger, [broken])


def test_what_was_worked_out_of_a_date_is_said(ledger: Ledger) -> None:
    """As a field inferred, with the words that were typed."""
    [claim] = filled(ledger, when="Whitsun 2020").records
    assert [(one["field"], one["as_said"]) for one in claim["inferred"]] == [
        ("when", "Whitsun 2020")
    ]


def test_names_that_nobody_knows_are_named() -> None:
    """As problems tell of them."""
    problems = [("who", "unknown actor 'Ada'; did you mean 'VES'?"), ("when", "unknown actor")]
    assert list(unknown_names(problems)) == ["Ada"]


@pytest.mark.parametrize("name", ["O'Dea", "'t Hart", "a\\b", "a\u202eb"])
def test_a_name_that_nobody_knows_is_the_one_that_was_typed(name: str, ledger: Ledger) -> None:
    """However a message has to write it."""
    assert list(unknown_names(filled(ledger, who=f"{name} > Ombra").problems)) == [name]
