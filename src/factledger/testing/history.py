"""Hypothesis strategies for whole ledgers: records that fit together, in an order that is taken.

The actors, posts, sources and dates are few, so that claims meet: they displace and contradict
one another, are the same, begin and end, are corrected, closed, disputed and withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import is_

import attrs
from hypothesis import strategies as st

from factledger.errors import Refused
from factledger.ledger.ledger import Ledger
from factledger.log.lines import SALT_BYTES, Line
from factledger.log.stores import Store
from factledger.log.stores.memory import MemoryStore
from factledger.records.claims import Claim
from factledger.records.declarations import FORMAT, Header
from factledger.records.record import Record
from factledger.records.vocabulary import NEWEST
from factledger.testing.clock import seeded
from factledger.testing.few import ACTORS, FEW_CLAIMS, TYPES, few_sources
from factledger.testing.moves import MOVES, WEIGHTED, Move

HISTORIES_BEGIN: tuple[Record, ...] = (*ACTORS, *TYPES)
"""What every history of `histories` declares first."""

FIRST = datetime(2021, 1, 1, 12, tzinfo=UTC)
STEP = timedelta(days=20)


@attrs.frozen
class History:
    """Records in the order in which a ledger took them, after its header.

    Record i (from 0) becomes entry i + 2 and is recorded at `first` + i × `step`, so the same
    records in the same places give the same ledger. `first` may not be before the header.
    """

    records: tuple[Record, ...]
    first: datetime = FIRST
    step: timedelta = STEP

    def ledger(self, upto: int | None = None) -> Ledger:
        """Return a ledger in memory that holds the first `upto` records, None for all of them."""
        records = self.records[:upto]
        if all(map(is_, records, HISTORIES_BEGIN)) and len(records) >= len(HISTORIES_BEGIN):
            return extended(beginning(self.first, self.step), records[len(HISTORIES_BEGIN) :])
        return extended(opened(self.first, self.step), records)


def opened(
    first: datetime = FIRST, step: timedelta = STEP, *, store: Store | None = None
) -> Ledger:
    """Return a ledger whose entry 2 is recorded at `first`, the next a `step` later.

    It begins in an empty store, in memory if none is given.
    """
    kept = MemoryStore() if store is None else store
    ledger = _in_steps(kept, first, step)
    ledger.append(Header(format=FORMAT, vocabulary=NEWEST, origin="history"))
    return ledger


def _in_steps(store: Store, first: datetime, step: timedelta) -> Ledger:
    """Return the ledger of a store, whose salts go on where those of its entries ended."""
    entropy = seeded()
    for _ in range(store.head.seq):
        entropy(SALT_BYTES)
    ledger = Ledger(store, clock=lambda: first + (len(ledger) - 1) * step, entropy=entropy)
    return ledger


def beginning(first: datetime = FIRST, step: timedelta = STEP) -> Ledger:
    """Return a ledger in memory that holds what every history declares first."""
    store = MemoryStore()
    store.restore(_lines_of_the_beginning(first, step))
    return _in_steps(store, first, step)


@lru_cache(maxsize=64)
def _lines_of_the_beginning(first: datetime, step: timedelta) -> tuple[Line, ...]:
    """Return the lines of such a ledger, which are made once."""
    store = MemoryStore()
    extended(opened(first, step, store=store), HISTORIES_BEGIN)
    return tuple(store.read())


def extended(ledger: Ledger, records: Iterable[Record]) -> Ledger:
    """Return the ledger after it took the records, each in an append of its own."""
    for record in records:
        ledger.append(record)
    return ledger


@st.composite
def histories(
    draw: st.DrawFn,
    *,
    max_size: int = 8,
    moves: Collection[str] = (),
    claims: st.SearchStrategy[Claim] | None = None,
) -> History:
    """Make histories: declarations, up to `max_size` claims, and as many records of any kind.

    Most keep to one theme, so that their claims meet. `moves` names the kinds of record to
    choose from, of those in `MOVES`, none for all; `claims` makes the claims, whose citations
    are then drawn. What the ledger would refuse, or holds already, is left out.
    """
    ledger = beginning()
    sizes = st.sampled_from([0, *range(max_size // 2, max_size + 1)])
    kinds = st.sampled_from([m for m in WEIGHTED if not moves or m in moves])
    kept = [*HISTORIES_BEGIN, *_taken(ledger, draw(few_sources()))]
    move = Move(draw, ledger, draw(st.sampled_from(FEW_CLAIMS)) if claims is None else claims)
    for _ in range(draw(sizes)):
        kept += _taken(ledger, MOVES["claim"](move))
    for _ in range(draw(sizes)):
        kept += _taken(ledger, MOVES[draw(kinds)](move))
    return History(tuple(kept))


def ledgers(
    *,
    max_size: int = 8,
    moves: Collection[str] = (),
    claims: st.SearchStrategy[Claim] | None = None,
) -> st.SearchStrategy[Ledger]:
    """Make whole ledgers in memory, of `histories` with these options."""
    return histories(max_size=max_size, moves=moves, claims=claims).map(History.ledger)


def _taken(ledger: Ledger, offered: Iterable[Record]) -> list[Record]:
    """Return those of the records that were new to the ledger, and that it took."""
    kept = []
    for record in offered:
        known = len(ledger)
        with suppress(Refused):
            ledger.append(record)
        if len(ledger) > known:
            kept.append(record)
    return kept
