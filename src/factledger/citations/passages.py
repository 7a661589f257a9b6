"""Sealed passages: where each stands in a text, at its stated position or where it moved to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from factledger.citations.folding import FoldedText, Found, fold_text
from factledger.citations.quotes import Missing, sealed_at
from factledger.citations.seals import SealKey, fitting_key, sealed_words

_SEARCHED = 1_000_000  # passages of one length in which lost seals are looked for
_HASHED = 1_000_000_000  # code points of passages of one length that are hashed for it
SEARCHED_IN_ALL = 5_000_000
"""The most passages of a text that are hashed to find where sealed ones moved to, of all lengths."""

_SHIFTS = 8  # ways in which others moved, at which one is looked for that was not searched


class SealedPassages:
    """The passages of one text whose seals are asked for.

    Those of one length are looked for together, in one walk through the text: `expect` says
    beforehand what will be asked for. Past a number of passages one is looked for only where the others
    moved to: what stands before them was made longer or shorter for all.
    """

    def __init__(self, text: FoldedText | str, key: SealKey | None = None) -> None:
        self._text = fold_text(text) if isinstance(text, str) else text
        self._key = key
        self._left = SEARCHED_IN_ALL
        self._wanted: defaultdict[int, set[str]] = defaultdict(set)
        self._moved: dict[tuple[str, int], list[Found]] = {}
        self._shifts: dict[int, None] = {}

    def expect(self, seals: Iterable[tuple[str, int]]) -> None:
        """Note seals that will be asked for, each with the length of its passage."""
        for seal, length in seals:
            self._wanted[length].add(seal)

    def locate(self, seal: str, start: int, end: int) -> Found | Missing:
        """Return where the sealed passage stands: at its stated position, else where it moved to.

        A moved passage is looked for among all passages of the same length in the first million
        code points; of several the nearest to the stated position is returned, of two equally near
        the earlier. So an insertion earlier in the text reads as moved, a change inside as missing.

        >>> from factledger.citations.quotes import seal
        >>> SealedPassages("Later: he left.").locate(seal("he left"), 0, 7)
        Found(start=7, end=14)
        """
        if self._stands(seal, start, end):
            return Found(start, end)
        places = self._places(seal, end - start) or self._shifted(seal, start, end)
        if not places:
            advice = "check that this is the text that was cited"
            return Missing(f"the sealed passage of {start}-{end}", advice)
        nearest = min(places, key=lambda place: abs(place.start - start))
        newest = {nearest.start - start: None, **self._shifts}
        self._shifts = dict(islice(newest.items(), _SHIFTS))
        return nearest

    def _stands(self, seal: str, start: int, end: int) -> bool:
        """Return whether a sealed passage stands at a position."""
        original, key = self._text.original, fitting_key(seal, self._key)
        inside = 0 <= start < end <= len(original)
        return inside and sealed_at(original, start, end, key) == seal

    def _shifted(self, seal: str, start: int, end: int) -> list[Found]:
        """Return where a passage stands that moved as others did."""
        moved = ((start + by, end + by) for by in self._shifts)
        return [Found(*place) for place in moved if self._stands(seal, *place)]

    def _places(self, seal: str, length: int) -> list[Found]:
        """Return the places of a sealed passage that is not at its own."""
        if length < 1:
            return []
        if (seal, length) not in self._moved:
            wanted = self._wanted.pop(length, set()) | {seal}
            self._moved.update({(one, length): [] for one in wanted})
            self._search(wanted, length)
        return self._moved[seal, length]

    def _search(self, wanted: set[str], length: int) -> None:
        """Look for the passages of one length, each kind of seal among its own."""
        keys = {fitting_key(seal, self._key) for seal in wanted}
        most = min(_SEARCHED, _HASHED // length, self._left)
        for i, j in islice(self._text.windows(length), most):
            self._left -= 1
            for key in keys:
                found = sealed_words(self._text.text[i:j].strip(" "), key)
                if found in wanted:
                    self._moved[found, length].append(self._text.place(i, j))
