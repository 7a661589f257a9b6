"""Help for testing a ledger, a store or a projection of one's own.

Three things to call: `check_projection`, `StoreContract` and the `LAWS`. The rest are strategies:
of values by themselves, of claims about few actors and dates so that they meet (`few_claims`,
`plain_claims`), of `histories` that a ledger takes, and of whole `ledgers`.

Needs the extra `factledger[testing]`, which brings Hypothesis; pytest is not needed.
"""

from __future__ import annotations

from factledger.testing.clock import FixedClock, seeded
from factledger.testing.few import (
    ACTORS,
    THEMES,
    TYPES,
    few_claims,
    few_dates,
    few_endpoints,
    few_events,
    few_sources,
    few_states,
    plain_claims,
)
from factledger.testing.history import History, extended, histories, ledgers, opened
from factledger.testing.laws import LAWS, Law, check_projection, projection_laws
from factledger.testing.store_contract import StoreContract
from factledger.testing.store_model import Agreement
from factledger.testing.strategies import (
    actors,
    assessments,
    citations,
    claims,
    counts,
    dates,
    days,
    endpoints,
    events,
    participants,
    records,
    sources,
    states,
    tallies,
    texts,
    types,
)

__all__ = [
    "ACTORS",
    "LAWS",
    "THEMES",
    "TYPES",
    "Agreement",
    "FixedClock",
    "History",
    "Law",
    "StoreContract",
    "actors",
    "assessments",
    "check_projection",
    "citations",
    "claims",
    "counts",
    "dates",
    "days",
    "endpoints",
    "events",
    "extended",
    "few_claims",
    "few_dates",
    "few_endpoints",
    "few_events",
    "few_sources",
    "few_states",
    "histories",
    "ledgers",
    "opened",
    "participants",
    "plain_claims",
    "projection_laws",
    "records",
    "seeded",
    "sources",
    "states",
    "tallies",
    "texts",
    "types",
]
