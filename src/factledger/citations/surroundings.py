"""A passage in its sentence: the words that were cited, and what stands around them."""

from __future__ import annotations

from factledger.citations.cues import sentence_around
from factledger.named import NamedTuple


class Passage(NamedTuple):
    """The words of a citation, with those of its sentence before and after, on one line."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}‹{self.words}›{self.after}"


def passage_in(text: str, start: int, end: int) -> Passage | None:
    r"""Return the passage of a text in its sentence; None where the text does not go so far.

    Runs of white space are one blank.

    >>> print(passage_in("He left.  She did\nnot go. Why?", 14, 24))
    She ‹did not go›.
    """
    if not 0 <= start < end <= len(text):
        return None
    first, last = sentence_around(text, start, end)
    before, words, after = (
        " ".join(part.split()) for part in (text[first:start], text[start:end], text[end:last])
    )
    left = " " if before and text[start - 1].isspace() else ""
    right = " " if after and text[end].isspace() else ""
    return Passage(f"{before}{left}", words, f"{right}{after}")
