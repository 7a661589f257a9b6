"""The terms of an entry: the words that it and the actors in it are known by, and its facets.

A pure reading of what the log holds up to the newest entry: whatever keeps them, they are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from factledger.index.bodies import CLAIM_KINDS, content_of, identifiers
from factledger.index.search.wanted import facet_term, words_in

if TYPE_CHECKING:
    from factledger.index.base import Index
    from factledger.records.codec import Body

_NO_WORDS = frozenset({
    "kind", "role", "polarity", "modality", "policy", "shape", "sha256", "sealed", "prefix", "suffix",
    "backfilled", "field", "changes", "key", "required", "begins", "ends",
})  # fmt: skip
_HOLE = re.compile(r"\{[^}]*\}")
_YEAR = re.compile(r"(?<![\d.-])-?\d{4}(?!\d)|(?<=\.\.)\d{4}(?!\d)|(?<=/)\d{4}(?!\d)")
_DATES = ("when", "since", "until", "published")


class EntryTerms:
    """The terms of the entries of an index; what it read of declarations is kept for the next entry.

    With a `cut` the names count that were given up to that entry.
    """

    def __init__(self, index: Index, cut: int | None = None) -> None:
        self._index = index
        self._cut = cut
        self._names: dict[str, frozenset[str]] = {}
        self._patterns: dict[tuple[str, str | None], frozenset[str]] = {}

    def of(self, number: int) -> set[str]:
        """Return the terms of an entry, none where its content was erased."""
        body = self._index.body(number)
        if body is None:
            return set()
        content = content_of(body)
        found = {term for text in strings_in(body) for term in words_in(text)}
        if content["kind"] in CLAIM_KINDS:
            for actor in (*identifiers(content), *speaking(content)):
                found |= self._names_of(actor)
            found |= self._pattern_of(content)
        found.update(facets_of(body))
        return found

    def renamed(self, number: int) -> str | None:
        """Return the term of the earlier claims that an entry gives other names, None for none."""
        content = content_of(self._index.body(number))
        if content["kind"] not in ("actor", "type"):
            return None
        name: str = content["id"]
        first = self._index.declarations(content["kind"], name)[0]
        return None if number == first else facet_term(content["kind"], name)

    def _names_of(self, actor: str) -> frozenset[str]:
        """Return the words of all names that were ever given to an actor."""
        if actor not in self._names:
            declared = map(self._index.body, self._declared("actor", actor))
            names = [name for body in declared for name in content_of(body).get("names", ())]
            self._names[actor] = frozenset(word for name in names for word in words_in(name))
        return self._names[actor]

    def _pattern_of(self, claim: Body) -> frozenset[str]:
        """Return the words of the sentence pattern of a claim, without its holes."""
        key = str(claim["type"]), claim.get("mode")
        if key not in self._patterns:
            text = " ".join(pattern for pattern in self._patterns_ever(*key) if pattern)
            self._patterns[key] = frozenset(words_in(_HOLE.sub(" ", text)))
        return self._patterns[key]

    def _patterns_ever(self, name: str, mode: str | None) -> Iterator[str | None]:
        """Yield the patterns that a type ever had, for a mode and for all of them."""
        declared = self._declared("type", name)
        for content in map(content_of, map(self._index.body, declared)):
            yield content.get("sentence")
            yield from (s["sentence"] for s in content.get("sentences", ()) if s["mode"] == mode)
        kind = None if declared else self._index.vocabulary.types.get(name)
        if kind is not None:
            yield kind.sentence
            yield from (s.sentence for s in kind.sentences if s.mode == mode)

    def _declared(self, kind: str, name: str) -> Sequence[int]:
        """Return the declarations of an actor or a type that count."""
        known = self._index.declarations(kind, name)
        return known if self._cut is None else [*self._index.upto(known, self._cut)]


def strings_in(value: Any) -> Iterator[str]:
    """Yield the texts of a body that a reader may look for."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, held in value.items():
            if key not in _NO_WORDS:
                yield from strings_in(held)
    elif isinstance(value, list):
        for held in value:
            yield from strings_in(held)


def facets_of(body: Body) -> Iterator[str]:
    """Yield the terms of the facets of a body: kind, type, sources, actors, years."""
    content = content_of(body)
    yield from (facet_term("kind", kind) for kind in (body["kind"], content["kind"]))
    for facet, values in facet_values(body).items():
        yield from (facet_term(facet, value) for value in values)


def speaking(claim: Body) -> list[str]:
    """Return the actors who say a claim, and to whom."""
    return [*claim.get("attributed_to", ()), *claim.get("told_to", ())]


def facet_values(body: Body) -> dict[str, list[str]]:
    """Return the values of the facets of a body, by facet."""
    content = content_of(body)
    claim = content["kind"] in CLAIM_KINDS
    citations = (*body.get("citations", ()), *content.get("citations", ()))
    actors = [*identifiers(content), *speaking(content)] if claim else []
    return {
        "type": [content["type"]] if claim else [],
        "source": list(dict.fromkeys(str(c["source"]) for c in citations)),
        "actor": list(dict.fromkeys(actors)),
        "year": years_of(content),
    }


def years_of(content: Body) -> list[str]:
    """Return the years that the dates of a record name, each once, in order.

    >>> years_of({"since": "[1413..1417-05]", "until": "1936/1939"}), years_of({"when": "-0043-03"})
    (['1413', '1417', '1936', '1939'], ['-0043'])
    """
    dates = (str(content.get(name, "")) for name in _DATES)
    return list(dict.fromkeys(year for date in dates for year in _YEAR.findall(date)))
