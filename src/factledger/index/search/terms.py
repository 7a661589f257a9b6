"""The terms of an entry: the words that it and the actors in it are known by, and its facets.

A pure reading of what the log holds up to the newest entry: whatever keeps them, they are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from factledger.index.bodies import CLAIM_KINDS, content_of, identifiers
from factledger.index.search.wanted import facet_term, words_in
from factledger.records.plain.who import who_of

if TYPE_CHECKING:
    from factledger.index.base import Index
    from factledger.records.codec import Body
    from factledger.records.plain.who import Who

_NO_WORDS = frozenset({
    "kind", "role", "polarity", "modality", "policy", "shape", "sha256", "sealed", "prefix", "suffix",
    "backfilled", "field", "changes", "key", "required", "begins", "ends",
})  # fmt: skip
_HOLE = re.compile(r"\{[^}]*\}")
_YEAR = re.compile(r"(?<![\d.-])-?\d{4}(?!\d)|(?<=\.\.)\d{4}(?!\d)|(?<=/)\d{4}(?!\d)")
_DATES = ("when", "since", "until", "published")
_SPEAKING = ("attributed_to", "told_to")
_TYPED, _CITED = frozenset({"kind", "type", "mode"}), _NO_WORDS | {"source"}


class EntryTerms:
    """The terms of the entries of an index; what it read of declarations is kept for the next entry.

    With a `cut` the names count that were given up to that entry.
    """

    def __init__(self, index: Index, cut: int | None = None) -> None:
        self._index = index
        self._cut = cut
        self._actors: dict[str, str] = {}
        self._types: dict[tuple[str, str, str | None], str] = {}

    def of(self, number: int) -> set[str]:
        """Return the terms of an entry, none where its content was erased."""
        body = self._index.body(number)
        return set() if body is None else set(self.text_of(body).split())

    def text_of(self, body: Body, who: Who | None = None) -> str:
        """Return the terms of the body of a record in one text, some more than once.

        `who` takes part in its claim, where that is known.
        """
        content = content_of(body)
        if content["kind"] not in CLAIM_KINDS:
            return " ".join((*_words_within(body), *facets_of(body)))
        found = self._of_claim(content, who or who_of(content))
        if content is not body:
            around = {name: held for name, held in body.items() if name != "record"}
            found += (*_words_within(around), facet_term("kind", body["kind"]))
            found += (facet_term("source", c["source"]) for c in body.get("citations", ()))
        return " ".join(found)

    def _of_claim(self, claim: Body, who: Who) -> list[str]:
        """Return texts with the terms of a claim; what many claims share is read once."""
        found = [self._of_type(claim["kind"], claim["type"], claim.get("mode"))]
        found += map(self._of_actor, who.actors)
        texts: list[str] = []
        for name, held in claim.items():
            if name in _TYPED:
                continue
            if name == "citations":
                for citation in held:
                    found.append(_of_source(citation["source"]))
                    texts += [t for n, t in citation.items() if type(t) is str and n not in _CITED]
            elif name == "participants":
                texts += [one["as_said"] for one in held if "as_said" in one]
            elif name in _DATES and type(held) is str:
                found.append(_of_date(held))
            else:
                texts += strings_in(held)
                if name in _SPEAKING:
                    found += map(self._of_actor, held)
        found += words_in("\n".join(texts))
        return found

    def renamed(self, number: int) -> str | None:
        """Return the term of the earlier claims that an entry gives other names, None for none."""
        content = content_of(self._index.body(number))
        if content["kind"] not in ("actor", "type"):
            return None
        name: str = content["id"]
        first = self._index.declarations(content["kind"], name)[0]
        return None if number == first else facet_term(content["kind"], name)

    def _of_actor(self, actor: str) -> str:
        """Return the terms of an actor: its facet, its id, and all names that were ever given to it."""
        if actor not in self._actors:
            declared = map(self._index.body, self._declared("actor", actor))
            names = [name for body in declared for name in content_of(body).get("names", ())]
            words = _words_within([actor, *names])
            self._actors[actor] = " ".join({*words, facet_term("actor", actor)})
        return self._actors[actor]

    def _of_type(self, kind: str, name: str, mode: str | None) -> str:
        """Return the terms of a type of claims: its facets, its id, its patterns without their holes."""
        key = kind, name, mode
        if key not in self._types:
            text = " ".join(pattern for pattern in self._patterns_ever(name, mode) if pattern)
            words = _words_within([name, mode or "", _HOLE.sub(" ", text)])
            facets = facet_term("kind", kind), facet_term("type", name)
            self._types[key] = " ".join({*words, *facets})
        return self._types[key]

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


@lru_cache(maxsize=1 << 12)
def _of_source(name: str) -> str:
    return " ".join({*words_in(name), facet_term("source", name)})


@lru_cache(maxsize=1 << 14)
def _of_date(text: str) -> str:
    years = (facet_term("year", year) for year in _YEAR.findall(text))
    return " ".join({*words_in(text), *years})


def _words_within(value: Any) -> list[str]:
    """Return the words of the texts in a value."""
    return words_in("\n".join(strings_in(value)))


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
    return [actor for name in _SPEAKING for actor in claim.get(name, ())]


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
