"""How the work of telling a history grows: twice as much said of one claim, at most 2.5 times the calls."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from effort import LONG, some
from factledger import (
    Correct,
    Corroborate,
    Dispute,
    Identify,
    Ledger,
    Retract,
    Withdraw,
)
from factledger.views.causes import Together
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


HISTORIES = (backed, disputed, corrected, called_the_same)
TOLD = (steps, difference, vintages)


# Each history is told in one way, and each way tells one; with all rows all of them.
@pytest.mark.parametrize(("told", "said"), some([*product(TOLD, HISTORIES)], 3))
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


def rivals(count: int) -> Records:
    """One claim, and others that cannot be right beside it."""
    yield from begun()
    for i in range(count):
        yield level(f"v{i}", "2022")


def rivals_called_the_same(count: int) -> Records:
    """Rivals, each called the same as the first claim."""
    yield from rivals(count)
    for i in range(count):
        yield Identify(claims=[CLAIM, CLAIM + 1 + i], verdict="same", reason=f"r{i}")


def test_steps_grow_with_the_claims_that_bear_on_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many rivals so many views are asked and no more, however many there are."""
    monkeypatch.setattr("factledger.views.vintages.MOST_CUTS", 4)

    def work(count: int) -> Work:
        found = ledger()
        for record in rivals(count):
            found.append(record)
        return steps(found)

    assert_grows_evenly(work, SIZE // 2)


@pytest.mark.parametrize(
    ("said", "known"), [(rivals, 0), (rivals, 0.5), (rivals_called_the_same, 0)]
)
def test_a_difference_grows_with_the_claims_that_bear_on_one_another(
    said: Callable[[int], Records], known: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them are worked out so often and no more, however many are new."""
    monkeypatch.setattr("factledger.views.causes.MOST_ASKED", 4)

    def work(count: int) -> Work:
        found = ledger()
        for record in said(count):
            found.append(record)
        low = CLAIM - 1 + int(known * count)
        return lambda: found.difference((DAY, low), (DAY, len(found)))

    assert_grows_evenly(work, 40, most=2.5)


@pytest.mark.parametrize(("claims", "asked"), [(2, 64), (64, 64), (128, 32), (1000, 8), (10**6, 8)])
def test_the_more_claims_bear_on_one_another_the_fewer_views_are_asked(
    claims: int, asked: int
) -> None:
    """Between few and very many claims the work does not grow with both, claims and views."""
    together = Together(tuple(range(1, claims + 1)), changed_by=claims)
    while not together.enough:
        together.asked += 1
    assert together.asked == asked


@pytest.mark.parametrize("most", [2, 4, 8, 16])
def test_entries_about_a_claim_are_named_however_many_bear_on_it(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where what bears on a claim is not asked any more, its own entries are still its causes."""
    found = ledger()
    for record in rivals_called_the_same(8):
        found.append(record)
    dispute = found.append(Dispute(target=CLAIM + 7, citations=cited("s"))).numbers[0]
    low, high = CLAIM - 1, len(found)
    whole = found.difference((DAY, low), (DAY, high)).steps
    monkeypatch.setattr("factledger.views.causes.MOST_ASKED", most)
    found._scopes.clear()
    steps = found.difference((DAY, low), (DAY, high)).steps
    assert [(s.before, s.after) for s in steps] == [(s.before, s.after) for s in whole]
    for step in steps:
        numbers = [cause.number for cause in step.by]
        assert step.standing.number in numbers
        assert numbers == sorted(set(numbers))
        assert low < numbers[0] <= numbers[-1] <= high
    assert any(cause.number == dispute for step in steps for cause in step.by)


def test_what_changed_another_is_named_where_nothing_else_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Claims that were known before, and of which only what is said of others changes how they stand."""
    found = ledger()
    for record in rivals(6):
        found.append(record)
    low = len(found)
    found.append(Identify(claims=[CLAIM, CLAIM + 1], verdict="same", reason="r"))
    for i in range(6, 12):
        found.append(level(f"v{i}", "2022"))
    monkeypatch.setattr("factledger.views.causes.MOST_ASKED", 5)
    steps = found.difference((DAY, low), (DAY, len(found))).steps
    old = [step for step in steps if step.standing.number <= low]
    assert old
    assert all(low < cause.number <= len(found) for step in old for cause in step.by)
    assert all(step.by for step in steps)
