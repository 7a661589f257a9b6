"""What makes a claim live: its readings, what is said about it, and the keys under which it counts."""

from __future__ import annotations

import pytest

from factledger.records.amendments import (
    Close,
    Correct,
    Corroborate,
    Dispute,
    Identify,
    Retract,
    Withdraw,
)
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, level, source

CLAIM = S + 2  # where a ledger begins with two sources and one claim


def test_the_reading_that_stands_is_the_newest_with_ground() -> None:
    """A correction whose source was withdrawn gives way to the reading before it, until that is undone."""
    found = ledger(source("s"), source("t"), level("1"))
    found.append(Correct(target=CLAIM, reason="refined", record=level("2", sources=["t"])))
    found.append(Withdraw(source="t", reason="forged"))
    stands = [found.belief(n).standing_reading(CLAIM) for n in range(CLAIM - 1, CLAIM + 3)]
    assert stands == [None, CLAIM, CLAIM + 1, CLAIM]
    assert found.belief().grounded(CLAIM) == [CLAIM]


def test_a_claim_that_was_taken_back_has_no_reading_that_stands() -> None:
    """Whichever of its readings is asked about."""
    found = ledger(source("s"), source("t"), level("1"))
    found.append(Correct(target=CLAIM, reason="misread", record=level("2")))
    found.append(Retract(target=CLAIM, reason="no"))
    for number in (CLAIM, CLAIM + 1):
        assert found.belief().standing_reading(number) is None
        assert found.belief().retired_by(number) == CLAIM + 2


def test_a_correction_of_some_fields_is_read_by_itself_where_its_claim_was_taken_back() -> None:
    """It has no reading before it to change, and no end that a close gave before it was moved."""
    found = ledger(source("s"), source("t"), level("1"))
    found.append(Close(target=CLAIM, until="2022-03", citations=cited("t")))
    changed = Correct(target=CLAIM, reason="misread", record=level("2"), changes=["value"])
    found.append(changed)
    found.append(Retract(target=CLAIM, reason="no"))
    assert found.belief().reading(CLAIM + 2) == changed.record
    assert found.belief().end_moved_by(CLAIM + 1) is None


def test_who_says_so_later_is_heard_with_who_said_so_first() -> None:
    """Each who confirms a claim supports it, also where a belief goes on from an earlier one."""
    found = ledger(source("s"), source("t"), level("1"))
    found.append(Corroborate(target=CLAIM, citations=cited("t")))
    before = found.belief()
    one = before.live(CLAIM)
    found.append(Corroborate(target=CLAIM, citations=cited("s", "t")))
    two = before.followed(len(found)).live(CLAIM)
    assert one is not None
    assert two is not None
    assert [s.number - CLAIM for s in one.supports] == [0, 1]
    assert [s.number - CLAIM for s in two.supports] == [0, 1, 2, 2]


@pytest.mark.parametrize(("verdict", "others"), [("same", [CLAIM + 1]), ("different", [])])
def test_claims_are_the_same_by_the_last_verdict(verdict: str, others: list[int]) -> None:
    """An earlier verdict on the same two counts no longer."""
    found = ledger(source("s"), source("t"), level("1"), level("1", "2021-01-03"))
    for said in ("different", "same", verdict):
        found.append(Identify(claims=[CLAIM, CLAIM + 1], verdict=said, reason=f"{said}!"))
    assert [*found.belief().same_as(CLAIM)] == others
    assert found.belief().verdicts(CLAIM) == {CLAIM + 1: verdict}


def test_an_end_counts_until_a_later_reading_gives_another() -> None:
    """A correction that leaves the end as it was leaves the close as it is."""
    found = ledger(source("s"), source("t"), level("1"))
    found.append(Close(target=CLAIM, until="2022-03", citations=cited("t")))
    found.append(Correct(target=CLAIM, reason="misread", record=level("2")))
    ending = found.belief().ending(CLAIM)
    assert ending is not None
    assert (ending.number, found.belief().end_moved_by(CLAIM + 1)) == (CLAIM + 1, None)
    found.append(Correct(target=CLAIM + 2, reason="misread", record=level("2", until="2022-04")))
    assert found.belief().ending(CLAIM) is None
    assert found.belief().end_moved_by(CLAIM + 1) == CLAIM + 3


def test_a_dispute_is_settled_by_a_reading_that_says_so() -> None:
    """It is told which, and the dispute counts no more."""
    found = ledger(source("s"), source("t"), level("1"))
    found.append(Dispute(target=CLAIM, citations=cited("t")))
    settling = Correct(target=CLAIM, reason="misread", record=level("2"), settles=[CLAIM + 1])
    assert [live.disputes for live in found.belief().claims()] == [(CLAIM + 1,)]
    found.append(settling)
    assert [live.disputes for live in found.belief().claims()] == [()]
    assert found.belief().settled(CLAIM) == {CLAIM + 1: CLAIM + 2}


def test_a_claim_counts_under_the_key_of_whoever_stands_for_its_actors() -> None:
    """Once two actors are the same, their claims are found under one key."""
    found = ledger(source("s"), source("t"), event("CONSULT", "2021", actor="JPN", recipient="UKR"))
    before = found.belief()
    claim = found.entry(CLAIM).record
    found.append(Identify(actors=["JPN", "p1"], verdict="same", reason="r"))
    after = found.belief()
    assert {before.canonical(a) for a in ("JPN", "p1")} == {"JPN", "p1"}
    assert len({after.canonical(a) for a in ("JPN", "p1")}) == 1
    for belief in (before, after):
        for key in belief.keys(claim):  # type: ignore[arg-type]
            assert CLAIM in [live.number for live in belief.keyed(key)]


def test_a_reading_before_a_close_moves_no_end_that_it_gave() -> None:
    """That an earlier correction changed the end says nothing of the close behind it."""
    found = ledger(source("s"), source("t"), level("1", until="2022-03"))
    found.append(Correct(target=CLAIM, reason="misread", record=level("1", until="..")))
    found.append(Close(target=CLAIM, until="2022-04", citations=cited("t")))
    assert found.belief().end_moved_by(CLAIM + 2) is None
