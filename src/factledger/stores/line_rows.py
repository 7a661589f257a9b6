"""Lines as rows of a SQLite file, and back."""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64

from factledger.lines import Line

_TO_BASE64URL = bytes.maketrans(b"+/", b"-_")
_FROM_BASE64URL = bytes.maketrans(b"-_", b"+/")


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
    """Return the line of a row, of which nothing is verified yet."""
    bare, known = salt and salt_of(salt), commit.hex() if commit else ""
    return Line(seq, at or "", batch, last or 0, body, bare, known, hash_.hex())


def salt_of(text: bytes) -> bytes:
    """Return the salt that a row keeps as text."""
    return a2b_base64(text.translate(_FROM_BASE64URL) + b"==")


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
    salt = b2a_base64(line.salt, newline=False).translate(_TO_BASE64URL)[:22].decode()
    return line.seq, line.batch, line.body.decode(), salt, None, bytes.fromhex(line.hash)
