"""Views of two sides and of one: what a second evaluator says, slow and obvious, of any day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factledger.dates.days import Day
from factledger.testing import ACTORS, History, days
from oracle_tools import cut_of, evaluators, published_cuts, rows, told


@given(st.data(), told, published_cuts)
def test_a_view_of_two_sides_holds_the_claims_that_name_one_of_each(
    data: st.DataObject, history: History, published: Day | None
) -> None:
    """A country takes part under all its ids, through its posts, and through who acts for it."""
    recorded = data.draw(cut_of(history))
    ledger, oracle = evaluators(history, recorded, published)
    name = st.sampled_from([actor.id for actor in ACTORS])
    one, other, day = data.draw(name), data.draw(name), data.draw(days())
    view = ledger.as_of(day, recorded=recorded, published=published)
    assert rows(view.between(one, other)) == oracle.rows(day, oracle.between(one, other))
    assert rows(view.involving(one)) == oracle.rows(day, oracle.involving(one))
