"""Tools for tests that hold a ledger against its oracle: what both are asked, and what is compared."""

from __future__ import annotations

from hypothesis import strategies as st

from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.records.vocabulary import shipped
from factledger.status.standings import Standing
from factledger.testing import History, days, histories
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
        alone=str(standing.alone),
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
