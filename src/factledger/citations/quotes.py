"""Quotes: where they stand in a text, word for word, and their seals.

A quote is looked for exactly, after the fold. There is no fuzzy matching: a quote with its year
changed scores as high as a true one. Every position is an offset in code points of the text as
given, the end not included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import attrs

from factledger.citations.folding import FoldedText, Found, fold_text
from factledger.citations.seals import SealKey, fitting_key, sealed_words

__all__ = [
    "FoldedText",
    "Found",
    "Missing",
    "Repeated",
    "find",
    "fold_text",
    "locate_seal",
    "seal",
    "sealed_at",
]

_SEARCHED = 1_000_000  # code points in which a lost seal or a nearest passage is looked for
_HASHED = 1_000_000_000  # code points of passages that are hashed to find a lost seal, in all
_COMPARED = 100_000_000  # code points that are compared to find all places of a quote, in all


@attrs.frozen
class Missing:
    """The wanted passage is not in the text; `advice` says what to do."""

    wanted: str
    advice: str

    def __str__(self) -> str:
        return f"{self.wanted} is not in the text; {self.advice}"


@attrs.frozen
class Repeated:
    """A quote stands in the text more than once, at `places`, in their order."""

    quote: str
    places: tuple[Found, ...]

    def __str__(self) -> str:
        first = ", ".join(map(str, self.places[:3])) + (", ..." if self.places[3:] else "")
        return (
            f"the quote {_short(self.quote)!r} stands in the text {len(self.places)} times "
            f"({first}); add a prefix or suffix that stands directly beside the one meant"
        )


def _needle(quote: str) -> str:
    return fold_text(quote).text.strip(" ")


def find(
    quote: str, text: FoldedText, *, prefix: str = "", suffix: str = ""
) -> Found | Missing | Repeated:
    r"""Return where the quote stands in the original text, if it stands there once.

    `prefix` and `suffix` are folded like the quote and must stand directly before and after it,
    white space apart. The quote may begin or end inside a word: `cues.cut_word` tells.

    >>> find("visited Kyiv", fold_text("The minister visited\nKyiv in March."))
    Found(start=13, end=25)
    >>> print(find("in March", fold_text("Not in March 2022, but in March 2023."), suffix="2023"))
    23-31
    """
    needle = _needle(quote)
    if not needle:
        return Missing("an empty quote", "quote the words that say it")
    most = max(_COMPARED // len(needle), 10)
    found = list(islice(_hits(needle, text.text), most))
    if len(found) == most:
        return Repeated(quote, tuple(text.place(i, i + len(needle)) for i in found))
    hits = [i for i in found if text.whole(i, i + len(needle))]
    before, after = _needle(prefix), _needle(suffix)
    places = tuple(
        text.place(i, i + len(needle))
        for i in hits
        if _beside(text.text, i, i + len(needle), before, after)
    )
    if len(places) == 1:
        return places[0]
    return Repeated(quote, places) if places else Missing(*_miss(needle, text.text, bool(hits)))


def _hits(needle: str, text: str) -> Iterator[int]:
    i = text.find(needle)
    while i >= 0:
        yield i
        i = text.find(needle, i + 1)


def _beside(text: str, start: int, end: int, before: str, after: str) -> bool:
    left = start - 1 if text[start - 1 : start] == " " else start
    right = end + 1 if text[end : end + 1] == " " else end
    return text.endswith(before, 0, left) and text.startswith(after, right)


def _miss(needle: str, text: str, hits: bool) -> tuple[str, str]:
    """Return the missing passage, with advice."""
    wanted = f"the quote {_short(needle)!r}"
    if hits:
        return f"{wanted} between this prefix and suffix", "it stands there beside other words"
    near = _nearest(needle, text)
    seen = f"the nearest passage is {_short(near)!r}; " if near else ""
    return wanted, f"{seen}copy it word for word, and cite two passages as two quotes"


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "..."


def _nearest(needle: str, text: str) -> str:
    """Return the part of the sentence with most of the needle's words, or nothing: advice only."""
    words = set(needle.split())
    sentences = re.findall(r"[^.!?]{1,300}", text[:_SEARCHED])
    best = max(
        sentences, key=lambda sentence: len(words.intersection(sentence.split())), default=""
    )
    if 2 * len(words.intersection(best.split())) < len(words):
        return ""
    from difflib import SequenceMatcher  # only an error needs it

    blocks = SequenceMatcher(None, needle[:300], best, autojunk=False).get_matching_blocks()
    matched = [block for block in blocks if block.size > 2]
    return best[matched[0].b : matched[-1].b + matched[-1].size].strip() if matched else ""


def seal(quote: str, key: SealKey | None = None) -> str:
    """Return the seal of a quote: the SHA-256, in hex, of the UTF-8 of its folded, stripped words.

    With a key it is an HMAC-SHA-256 of them, and says which key that was.

    >>> seal("Kyiv\u2019s  offer") == seal(" Kyiv's offer ")
    True
    """
    return sealed_words(_needle(quote), key)


def sealed_at(text: str, start: int, end: int, key: SealKey | None = None) -> str:
    """Return the seal of the passage from `start` to `end`."""
    return seal(text[start:end], key)


def locate_seal(
    text: FoldedText | str, seal: str, start: int, end: int, key: SealKey | None = None
) -> Found | Missing:
    """Return where the sealed passage stands: at its stated position, else where it moved to.

    A moved passage is looked for among all passages of the same length in the first million code
    points; of several the nearest to the stated position is returned, of two equally near the
    earlier. So an insertion earlier in the text reads as moved, a change inside as missing.

    >>> locate_seal("Later: he left.", seal("he left"), 0, 7)
    Found(start=7, end=14)
    """
    folded = fold_text(text) if isinstance(text, str) else text
    stated = 0 <= start < end <= len(folded.original)
    key = fitting_key(seal, key)
    if stated and sealed_at(folded.original, start, end, key) == seal:
        return Found(start, end)
    moved = _moved(folded, seal, end - start, key) if end > start else []
    return min(
        moved,
        key=lambda place: abs(place.start - start),
        default=Missing(
            f"the sealed passage of {start}-{end}", "check that this is the text that was cited"
        ),
    )


def _moved(text: FoldedText, seal: str, length: int, key: SealKey | None) -> list[Found]:
    most = min(_SEARCHED, _HASHED // length)
    return [
        text.place(i, j)
        for i, j in text.windows(length)
        if i < most and sealed_words(text.text[i:j].strip(" "), key) == seal
    ]
