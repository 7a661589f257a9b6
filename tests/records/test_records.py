"""What declarations and records about records can hold, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from factledger.errors import FieldError
from factledger.records.amendments import Close, Correct, Identify, Note, Redact, Retract, Withdraw
from factledger.records.claims import Event
from factledger.records.declarations import Actor, Header, Source, Type
from factledger.records.entries import Entries, Entry
from factledger.records.fields import MOST_MEMBERS, MOST_NAMES
from factledger.records.kinds import KINDS, class_of

REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: Header(format=0, vocabulary=1, origin="x"), "format: wanted a whole number from 1 on"),
    (
        lambda: Type(id="t", shape="event", approximate="a decade"),
        "approximate: wanted a width such as '10 years', '6 months' or '5 days', found 'a decade'",
    ),
    (
        lambda: Source(id="s", title="S", approximate="0 years"),
        "approximate: wanted a width such as '10 years', '6 months' or '5 days', found '0 years'",
    ),
    (lambda: Header(format=1, vocabulary=1, origin=""), "origin: wanted some text, found ''"),
    (lambda: Source(id="s", title=""), "title: wanted some text, found ''"),
    (lambda: Source(id="s", title="S", policy="open"), "policy: 'open' is not one of verbatim, "),
    (lambda: Source(id="s", title="S", published="soon"), "'soon' is not a date"),
    (lambda: Actor(id="a", category="state", names=["A"]), "category: 'state' is not one of "),
    (
        lambda: Actor(id="a", category="person", names=[]),
        "names: wanted a name or more, found none",
    ),
    (
        lambda: Actor(id="a", category="person", names=["A", ""]),
        "names: wanted some text, found ''",
    ),
    (lambda: Source(id="s", title="S", complete=1), "complete: wanted true or false, found 1"),  # type: ignore[arg-type]
    (lambda: Type(id="t", shape="fact"), "shape: 'fact' is not one of event, "),
    (lambda: Type(id="t", shape="event", begins=[1]), "begins[0]: wanted text, found 1"),
    (lambda: Close(target=0, until="2021"), "target: wanted a whole number from 1 on, found 0"),
    (lambda: Retract(target=2, reason=" "), "reason: wanted some text, found ' '"),
    (
        lambda: Identify(claims=["2"], verdict="same", reason="r"),
        "claims[0]: wanted a whole number",
    ),
    (
        lambda: Identify(actors=["a"], verdict="equal", reason="r"),
        "verdict: 'equal' is not one of ",
    ),
    (lambda: Withdraw(source="", reason="r"), "source: wanted some text, found ''"),
    (lambda: Redact(target=2, reason="r", authority=""), "authority: wanted some text, found ''"),
    (lambda: Note(text=""), "text: wanted some text, found ''"),
    (
        lambda: Correct(target=2, reason="typo", record=Event(type="X", when="2021")),
        "reason: 'typo' is not one of misread, ",
    ),
]


@pytest.mark.parametrize(("made", "message"), REFUSED, ids=[m for _, m in REFUSED])
def test_what_no_record_can_hold_is_refused_with_its_field(
    made: Callable[[], object], message: str
) -> None:
    """A value that a record cannot hold raises an error that names the field and what was found."""
    with pytest.raises(ValueError, match=r"^.*$") as refused:
        made()
    assert message in str(refused.value)


def test_a_correction_puts_a_claim_or_a_declaration_in_place() -> None:
    """A correction holds what the entry should have said, and nothing else."""
    with pytest.raises(FieldError, match="record: wanted a claim or a declaration, found None"):
        Correct(target=2, reason="misread", record=None)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["..", ""])
def test_the_end_of_a_close_has_a_date(text: str) -> None:
    """A close says when the state ended: an open or an unknown end closes nothing."""
    with pytest.raises(FieldError, match="until: an end that is known of has a date"):
        Close(target=2, until=text)


def test_entries_are_read_when_they_are_looked_at() -> None:
    """They are a sequence like any other, and no record is read before it is asked for."""
    looked: list[int] = []

    def read(number: int) -> Entry:
        looked.append(number)
        return Entry(number=number, at="", batch=1, hash="", record=None)

    entries = Entries([3, 4, 5], read)
    assert (len(entries), repr(entries), looked) == (3, "Entries([3, 4, 5])", [])
    assert entries[-1].number == 5
    assert [e.number for e in entries[:2]] == [3, 4]
    assert entries == [read(3), read(4), read(5)]
    assert entries != (read(3),)
    assert entries != 3


def test_the_content_of_a_correction_is_what_it_puts_in_place() -> None:
    """What a record says is the record itself, of a correction the claim or declaration in it."""
    visit = Event(type="CONSULT", when="2021")
    assert visit.content is visit
    assert Correct(target=2, reason="misread", record=visit).content is visit
    assert Retract(target=2, reason="r").content == Retract(target=2, reason="r")


LISTS = [
    pytest.param(cls, field, id=f"{cls.__name__}-{field.name}")
    for cls in map(class_of, KINDS)
    for field in attrs.fields(cls)
    if str(field.type).startswith("tuple[")
]


@pytest.mark.parametrize(("cls", "field"), LISTS)
def test_every_list_has_an_end(cls: type[Any], field: attrs.Attribute[Any]) -> None:
    """No list of a record has more members than anybody needs, and a longer one says what else to write."""
    most = MOST_NAMES if field.name in ("names", "modes", "sentences") else MOST_MEMBERS
    assert field.validator is not None
    with pytest.raises(
        FieldError, match=rf"{field.name}: at most {most:,}, found {most + 1:,}; \w+"
    ):
        field.validator(None, field, (object(),) * (most + 1))
    with pytest.raises((FieldError, AttributeError), match=r"wanted|no attribute"):
        field.validator(None, field, (object(),) * most)
