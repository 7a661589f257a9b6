"""Quotes: where they stand in a text, word for word, and their seals.

A quote is looked for exactly, after the fold. There is no fuzzy matching: a quote with its year
changed scores as high as a true one. Every position is an offset in code points of the text as
given, the end not included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

import attrs

from factledger.citations.folding import FoldedText, Found, fold_text, spelt_out
from factledger.citations.seals import SealKey, sealed_words

__all__ = [
    "FoldedText",
    "Found",
    "Missing",
    "Repeated",
    "find",
    "fold_text",
    "seal",
    "sealed_at",
]

_SEARCHED = 1_000_000  # code points in which a nearest passage is looked for
_COMPARED = 100_000_000  # code points that are compared to find the places of a quote, in all
_LOOKED_AT = 100  # code points that looking at one place is worth
_NAMED = 3  # places of a quote that stands oftener are named, and one more is looked for


@attrs.frozen
class Missing:
    """The wanted passage is not in the text; `advice` says what to do."""

    wanted: str
    advice: str

    def __str__(self) -> str:
        return f"{self.wanted} is not in the text; {self.advice}"


@attrs.frozen
class Repeated:
    """A quote stands in the text more than once, at `places`, the first four at most, in their order."""

    quote: str
    places: tuple[Found, ...]

    def __str__(self) -> str:
        first, more = ", ".join(map(str, self.places[:_NAMED])), self.places[_NAMED:]
        times = f"more than {_NAMED}" if more else len(self.places)
        return (
            f"the quote {_short(self.quote)!r} stands in the text {times} times "
            f"({first}{', ...' if more else ''}); "
            "add a prefix or suffix that stands directly beside the one meant"
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
    before, after = _needle(prefix), _needle(suffix)
    most = max(_COMPARED // (len(needle) + _LOOKED_AT), 10)
    hits, whole, places = 0, False, []
    for i in islice(_hits(needle, text.text), most):
        hits, j = hits + 1, i + len(needle)
        if not text.whole(i, j):
            continue
        whole = True
        if _beside(text.text, i, j, before, after):
            places.append(text.place(i, j))
            if len(places) > _NAMED:
                break
    if hits == most:  # it may stand beside them once more, further on
        first = islice(_hits(needle, text.text), _NAMED + 1)
        return Repeated(quote, tuple(text.place(i, i + len(needle)) for i in first))
    if len(places) == 1:
        return places[0]
    return Repeated(quote, tuple(places)) if places else Missing(*_miss(needle, text.text, whole))


_ELLIPSIS = re.compile(r"\s*(?:…|\.{3})\s*")
_SPANNED = 1000  # code points that a quote of its first and last words can have


def spanned(quote: str, text: FoldedText) -> Found | None:
    """Return the passage that a quote names by its first and its last words: `He was … in 2021`.

    The first words stand in the text once, and the passage ends with the last words behind them
    that come first. None for a quote without an ellipsis, and where there is no such passage.

    >>> spanned("She … Kyiv", fold_text("He left. She flew to Kyiv, then to Kyiv again."))
    Found(start=9, end=25)
    """
    ends = _ELLIPSIS.split(quote)
    first, last = (_needle(end) for end in ends) if len(ends) == 2 else ("", "")
    begun = find(first, text) if first and last else None
    if not isinstance(begun, Found):
        return None
    after = next(i for i in _hits(first, text.text) if text.place(i, i + len(first)) == begun)
    for i in _hits(last, text.text[: after + _SPANNED]):
        if i >= after + len(first) and text.whole(i, i + len(last)):
            return Found(begun.start, text.place(i, i + len(last)).end)
    return None


_BROKEN_QUOTE = 2000  # code points of a quote that is looked for across line ends
_LINE_END = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")


def rejoined(quote: str, text: FoldedText) -> Found | None:
    r"""Return the only passage that a quote names without its line ends and ligatures, None for none.

    A hyphen at the end of a line may be of the word or of the line: either is taken.

    >>> rejoined("well-known cooperation", fold_text("a well-\nknown coope-\nration"))
    Found(start=2, end=27)
    """
    plain, needle = spelt_out(text), spelt_out(fold_text(quote)).text.strip(" ")
    if not needle or len(needle) > _BROKEN_QUOTE:
        return None
    hits = _across_lines(needle).finditer(plain.text)
    found = {plain.place(*hit.span()) for hit in hits if _breaks_lines(hit, plain)}
    return found.pop() if len(found) == 1 else None


def _across_lines(needle: str) -> re.Pattern[str]:
    """Return the form of a passage that may be broken wherever its words could be."""
    parts = [re.escape(needle[0])]
    for before, letter in pairwise(needle):
        broken = before.isalpha() and letter.isalpha()
        parts.append(
            f"{'(- )?' if broken else ''}{re.escape(letter)}{'( )?' if letter == '-' else ''}"
        )
    return re.compile("".join(parts))


def _breaks_lines(hit: re.Match[str], text: FoldedText) -> bool:
    """Return whether a passage cuts no letter, and has more than a quote only where a line ends."""
    places = (text.place(*hit.span(group)) for group in range(1, len(hit.regs)) if hit[group])
    ends = all(_LINE_END.search(text.original, at.start, at.end) for at in places)
    return ends and text.whole(*hit.span())


def quoted_words(quote: str, text: str) -> str:
    """Return the words of a text that a quote names by its beginning and end, else the quote itself."""
    found = spanned(quote, fold_text(text))
    return quote if found is None else text[found.start : found.end]


def is_other_than(quote: str, words: str) -> bool:
    """Return whether a quote only names words, by their ends or without their line ends."""
    if _needle(quote) == _needle(words):
        return False
    return len(_ELLIPSIS.split(quote)) == 2 or rejoined(quote, fold_text(words)) is not None


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
