"""What is shipped for the tests of others: clocks that obey, and examples that are what they say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factledger import testing
from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.records.claims import Event, State
from factledger.testing import (
    FixedClock,
    History,
    days,
    endpoints,
    few_endpoints,
    few_states,
    histories,
    ledgers,
    plain_claims,
    seeded,
)
from factledger.testing.few import THEMES
from factledger.testing.moves import MOVES


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


@given(histories(), st.data())
def test_a_history_makes_the_same_ledger_each_time(history: History, data: st.DataObject) -> None:
    """The same records at the same instants have the same head; a part is a prefix."""
    upto = data.draw(st.integers(0, len(history.records)))
    whole, again, part = history.ledger(), history.ledger(), history.ledger(upto)
    assert list(whole.lines()) == list(again.lines())
    assert list(whole.lines())[: upto + 1] == list(part.lines())
    assert whole.check() == ()


@settings(max_examples=5)
@given(ledgers(max_size=3))
def test_ledgers_are_whole_and_sound(ledger: Ledger) -> None:
    """A ledger that is made begins with its header, and no check finds anything in it."""
    assert ledger.header is not None
    assert ledger.check() == ()


@pytest.mark.parametrize("theme", THEMES)
@settings(max_examples=10)
@given(data=st.data())
def test_plain_claims_are_asserted_with_days_for_dates(theme: str, data: st.DataObject) -> None:
    """A plain claim says something of its theme on days, and on nobody's behalf."""
    claim = data.draw(plain_claims(theme))
    assert claim.factual
    assert (claim.when if isinstance(claim, Event) else claim.since).text.count("-") == 2  # type: ignore[attr-defined]
    assert not any(p.of for p in claim.participants)


@pytest.mark.parametrize("move", MOVES)
@settings(max_examples=15)
@given(data=st.data())
def test_every_kind_of_record_fits_the_ledger_that_it_is_made_for(
    move: str, data: st.DataObject
) -> None:
    """A history of one kind of record has nothing in it that a check would find."""
    assert data.draw(histories(moves=[move])).ledger().check() == ()


@given(histories(max_size=3, moves=["close", "claim"], claims=few_states()))
def test_a_history_holds_the_kinds_of_record_and_claim_that_are_asked_for(history: History) -> None:
    """Histories can be narrowed to some kinds of record and to claims of one's own making."""
    kinds = {type(record).__name__ for record in history.records}
    assert kinds <= {"Actor", "Type", "Source", "State", "Close"}


@given(days("2021-01-01", "2021-01-03"), endpoints(), few_endpoints())
def test_dates_are_of_the_range_and_kind_that_is_asked_for(
    day: Day, one: object, few: object
) -> None:
    """Days lie between their bounds, and ends can end a state."""
    assert "2021-01-01" <= str(day) <= "2021-01-03"
    for end in (str(one), str(few)):
        assert State(type="office", until=end).until.text == end


@pytest.mark.parametrize(
    "name", ["claims", "records", "events", "states", "tallies", "assessments"]
)
@given(data=st.data())
def test_strategies_make_values_of_their_name(name: str, data: st.DataObject) -> None:
    """What a strategy makes can be compared and hashed."""
    made = data.draw(getattr(testing, name)())
    assert hash(made) == hash(made)
    assert name != "events" or isinstance(made, Event)
