"""Claims on which no other bears: their spans alone, found for all claims at once."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from effort import few_examples
from factledger.dates.days import Day
from factledger.records.amendments import Correct, Corroborate, Dispute, Identify
from factledger.records.claims import State
from factledger.records.declarations import Type
from factledger.records.record import Record
from factledger.status.belief import Belief
from factledger.status.spans import Span
from factledger.status.things.alone import Alone
from factledger.status.timeline import tracks_of
from factledger.status.tracks.own import OwnTrack
from factledger.status.tracks.track import steps_along
from factledger.testing import History, days, histories
from index.histories_kept import stored
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, level, people, source


def common(type_id: str) -> dict[str, Any]:
    """Return the fields of a state of a type between two countries."""
    who = people(actor="JPN", recipient="UKR")
    return {"type": type_id, "participants": who, "citations": cited()}


def assert_meets_none(belief: Belief) -> None:
    """Assert that each claim told to be alone stands as it does worked out with all that bears on it."""
    alone = Alone(belief)
    for live in belief.claims():
        span = alone.span(live)
        if span is not None:
            own = OwnTrack(live, span, belief.sentence)
            (joint,) = tracks_of(belief, live)[live.number]
            assert [*steps_along(own)] == [*steps_along(joint)]
            assert own.order == joint.order


@given(histories(), st.none() | days(), st.floats(0, 1))
def test_a_claim_alone_stands_as_its_dates_say(
    history: History, published: Day | None, part: float
) -> None:
    """What bears on claims makes no difference to one that is told to meet none, at whatever cuts."""
    found = history.ledger()
    assert_meets_none(found.belief(published=published))
    assert_meets_none(found.belief(recorded=round(part * len(found)), published=published))


@few_examples
@given(histories())
def test_both_stores_find_the_same_claims_alone(history: History) -> None:
    """An index in tables tells the same claims alone as one in memory does."""
    with stored(history) as kept:
        spans = [spans_alone(one.belief()) for one in (history.ledger(), kept)]
    assert spans[0] == spans[1]


def spans_alone(belief: Belief) -> dict[int, Span | None]:
    """Return the span of each live claim that is told to be alone, by its entry."""
    alone = Alone(belief)
    return {live.number: alone.span(live) for live in belief.claims()}


VISIT = event("CONSULT", "2022-03-01", mode="visit", actor="JPN", recipient="UKR")
LATER = evolve(VISIT, when="2022-03-02")
NO_VISIT = evolve(LATER, polarity="denied")
AID, OTHER_AID, THIRD_AID = (
    State(**common("aid"), value=value, since="2021") for value in ("a", "b", "c")
)
NO_AID = State(**common("aid"), value="a", since="2022", polarity="denied")


@pytest.mark.parametrize(
    ("records", "alone"),
    [
        ([VISIT, LATER], [1, 2]),
        ([VISIT, NO_VISIT], []),
        ([AID, OTHER_AID], [1, 2]),
        ([AID, NO_AID], []),
        ([AID, OTHER_AID, Correct(target=S + 1, reason="misread", record=THIRD_AID)], [2, 3]),
        ([level("partner", "2021"), level("ally", "2022")], []),
        ([level("partner", "2021")], [1]),
        ([VISIT, Dispute(target=S + 1, citations=cited())], []),
        ([VISIT, Correct(target=S + 1, reason="misread", record=NO_VISIT)], []),
        ([VISIT, Identify(actors=["JPN", "p1"], verdict="same", reason="r")], []),
        ([event("SANCTION", "2022-03-01", actor="JPN", recipient="UKR")], []),
    ],
)
def test_what_meets_none(records: list[Record], alone: list[int]) -> None:
    """Events side by side meet none, nor do states of which many hold at a time, corrected or not.

    What denies, disputes or begins does, and what is called the same.
    """
    found = spans_alone(ledger(source(), *records).belief())
    assert [number - S for number, span in found.items() if span is not None] == alone


def test_a_type_that_was_corrected_leaves_no_claim_alone() -> None:
    """Claims may count under other keys than those under which the index has them."""
    kind = Type(id="ties", shape="state", group="relationship", required=["party"])
    found = ledger(
        source(),
        kind,
        Correct(target=S + 1, reason="refined", record=evolve(kind, key=["party"])),
        VISIT,
    )
    assert {*spans_alone(found.belief()).values()} == {None}


def test_a_source_that_was_perhaps_not_out_leaves_its_claim_to_be_worked_out() -> None:
    """A claim that is only perhaps published by a day is possible at most."""
    found = ledger(source(published="2022-06"), VISIT)
    assert spans_alone(found.belief(published=Day.parse("2022-06-15"))) == {S + 1: None}


def test_the_sources_of_a_claim_alone_are_in_the_order_of_the_log() -> None:
    """Who backed a claim before it was corrected stands before the source of the correction."""
    held = ledger(source(), source("t"), event("CONSULT", "2021", actor="JPN"))
    number = len(held)
    held.append(Corroborate(target=number, citations=cited("t")))
    held.append(
        {"kind": "correct", "target": number, "reason": "misread", "change": {"when": "2020"}}
    )
    assert_meets_none(held.belief())
