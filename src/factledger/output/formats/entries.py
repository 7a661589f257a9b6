"""Entries → JSON objects and flat rows: the record with its place in the log."""

from __future__ import annotations

from factledger.index.base import Index
from factledger.index.contents.addresses import Addresses
from factledger.output.words.entries import record_sentence
from factledger.records.codec import Body, to_body
from factledger.records.entries import Entry
from factledger.status.belief import Belief
from factledger.views.inquiries.search import SearchResult
from factledger.views.plain.answer_shapes import FoundShape, SearchShape
from factledger.views.plain.objects import cuts_object
from factledger.views.plain.shapes import AddressedShape, EntryShape
from factledger.views.view import View

ENTRY_COLUMNS = (
    "entry", "at", "batch", "hash", "kind", "id", "label", "target", "reason", "type", "mode",
    "value", "polarity", "modality", "attributed_to", "hedge", "participants", "when", "since", "until",
    "text", "citations", "told_to", "told_when", "condition",
)  # fmt: skip


def entry_object(entry: Entry) -> EntryShape:
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


def search_object(words: str, found: SearchResult, view: View) -> SearchShape:
    """Return what a search found as plain values: each entry as it is, and in a sentence."""
    return {
        **cuts_object(view.at),
        "query": words,
        "total": found.total,
        "first": found.first,
        "beginnings": found.beginnings,
        "facets": found.facets,
        "entries": [found_object(number, view.belief) for number in found.numbers],
    }


def found_object(number: int, belief: Belief) -> FoundShape:
    """Return an entry that was found, with its sentence and the entry by which it stands no longer."""
    index = belief.index
    record = index.record(number)
    return {
        "entry": number,
        "at": index.at(number),
        "batch": index.batch(number),
        "hash": index.hash(number),
        "record": None if record is None else to_body(record),
        "kind": index.kind(number),
        "sentence": record_sentence(record, belief),
        "retired_by": belief.retired_by(number),
    }


def addressed_entry(entry: Entry, index: Index) -> AddressedShape:
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
    if name in ("attributed_to", "told_to"):
        return "; ".join(value or ())
    return "" if value is None else str(value)


def _place(citation: Body) -> str:
    if "start" in citation:
        return f"{citation['source']}:{citation['start']}-{citation['end']}"
    return f"{citation['source']}, {citation.get('locator') or citation.get('quote')}"
