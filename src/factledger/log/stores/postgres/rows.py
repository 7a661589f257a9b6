"""Lines as rows on a server, and back."""

from __future__ import annotations

from typing import TypeAlias

from factledger.dates.instant_form import is_instant
from factledger.log.lines import Line, unfit

COLUMNS = 'seq, batch, last, at, "commit", hash, body, salt'
ServerRow: TypeAlias = tuple[int, int, int, str, bytes, bytes, str | None, bytes | None]
"""The columns of a line, as `COLUMNS` names them."""


def row_line(row: ServerRow) -> Line:
    """Return the line of a row, of which nothing but its form is verified yet.

    Raises ValueError for a row that is none of a line: an owner of the server can write anything.
    """
    seq, batch, last, at, commit, hash_, body, salt = row
    raw = None if body is None else body.encode()
    if not is_instant(at) or (raw is None) != (salt is None):
        raise ValueError("its row is not one of a line")
    if raw is not None and salt is not None and unfit(raw, salt):
        raise ValueError("its row is not one of a line")
    return Line(seq, at, batch, last, raw, salt, commit.hex(), hash_.hex())


def line_row(line: Line) -> ServerRow:
    """Return the row of a line."""
    body = None if line.body is None else line.body.decode()
    commit, hash_ = bytes.fromhex(line.commit), bytes.fromhex(line.hash)
    return line.seq, line.batch, line.last, line.at, commit, hash_, body, line.salt
