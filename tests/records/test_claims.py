"""What a claim can hold, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given

from factledger.dates.edtf import parse, parse_endpoint
from factledger.errors import FieldError
from factledger.records.claims import (
    About,
    Assessment,
    Citation,
    Claim,
    Count,
    Event,
    Inferred,
    Participant,
    State,
    Tally,
)
from factledger.records.fields import UNKNOWN_END
from factledger.testing import claims

OPEN_END = parse_endpoint("..")
anything: Any = ...  # what type checkers would refuse and a caller may still pass

REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: Participant(role="agent", actor="JPN"), "role: 'agent' is not one of actor, "),
    (lambda: Participant(role="actor", actor=" "), "actor: wanted some text, found ' '"),
    (lambda: Participant(role="actor", actor="JPN", of=""), "of: wanted some text, found ''"),
    (lambda: Citation(source="s"), "citation: says no place"),
    (lambda: Citation(source="s", start=1, locator="p"), "citation: start and end go together"),
    (lambda: Citation(source="s", end=1, locator="p"), "citation: start and end go together"),
    (lambda: Citation(source="s", start=3, end=3), "citation: start 3 is not before end 3"),
    (lambda: Citation(source="s", start=-1, end=3), "start: wanted a whole number from 0 on"),
    (lambda: Citation(source="s", quote="q", sealed="ab"), "citation: a sealed citation needs"),
    (lambda: Count(lower=2, upper=1), "count: upper 1 is below lower 2"),
    (lambda: Count(lower=anything), "lower: wanted a whole number from 0 on, found Ellipsis"),
    (lambda: Count(lower=True), "lower: wanted a whole number from 0 on, found True"),
    (lambda: About(role="reason", target=1), "role: 'reason' is not one of cause, "),
    (lambda: About(role="cause", target=0), "target: wanted a whole number from 1 on, found 0"),
    (lambda: Inferred(field="when", reason=""), "reason: wanted some text, found ''"),
    (lambda: Event(type="X", when=anything), "date: wanted EDTF text such as '2023-03'"),
    (lambda: Event(type="X", when=date(2023, 3, 1)), "date: wanted EDTF text such as '2023-03'"),  # type: ignore[arg-type]
    (lambda: Event(type="X", when=OPEN_END), "'..' is not a date"),
    (lambda: Event(type="X", when="last year"), "'last year' is not a date"),
    (lambda: State(type="X", since=parse("2021/2022")), "'2021/2022' is not a date: an end is one"),
    (lambda: State(type="X", until="{2021,2022}"), "'{2021,2022}' is not a date: an end is one"),
    (lambda: Event(type="X", when="2021", polarity=anything), "polarity: Ellipsis is not one of"),
    (lambda: Event(type="X", when="2021", modality=anything), "modality: Ellipsis is not one of"),
    (lambda: Event(type="", when="2021"), "type: wanted some text, found ''"),
    (
        lambda: Event(type="X", when="2021", participants=["JPN"]),
        "participants[0]: wanted a Participant, found 'JPN'",
    ),
    (
        lambda: Event(type="X", when="2021", contexts=["legal", 5]),
        "contexts[1]: wanted text, found 5",
    ),
    (lambda: Tally(type="X", count=anything), "count: wanted a Count, found Ellipsis"),
]


@pytest.mark.parametrize(("made", "message"), REFUSED, ids=[m for _, m in REFUSED])
def test_what_no_claim_can_hold_is_refused_with_its_field(
    made: Callable[[], object], message: str
) -> None:
    """A value that a claim cannot hold raises an error that names the field and what was found."""
    with pytest.raises(ValueError, match=r"^.*$") as refused:
        made()
    assert message in str(refused.value)


def test_a_date_may_be_given_as_text_or_as_a_date() -> None:
    """EDTF text and the date that it names make the same claim."""
    assert Event(type="X", when="2021-03") == Event(type="X", when=parse("2021-03"))
    assert State(type="X", since="2021", until="..") == State(
        type="X", since=parse("2021"), until=OPEN_END
    )
    assert Assessment(type="X", when="2021").when == parse("2021")
    assert Assessment(type="X").when is None


def test_an_end_that_is_not_given_is_unknown() -> None:
    """None and the empty text mean an unknown end, which is not an open one."""
    assert State(type="X").until == State(type="X", until="").until == UNKNOWN_END != OPEN_END


def test_lists_are_kept_as_tuples() -> None:
    """Participants, citations and contexts may be given as lists, and cannot change afterwards."""
    claim = Event(type="X", when="2021", contexts=["legal"], participants=[])
    assert (claim.contexts, claim.participants) == (("legal",), ())


@pytest.mark.parametrize(
    ("claim", "shape"),
    [
        (Event(type="X", when="2021"), "event"),
        (State(type="X"), "state"),
        (Tally(type="X", count=Count(lower=1)), "tally"),
        (Assessment(type="X"), "assessment"),
    ],
)
def test_a_claim_knows_its_shape(claim: Claim, shape: str) -> None:
    """Each class of claim is one of the four shapes."""
    assert claim.shape == shape


@pytest.mark.parametrize(
    ("fields", "factual"),
    [
        ({}, True),
        ({"modality": "presupposed"}, True),
        ({"modality": "planned"}, False),
        ({"modality": "hypothetical"}, False),
        ({"polarity": "denied"}, False),
    ],
)
def test_only_what_is_asserted_as_so_is_factual(fields: dict[str, Any], factual: bool) -> None:
    """A denial, a plan and a hypothesis say of nothing that it is so."""
    assert Event(type="X", when="2021", **fields).factual is factual


def test_actors_of_a_role_come_in_the_order_of_the_claim() -> None:
    """Actors are asked for by role, and keep their order."""
    parties = [Participant(role="party", actor=name) for name in ("UKR", "JPN")]
    claim = Event(type="X", when="2021", participants=[*parties])
    assert (claim.actors("party"), claim.actors("actor")) == (("UKR", "JPN"), ())


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [(0, 0, "no"), (7, 7, "7"), (2, 4, "2 to 4"), (2, None, "2 or more"), (0, None, "0 or more")],
)
def test_a_count_reads_as_words(lower: int, upper: int | None, words: str) -> None:
    """A count is exact, between bounds, without an upper bound, or none."""
    assert str(Count(lower=lower, upper=upper)) == words


@given(claims())
def test_claims_with_equal_fields_are_equal_and_hash_alike(claim: Claim) -> None:
    """A claim is a value: what says the same is the same."""
    again = attrs.evolve(claim)
    assert again == claim
    assert hash(again) == hash(claim)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"told_to": ["kim"]}, "told_to and told_when are of what somebody told"),
        ({"told_when": "2021"}, "give attributed_to as well"),
        ({"condition": "if so"}, "what has a condition is planned or hypothetical"),
        ({"condition": "if so", "modality": "presupposed"}, "say so in modality"),
        ({"condition": " ", "modality": "planned"}, "condition: "),
    ],
)
def test_what_is_told_and_what_depends_go_with_who_tells_and_how(
    fields: dict[str, Any], told: str
) -> None:
    """Nobody is told what nobody tells; and what depends on something is told by nobody as being so."""
    with pytest.raises(FieldError, match=told):
        Event(type="CONSULT", when="2021", **fields)
