"""The seventeen kinds of record, by name and by class."""

from __future__ import annotations

from typing import Any

from factledger.records.claims import SHAPES, Assessment, Event, State, Tally
from factledger.records.declarations import Actor, Header, Source, Type
from factledger.records.record import Record

KINDS = (
    "ledger", "source", "actor", "type", *SHAPES, "correct", "close", "retract", "corroborate",
    "dispute", "identify", "withdraw", "redact", "note",
)  # fmt: skip
CORRECTABLE = (*SHAPES, "source", "actor", "type")
_READY: dict[str, type[Any]] = {
    "ledger": Header,
    "source": Source,
    "actor": Actor,
    "type": Type,
    "event": Event,
    "state": State,
    "tally": Tally,
    "assessment": Assessment,
}


def class_of(kind: str) -> type[Any]:
    """Return the class of the records of a kind; those about records are loaded when they are met."""
    if kind in _READY:
        return _READY[kind]
    from factledger.records import amendments

    found: type[Any] = getattr(amendments, kind.capitalize())
    return found


def kind_of(record: Record) -> str:
    """Return the kind of a record, as its line names it."""
    return "ledger" if type(record) is Header else type(record).__name__.lower()
