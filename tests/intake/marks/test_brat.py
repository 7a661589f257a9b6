"""Standoff of brat: every event and every passage that is in none is a mark."""

from __future__ import annotations

import pytest

from factledger import Refused
from factledger.intake.marks.brat import brat_marks

TEXT = "😀 Ada Lorn paid Bo 5 coins in Ombra."
STANDOFF = """\
T1\tPerson 2 10\tAda Lorn
T2\tTransfer 11 15\tpaid
T3\tPerson 16 18\tBo
T4\tPlace 30 35\tOmbra
T5\tMoney 19 20;21 26\t5 coins
E1\tTransfer:T2 Giver:T1 Taker:T3 Sum:T5
A1\tConfidence E1 High
N1\tReference T4 Wikipedia:1\tOmbra
#1\tAnnotatorNotes E1\tpaid in full
E2\tTransfer:T9 Giver:E1

"""


def test_an_event_is_one_mark_from_its_first_passage_to_its_last() -> None:
    """Its type, roles, attributes and notes are its comment; what is in no event is a mark of its own."""
    one, lost, place = brat_marks(STANDOFF, TEXT, "a.ann")
    assert (one.where, one.quote, one.hint) == ("a.ann:6", "Ada Lorn paid Bo 5 coins", 3)
    assert one.comment == (
        "Transfer Giver: Ada Lorn; Taker: Bo; Sum: 5 coins Confidence E1 High paid in full"
    )
    assert (lost.where, lost.quote, lost.comment) == ("a.ann:10", None, "Transfer Giver: E1")
    assert (place.where, place.quote) == ("a.ann:4", "Ombra")
    assert place.comment == "Place Reference T4 Wikipedia:1"


def test_passages_beyond_the_text_have_no_words() -> None:
    """They are told as not found, and end nothing."""
    assert [m.quote for m in brat_marks("T1\tPerson 99 100\tX\r\n", TEXT, "a.ann")] == [None]


@pytest.mark.parametrize("line", ["T1 Person 0 1 X", "hello", "E1\tTransfer"])
def test_a_line_of_another_form_is_told(line: str) -> None:
    """With the place where it stands."""
    with pytest.raises(Refused, match=r"a.ann:2: draft-readable: no line of brat"):
        brat_marks(f"\n{line}\n", TEXT, "a.ann")
