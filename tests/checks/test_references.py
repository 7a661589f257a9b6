"""What a record says about other entries, as it is checked when it is appended and again later."""

from __future__ import annotations

import attrs
import pytest

import ledgers
from factledger import Close, Correct


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
