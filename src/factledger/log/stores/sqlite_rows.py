"""Lines as rows of a SQLite file, and back."""

from __future__ import annotations

import re

from factledger.dates.instant_form import is_instant
from factledger.log.lines import Line, salt_of, salt_text, unfit

_is_salt = re.compile(rb"[A-Za-z0-9_-]{21}[AQgw]").fullmatch


def line_of(
    seq: int,
    at: str | None,
    batch: int,
    last: int | None,
    body: bytes | None,
    salt: bytes | None,
    commit: bytes | None,
    hash_: bytes,
) -> Line:
    """Return the line of a row, of which nothing but its form is verified yet.

    Raises ValueError for a row that is none of a line: a file of somebody else may hold anything.
    """
    begun = at is None and last is None  # it names a batch that is not there
    dated = begun or (type(at) is str and is_instant(at) and type(last) is int)
    if not (dated and type(batch) is int and _is_hash(hash_) and _is_content(body, salt, commit)):
        raise ValueError("its row is not one of a line")
    known = commit.hex() if commit else ""
    return Line(seq, at or "", batch, last or 0, body, salt and salt_of(salt), known, hash_.hex())


def _is_hash(value: object) -> bool:
    return type(value) is bytes and len(value) == 32


def _is_content(body: object, salt: object, commit: object) -> bool:
    """Return whether body and salt could stand in a line, or what stands for them."""
    if body is None and salt is None:
        return _is_hash(commit)
    if type(body) is not bytes or type(salt) is not bytes or commit is not None:
        return False
    return _is_salt(salt) is not None and unfit(body, salt_of(salt)) is None


def row_of(line: Line) -> tuple[object, ...]:
    """Return the row of a line: seq, batch, body, salt, commit and hash."""
    if line.body is None or line.salt is None:
        return (
            line.seq,
            line.batch,
            None,
            None,
            bytes.fromhex(line.commit),
            bytes.fromhex(line.hash),
        )
    salt = salt_text(line.salt).decode()
    return line.seq, line.batch, line.body.decode(), salt, None, bytes.fromhex(line.hash)
