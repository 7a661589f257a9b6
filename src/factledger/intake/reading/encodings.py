"""Encodings: the bytes of a file, in whatever writing, as lines of UTF-8."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import IO

LONGEST_ROW = 2**20
"""The most bytes that a row may have, unpacked: so much of a file is held in memory, and no more."""

_MARKS = {  # the longest first: that of UTF-32 begins as that of UTF-16 does
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_NO_WRITING = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}
)
_LOOKED_AT = 2**16


def known_encoding(name: str) -> bool:
    """Return whether Python can read text in an encoding of this name.

    >>> known_encoding("Windows-1252"), known_encoding("rot13")
    (True, False)
    """
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return found._is_text_encoding and found.name.replace("_", "-") not in _NO_WRITING


def utf8_lines(file: IO[bytes], encoding: str | None) -> Iterator[bytes]:
    """Return the lines of an open file as UTF-8, whatever ends them; a long one comes in parts.

    Without an encoding it is that of the file's byte order mark, else UTF-8, whose bytes stay as they
    are. Lines end with LF, or with CR where the file has no LF. Raises `UnicodeDecodeError` for what
    is not in its encoding, if that has no bytes that stand alone.
    """
    head = file.read(_LOOKED_AT)
    marked = next((name for mark, name in _MARKS.items() if head.startswith(mark)), None)
    found = codecs.lookup(encoding or marked or "utf-8").name
    if found == "utf-8" and b"\0" in head[:2]:
        raise UnicodeDecodeError(found, head, 0, 2, "two bytes a character")
    stream: IO[bytes] = io.BufferedReader(_Again(head, file))  # type: ignore[type-var]
    if found == "utf-8" and not (b"\r" in head and b"\n" not in head):
        return iter(lambda: stream.readline(LONGEST_ROW + 1), b"")
    wide = found.startswith(("utf-16", "utf-32"))
    text = io.TextIOWrapper(
        stream, found, errors="strict" if wide else "surrogateescape", newline=""
    )
    return (
        line.encode("utf-8", "surrogateescape")
        for line in iter(lambda: text.readline(LONGEST_ROW + 1), "")
    )


class _Again(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        block = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(block)] = block
        return len(block)
