"""A claim and what was said about it in words: what a correction keeps, replaces, settles."""

from __future__ import annotations

from typing import Any

import pytest

from factledger import Close, Correct, Corroborate, Dispute, Identify, Redact, Retract, Withdraw
from factledger.ledger.ledger import Ledger
from factledger.output.words.readings import chain_lines, chain_notes
from ledgers import FIRST_NUMBER as S
from ledgers import cited, ledger, office, source

CLAIM = S + 2  # the first of two sources is #17


def correct(target: int = CLAIM, reason: str = "misread", **fields: Any) -> Correct:
    """Return a correction of the office, by its holder unless said otherwise."""
    record = fields.pop("record", office("p2"))
    return Correct(target=target, reason=reason, record=record, **fields)


def told(*records: Any) -> tuple[Ledger, list[str]]:
    """Return a ledger with an office and these records, and the notes on the last of them."""
    found = ledger(source(), source("t"), office(), *records)
    return found, [*chain_notes(found.belief(), [len(found)])]


CLOSED = Close(target=CLAIM, until="2022", citations=cited())
DISPUTED = Dispute(target=CLAIM, citations=cited())


@pytest.mark.parametrize(
    ("records", "note"),
    [
        ([correct()], None),
        ([Retract(target=CLAIM, reason="r")], None),
        ([CLOSED, DISPUTED, correct(settles=[CLAIM + 2])],
         "#22 corrects the claim #19: keeps #20 close; settles #21 dispute"),
        ([CLOSED, correct(record=office(until="2023"))],
         "#21 corrects the claim #19: replaces #20 close"),
        ([correct(), correct(CLAIM, record=office("p3"))],
         "#21 corrects the claim #19 (corrected before: #20)"),
        ([Withdraw(source="t", reason="r"), correct(reason="refined", record=office(sources=("t",)))],
         "#21 corrects the claim #19: has no ground, so that this stands #19"),
        ([correct(), Retract(target=CLAIM + 1, reason="r")],
         "#21 undoes the correction #20: #19 stands; to take back the claim, retract #19"),
        ([correct(), correct(note="again"), Retract(target=CLAIM + 1, reason="r")],
         "#22 undoes the correction #20: #21 stands"),
        ([correct(), Retract(target=CLAIM, reason="r")],
         "#21 takes back the claim #19, with all its corrections"),
        ([*(Dispute(target=CLAIM, citations=cited(), note=str(i)) for i in range(7)), correct()],
         "#27 corrects the claim #19: keeps #20 dispute, #21 dispute, #22 dispute, #23 dispute, "
         "#24 dispute and 2 more"),
    ],
)  # fmt: skip
def test_a_correction_tells_what_becomes_of_what_was_said(records: list[Any], note: str) -> None:
    """What it keeps, replaces and settles, and what stands where one is taken back."""
    assert told(*records)[1] == ([note] if note else [])


def test_a_claim_tells_its_readings_and_what_was_said() -> None:
    """Each with its state, and the entry by which it has it."""
    found, _ = told(
        CLOSED,
        DISPUTED,
        Corroborate(target=CLAIM, citations=cited("t")),
        office("p3"),
        Identify(claims=[CLAIM, CLAIM + 4], verdict="unsure", reason="r"),
        Retract(target=CLAIM + 3, reason="r"),
        correct(record=office(until="2023"), changes=["until"], settles=[CLAIM + 2]),
        correct(),
        Retract(target=CLAIM + 8, reason="r"),
        correct(reason="refined", record=office("p3", until="2023", sources=("t",))),
        Withdraw(source="t", reason="r"),
        Dispute(target=CLAIM, citations=cited("t")),
        Redact(target=CLAIM + 8, claim=CLAIM, reason="r", authority="a"),
    )
    assert [*chain_lines(found.belief(), CLAIM)] == [
        "Readings of the claim",
        "  #19 state: corrected by #26",
        "  #26 correct: stands, changes until",
        "  #27 correct: retracted by #28",
        "  #29 correct: has no ground",
        "Said about the claim",
        "  #20 close: replaced by #26",
        "  #21 dispute: settled by #26",
        "  #22 corroborate: retracted by #25",
        "  #24 identify: counts",
        "  #31 dispute: has no ground",
    ]
    assert [*chain_lines(found.belief(CLAIM), CLAIM)] == []


def test_what_was_said_in_vain_is_told_of_any_claim() -> None:
    """A dispute whose source was withdrawn does not count, and a reader of `why` is told so."""
    other = Dispute(target=CLAIM, citations=cited("t"))
    held = ledger(source(), source("t"), office(), other, Withdraw(source="t", reason="forged"))
    assert [*chain_lines(held.belief(), CLAIM)] == [
        "Said about the claim",
        f"  #{CLAIM + 1} dispute: has no ground",
    ]
    assert [*chain_lines(held.belief(CLAIM + 1), CLAIM)] == []
