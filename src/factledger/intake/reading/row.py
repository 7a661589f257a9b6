"""A row of a file: its cells, and how one finds it again; and how a file is to be read."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from factledger.named import NamedTuple


class Input(NamedTuple):
    """How a file is to be read, as far as its name does not say: None for the usual."""

    format: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None


class FileRow(NamedTuple):
    """One row: the line at which it begins, the SHA-256 of its bytes, and its cells by column.

    The bytes hashed are those of the file, as UTF-8 and without the line's end; of a sheet they are
    its texts as a list of JSON. `fault` says why the row cannot be read, and its cells are empty
    then. `raw` are the bytes, `columns` what the header names. `place` is where it stands, if no line
    says so.
    """

    line: int
    sha256: str
    cells: dict[str, str]
    fault: str | None = None
    raw: bytes = b""
    columns: Sequence[str] = ()
    place: str = ""

    @property
    def locator(self) -> str:
        """The words by which a citation finds the row again, and proves it."""
        return f"{self.place or f'line {self.line}'}, sha256 {self.sha256}"


def row_hash(raw: bytes) -> str:
    """Return the SHA-256 of a row's bytes without the end of its line."""
    return sha256(raw.rstrip(b"\r\n")).hexdigest()
