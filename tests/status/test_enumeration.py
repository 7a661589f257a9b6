"""How claims stand: a judge that lists every way in which they can have been, on ledgers worked by hand."""

from __future__ import annotations

import pytest

from enumeration_cases import CASES, Case
from enumeration_ledgers import judged


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_judge_finds_what_was_worked_by_hand(case: Case) -> None:
    """Each rule, on a ledger of a few lines, gives the status that follows from the principle."""
    assert judged(case.written, case.cut) == case.wanted, case.reason
