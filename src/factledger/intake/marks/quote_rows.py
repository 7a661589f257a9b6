"""A spreadsheet of quotes, saved as CSV → marks: a row each."""

from __future__ import annotations

import csv
import io

from factledger.intake.documents import refused_by
from factledger.intake.marks.mark import FIELDS, LISTED, MarkedPassage


def row_marks(text: str, name: str) -> list[MarkedPassage]:
    """Return the marks of a table with a column `quote`; the other columns are named as in a draft.

    Several actors of one cell are parted by `;`. A column of another name is told in the comment.
    Raises `Refused` for a table without quotes.
    """
    dialect = "\t" if "\t" in text.partition("\n")[0] else ","
    if dialect == "," and ";" in text.partition("\n")[0]:
        dialect = ";"
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=dialect))
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if "quote" not in head:
        found = ", ".join(head) or "nothing"
        raise refused_by("draft-readable", f"{name}:1", f"wanted a column 'quote', found {found}")
    return [
        _mark(dict(zip(head, row, strict=False)), f"{name}: row {i}")
        for i, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]


def _mark(row: dict[str, str], where: str) -> MarkedPassage:
    cells = {name: cell.strip() for name, cell in row.items() if cell.strip()}
    fields: dict[str, object] = {}
    for name in FIELDS & cells.keys():
        several = [part.strip() for part in cells[name].split(";")] if name in LISTED else []
        fields[name] = several if len(several) > 1 else cells[name]
    if "/" in str(fields.get("type", "")):
        fields["type"], _, fields["mode"] = str(fields["type"]).partition("/")
    others = cells.keys() - FIELDS - {"quote", "prefix", "suffix", "note"}
    said = [cells.get("note", ""), *(f"{name}: {cells[name]}" for name in sorted(others))]
    return MarkedPassage(
        where=where,
        quote=cells.get("quote"),
        prefix=cells.get("prefix", ""),
        suffix=cells.get("suffix", ""),
        comment=" ".join(part for part in said if part),
        fields=dict(sorted(fields.items())),
    )
