"""Traces: what would be left beside erased content, so that whoever guesses it can try the guess out.

The salt of an erased entry goes with its content. A hash in another entry has no salt: of a row that
was imported, of a sealed passage, of a short text. And a name may stand elsewhere, in a text, a label
or an id that was made of it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import attrs

from factledger.citations.quotes import seal
from factledger.index.base import Index
from factledger.index.bodies import content_of, identifiers
from factledger.log.canonical import encoded
from factledger.records.codec import Body

SHORT = 200  # code points: a text that is not known to be longer may be guessed as a whole
_hashes = re.compile(
    rb"(?<![0-9a-f:])[0-9a-f]{64}(?![0-9a-f])"
).findall  # keyed seals: after a colon
_SHOWN = 5
_no_word = re.compile(r"[\W_]+")


@attrs.frozen(order=True)
class Trace:
    """What would still tell of an erased entry, and in which other entry it stands.

    `tried` tells whether a guess at the whole can be tried out on it. Else it tells of a part: words of
    a passage, the name of who was erased, a person whom only erased entries named. `number` is 0
    for the reason given for the erasing.
    """

    erased: int
    number: int
    words: str
    tried: bool = True

    def __str__(self) -> str:
        return trace_words([self])


def trace_words(found: Iterable[Trace]) -> str:
    """Return the words for some traces, the same ones together.

    >>> trace_words([Trace(5, 6, "the same seal"), Trace(5, 8, "the same seal"), Trace(5, 0, "'X'")])
    "the same seal in #6, #8; 'X' in the reason"
    """
    places: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for trace in found:
        places[trace.words][f"#{trace.number}" if trace.number else "the reason"] = None
    return "; ".join(f"{words} in {_some(where)}" for words, where in places.items())


def _some(places: Iterable[str]) -> str:
    some = list(places)
    return ", ".join(some[:_SHOWN]) + (" and more" if some[_SHOWN:] else "")


def traces(
    index: Index, erased: Collection[int], bodies: Iterable[tuple[int, bytes]]
) -> list[Trace]:
    """Return what would be left of entries that are erased together, in their order.

    `bodies` are those of the whole log with their numbers, read once.
    """
    marks, beside, found = _Marks(index, erased), _Beside(index, erased), list[Trace]()
    for number, raw in bodies:
        body: Body = json.loads(raw)
        beside.reach(body)
        if number not in erased:
            found += marks.told_by(number, body, raw)
            beside.meet(number, body)
    return sorted({*found, *beside.left()})


class _Marks:
    """What entries that are to be erased can be known by in any other entry."""

    def __init__(self, index: Index, erased: Collection[int]) -> None:
        self._erased = frozenset(erased)
        self._by_hash: defaultdict[bytes, set[int]] = defaultdict(set)
        self._passages: defaultdict[str, list[tuple[int, Body]]] = defaultdict(list)
        self._names: dict[str, tuple[int, str]] = {}  # of persons, by their plain words
        for number in sorted(erased):
            body = index.body(number) or {"kind": ""}
            content = content_of(body)
            quoted = (c["quote"] for c in content.get("citations", ()) if "quote" in c)
            for found in (*_hashes(encoded(body)), *(seal(quote).encode() for quote in quoted)):
                self._by_hash[found].add(number)
            for citation in content.get("citations", ()):
                self._passages[citation["source"]].append((number, citation))
            for name in _names_gone(index, content, erased):
                self._names[_words(name)] = number, name

    def told_by(self, number: int, body: Body, raw: bytes) -> Iterator[Trace]:
        """Yield what an entry that stays tells of those that go."""
        told = self._hash_words(body, frozenset(_hashes(raw)))
        yield from (Trace(erased, number, words) for erased, words in told.items())
        for erased in self._overlapped(body) - told.keys():
            yield Trace(erased, number, "the seal of words of its passage", tried=False)
        said = _words(raw.decode()) if self._names else ""
        for plain, (erased, name) in self._names.items():
            if plain in said:  # in a reason that is yet to be written it need not stand
                yield Trace(erased, number, f"the name {name!r}", tried=not number)

    def _hash_words(self, body: Body, hashes: frozenset[bytes]) -> dict[int, str]:
        """Return what the hashes in a body tell, by the erased entry that they tell of."""
        told: dict[int, str] = {}
        if hashes and body["kind"] != "redact":
            words = "the SHA-256 of a row or a passage about it"
            about = self._erased.intersection((body.get("target"), *body.get("claims", ())))
            told |= dict.fromkeys(about, words)
        for same in sorted(hashes & self._by_hash.keys()):
            words = f"the same SHA-256 {same.decode()[:12]}…"
            told |= dict.fromkeys(self._by_hash[same], words)
        return told

    def _overlapped(self, body: Body) -> set[int]:
        """Return the erased entries of whose passage a body seals some words, without a key."""
        return {
            erased
            for citation in content_of(body).get("citations", ())
            if ":" not in citation.get("sealed", ":")
            for erased, own in self._passages.get(citation["source"], ())
            if _overlap(own, citation)
        }


def _names_gone(index: Index, content: Body, erased: Collection[int]) -> Iterator[str]:
    """Yield the names of a person that no declaration keeps which stays."""
    if content.get("category") == "person":
        stay = (n for n in index.declarations("actor", content["id"]) if n not in erased)
        kept = {name for n in stay for name in content_of(index.body(n)).get("names", ())}
        yield from (name for name in content["names"] if name not in kept)


def _words(text: str) -> str:
    """Return the words of a text alone, as an id or a label is made of them."""
    return f" {_no_word.sub(' ', text).strip().casefold()} "


def _overlap(one: Body, other: Body) -> bool:
    """Return whether two citations of one text have words in common."""
    placed = {"start", "end"} <= one.keys() & other.keys()
    return placed and bool(one["start"] < other["end"] and other["start"] < one["end"])


class _Beside:
    """What shows only once the whole log was read: texts that may be short, people left over."""

    def __init__(self, index: Index, erased: Collection[int]) -> None:
        self._sources: dict[str, int] = {}  # that erased entries cite
        self._people: dict[str, int] = {}  # whom they name
        for number in sorted(erased):
            content = content_of(index.body(number))
            self._sources |= {c["source"]: number for c in content.get("citations", ())}
            self._people |= {a: number for a in identifiers(content) if _is_person(index, a)}
        self._reach = dict.fromkeys(self._sources, 0)
        self._hashed: dict[str, int] = {}
        self._declared: dict[str, int] = {}
        self._named: set[str] = set()

    def reach(self, body: Body) -> None:
        """Note how far the texts of sources are known to go."""
        for citation in content_of(body).get("citations", ()):
            if citation["source"] in self._reach:
                known = self._reach[citation["source"]]
                self._reach[citation["source"]] = max(known, citation.get("end", 0))

    def meet(self, number: int, body: Body) -> None:
        """Note what an entry that stays declares, and whom it names."""
        content = content_of(body)
        if "sha256" in content and content["id"] in self._sources:
            self._hashed[content["id"]] = number
        if content["kind"] == "actor" and content["id"] in self._people:
            self._declared[content["id"]] = number
        self._named.update(identifiers(content), content.get("actors", ()))

    def left(self) -> Iterator[Trace]:
        """Yield short texts whose hash stays, and people whom nothing else names."""
        for source, number in self._hashed.items():
            if 0 < self._reach[source] <= SHORT:
                words = f"the SHA-256 of a text of which {self._reach[source]} characters are known"
                yield Trace(self._sources[source], number, words)
        for actor, number in self._declared.items():
            if actor not in self._named:
                words = f"{actor!r}, whom nothing else names,"
                yield Trace(self._people[actor], number, words, tried=False)


def _is_person(index: Index, actor: str) -> bool:
    declared = (content_of(index.body(n)) for n in index.declarations("actor", actor))
    return any(content.get("category") == "person" for content in declared)
