"""What is no fault of a record, and worth a word."""

from __future__ import annotations

from typing import Any

import pytest

from factledger import (
    Actor,
    Citation,
    Close,
    Correct,
    Event,
    Ledger,
    Participant,
    Source,
    State,
    Type,
)
from factledger.checks.notes import (
    claims_too_late,
    other_ends,
    planned_ends,
    types_without_moods,
    unheeded_denials,
)
from factledger.dates.edtf import parse_endpoint

CITED = [Citation(source="s", locator="p. 1")]
WHO = [Participant(role="holder", actor="a"), Participant(role="party", actor="b")]


def member(until: str, **more: Any) -> State:
    """Return a membership as told by a source of May 2020."""
    given = {"since": "2018", "participants": WHO, "citations": CITED, **more}
    return State(type="membership", until=until, **given)


def noted(*records: Any) -> list[int]:
    """Return which of some records end a state by a plan, counted from the first."""
    found = Ledger.create("memory:", origin="o")
    found.append(
        Source(id="s", title="S", published="2020-05"),
        Source(id="t", title="T", published="2021-02-03"),
        Actor(id="a", category="country", names=["A"]),
        Actor(id="b", category="organization", names=["B"]),
    )
    numbers = [entry.number for entry in found.append(*records)]
    return [n - 5 for n in planned_ends(found.belief(), numbers)]


@pytest.mark.parametrize(
    ("own", "closed", "told"),
    [
        ("2019-06-30", "2019-03-31", True),
        ("2019", "2020-01", True),
        ("2019", "2019-03-31", False),
        ("2019-06-30", "2019-06-30", False),
        ("..", "2019-03-31", False),
        ("", "2019-03-31", False),
        ("2030", "2019-03-31", False),
    ],
)
def test_a_closure_on_other_days_than_the_source_tells_is_noted(
    own: str, closed: str, told: bool
) -> None:
    """An end that is open, unknown or only planned is no other end, nor one that can be the same day."""
    found = Ledger.create("memory:", origin="o")
    closing = Close(target=5, until=closed, citations=CITED)
    found.append(
        Source(id="s", title="S", published="2020-05"),
        Actor(id="a", category="country", names=["A"]),
        Actor(id="b", category="organization", names=["B"]),
    )
    numbers = [entry.number for entry in found.append(member(own), closing)]
    wanted = [(6, 5, parse_endpoint(own))] if told else []
    assert [*other_ends(found.belief(), numbers)] == wanted


@pytest.mark.parametrize(
    ("published", "late"),
    [("2019-12-31", []), ("2019-03-31", [5]), ("2018", [5, 6]), ("", [])],
)
def test_a_source_that_was_published_before_what_it_tells_is_noted(
    published: str, late: list[int]
) -> None:
    """Once the day of a source is corrected, it tells which claims tell of what came later."""
    found = Ledger.create("memory:", origin="o")
    found.append(
        Source(id="s", title="S", published="2020-05"),
        Actor(id="a", category="country", names=["A"]),
        Actor(id="b", category="organization", names=["B"]),
    )
    who = [Participant(role="actor", actor="a"), Participant(role="recipient", actor="b")]
    for day in ("2019-06-01", "2019-02"):
        found.append(Event(type="CONSULT", when=day, participants=who, citations=CITED))
    anew = Source(id="s", title="S", published=published or None)
    numbers = [e.number for e in found.append(Correct(target=2, reason="misdated", record=anew))]
    wanted = [(7, "s", late)] if late else []
    assert [*claims_too_late(found.belief(), numbers)] == wanted


BOTH = [*CITED, Citation(source="t", locator="p. 1")]


@pytest.mark.parametrize(
    ("record", "is_plan"),
    [
        (member("2020-06-01"), True),
        (member("2020-06"), True),
        (member("2030"), True),
        (member("2020-05-31"), False),
        (member("2020"), False),
        (member(".."), False),
        (member(""), False),
        (member("2020-06-01", citations=BOTH), False),
        (member("2022", citations=BOTH), True),
        (member("2030", modality="planned"), False),
        (Event(type="signed", when="2020-05", participants=[Participant(role="party", actor="b"),
         Participant(role="topic", actor="b")], citations=CITED), False),
    ],
)  # fmt: skip
def test_an_end_that_no_source_can_have_seen_is_a_plan(record: Any, is_plan: bool) -> None:
    """Each day of it is after the last on which any of its sources can have been published."""
    assert noted(record) == ([1] if is_plan else [])


def test_ends_that_are_given_later_count_too() -> None:
    """A close and a correction give an end; each is seen by what it cites itself."""
    closing = Close(target=6, until="2025", citations=CITED)
    assert noted(member(".."), closing) == [2]
    correct = Correct(target=6, reason="misdated", record=member("2025"))
    assert noted(member(".."), correct) == [2]


def of_quotes(*quotes: str, **more: Any) -> Event:
    """Return a visit that quotes say."""
    cited = [Citation(source="s", start=0, end=len(quote), quote=quote) for quote in quotes]
    given = {"type": "CONSULT", "mode": "visit", "when": "2019", **more}
    who = [Participant(role="actor", actor="a"), Participant(role="recipient", actor="b")]
    return Event(participants=who, citations=cited, **given)


def denials(record: Any) -> list[str]:
    """Return by which words a record seems to be denied by what it cites."""
    found = Ledger.create("memory:", origin="o")
    found.append(
        Source(id="s", title="S", published="2020-05"),
        Actor(id="a", category="country", names=["A"]),
        Actor(id="b", category="organization", names=["B"]),
    )
    numbers = [entry.number for entry in found.append(record, unproved=True)]
    return [said for _, said in unheeded_denials(found.belief(), numbers)]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (of_quotes("A did not visit B"), ["did not"]),
        (of_quotes("A visited B"), []),
        (of_quotes("A did not visit B", "yet it was there"), []),
        (of_quotes("A did not visit B", polarity="denied"), []),
        (of_quotes("A never came", text="A stayed away and never came."), []),
        (of_quotes("A did not accept it", type="REJECT", mode=None), []),
    ],
)
def test_what_is_asserted_and_denied_by_its_quotes_is_worth_a_note(
    record: Any, words: list[str]
) -> None:
    """All its quotes deny, and its own sentence does not."""
    assert denials(record) == words


@pytest.mark.parametrize(
    ("more", "noted"),
    [
        ({"sentence": "{actor} zorped {recipient}"}, True),
        ({"sentence": "{actor} opened and closed {recipient}"}, True),
        ({"sentence": "{actor} zorped {recipient}", "infinitive": "{actor} to zorp {recipient}"}, False),
        ({"sentence": "{actor} opened {recipient}"}, False),
        ({"sentence": "{actor} was zorped"}, False),
        ({"sentence": "{actor} owns {recipient}", "shape": "state"}, False),
        ({"sentence": "{actor} own {recipient}", "shape": "state"}, True),
        ({}, False),
    ],
)  # fmt: skip
def test_a_type_that_cannot_be_planned_or_denied_in_words_is_worth_a_note(
    more: dict[str, Any], noted: bool
) -> None:
    """It has a sentence whose verb is not known, and gives no infinitive."""
    found = Ledger.create("memory:", origin="o")
    (entry,) = found.append(Type(**{"id": "own", "shape": "event", **more}))
    assert [kind for _, kind in types_without_moods(found.belief(), [entry.number])] == (
        ["own"] if noted else []
    )
