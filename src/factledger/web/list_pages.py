"""The pages that list: all entries, all actors, and what a search finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import attrs

from factledger.declarations import Actor
from factledger.exchange.entries_json import entry_object
from factledger.ledger import Ledger
from factledger.records import Entry
from factledger.web.asking import Asked
from factledger.wording.entries import kind_shown, name_of, redacted, told

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
    found = islice(ledger.entries(max(first, 1)), length)
    following = first + length
    return EntriesPage(
        asked=asked,
        first=first,
        lines=tuple(line(ledger, entry) for entry in found),
        total=len(ledger),
        previous=max(1, first - length) if first > 1 else None,
        following=following if following <= len(ledger) else None,
    )


def line(ledger: Ledger, entry: Entry) -> Line:
    """Return an entry on one line."""
    said = told(ledger, entry.record) if entry.record else redacted(ledger, entry.number)
    return Line(entry.number, entry.at[:10], kind_shown(entry), name_of(entry.record), said)


def actors_page(ledger: Ledger, asked: Asked) -> ActorsPage:
    """Return the actors."""
    found: dict[str, list[Actor]] = {}
    for actor in sorted(actors(ledger), key=lambda a: (a.category, a.names[0], a.id)):
        found.setdefault(actor.category, []).append(actor)
    return ActorsPage(asked, found)


def actors(ledger: Ledger) -> list[Actor]:
    """Return the actors as they are declared now, in the order of the log."""
    belief = ledger.belief()
    found = map(belief.actor, ledger.index.declared("actor"))
    return [actor for actor in found if actor is not None]


def search_page(ledger: Ledger, asked: Asked, query: str) -> SearchPage:
    """Return the actors and entries in which every word of a query occurs; case does not count."""
    words = query.casefold().split()
    passed = max(len(ledger) - READ, 0)
    known = actors(ledger) if words else []
    named = (a for a in known if _has(words, (a.id, *a.names)))
    lines = (line(ledger, entry) for entry in ledger.entries(passed + 1)) if words else iter(())
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
