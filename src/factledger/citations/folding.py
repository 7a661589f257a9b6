"""Folding: a text without the marks of typesetting, and the way back to the text as given.

Every position is an offset in code points, the end not included. The fold does not depend on
the version of Unicode, but for code points that a version does not know yet.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, normalize

import attrs

DROPPED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""The soft hyphen and the marks without width: fold takes them out."""

WHITE = (
    "\t\n\v\f\r \x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000"
)
"""Unicode's White_Space, written out so that no version of Python folds another way."""

MARKS = 200
"""The most code points that are composed at once: putting marks in order takes their square."""

_DROP = str.maketrans("", "", DROPPED)
_STRAIGHT = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ", "'")
    | dict.fromkeys("“”„‟", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys(WHITE, " ")
    | {"…": "..."}
)


@attrs.frozen(order=True)
class Found:
    """A passage stands at `start` to `end`, the end not included.

    >>> str(Found(9, 13))
    '9-13'
    """

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


@attrs.frozen
class FoldedText:
    """A text after folding, with the way back: `original`, `text`, and where each letter was."""

    original: str
    text: str = attrs.field(eq=False)
    _starts: array[int] = attrs.field(eq=False, repr=False)
    _ends: array[int] = attrs.field(eq=False, repr=False)

    def place(self, start: int, end: int) -> Found:
        """Return where `text[start:end]` stands in the original.

        >>> fold_text("a  \u2026 z").place(2, 5)
        Found(start=3, end=4)
        """
        return Found(self._starts[start], self._ends[end - 1])

    def whole(self, start: int, end: int) -> bool:
        """Return whether `text[start:end]` cuts no character of the original in two."""
        return (start == 0 or self._starts[start - 1] != self._starts[start]) and (
            end == len(self.text) or self._ends[end - 1] != self._ends[end]
        )

    def windows(self, length: int) -> Iterator[tuple[int, int]]:
        """Yield the offsets in `text` of all passages of `length` code points of the original."""
        stops = {end: i + 1 for i, end in enumerate(self._ends)}
        for i, start in enumerate(self._starts):
            stop = stops.get(start + length)
            if stop is not None and self.whole(i, stop):
                yield i, stop


def fold_text(text: str) -> FoldedText:
    r"""Return a text without the differences of typesetting, the only ones that a quote may show.

    Soft hyphens and marks without width go out, the rest is composed (NFC, Unicode Annex 15),
    curly quotes and dashes become straight, an ellipsis sign becomes three dots, a run of white
    space becomes one space. Case, words, numbers and compatibility forms stay as they are.

    >>> fold_text("Kyiv\u2019s  \n co\u00adoperation \u2013 \u201cnew\u201d\u2026").text
    'Kyiv\'s cooperation - "new"...'
    """
    letters: list[str] = []
    starts, ends = array("L"), array("L")
    for start, end in _clusters(text):
        kept = _folded_cluster(text[start:end])
        if kept == " " and letters and letters[-1] == " ":
            ends[-1] = end
            continue
        letters.extend(kept)
        starts.extend([start] * len(kept))
        ends.extend([end] * len(kept))
    return FoldedText(text, "".join(letters), starts, ends)


LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
"""Letters that typesetting has put together, each with those that it stands for."""


def spelt_out(text: FoldedText) -> FoldedText:
    """Return a folded text with the letters that its ligatures stand for.

    >>> spelt_out(fold_text("o\N{LATIN SMALL LIGATURE FFI}ce")).text
    'office'
    """
    letters: list[str] = []
    starts, ends = array("L"), array("L")
    for i, letter in enumerate(text.text):
        spelt, place = LIGATURES.get(letter, letter), text.place(i, i + 1)
        letters.append(spelt)
        starts.extend([place.start] * len(spelt))
        ends.extend([place.end] * len(spelt))
    return FoldedText(text.original, "".join(letters), starts, ends)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the shortest spans that can be composed each on its own, dropped marks trimmed."""
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or not _joins(text, start, i):
            yield start, start + len(text[start:i].rstrip(DROPPED))
            start = i


def _joins(text: str, start: int, i: int) -> bool:
    """Return whether the character at `i` belongs to the cluster that begins at `start`."""
    char = text[i]
    if char < "\u0300":  # the first character that composes with one before it
        return char == "\u00ad"
    if char in DROPPED:
        return True
    if text[start] in WHITE:
        return False
    if category(char).startswith("M"):
        return i - start < MARKS
    before = text[start:i].translate(_DROP)  # Hangul and Kirat Rai letters compose too
    return normalize("NFC", before + char) != normalize("NFC", before) + normalize("NFC", char)


@lru_cache(maxsize=4096)
def _folded_cluster(cluster: str) -> str:
    return normalize("NFC", cluster.translate(_DROP)).translate(_STRAIGHT)
