"""Entries on standard output, in the machine formats."""

from __future__ import annotations

from collections.abc import Iterable

from factledger.cli.output import write_csv, write_json, write_json_lines, write_tsv
from factledger.output.formats.entries import entry_object
from factledger.output.formats.entries_csv import COLUMNS, entry_row
from factledger.records.entries import Entry


def write_entries(form: str, entries: Iterable[Entry]) -> None:
    """Write entries in a machine format: one JSON array, JSON lines, CSV or tab-separated rows."""
    if form == "json":
        write_json([entry_object(e) for e in entries])
    elif form == "jsonl":
        write_json_lines(entry_object(e) for e in entries)
    elif form == "csv":
        write_csv(COLUMNS, (entry_row(e) for e in entries))
    else:
        write_tsv(entry_row(e) for e in entries)
