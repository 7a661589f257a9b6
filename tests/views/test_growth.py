"""How the work of telling a history grows: twice as much said of one claim, at most 2.5 times the calls."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from effort import LONG
from factledger import (
    Correct,
    Corroborate,
    Dispute,
    Identify,
    Ledger,
    Retract,
    Withdraw,
)
from growth_tools import Work, assert_grows_evenly
from hostile.bombs import CLAIM, Records, backed, begun, disputed
from ledgers import cited, ledger, level, source

SIZE = 60 if LONG else 30
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


def told(found: Ledger, cut: int) -> list[object]:
    """Return all that is answered at a cut: each standing with its supports, and what it rests on."""
    view = found.as_of(DAY, recorded=cut)
    about = view.between("JPN", "UKR").standings
    return [view.every, about, [s.publishers for s in view.every], [s.sentence for s in view.every]]


def undone() -> Records:
    """What is said of a claim, with each kind of entry that can take it away, and what comes back."""
    yield from begun()  # the source s, and the claim
    yield Dispute(target=CLAIM, citations=cited("s"))
    yield source("copy", copy_of="s")
    yield Corroborate(target=CLAIM, citations=[*cited("copy"), *cited("copy")])
    yield Correct(target=CLAIM, reason="misread", record=level("1"))
    yield Correct(target=CLAIM + 4, reason="refined", record=level("2"), changes=("value",))
    yield Correct(target=CLAIM - 1, reason="refined", record=source(publisher="Times"))
    yield Corroborate(target=CLAIM, citations=cited("copy"))
    yield Retract(target=CLAIM + 5, reason="no")
    yield Retract(target=CLAIM + 1, reason="no")
    yield level("3", "2022")
    yield Identify(claims=[CLAIM, CLAIM + 10], verdict="same", reason="r")
    yield Withdraw(source="copy", reason="forged")
    yield Identify(claims=[CLAIM, CLAIM + 10], verdict="different", reason="r")
    yield Retract(target=CLAIM + 12, reason="no")
    yield Identify(actors=["JPN", "p1"], verdict="same", reason="r")


@pytest.mark.parametrize("near", [0, 256])
def test_asking_at_one_cut_after_another_answers_as_asking_at_each(
    near: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is taken over from an earlier cut is what would be found anew, in whatever order one asks."""
    monkeypatch.setattr("factledger.status.belief._NEAR", near)
    found = ledger()
    for record in undone():
        found.append(record)
    cuts = range(CLAIM - 1, len(found) + 1)
    alone = {}
    for cut in cuts:
        found._scopes.clear()
        alone[cut] = told(found, cut)
    for order in (
        cuts,
        [*reversed(cuts)],
        [*cuts[::3], *cuts],
        [cut for cut in cuts for _ in "ab"],
    ):
        found._scopes.clear()
        for cut in order:
            assert told(found, cut) == alone[cut], cut
