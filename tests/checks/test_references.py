"""What a record says about other entries, as it is checked when it is appended and again later."""

from __future__ import annotations

import attrs
import pytest

import ledgers
from factledger import Close, Correct, Corroborate, Refused


@pytest.mark.parametrize("changes", [["since"], []])
def test_what_was_erased_since_makes_no_later_record_wrong(changes: list[str]) -> None:
    """A correction of some fields and a closure were right when they were written, and stay so."""
    held = ledgers.office(since="2021", until="..")
    n = ledgers.FIRST_NUMBER + 1
    found = ledgers.ledger(
        ledgers.source(),
        held,
        Correct(
            target=n, reason="misread", record=attrs.evolve(held, since="2020"), changes=changes
        ),
        Close(target=n, until="2021-05-06", citations=ledgers.cited()),
    )
    found.redact(n, n + 1, reason="a court order", authority="the court")
    assert found.check() == ()


@pytest.mark.parametrize(("modality", "refused"), [("actual", True), ("planned", False)])
def test_who_spoke_before_it_happened_backs_no_event(modality: str, refused: bool) -> None:
    """A source of 2020 cannot say the same as one of 2023 of a visit in 2022, if not as a plan."""
    visit = ledgers.event("CONSULT", "2022", actor="JPN", modality=modality)
    early = ledgers.source("early", published="2020-05-01")
    found = ledgers.ledger(ledgers.source(published="2023"), early, visit)
    backing = Corroborate(target=ledgers.FIRST_NUMBER + 2, citations=ledgers.cited("early"))
    if refused:
        with pytest.raises(Refused, match="date-after-publication: '2022', of #"):
            found.append(backing)
    else:
        assert found.append(backing)
