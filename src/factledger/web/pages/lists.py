"""The pages that are lists: all entries, all actors, and the result of a search."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import attrs

from factledger.errors import FieldError
from factledger.ledger.ledger import Ledger
from factledger.output.formats.entries import entry_object
from factledger.records.declarations import Actor
from factledger.records.entries import Entry
from factledger.status.belief import Belief
from factledger.web.pages.rows import EntryLine, entries_between, entry_line, words_at
from factledger.web.query import PageQuery, view_asked

A_PAGE = 200  # entries
MOST_WORDS = 20  # of a search
SEARCHED = 20_000  # entries that a search reads, the newest


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
    entries = entries_between(ledger, max(first, 1), min(following - 1, belief.recorded))
    return EntriesPage(
        query=query,
        first=first,
        lines=tuple(entry_line(belief, entry) for entry in entries),
        total=belief.recorded,
        previous=max(1, first - length) if first > 1 else None,
        following=following if following <= belief.recorded else None,
    )


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
    """Return the actors and entries in which every one of the words occurs; case does not count.

    Raises `FieldError` for more than `MOST_WORDS` words.
    """
    wanted = words.casefold().split()
    if len(wanted) > MOST_WORDS:
        raise FieldError("q", f"wanted {MOST_WORDS} words at most, found {len(wanted)}; give fewer")
    belief = view_asked(ledger, query).belief
    passed = max(belief.recorded - SEARCHED, 0)
    known = declared_actors(belief) if wanted else []
    actors = (a for a in known if _has(wanted, " ".join((a.id, *a.names)).casefold()))
    rows = words_at(ledger, belief)
    numbers = range(passed + 1, belief.recorded + 1) if wanted else ()
    matching = (number for number in numbers if _has(wanted, rows.of(ledger, number)))
    matches = list(islice(matching, A_PAGE + 1))
    entries = tuple(map(ledger.entry, matches[:A_PAGE]))
    return SearchPage(
        query=query,
        words=words,
        actors=tuple(islice(actors, A_PAGE)),
        lines=tuple(entry_line(belief, entry) for entry in entries),
        entries=entries,
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


def _has(words: Iterable[str], text: str) -> bool:
    return all(word in text for word in words)
