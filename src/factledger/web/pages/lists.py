"""The pages that are lists: all entries, all actors, and the result of a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from factledger.index.search.wanted import FACETS, words_in
from factledger.ledger.ledger import Ledger
from factledger.output.formats.entries import search_object
from factledger.output.words.found import total_words
from factledger.output.words.sources import source_in_words
from factledger.records.declarations import Actor
from factledger.records.entries import Entry
from factledger.status.belief import Belief
from factledger.views.inquiries.search import SearchResult, search
from factledger.views.plain.answer_shapes import SearchShape
from factledger.views.view import View
from factledger.web.pages.paging import Paging
from factledger.web.pages.rows import EntryLine, entries_between, entry_line
from factledger.web.query import PageQuery, view_asked

A_PAGE = 100  # entries
OFFERED = 500  # actors that a form can offer


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
class FacetLine:
    """A value of a facet: its name to show, and how many of what was found have it."""

    value: str
    name: str
    count: int


@attrs.frozen
class SearchPage:
    """The result of a search: the actors of the first page, the entries, and what these are about.

    `chosen` are the facets that the search is kept to, by name.
    """

    query: PageQuery
    words: str
    result: SearchResult | None
    told: str
    actors: tuple[Actor, ...]
    lines: tuple[EntryLine, ...]
    facets: dict[str, list[FacetLine]]
    chosen: dict[str, str]
    paging: Paging
    view: View


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
    return [] if len(belief.index.declared("actor")) > OFFERED else declared_actors(belief)


def actor_entries(ledger: Ledger, query: PageQuery) -> list[Entry]:
    """Return the newest declaration of each actor, by entry."""
    belief = view_asked(ledger, query).belief
    declared = (belief.index.declarations("actor", actor.id) for actor in declared_actors(belief))
    newest = (max(belief.index.upto(numbers, belief.recorded)) for numbers in declared)
    return [ledger.entry(number) for number in sorted(newest)]


def search_page(
    ledger: Ledger, query: PageQuery, words: str, chosen: Mapping[str, str], first: int = 0
) -> SearchPage:
    """Return the entries in which all words are, newest first, kept to the facets that are chosen.

    Raises `FieldError` for too many words.
    """
    view = view_asked(ledger, query)
    belief, kept = view.belief, {name: chosen[name] for name in FACETS if chosen.get(name)}
    asked = bool(words_in(words) or kept)
    result = search(belief, words, first=first, most=A_PAGE, **kept) if asked else None
    numbers = result.numbers if result is not None else ()
    return SearchPage(
        query=query,
        words=words,
        result=result,
        told=total_words(result) if result is not None else "",
        actors=tuple(_actors_found(belief, numbers)) if not kept and not first else (),
        lines=tuple(entry_line(belief, ledger.entry(number)) for number in numbers),
        facets=_facet_lines(belief, result) if result is not None else {},
        chosen=kept,
        paging=Paging(first, A_PAGE, result.total if result is not None else 0),
        view=view,
    )


def _actors_found(belief: Belief, numbers: Iterable[int]) -> Iterator[Actor]:
    """Yield the actors that some entries declare."""
    contents = (belief.index.content(number) for number in numbers)
    ids = dict.fromkeys(one.id for one in contents if isinstance(one, Actor))
    yield from filter(None, map(belief.actor, ids))


def _facet_lines(belief: Belief, result: SearchResult) -> dict[str, list[FacetLine]]:
    """Return the values of the facets that tell of what was found, each with the name to show."""

    def name(facet: str, value: str) -> str:
        if facet == "actor":
            return belief.name(value)
        return source_in_words(value, belief) if facet == "source" else value

    return {
        facet: [FacetLine(value, name(facet, value), count) for value, count in values.items()]
        for facet, values in result.facets.items()
        if values
    }


def search_json(page: SearchPage) -> SearchShape:
    """Return what `factledger search --format json` prints for the same question."""
    return search_object(
        page.words, page.result if page.result is not None else SearchResult((), 0), page.view
    )
