"""Hypothesis strategies for the values that a ledger can hold, each by itself.

Whole histories, whose records fit together, are made in `factledger.testing.history`.
"""

from __future__ import annotations

from factledger.testing.strategies.claims import (
    assessments,
    citations,
    claims,
    counts,
    events,
    participants,
    states,
    tallies,
)
from factledger.testing.strategies.dates import dates, days, endpoints, is_dated
from factledger.testing.strategies.records import actors, records, sources, types
from factledger.testing.strategies.texts import maybe, slugs, texts

__all__ = [
    "actors",
    "assessments",
    "citations",
    "claims",
    "counts",
    "dates",
    "days",
    "endpoints",
    "events",
    "is_dated",
    "maybe",
    "participants",
    "records",
    "slugs",
    "sources",
    "states",
    "tallies",
    "texts",
    "types",
]
