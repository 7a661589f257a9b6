"""Which claims are live and how each stands: what a second evaluator says, slow and obvious, on every day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from effort import some_examples
from factledger.dates.days import Day
from factledger.testing import History, days
from oracle_tools import cut_of, evaluators, published_cuts, rows, told, turning_days


@some_examples
@given(st.data(), told, published_cuts)
def test_every_standing_on_every_day_is_what_the_rules_say(
    data: st.DataObject, history: History, published: Day | None
) -> None:
    """At any two cuts, each standing has the status, the reasons and the rivals of the rules."""
    recorded = data.draw(cut_of(history))
    ledger, oracle = evaluators(history, recorded, published)
    for day in [*turning_days(ledger, oracle), data.draw(days())]:
        view = ledger.as_of(day, recorded=recorded, published=published)
        assert rows(view) == oracle.rows(day), day
