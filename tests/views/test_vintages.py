"""Vintages: which answers were given to one question, and from which entry on."""

from __future__ import annotations

import pytest

from factledger import (
    Correct,
    Identify,
    NotFound,
    Retract,
    Type,
)
from ledgers import FIRST_NUMBER, event, ledger, office, source

N = FIRST_NUMBER
VISIT = event("CONSULT", "2021-06", actor="JPN", recipient="UKR")
EARLY, LATE = "2021-06-01", "2023-06-01"
SUCCESSOR = office("p2", "2022-10-01", sources=("t",))
TWO = (source("s"), source("t", published="2023"))


def test_vintages_are_the_answers_that_were_given() -> None:
    """Each time the answer about a post changed there is a vintage, with the entry and the instant."""
    found = ledger(
        *TWO,
        office(),
        VISIT,
        SUCCESSOR,
        Retract(target=N + 2, reason="no"),
        Retract(target=N + 4, reason="no"),
    )
    answers = [(v.recorded, str(v.answer)) for v in found.vintages(LATE, post="pm")]
    assert answers == [
        (N + 2, "P1, presumed"),
        (N + 4, "P2, presumed"),
        (N + 6, "unknown"),
    ]
    assert found.vintages(LATE, post="pm")[0].at == found.entry(N + 2).at
    assert found.vintages(LATE, post="pm", recorded=N) == ()
    assert [v.recorded for v in found.vintages(LATE, between=("JPN", "UKR"))] == [N + 3]


def test_a_batch_is_one_vintage() -> None:
    """What one append brought counts as a whole; a cut inside it is the end of it."""
    found = ledger(*TWO)
    found.append(office(), SUCCESSOR)
    assert [v.recorded for v in found.vintages(LATE, post="pm")] == [N + 3]
    assert [v.recorded for v in found.vintages(LATE, post="pm", recorded=N + 2)] == [N + 2]


def test_vintages_know_a_post_by_each_of_its_names() -> None:
    """A holder of a post that was later found to be the same, and no longer, is told while it was."""
    found = ledger(
        source(),
        office(post="premier"),
        Identify(actors=["pm", "premier"], verdict="same", reason="one post"),
        Identify(actors=["pm", "premier"], verdict="different", reason="two posts"),
    )
    answers = [(v.recorded, str(v.answer)) for v in found.vintages(EARLY, post="pm")]
    assert answers == [(N + 2, "P1, definite"), (N + 3, "unknown")]


def test_a_type_that_was_corrected_is_asked_at_every_entry() -> None:
    """Where a type had another key before, any entry may have changed an answer."""
    chair = Type(id="chair", shape="state", key=["post"], single=False)
    found = ledger(
        *TWO,
        office(),
        Correct(target=12, reason="misread", record=chair),
        SUCCESSOR,
    )
    assert [v.recorded for v in found.vintages(LATE, post="pm")] == [N + 2, N + 4]


def test_vintages_follow_a_source_to_what_it_was_copied_from() -> None:
    """Who is behind a copy is a matter of its original: what is learnt of that is a new answer."""
    original = source("s", publisher="Times")
    found = ledger(
        source("s"),
        source("t", copy_of="s"),
        office(sources=("t",)),
        Correct(target=N, reason="refined", record=original),
    )
    answers = found.vintages(EARLY, post="pm")
    assert [(v.recorded, v.answer.standings[0].publishers) for v in answers] == [
        (N + 2, ("s",)),
        (N + 3, ("Times",)),
    ]


def test_vintages_ask_one_question() -> None:
    """What is asked is one relationship or one post, and neither may be unknown."""
    found = ledger()
    with pytest.raises(TypeError, match="`between`, `involving` or `post`: give one of them"):
        found.vintages("2022", between=("JPN", "UKR"), post="pm")
    with pytest.raises(TypeError, match="give one of them"):
        found.vintages("2022")
    with pytest.raises(NotFound, match="actor 'pn': not found"):
        found.vintages("2022", post="pn")


@pytest.mark.parametrize("most", [0, 1, 2, 64])
def test_steps_lead_from_nothing_to_how_a_claim_stands(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few views are asked, each step begins where the one before it ended, and none is empty."""
    monkeypatch.setattr("factledger.views.vintages.MOST_VIEWS", most)
    found = ledger(
        *TWO,
        office(until=".."),
        SUCCESSOR,
        office("p3", "2021-06", sources=("s",)),
        Retract(target=N + 3, reason="no"),
        Retract(target=N + 4, reason="no"),
    )
    steps = found.steps(N + 2, LATE)
    assert steps[0].before is None
    assert [step.before for step in steps[1:]] == [step.after for step in steps[:-1]]
    assert steps[-1].after == found.as_of(LATE).why(N + 2)[0]
    assert len(steps) == 4 or most < 64


def test_a_step_is_of_what_an_entry_changed_alone() -> None:
    """That a state was ended changes the state, and not the event that began it."""
    found = ledger(
        *TWO,
        event("office-assumed", "2021-03-01", holder="p1", post="pm"),
        event("office-left", "2022-05-01", holder="p1", post="pm", sources=["t"]),
    )
    first, begun, ended = found.steps(N + 2, LATE)
    assert [step.standing.derived for step in (first, begun, ended)] == [False, True, True]
    assert [cause.number for cause in ended.by] == [N + 3]
