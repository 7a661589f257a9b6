"""Machine formats on standard output: UTF-8 whatever the terminal, one record at a time."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from factledger.cli.output_files import OutputFile, written_to
from factledger.text import show, show_json, spreadsheet_cell

if TYPE_CHECKING:
    from factledger.records.entries import Entry


def write_bytes(lines: Iterable[bytes]) -> None:
    """Write lines as they are, each with a newline."""
    sys.stdout.flush()
    for line in lines:
        sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def write_out(data: bytes, file: OutputFile | None) -> None:
    """Write bytes to a file, or to standard output; a terminal is spared binary data."""
    if file is None and b"\0" in data and sys.stdout.isatty():
        raise click.UsageError("this is no text for a terminal; write it to a file with -o FILE")
    with written_to(file):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def write_json(value: Any) -> None:
    """Write one JSON value, indented."""
    write_bytes([json_text(value).encode()])


def json_text(value: Any) -> str:
    """Return one JSON value, indented."""
    return json_bytes(value, indent=2).decode()


def write_json_lines(values: Iterable[Any]) -> None:
    """Write JSON values, one a line."""
    write_bytes(json_bytes(value) for value in values)


def json_bytes(value: Any, indent: int | None = None) -> bytes:
    """Return a value as JSON, with escapes for characters that hide or act in a terminal."""
    return show_json(json.dumps(value, ensure_ascii=False, indent=indent)).encode()


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write comma-separated rows below a header; no cell is run as a formula, or acts."""
    write_bytes(csv_line(row) for row in (columns, *rows))


def csv_line(row: Sequence[str | int]) -> bytes:
    """Return one row of CSV (RFC 4180) without its end; a cell may hold line feeds.

    A number is no formula, whatever its sign.
    """
    line = io.StringIO()
    cells = [
        cell if isinstance(cell, int) else spreadsheet_cell(show(cell, newlines=True))
        for cell in row
    ]
    csv.writer(line, lineterminator="\n").writerow(cells)  # it quotes what holds such an end
    return line.getvalue()[:-1].encode()


def write_tsv(rows: Iterable[Sequence[str]]) -> None:
    """Write tab-separated rows without a header; tabs and line ends in a cell become escapes."""
    write_bytes("\t".join(map(show, row)).encode() for row in rows)


def write_entries(form: str, entries: Iterable[Entry]) -> None:
    """Write entries in a machine format: one JSON array, JSON lines, CSV or tab-separated rows."""
    from factledger.output.formats.entries import ENTRY_COLUMNS, entry_object, entry_row

    if form == "json":
        write_json([entry_object(e) for e in entries])
    elif form == "jsonl":
        write_json_lines(entry_object(e) for e in entries)
    elif form == "csv":
        write_csv(ENTRY_COLUMNS, (entry_row(e) for e in entries))
    else:
        write_tsv(entry_row(e) for e in entries)
