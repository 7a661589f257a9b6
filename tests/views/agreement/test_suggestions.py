"""Claims that are likely one thing: which pairs are suggested, and which are not."""

from __future__ import annotations

import pytest

from factledger import Correct, Event, Identify, State, suggestions
from ledgers import FIRST_NUMBER, cited, event, ledger, people, source

N = FIRST_NUMBER + 2
TWO = (source("s", publisher="S"), source("t", publisher="T"))


def visit(when: str, of: str = "s", **fields: str) -> Event:
    """Return that Japan visited Ukraine, as one source says."""
    return event("CONSULT", when, actor="JPN", recipient="UKR", sources=(of,), **fields)


def pairs(*claims: Event | State | Identify | Correct) -> list[tuple[int, int]]:
    """Return the suggested pairs of entries; the first claim is N."""
    return [found.numbers for found in suggestions(ledger(*TWO, *claims).as_of("2030"))]


def test_two_tellings_of_one_day_are_suggested_first() -> None:
    """What is of equal dates comes before what can only be the same time."""
    claims = (visit("2021"), visit("2021-03", "t"), visit("2020-05-01"), visit("2020-05-01", "t"))
    assert pairs(*claims) == [(N + 2, N + 3), (N, N + 1)]


@pytest.mark.parametrize(
    "other",
    [
        visit("2022", "t"),
        visit("2021-03", "s"),
        visit("2021-03", "t", polarity="denied"),
        visit("2021-03", "t", modality="planned"),
        visit("2021-03", "t", mode="phone"),
        visit("2021-03", "t", value="by night"),
        event("CONSULT", "2021-03", actor="UKR", recipient="JPN", sources=("t",)),
        event("AID", "2021-03", actor="JPN", recipient="UKR", sources=("t",)),
    ],
    ids=["times apart", "one source", "denied", "planned", "other mode", "other value", "other way", "other type"],
)  # fmt: skip
def test_what_cannot_be_one_thing_is_not_suggested(other: Event) -> None:
    """Claims are likely one where publishers differ and nothing else does, as far as both say it."""
    assert pairs(visit("2021-03", mode="visit", value="by day"), other) == []


def test_what_one_source_leaves_out_makes_no_difference() -> None:
    """A mode or a value that only one of them gives may still be that of the other."""
    assert pairs(visit("2021-03", mode="visit"), visit("2021-03", "t")) == [(N, N + 1)]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("4,187,000 tonnes", [(N, N + 1)]),
        ("4200 thousand t", [(N, N + 1)]),
        ("more than 4 million t", [(N, N + 1)]),
        ("5 million t", []),
        ("4.2 million EUR", []),
        ("about 4.2 million t", []),
        ("a great deal", []),
    ],
)
def test_quantities_that_can_both_be_right_are_one_number(
    value: str, wanted: list[tuple[int, int]]
) -> None:
    """Two numbers are likely one where both are read, in one unit, and the one can be the other."""
    grain = [
        State(
            type="figure",
            since="2021",
            until="2021",
            value=one,
            participants=people(topic="JPN"),
            citations=cited(of),
        )
        for one, of in (("4.2 million t", "s"), (value, "t"))
    ]
    assert pairs(*grain) == wanted


@pytest.mark.parametrize(("near", "wanted"), [(0, []), (9, []), (10, [10]), (30, [10])])
def test_what_lies_near_is_suggested_where_it_is_asked_for(near: int, wanted: list[int]) -> None:
    """Two tellings some days apart are suggested up to a number of days, both ends included."""
    view = ledger(*TWO, visit("2021-03-01"), visit("2021-03-11", "t")).as_of("2030")
    assert [found.apart for found in suggestions(view, near=near)] == wanted


def test_what_lies_near_contradicts_itself_once_it_is_one() -> None:
    """Near tellings that somebody calls the same are contested in between, and not asked again."""
    same = Identify(claims=[N, N + 1], verdict="same", reason="seen")
    found = ledger(*TWO, visit("2021-03-01"), visit("2021-03-11", "t"), same)
    assert [s.status for s in found.as_of("2021-03-05").why(N)] == ["contested"]
    assert suggestions(found.as_of("2030"), near=30) == ()


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_what_somebody_answered_is_not_asked_again(verdict: str) -> None:
    """A pair of which a record says same, different or unsure is left out."""
    answer = Identify(claims=[N, N + 1], verdict=verdict, reason="seen")
    assert pairs(visit("2021-03"), visit("2021-03", "t"), answer) == []


def test_an_answer_outlives_a_correction() -> None:
    """What was said of two claims is not asked again once one of them is corrected."""
    answer = Identify(claims=[N, N + 1], verdict="unsure", reason="seen")
    corrected = Correct(target=N, reason="misread", record=visit("2021-03", text="Told anew."))
    assert pairs(visit("2021-03"), visit("2021-03", "t"), answer, corrected) == []


def test_many_of_one_thing_are_a_chain() -> None:
    """Each claim is paired with the nearest before it, so that n claims give n - 1 pairs at most."""
    claims = [visit("2021", "st"[i % 2], text=f"Visit {i}.") for i in range(40)]
    assert pairs(*claims) == [(N + i, N + i + 1) for i in range(39)]
