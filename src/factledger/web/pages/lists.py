"""The pages that are lists: all entries, all actors, and the result of a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import attrs

from factledger.ledger.ledger import Ledger
from factledger.output.formats.entries import entry_object
from factledger.output.words.entries import entry_sentence, kind_shown, name_of
from factledger.records.declarations import Actor
from factledger.records.entries import Entry
from factledger.status.belief import Belief
from factledger.web.query import PageQuery, view_asked

A_PAGE = 200  # entries
SEARCHED = 20_000  # entries that a search reads, the newest


@attrs.frozen
class EntryLine:
    """One entry on a line."""

    number: int
    day: str
    kind: str
    name: str
    sentence: str


@attrs.frozen
class EntriesPage:
    """Entries in order, from `first` on; `previous` and `following` begin the pages beside it."""

    query: PageQuery
    first: int
    lines: tuple[EntryLine, ...]
    total: int
    previous: int | None
    following: int | None


@attrs.frozen
class ActorsPage:
    """The actors that are declared, by category, then by name."""

    query: PageQuery
    by_category: dict[str, list[Actor]]


@attrs.frozen
class SearchPage:
    """The result of a search; `passed_over` is the number of the oldest entries, not read for it."""

    query: PageQuery
    words: str
    actors: tuple[Actor, ...]
    lines: tuple[EntryLine, ...]
    entries: tuple[Entry, ...]
    more: bool
    passed_over: int


def entries_page(ledger: Ledger, query: PageQuery, first: int, length: int = A_PAGE) -> EntriesPage:
    """Return the entries from a number on."""
    belief = view_asked(ledger, query).belief
    following = first + length
    entries = _entries(ledger, max(first, 1), min(following - 1, belief.recorded))
    return EntriesPage(
        query=query,
        first=first,
        lines=tuple(entry_line(belief, entry) for entry in entries),
        total=belief.recorded,
        previous=max(1, first - length) if first > 1 else None,
        following=following if following <= belief.recorded else None,
    )


def _entries(ledger: Ledger, first: int, last: int) -> Iterator[Entry]:
    """Yield the entries from one number to another, both included."""
    return islice(ledger.entries(first), max(0, last + 1 - first))


def entry_line(belief: Belief, entry: Entry) -> EntryLine:
    """Return an entry on one line, in the names that a belief knows."""
    sentence = entry_sentence(entry, belief)
    day, kind, name = entry.at[:10], kind_shown(entry), name_of(entry.record)
    return EntryLine(entry.number, day, kind, name, sentence)


def actors_page(ledger: Ledger, query: PageQuery) -> ActorsPage:
    """Return the actors."""
    by_category: dict[str, list[Actor]] = {}
    known = declared_actors(view_asked(ledger, query).belief)
    for actor in sorted(known, key=lambda a: (a.category, a.names[0], a.id)):
        by_category.setdefault(actor.category, []).append(actor)
    return ActorsPage(query, by_category)


def declared_actors(belief: Belief) -> list[Actor]:
    """Return the actors as they are declared by a cut, in the order of the log."""
    actors = map(belief.actor, belief.index.declared("actor"))
    return [actor for actor in actors if actor is not None]


def offered_actors(belief: Belief) -> list[Actor]:
    """Return the actors that a form offers, none where they are too many to choose from."""
    return [] if belief.recorded > SEARCHED else declared_actors(belief)


def actor_entries(ledger: Ledger, query: PageQuery) -> list[Entry]:
    """Return the newest declaration of each actor, by entry."""
    belief = view_asked(ledger, query).belief
    declared = (belief.index.declarations("actor", actor.id) for actor in declared_actors(belief))
    newest = (max(belief.index.upto(numbers, belief.recorded)) for numbers in declared)
    return [ledger.entry(number) for number in sorted(newest)]


def search_page(ledger: Ledger, query: PageQuery, words: str) -> SearchPage:
    """Return the actors and entries in which every one of the words occurs; case does not count."""
    wanted = words.casefold().split()
    belief = view_asked(ledger, query).belief
    passed = max(belief.recorded - SEARCHED, 0)
    known = declared_actors(belief) if wanted else []
    actors = (a for a in known if _has(wanted, (a.id, *a.names)))
    entries = _entries(ledger, passed + 1, belief.recorded if wanted else 0)
    lines = (entry_line(belief, entry) for entry in entries)
    matches = list(islice(_matching(wanted, lines), A_PAGE + 1))
    shown = matches[:A_PAGE]
    return SearchPage(
        query=query,
        words=words,
        actors=tuple(islice(actors, A_PAGE)),
        lines=tuple(shown),
        entries=tuple(ledger.entry(line.number) for line in shown),
        more=len(matches) > A_PAGE,
        passed_over=passed,
    )


def search_json(page: SearchPage) -> dict[str, Any]:
    """Return the result of a search: actors by id, entries as `factledger show` gives them."""
    return {
        "query": page.words,
        "actors": [actor.id for actor in page.actors],
        "entries": [entry_object(entry) for entry in page.entries],
        "passed_over": page.passed_over,
    }


def _matching(words: list[str], lines: Iterable[EntryLine]) -> Iterator[EntryLine]:
    return (line for line in lines if _has(words, (line.kind, line.name, line.sentence)))


def _has(words: Iterable[str], texts: Iterable[str]) -> bool:
    whole = " ".join(texts).casefold()
    return all(word in whole for word in words)
