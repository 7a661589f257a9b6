"""Sheets: the rows of a workbook (.xlsx), as texts. It is read as a stream, within limits."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from factledger.errors import MissingExtra

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MOST_UNPACKED = 2**28
"""The most bytes that the parts of a workbook may have, unpacked, by what it says of itself."""
MOST_STRINGS = 2**26
"""The most bytes of all parts but the sheets: the texts that they share are held in memory."""
_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})


def sheet_rows(path: str, sheet: str | None) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the rows of a sheet, of the first where none is named: number and texts, or a fault.

    A day is written as in ISO 8601, a number without `.0`; formulas are read as what was last worked
    out. Of cells that are merged the first holds the text. Rows without any text are passed over.
    Raises `ValueError` for what is no workbook, or too large.
    """
    _check_size(path)
    book = _opened(path)
    try:
        for number, cells in enumerate(_cells(_sheet(book, sheet)), start=1):
            row = _row(cells)
            if row:
                yield number, row
    finally:
        book.close()


def _cells(sheet: Any) -> Iterator[tuple[object, ...]]:
    """Yield the cells of each row; whatever is wrong with the workbook is one error."""
    try:
        sheet.reset_dimensions()  # what a workbook says of its size need not be so
        rows = sheet.iter_rows(values_only=True)
        while (cells := next(rows, None)) is not None:
            yield cells
    except Exception as error:  # of many kinds, for a file that is damaged, or made to do harm
        raise ValueError(f"it cannot be read as a workbook (.xlsx): {error}") from None


def _check_size(path: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise ValueError("it is no workbook (.xlsx)") from None
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ValueError(f"unpacked it has more than {MOST_UNPACKED:,} bytes; save it as CSV")
    others = (part.file_size for part in parts if "worksheets/" not in part.filename)
    if sum(others) > MOST_STRINGS:
        raise ValueError(f"its texts have more than {MOST_STRINGS:,} bytes; save it as CSV")


def _opened(path: str) -> Workbook:
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError:
        raise MissingExtra("workbooks (.xlsx)", "openpyxl", "xlsx") from None
    try:
        return load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # of many kinds, for a file that is damaged
        raise ValueError(f"it cannot be read as a workbook (.xlsx): {error}") from None


def _sheet(book: Workbook, name: str | None) -> Any:
    names = book.sheetnames
    if name is not None and name not in names:
        raise ValueError(f"it has no sheet {name!r}; it has {', '.join(names)}")
    return book[name or names[0]]


def _row(cells: tuple[object, ...]) -> list[str] | str:
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    wrong = next((text for text in texts if text in _ERRORS), None)
    return f"a cell holds {wrong}, which is the mistake of a formula" if wrong else texts


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
