"""How the work of telling a history grows: twice as much said of one claim, at most 2.5 times the calls."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factledger import Correct, Identify, Ledger
from growth_tools import Work, assert_grows_evenly
from hostile.bombs import CLAIM, Records, backed, begun, disputed
from ledgers import ledger, level

SIZE = 60
DAY = "2022-06-01"


def corrected(count: int) -> Records:
    """One claim, corrected again and again."""
    yield from begun()
    for i in range(count):
        yield Correct(target=CLAIM + i, reason="misread", record=level(str(i + 1)))


def called_the_same(count: int) -> Records:
    """Two claims, called the same again and again."""
    yield from begun()
    yield level("1", "2022")
    for i in range(count):
        yield Identify(claims=[CLAIM, CLAIM + 1], verdict="same", reason=f"r{i}")


def steps(found: Ledger) -> Work:
    """Return the work of telling what changed the claim, entry by entry."""
    return lambda: found.steps(CLAIM, DAY)


def difference(found: Ledger) -> Work:
    """Return the work of telling the causes of what was learnt since the claim was not known."""
    return lambda: found.difference((DAY, CLAIM - 1), (DAY, len(found)))


def vintages(found: Ledger) -> Work:
    """Return the work of telling each answer about the relationship."""
    return lambda: found.vintages(DAY, between=("JPN", "UKR"))


@pytest.mark.parametrize("said", [backed, disputed, corrected, called_the_same])
@pytest.mark.parametrize("told", [steps, difference, vintages])
def test_a_history_grows_with_what_is_said_of_a_claim(
    told: Callable[[Ledger], Work], said: Callable[[int], Records]
) -> None:
    """Each entry of a claim is looked at once, and not again at every cut behind it."""

    def work(count: int) -> Work:
        found = ledger()
        for record in said(count):
            found.append(record)
        return told(found)

    assert_grows_evenly(work, SIZE, most=2.5)
