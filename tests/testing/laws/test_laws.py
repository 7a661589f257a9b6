"""Every law holds of generated ledgers, and is broken by a bug that is planted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import ALL_ROWS, few_examples
from factledger.errors import FactledgerError
from factledger.testing import LAWS, History, Law
from factledger.testing.history import HISTORIES_BEGIN
from laws_page import PAGE, filled
from planted import PLANTED
from planted.bug import Bug

History(HISTORIES_BEGIN).ledger()  # made and kept now, so that no planted bug is kept with it
BY_NAME = {law.name: law for law in LAWS}
ALL = [(bug, name) for bug in sorted(PLANTED, key=lambda b: len(b.laws)) for name in bug.laws]
# Each bug once and each law once; all pairs in a long run.
PAIRS = [
    (bug, name)
    for at, (bug, name) in enumerate(ALL)
    if ALL_ROWS or bug not in [b for b, _ in ALL[:at]] or name not in [n for _, n in ALL[:at]]
]


@pytest.mark.parametrize("law", LAWS, ids=str)
@few_examples
@given(data=st.data())
def test_every_law_holds(law: Law, data: st.DataObject) -> None:
    """The sentence of each law is true of whatever a ledger can hold."""
    law.check(data.draw)


FIRST = {name: (bug, name) for bug, name in reversed(PAIRS)}.values()  # one of each law

# Laws of which it takes several seconds to find a ledger that shows the bug.
SLOW = {
    "correction keeps",
    "difference applied",
    "difference composed",
    "no look-ahead",
    "nobody beside a holder",
    "order of statuses",
    "permutation",
    "stability",
    "step by step",
}


@pytest.mark.parametrize(("bug", "name"), PAIRS, ids=[f"{name}: {bug}" for bug, name in PAIRS])
def test_a_law_finds_the_bug_that_it_is_said_to_find(
    bug: Bug, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planted bug breaks each law that is named beside it, within a thousand ledgers, and runs."""
    if not ALL_ROWS and (name in SLOW or (bug, name) not in FIRST):
        pytest.skip("takes its time: only in a long run")
    ran = bug.plant(monkeypatch.setattr)
    with pytest.raises((AssertionError, FactledgerError)):
        BY_NAME[name].tried(1000)
    assert ran == set(bug.patches)


@pytest.mark.parametrize(
    "place", ["nothing", "factledger.nothing", "factledger.status.belief.Belief.nothing"]
)
def test_a_bug_is_planted_only_where_something_stands(place: str) -> None:
    """A name that was moved or renamed is told, and not made anew beside it."""
    bug = Bug("it does nothing", "", (), {place: lambda: None})
    with pytest.raises(LookupError):
        bug.plant(pytest.fail)


def test_a_planted_bug_that_never_runs_is_told_from_one_that_does() -> None:
    """Each place is noted when it runs."""
    places = [f"factledger.status.belief.Belief.{name}" for name in ("live", "claims")]
    bug = Bug("it does nothing", "", (), {place: lambda: None for place in places})
    made: dict[str, Callable[[], None]] = {}
    ran = bug.plant(made.__setitem__)
    assert ran == set()
    made[places[0]]()
    assert ran == {places[0]}


def test_every_law_is_broken_by_some_planted_bug() -> None:
    """A law that nothing can break says nothing, and no bug is left out."""
    assert {name for _, name in PAIRS} == set(BY_NAME)
    assert [bug for bug in PLANTED if bug not in [b for b, _ in PAIRS]] == []


def test_every_law_is_named_once_and_says_a_sentence() -> None:
    """Laws are told apart by name, and each is a sentence that can stand in a specification."""
    assert len(BY_NAME) == len(LAWS)
    assert all(law.sentence.endswith(".") for law in LAWS)


def test_the_page_of_the_laws_is_up_to_date() -> None:
    """`python tests/laws_page.py` changes nothing."""
    page = PAGE.read_text(encoding="utf-8")
    assert page == filled(page)
    assert all(law.sentence in page for law in LAWS)
