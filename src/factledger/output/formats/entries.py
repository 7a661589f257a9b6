"""Entries → JSON objects: the record with its place in the log."""

from __future__ import annotations

from typing import Any

from factledger.records.codec import to_body
from factledger.records.entries import Entry


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
