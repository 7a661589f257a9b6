"""How the public names are used, for type checkers: they are to find nothing wrong here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import assert_type

import factledger
from factledger import (
    CONTACTS,
    OFFICES,
    Change,
    Contacts,
    Day,
    Entry,
    Event,
    Ledger,
    Projection,
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


def counted(ledger: Ledger) -> None:
    """A projection of one's own needs no annotation: it hands out what it folds, unless told otherwise."""

    def count(state: int, change: Change) -> int:
        return state + (change.after is Status.DEFINITE) - (change.before is Status.DEFINITE)

    definite = Projection("definite", int, count)
    assert_type(ledger.fold(definite, "2023"), int)
    in_words = Projection("in-words", int, count, str)
    assert_type(ledger.fold(in_words, "2023"), str)


def told(view: View) -> None:
    """A view is a collection, and gives itself as plain values."""
    assert_type(len(view), int)
    assert_type([standing.number for standing in view], list[int])
    assert_type(view.to_dict()["standings"][0]["entry"], int)
    assert_type(factledger.__version__, str)


def differing(ledger: Ledger) -> None:
    """What differs between two views gives itself as plain values as well."""
    assert_type(ledger.difference("2022", "2023").to_dict()["world"][0]["kind"], str)


def said(event: Event) -> str:
    """A field of a record has the type that it reads with."""
    return str(event.when)
