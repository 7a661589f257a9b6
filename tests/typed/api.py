"""How the public names are used, for type checkers: they are to find nothing wrong here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import assert_type

from factledger import (
    CONTACTS,
    OFFICES,
    Contacts,
    Day,
    Entry,
    Event,
    Ledger,
    SealKey,
    Status,
    Trace,
    View,
    Vintage,
)


def opened(address: str) -> Ledger:
    """Open and make ledgers with every option that there is."""
    Ledger.create(address, origin="o", title="t", backfilled="2020", clock=clock, entropy=bytes)
    return Ledger.open(address, clock=clock, entropy=bytes, behind=True, trust_clock=True)


def clock() -> datetime:
    """Return an instant."""
    return datetime(2024, 1, 1, tzinfo=UTC)


def written(ledger: Ledger) -> None:
    """Append with every option that there is."""
    key = SealKey(bytes(32))
    with ledger.writing(expect=1, timeout=1.0):
        entries = ledger.append(
            {}, expect=1, texts={}, unproved=True, seal_key=key, backfilled=None, timeout=1.0
        )
    assert_type(entries[0], Entry)
    assert_type(
        ledger.try_append({}, texts={}, unproved=True, seal_key=key, backfilled=clock()),
        tuple[int, ...],
    )
    ledger.redact(1, reason="r", authority="a", leave_traces=True, expect="h", timeout=1.0)
    assert_type(ledger.traces(1, 2), tuple[Trace, ...])


def asked(ledger: Ledger) -> None:
    """Ask with every option that there is."""
    view = ledger.as_of("2023", recorded=3, published="2024")
    assert_type(view, View)
    assert_type(view.level.status, Status | None)
    assert_type(
        ledger.vintages("2023", between=("A", "B"), recorded=3, published="2024"),
        tuple[Vintage, ...],
    )
    ledger.difference(("2022", 3), "2023", between=("A", "B"))
    ledger.changes(recorded=3, published="2024", between=("A", "B"), entry=4)


def folded(ledger: Ledger) -> None:
    """A fold gives what its projection gives."""
    assert_type(ledger.fold(CONTACTS, "2023", between=("A", "B")), dict[str, Contacts])
    assert_type(
        ledger.series(CONTACTS, "2022", "2023", recorded=3),
        Iterator[tuple[Day, dict[str, Contacts]]],
    )
    ledger.fold(OFFICES, recorded=3, published="2024")


def said(event: Event) -> str:
    """A field of a record has the type that it reads with."""
    return str(event.when)
