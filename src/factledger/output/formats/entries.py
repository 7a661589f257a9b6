"""Entries → JSON objects and flat rows: the record with its place in the log."""

from __future__ import annotations

from typing import Any

from factledger.index.base import Index
from factledger.index.contents.addresses import Addresses
from factledger.records.codec import Body, to_body
from factledger.records.entries import Entry

ENTRY_COLUMNS = (
    "entry", "at", "batch", "hash", "kind", "id", "label", "target", "reason", "type", "mode",
    "value", "polarity", "modality", "participants", "when", "since", "until", "text", "citations",
)  # fmt: skip


def entry_object(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain values; the record of a redacted one is None.

    >>> from factledger.ledger.ledger import Ledger
    >>> list(entry_object(Ledger.create("memory:", origin="example").entry(1)))
    ['entry', 'at', 'batch', 'hash', 'record']
    """
    return {
        "entry": entry.number,
        "at": entry.at,
        "batch": entry.batch,
        "hash": entry.hash,
        "record": None if entry.record is None else to_body(entry.record),
    }


def addressed_entry(entry: Entry, index: Index) -> dict[str, Any]:
    """Return an entry of an index as plain values, with its address, "" where it was erased."""
    return {**entry_object(entry), "address": Addresses(index).shown(entry.number)}


def entry_row(entry: Entry) -> tuple[str, ...]:
    """Return an entry as cells in the order of `ENTRY_COLUMNS`; several values are joined with `; `.

    What fits into no cell is left out. A correction shows its target and reason beside the
    record that it puts in place.
    """
    values = entry_object(entry)
    body: Body = values["record"] or {"kind": "redacted"}
    flat = {**body.get("record", {}), **values, **body}
    return tuple(_cell(name, flat) for name in ENTRY_COLUMNS)


def _cell(name: str, flat: Body) -> str:
    """Return one cell; the text of a source is its title, of an actor its names."""
    if name == "text":
        return str(flat.get("text") or flat.get("title") or ", ".join(flat.get("names", ())))
    value = flat.get(name)
    if name == "participants":
        return "; ".join(f"{p['role']}:{p['actor']}" for p in value or ())
    if name == "citations":
        return "; ".join(map(_place, value or ()))
    return "" if value is None else str(value)


def _place(citation: Body) -> str:
    if "start" in citation:
        return f"{citation['source']}:{citation['start']}-{citation['end']}"
    return f"{citation['source']}, {citation.get('locator') or citation.get('quote')}"
