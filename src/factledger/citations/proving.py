"""Citations proved against the text of their source: found there, once, whole, and not negated."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from factledger.citations.cues import cut_word, negation_cue, relative_cue
from factledger.citations.folding import FoldedText, fold_text
from factledger.citations.passages import SealedPassages
from factledger.citations.quotes import Found, Missing, find, is_other_than, rejoined, seal, spanned
from factledger.citations.seals import SealKey, key_fault
from factledger.errors import Fault

_DATED = ("when", "since", "until")
_CLAIMS = ("event", "state", "tally", "assessment")
_NOTED = ("close", "corroborate", "dispute")  # records whose note answers a cue
_folded = lru_cache(maxsize=8)(fold_text)


def text_hash(text: str) -> str:
    """Return the SHA-256, in hex, of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@attrs.frozen
class Proved:
    """A citation as it will be written, and what is wrong with it."""

    citation: dict[str, Any]
    faults: tuple[Fault, ...] = ()


def prove(
    citation: Mapping[str, Any],
    claim: Mapping[str, Any],
    text: str | None,
    *,
    sealed: bool,
    key: SealKey | None = None,
    passages: SealedPassages | None = None,
) -> Proved:
    """Return the citation with its position, sealed if its source's policy is `sealed`.

    `claim` is the body that cites; `text` the source's text, None where nobody has it at hand;
    `key` what passages are sealed with, None for plain seals. `passages` are those of the text,
    where more citations of it are proved.
    """
    if not _readable(citation):
        return Proved(dict(citation))
    if text is None:
        return Proved(dict(citation), tuple(_unproved(citation)))
    if "quote" not in citation and "start" not in citation:
        return Proved(dict(citation))
    folded = _folded(text)
    place = _place(citation, folded, key, passages or SealedPassages(folded, key))
    if not isinstance(place, Found):
        return Proved(dict(citation), (place,))
    kept = {name: citation[name] for name in ("source", "locator") if name in citation}
    words = citation.get("quote", text[place.start : place.end])
    if is_other_than(words, text[place.start : place.end]):
        words = text[place.start : place.end]
    said = {"sealed": seal(words, key)} if sealed else {"quote": words}
    faults = tuple(_faults(claim, text, place))
    return Proved({**kept, "start": place.start, "end": place.end, **said}, faults)


def _readable(citation: Mapping[str, Any]) -> bool:
    """Return whether the words are text and the place two numbers: if not, its form is the fault."""
    words = all(
        isinstance(citation.get(n, ""), str) for n in ("quote", "prefix", "suffix", "sealed")
    )
    numbers = all(type(citation.get(n, 0)) is int for n in ("start", "end"))
    return words and numbers and ("start" in citation) == ("end" in citation)


def _unproved(citation: Mapping[str, Any]) -> Iterator[Fault]:
    if "quote" in citation or "start" in citation:
        yield (
            "quote-proved",
            f"the text of source {citation.get('source')!r} is needed to prove this citation; "
            "give it with --text, or take it unproved with --unproved",
        )


def _place(
    citation: Mapping[str, Any], text: FoldedText, key: SealKey | None, passages: SealedPassages
) -> Found | Fault:
    if "quote" in citation:
        beside = {n: citation[n] for n in ("prefix", "suffix") if n in citation}
        found = find(citation["quote"], text, **beside)
        if isinstance(found, Found):
            return found
        named = None if beside else spanned(citation["quote"], text)
        if named is None and not beside and isinstance(found, Missing):
            named = rejoined(citation["quote"], text)
        if named is not None:
            return named
        return ("quote-single" if hasattr(found, "places") else "quote-found"), str(found)
    start, end = citation["start"], citation["end"]
    if not 0 <= start < end <= len(text.original):
        return (
            "quote-found",
            f"{start}-{end} is no place in a text of {len(text.original)} characters",
        )
    stated = citation.get("sealed")
    if stated is None:
        return Found(start, end)
    if needed := key_fault(stated, key):
        return "quote-proved", f"the passage at {start}-{end}: {needed}"
    moved = passages.locate(stated, start, end)
    if moved == Found(start, end):
        return moved
    where = f"its words stand at {moved}" if isinstance(moved, Found) else str(moved)
    return "quote-found", f"the sealed passage is not at {start}-{end}: {where}"


def _faults(claim: Mapping[str, Any], text: str, place: Found) -> Iterator[Fault]:
    kind = claim.get("kind")
    cut = cut_word(text, place.start, place.end)
    if cut:
        yield "quote-whole", f"the quote cuts the word {cut!r}; quote whole words"
    inferred = {i.get("field") for i in _listed(claim.get("inferred")) if isinstance(i, dict)}
    cue = negation_cue(text, place.start, place.end)
    answered = "polarity" in claim or "polarity" in inferred
    answered = answered or kind == "note" or (kind in _NOTED and "note" in claim)
    if cue and not answered:
        yield (
            "quote-negation",
            f"the sentence of the quote says {cue!r} outside it; quote that too{_answer(kind)}",
        )
    relative = relative_cue(text[place.start : place.end])
    dated = [name for name in _DATED if name in claim]
    place_of_reason = "note" if kind == "close" else "inferred"
    explained = inferred.intersection(_DATED) or (kind == "close" and "note" in claim)
    if relative and dated and not explained:
        yield (
            "relative-date",
            f"the quote dates itself by {relative!r}; say in {place_of_reason} why {dated[0]} is "
            f"{claim[dated[0]]!r}",
        )


def _answer(kind: object) -> str:
    """Return how else a record of a kind can answer a negation beside its quote."""
    if kind in _CLAIMS:
        return ', or say polarity = "asserted" or "denied"'
    return ", or say in note how it is meant" if kind in _NOTED else ""


def _listed(value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()
