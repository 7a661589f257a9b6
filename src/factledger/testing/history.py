"""Hypothesis strategies for whole ledgers: records that fit together, in an order that is taken.

The actors, posts, sources and dates are few, so that claims meet: they displace and contradict
one another, are the same, begin and end, are corrected, closed, disputed and withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import attrs
from hypothesis import strategies as st

from factledger.errors import Refused
from factledger.ledger.ledger import Ledger
from factledger.log.stores import Store
from factledger.log.stores.memory import MemoryStore
from factledger.records.claims import Claim
from factledger.records.declarations import FORMAT, Header
from factledger.records.record import Record
from factledger.records.vocabulary import NEWEST
from factledger.testing.clock import seeded
from factledger.testing.few import ACTORS, FEW_CLAIMS, TYPES, few_sources
from factledger.testing.moves import MOVES, WEIGHTED, Move

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
        return extended(opened(self.first, self.step), self.records[:upto])


def opened(
    first: datetime = FIRST, step: timedelta = STEP, *, store: Store | None = None
) -> Ledger:
    """Return a ledger whose entry 2 is recorded at `first`, the next a `step` later.

    It begins in an empty store, in memory if none is given.
    """
    kept = MemoryStore() if store is None else store
    ledger = Ledger(kept, clock=lambda: first + (len(ledger) - 1) * step, entropy=seeded())
    ledger.append(Header(format=FORMAT, vocabulary=NEWEST, origin="history"))
    return ledger


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
    ledger = opened()
    sizes = st.sampled_from([0, *range(max_size // 2, max_size + 1)])
    kinds = st.sampled_from([m for m in WEIGHTED if not moves or m in moves])
    kept = _taken(ledger, (*ACTORS, *TYPES, *draw(few_sources())))
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
