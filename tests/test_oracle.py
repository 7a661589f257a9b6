"""The answers of a ledger are those of a second evaluator, slow and obvious, on every day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.records.vocabulary import shipped
from factledger.status.standings import Standing
from factledger.testing import ACTORS, History, days, histories
from factledger.views.view import View
from oracle import Oracle, Row

published_cuts = st.none() | days()
SAMENESS = ("claim", "tell-again", "identify-claims", "identify-actors")
told = st.sampled_from([(), (), SAMENESS]).flatmap(lambda moves: histories(moves=moves))


def cut_of(history: History) -> st.SearchStrategy[int]:
    """Make numbers of entries of a history, mostly its last."""
    return st.sampled_from([0, 0, 0, 1, 2, 4, 8]).map(lambda back: len(history.records) + 1 - back)


def row_of(standing: Standing) -> Row:
    """Return what is compared of a standing."""
    return Row(
        number=standing.number,
        type=standing.claim.type,
        derived=standing.derived,
        status=str(standing.status),
        because=standing.because,
        also=standing.also,
        contested_by=standing.contested_by,
        origins=frozenset(s.origin.casefold() for s in standing.supports),
        attested=standing.attested,
    )


def turning_days(ledger: Ledger, oracle: Oracle) -> list[Day]:
    """Return the days on which either evaluator may turn, with the days beside them."""
    found = {int(change.day) for change in ledger.changes()}
    for stand in oracle.stands:
        found |= {stand.first, stand.sure, stand.until, stand.gone, *oracle.caps(stand)}
    low, high = Day.parse("1900-01-01"), Day.parse("2100-01-01")
    return [Day(d) for d in sorted({n + by for n in found for by in (-1, 0, 1)}) if low < d < high]


def evaluators(history: History, recorded: int, published: Day | None) -> tuple[Ledger, Oracle]:
    """Return a ledger and its oracle at two cuts."""
    ledger = history.ledger()
    return ledger, Oracle(ledger.entries(), shipped().types, recorded, published)


def rows(view: View) -> list[Row]:
    """Return what is compared of a view."""
    return [row_of(standing) for standing in view.every]


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
