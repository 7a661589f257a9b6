"""Strategies: values of their name, within the bounds that are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import few_examples
from factledger import testing
from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.records.claims import Event, State
from factledger.testing import (
    days,
    endpoints,
    few_endpoints,
    histories,
    ledgers,
    plain_claims,
)
from factledger.testing.few import THEMES
from factledger.testing.moves import MOVES


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
@few_examples
@given(data=st.data())
def test_every_kind_of_record_fits_the_ledger_that_it_is_made_for(
    move: str, data: st.DataObject
) -> None:
    """A history of one kind of record has nothing in it that a check would find."""
    assert data.draw(histories(moves=[move])).ledger().check() == ()


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
@few_examples
@given(data=st.data())
def test_strategies_make_values_of_their_name(name: str, data: st.DataObject) -> None:
    """What a strategy makes can be compared and hashed."""
    made = data.draw(getattr(testing, name)())
    assert hash(made) == hash(made)
    assert name != "events" or isinstance(made, Event)
