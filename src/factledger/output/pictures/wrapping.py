"""Words in lines that fit."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.text import columns


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the text in lines of at most `width` columns; a longer word is broken.

    >>> list(wrapped("to and fro, incessantly", 9))
    ['to and', 'fro,', 'incessant', 'ly']
    """
    row = ""
    for word in text.split(" "):
        if row and columns(f"{row} {word}") > width:
            yield row
            row = ""
        row = f"{row} {word}" if row else word
        while columns(row) > width:
            head = fitting(row, width)
            yield head
            row = row[len(head) :]
    yield row


def fitting(text: str, width: int) -> str:
    """Return as much of the beginning of a text as fits, a character at least.

    >>> fitting("日本とウクライナ", 5)
    '日本'
    """
    end = min(len(text), max(width, 1))
    while end > 1 and columns(text[:end]) > width:
        end -= 1
    return text[:end]
