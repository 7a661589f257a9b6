"""The pages that list: all entries, all actors, and what a search finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import attrs

from factledger.ledger.ledger import Ledger
from factledger.output.formats.entries import entry_object
from factledger.output.words.entries import kind_shown, name_of, redacted, told
from factledger.records.declarations import Actor
from factledger.records.entries import Entry
from factledger.status.belief import Belief
from factledger.web.query import Asked, view_asked

A_PAGE = 200  # entries
READ = 20_000  # entries that a search reads, the newest


@attrs.frozen
class Line:
    """One entry on a line."""

    number: int
    day: str
    kind: str
    name: str
    told: str


@attrs.frozen
class EntriesPage:
    """Entries in order, from `first` on; `previous` and `following` begin the pages beside it."""

    asked: Asked
    first: int
    lines: tuple[Line, ...]
    total: int
    previous: int | None
    following: int | None


@attrs.frozen
class ActorsPage:
    """The actors that are declared, by category, then by name."""

    asked: Asked
    by_category: dict[str, list[Actor]]


@attrs.frozen
class SearchPage:
    """What a search finds; `passed_over` tells how many of the oldest entries were not read."""

    asked: Asked
    query: str
    actors: tuple[Actor, ...]
    lines: tuple[Line, ...]
    entries: tuple[Entry, ...]
    more: bool
    passed_over: int


def entries_page(ledger: Ledger, asked: Asked, first: int, length: int = A_PAGE) -> EntriesPage:
    """Return the entries from a number on."""
    belief = view_asked(ledger, asked).belief
    following = first + length
    found = _entries(ledger, max(first, 1), min(following - 1, belief.recorded))
    return EntriesPage(
        asked=asked,
        first=first,
        lines=tuple(line(belief, entry) for entry in found),
        total=belief.recorded,
        previous=max(1, first - length) if first > 1 else None,
        following=following if following <= belief.recorded else None,
    )


def _entries(ledger: Ledger, first: int, last: int) -> Iterator[Entry]:
    """Yield the entries from one number to another, both included."""
    return islice(ledger.entries(first), max(0, last + 1 - first))


def line(belief: Belief, entry: Entry) -> Line:
    """Return an entry on one line, in the names that a belief knows."""
    said = told(entry.record, belief) if entry.record else redacted(entry.number, belief)
    return Line(entry.number, entry.at[:10], kind_shown(entry), name_of(entry.record), said)


def actors_page(ledger: Ledger, asked: Asked) -> ActorsPage:
    """Return the actors."""
    found: dict[str, list[Actor]] = {}
    for actor in sorted(
        actors(view_asked(ledger, asked).belief), key=lambda a: (a.category, a.names[0], a.id)
    ):
        found.setdefault(actor.category, []).append(actor)
    return ActorsPage(asked, found)


def actors(belief: Belief) -> list[Actor]:
    """Return the actors as they are declared by a cut, in the order of the log."""
    found = map(belief.actor, belief.index.declared("actor"))
    return [actor for actor in found if actor is not None]


def offered_actors(belief: Belief) -> list[Actor]:
    """Return the actors that a form offers, none where they are too many to choose from."""
    return [] if belief.recorded > READ else actors(belief)


def actor_entries(ledger: Ledger, asked: Asked) -> list[Entry]:
    """Return the newest declaration of each actor, by entry."""
    belief = view_asked(ledger, asked).belief
    declared = (belief.index.declarations("actor", actor.id) for actor in actors(belief))
    newest = (max(belief.index.upto(numbers, belief.recorded)) for numbers in declared)
    return [ledger.entry(number) for number in sorted(newest)]


def search_page(ledger: Ledger, asked: Asked, query: str) -> SearchPage:
    """Return the actors and entries in which every word of a query occurs; case does not count."""
    words = query.casefold().split()
    belief = view_asked(ledger, asked).belief
    passed = max(belief.recorded - READ, 0)
    known = actors(belief) if words else []
    named = (a for a in known if _has(words, (a.id, *a.names)))
    read = _entries(ledger, passed + 1, belief.recorded if words else 0)
    lines = (line(belief, entry) for entry in read)
    found = list(islice(_matching(words, lines), A_PAGE + 1))
    shown = found[:A_PAGE]
    return SearchPage(
        asked=asked,
        query=query,
        actors=tuple(islice(named, A_PAGE)),
        lines=tuple(shown),
        entries=tuple(ledger.entry(one.number) for one in shown),
        more=len(found) > A_PAGE,
        passed_over=passed,
    )


def search_json(page: SearchPage) -> dict[str, Any]:
    """Return what a search found: actors by id, and entries as `factledger show` gives them."""
    return {
        "query": page.query,
        "actors": [actor.id for actor in page.actors],
        "entries": [entry_object(entry) for entry in page.entries],
        "passed_over": page.passed_over,
    }


def _matching(words: list[str], lines: Iterable[Line]) -> Iterator[Line]:
    return (one for one in lines if _has(words, (one.kind, one.name, one.told)))


def _has(words: Iterable[str], texts: Iterable[str]) -> bool:
    whole = " ".join(texts).casefold()
    return all(word in whole for word in words)
