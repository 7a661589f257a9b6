"""A request → a reply: the page of its path, or an error as a page of one line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import unquote, urlencode

import attrs

from factledger import __version__
from factledger.dates.instants import numbered
from factledger.errors import FactledgerError, FieldError, NotFound
from factledger.index.search.wanted import FACETS
from factledger.ledger.ledger import Ledger
from factledger.output.formats.entries import addressed_entry, entry_object
from factledger.views.inquiries.names import actor_meant
from factledger.web.cost import MOST, Heavy, cost_of
from factledger.web.pages.contests import disputes_json, disputes_page
from factledger.web.pages.date import SORTS, date_json, date_page
from factledger.web.pages.days import day_page
from factledger.web.pages.difference import compared, difference_json, difference_page
from factledger.web.pages.entry import entry_by, entry_page
from factledger.web.pages.front import FRONT, front_page
from factledger.web.pages.lists import (
    actor_entries,
    actors_page,
    entries_page,
    offered_actors,
    search_json,
    search_page,
)
from factledger.web.pages.picture import picture
from factledger.web.pages.sources import SOURCES_SORTS, source_page, sources_page
from factledger.web.query import PageQuery, page_query, parameters, view_asked
from factledger.web.render import html
from factledger.web.replies.reply import Reply, error_reply
from factledger.web.replies.static_files import STATIC_PATH, static_reply
from factledger.web.urls import Links, Served, path_of

_JSON = "application/json"
_PAGE_NAMES = ("asof", "recorded", "published", "head", "all")

Items = Sequence[tuple[str, str]]


def reply(
    ledger: Ledger, path: str, items: Items, *, known: str | None = None, most: int = MOST
) -> Reply:
    """Return the reply to a question; the path is as the address writes it.

    `known` are the tags of answers that the browser has already. Raises `Heavy` for an answer that
    would read more than `most` entries; one that would read more than `MOST` is refused.
    """
    if path.startswith(STATIC_PATH):
        return static_reply(path)
    try:
        ledger.refresh()
        tag = tag_of(ledger, path, items)
        if known is not None and tag in known:
            return Reply(304, headers={"ETag": tag})
        return attrs.evolve(_answer(ledger, path, items, most), headers={"ETag": tag})
    except _Elsewhere as there:
        return Reply(303, headers={"Location": there.where})
    except FactledgerError as error:
        return error_reply(error)


def tag_of(ledger: Ledger, path: str, items: Items) -> str:
    """Return the tag of an answer, which changes with the ledger, the question and the day."""
    gone = len(ledger.index.erasures)
    parts = (__version__, ledger.head, gone, len(ledger), path, list(items), date.today())
    return f'"{sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


class _Elsewhere(Exception):
    """The answer is at another address, `where`."""

    def __init__(self, where: str) -> None:
        self.where = where


def _answer(ledger: Ledger, path: str, items: Items, most: int) -> Reply:
    """Return the page or the JSON of a path; raises as the page does."""
    as_json = path.endswith(".json")
    here = path.removesuffix(".json") if as_json else path
    first, *rest = [unquote(part) for part in here.removeprefix("/").split("/")]
    page = _PAGES.get((first, len(rest)))
    if page is None:
        raise NotFound(f"the page {path[:200]!r}", "begin at /")
    front = first == "" and not items and not as_json and len(ledger) > FRONT
    cost = cost_of(ledger, "front" if front else first, rest, items, as_json)
    if cost > MOST:
        advice = f"the most is {MOST:,}; ask about one actor, or about two"
        raise FieldError("page", f"would read {cost:,} entries, {advice}")
    if cost > most:
        raise Heavy(cost)
    return page(ledger, here, rest, items, as_json)


def _date(ledger: Ledger, path: str, rest: list[str], items: Items, as_json: bool) -> Reply:
    if not rest and not items and not as_json and len(ledger) > FRONT:
        return _page("front", Served(PageQuery(), "/"), front_page(ledger, PageQuery()), ledger)
    items, sort, first = listed_items(items, SORTS)
    query = page_query(items, tuple(rest))
    if not rest and query.sides:
        sides = tuple(actor_meant(ledger.belief(), side) for side in query.sides)
        suffix = ".json" if as_json else ""
        raise _Elsewhere(path_of(sides) + suffix + (f"?{query.text()}" if query.text() else ""))
    if as_json:
        return _json(date_json(ledger, query))
    page = date_page(ledger, query, sort=sort, first=first)
    link = Served(query, path_of(query.sides), query.text())
    drawn = None if page.broad else picture(page.view)
    offered = offered_actors(page.view.belief)
    return _page("date", link, page, ledger, actors=offered, picture=drawn)


def _entry(ledger: Ledger, path: str, rest: list[str], items: Items, as_json: bool) -> Reply:
    query = page_query(items)
    number = numbered(rest[0])
    if number is None:
        raise NotFound(f"the entry {rest[0][:100]!r}", "an entry is named by its number")
    if as_json:
        return _json(
            addressed_entry(entry_by(ledger, number, view_asked(ledger, query)), ledger.index)
        )
    link = Served(query, path, query.text())
    return _page("entry", link, entry_page(ledger, number, query), ledger)


def _entries(ledger: Ledger, path: str, rest: list[str], items: Items, as_json: bool) -> Reply:
    number = parameters(items, "first", *_PAGE_NAMES).get("first", "1")
    first = numbered(number)
    if first is None:
        raise FieldError("first", f"wanted the number of an entry, found {number[:40]!r}")
    query = page_query([item for item in items if item[0] != "first"])
    page = entries_page(ledger, query, first)
    if as_json:
        return _json([entry_object(ledger.entry(line.number)) for line in page.lines])
    return _page("entries", Served(query, path, f"first={first}"), page, ledger)


def _actors(ledger: Ledger, path: str, rest: list[str], items: Items, as_json: bool) -> Reply:
    query = page_query(items)
    if as_json:
        return _json([entry_object(entry) for entry in actor_entries(ledger, query)])
    return _page("actors", Served(query, path, ""), actors_page(ledger, query), ledger)


def _search(ledger: Ledger, path: str, rest: list[str], items: Items, as_json: bool) -> Reply:
    items, _, first = listed_items(items, {})
    own = ("q", *FACETS)
    values = parameters(items, *own, *_PAGE_NAMES)
    query = page_query([item for item in items if item[0] not in own])
    page = search_page(ledger, query, values.get("q", ""), values, first)
    if as_json:
        return _json(search_json(page))
    asked = {"q": page.words, **page.chosen}
    return _page("search", Served(query, path, urlencode(asked)), page, ledger, asked=asked)


def _disputes(ledger: Ledger, path: str, rest: list[str], items: Items, as_json: bool) -> Reply:
    items, _, first = listed_items(items, {})
    query = page_query(items)
    if as_json:
        return _json(disputes_json(ledger, query))
    return _page("disputes", Served(query, path), disputes_page(ledger, query, first), ledger)


def _sources(ledger: Ledger, path: str, rest: list[str], items: Items, as_json: bool) -> Reply:
    items, sort, first = listed_items(items, SOURCES_SORTS)
    query = page_query(items)
    page = sources_page(ledger, query, sort, first)
    if as_json:
        return _json([entry_object(ledger.entry(row.number)) for row in page.rows])
    return _page("sources", Served(query, path), page, ledger)


def _source(ledger: Ledger, path: str, rest: list[str], items: Items, as_json: bool) -> Reply:
    items, _, first = listed_items(items, {})
    query = page_query(items)
    page = source_page(ledger, query, rest[0], first)
    if as_json:
        return _json(search_json(search_page(ledger, query, "", {"source": rest[0]}, first)))
    return _page("source", Served(query, path), page, ledger)


def _day(ledger: Ledger, path: str, rest: list[str], items: Items, as_json: bool) -> Reply:
    query = attrs.evolve(page_query(items), asof=rest[0])
    page = day_page(ledger, query)
    if as_json:
        return _json(date_json(ledger, query))
    return _page("day", Served(query, path), page, ledger)


def listed_items(items: Items, sorts: Mapping[str, str]) -> tuple[Items, str, int]:
    """Return the items of an address without its place in a list: the order, the first shown, from 0.

    Raises `FieldError` for an order that is not among `sorts`, whose first is the default.
    """
    own = ("first", "sort") if sorts else ("first",)
    values = parameters([item for item in items if item[0] in own], *own)
    sort, first = values.get("sort", next(iter(sorts), "")), values.get("first", "0")
    if sorts and sort not in sorts:
        raise FieldError("sort", f"wanted one of {', '.join(sorts)}, found {sort[:40]!r}")
    if not first.isascii() or not first.isdigit() or len(first) > 9:
        raise FieldError("first", f"wanted a whole number from 0 on, found {first[:40]!r}")
    return [item for item in items if item[0] not in own], sort, int(first)


def _difference(ledger: Ledger, path: str, rest: list[str], items: Items, as_json: bool) -> Reply:
    wanted = compared(ledger, items)
    if as_json:
        return _json(difference_json(ledger, wanted))
    page = difference_page(ledger, wanted)
    link = Served(page.query, path, urlencode([item for item in items if item[1]]))
    known = ledger.belief(page.difference.after.recorded if page.difference else None)
    return _page("difference", link, page, ledger, actors=offered_actors(known))


_Page = Callable[[Ledger, str, list[str], Items, bool], Reply]
_PAGES: dict[tuple[str, int], _Page] = {
    ("", 0): _date,
    ("index", 0): _date,
    ("actor", 1): _date,
    ("between", 2): _date,
    ("entry", 1): _entry,
    ("entries", 0): _entries,
    ("actors", 0): _actors,
    ("search", 0): _search,
    ("disputes", 0): _disputes,
    ("sources", 0): _sources,
    ("source", 1): _source,
    ("day", 1): _day,
    ("difference", 0): _difference,
}


def _page(name: str, link: Links, page: Any, ledger: Ledger, **values: Any) -> Reply:
    return Reply(200, html(name, link, page=page, ledger=ledger_name(ledger), **values).encode())


def _json(value: Any) -> Reply:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return Reply(200, text.encode("utf-8", "backslashreplace"), _JSON)


def ledger_name(ledger: Ledger) -> str:
    """Return the title of a ledger, or its origin."""
    header = ledger.header
    return (header.title or header.origin) if header else "a ledger"
