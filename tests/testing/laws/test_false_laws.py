"""What sounds like a law and is none: of each, the ledger that shows it."""

from __future__ import annotations

from factledger.ledger.ledger import Ledger
from factledger.records.amendments import Withdraw
from ledgers import ledger, level, source

S, T = source("s", "2021-02-15"), source("t", "2021-12-31")
PARTNER = level("partner", since="2021-01-01", sources=("s",))
ALLY = level("ally", since="2021-06-15", sources=("t",))
DAY = "2022-01-01"


def shown(found: Ledger) -> list[str | None]:
    """Return the levels that stand on the day."""
    return [s.claim.value for s in found.as_of(DAY).standings]


def test_leaving_out_a_source_and_asking_is_not_asking_and_leaving_out() -> None:
    """Without the source of the newest state, the one that it had displaced stands again."""
    both = ledger(S, T, PARTNER, ALLY)
    view = both.as_of(DAY).standings
    assert [s.claim.value for s in view if s.citations[0].source == "s"] == []
    both.append(Withdraw(source="t", reason="not so"))
    assert shown(both) == ["partner"]


def test_a_state_told_in_two_parts_can_change_the_winner() -> None:
    """The second half begins later than the whole did, and so takes the place of what came between."""
    assert shown(ledger(S, T, PARTNER, ALLY)) == ["ally"]
    halves = (
        level("partner", since="2021-01-01", until="2021-08-31", sources=("t",)),
        level("partner", since="2021-09-01", sources=("t",)),
    )
    assert "partner" in shown(ledger(S, T, *halves, ALLY))


def test_another_source_can_make_an_answer_less_sure() -> None:
    """What nobody contests is contested once a second source says otherwise."""
    other = level("ally", since="2021-01-01", sources=("t",))
    one = level("partner", since="2021-01-01", sources=("t",))
    assert [s.contested_by for s in ledger(T, one).as_of("2021-12-01").standings] == [()]
    found = ledger(T, one, other)
    assert all(s.contested_by for s in found.as_of("2021-12-01").standings)


def test_a_more_precise_date_can_change_another_claim() -> None:
    """Once it is known that a state began after another, the other is over."""
    vague = level("partner", since="2021", until="", sources=("t",))
    exact = level("partner", since="2021-12-31", until="", sources=("t",))
    assert "ally" in shown(ledger(T, vague, ALLY))
    assert shown(ledger(T, exact, ALLY)) != shown(ledger(T, vague, ALLY))
