"""What is shipped for the tests of others: clocks that obey, and examples that are what they say."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from effort import few_examples
from factledger import testing
from factledger.testing import (
    FixedClock,
    History,
    few_states,
    histories,
    seeded,
)


def test_every_public_name_is_there_and_says_what_it_is() -> None:
    """The names of the package are those it lists, each with a docstring."""
    for name in testing.__all__:
        assert getattr(testing, name).__doc__


def test_a_fixed_clock_stands_still_or_goes_on_by_its_step() -> None:
    """A clock that was not told to go on gives one instant; else each is a step later."""
    still, ticking = FixedClock(), FixedClock(step=timedelta(hours=1))
    assert still() == still()
    assert ticking() + timedelta(hours=2) == [ticking(), ticking()][-1]


def test_seeded_salts_are_the_same_for_the_same_seed_and_never_twice() -> None:
    """Salts of a test repeat from run to run, and differ within one."""
    one, again, other = seeded(1), seeded(1), seeded(2)
    first, second = one(16), one(16)
    assert (again(16), again(16)) == (first, second)
    assert len({first, second, other(16)}) == 3
    assert len(one(1000)) == 1000


@few_examples
@given(histories(), st.data())
def test_a_history_makes_the_same_ledger_each_time(history: History, data: st.DataObject) -> None:
    """The same records at the same instants have the same head; a part is a prefix."""
    upto = data.draw(st.integers(0, len(history.records)))
    whole, again, part = history.ledger(), history.ledger(), history.ledger(upto)
    assert list(whole.lines()) == list(again.lines())
    assert list(whole.lines())[: upto + 1] == list(part.lines())
    assert whole.check() == ()


@given(histories(max_size=3, moves=["close", "claim"], claims=few_states()))
def test_a_history_holds_the_kinds_of_record_and_claim_that_are_asked_for(history: History) -> None:
    """Histories can be narrowed to some kinds of record and to claims of one's own making."""
    kinds = {type(record).__name__ for record in history.records}
    assert kinds <= {"Actor", "Type", "Source", "State", "Close"}
