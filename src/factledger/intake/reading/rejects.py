"""Rejects: the rows of a file that are left out, written as they were, with the reasons."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

from factledger.intake.reading.row import FileRow, Input
from factledger.intake.rows import row_format, rows_of_file

REASON = "reason"
"""The column in which a file of rejects says why; a map need not name it."""


_TABLES = ("csv", "xlsx", "gdelt")


def rejected_rows(
    given: Input, path: str, name: str, reasons: Mapping[int, Sequence[str]]
) -> Iterator[bytes]:
    """Yield the lines of a file of rejects: the rows whose lines have reasons, in the order of the file.

    It is UTF-8 with the columns of the file and `reason`: CSV with the file's delimiter where the
    file is a table, else JSON Lines. Bytes that are in no encoding stay as they are.
    """
    form, delimiter = row_format(path, given.format, given.delimiter, name)
    header: Sequence[str] | None = None
    for row in rows_of_file(given, path, name):
        if row.line not in reasons:
            continue
        told = f"line {row.line}: {'; '.join(reasons[row.line])}"
        if form not in _TABLES:
            yield _object(row, told)
            continue
        if header is None:
            header = [column for column in row.columns if column != REASON]
            yield _csv([*header, REASON], delimiter)
        yield _csv(_cells(row, form, delimiter, told), delimiter)


def _object(row: FileRow, told: str) -> bytes:
    raw = row.raw.decode("utf-8", "surrogateescape").strip()
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        made = json.dumps({"row": raw, REASON: told}, ensure_ascii=False)
    elif REASON in found or not found:
        made = json.dumps({**found, REASON: told}, ensure_ascii=False)
    else:  # its numbers keep their digits
        made = (
            f"{raw[:-1].rstrip()}, {json.dumps(REASON)}: {json.dumps(told, ensure_ascii=False)}}}"
        )
    return (made + "\n").encode("utf-8", "surrogateescape")


def _cells(row: FileRow, form: str, delimiter: str, told: str) -> list[str]:
    """Return the cells of a row below the columns of the file, and the reason below its own."""
    text = row.raw.decode("utf-8", "surrogateescape")
    cells = _sheet_cells(text) if form == "xlsx" else _csv_cells(text, delimiter)
    cells += [""] * (len(row.columns) - len(cells))
    if REASON in row.columns:
        del cells[list(row.columns).index(REASON)]
    return [*cells, told]


def _sheet_cells(text: str) -> list[str]:
    found = json.loads(text)
    return found if isinstance(found, list) else []


def _csv_cells(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return [text.rstrip("\r\n")]


def _csv(cells: Sequence[str], delimiter: str) -> bytes:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return line.getvalue().encode("utf-8", "surrogateescape")
