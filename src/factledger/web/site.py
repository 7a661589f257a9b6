"""A ledger → the files of a site that opens from a disk: a page for each day that matters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.output.formats.entries import addressed_entry, entry_object
from factledger.views.plain.objects import view_object
from factledger.web.archive import archive
from factledger.web.pages.date import date_page, partners
from factledger.web.pages.entry import entry_page
from factledger.web.pages.lists import actor_entries, actors_page, declared_actors, entries_page
from factledger.web.pages.parts import days_of
from factledger.web.pages.picture import picture
from factledger.web.query import PageQuery, view_asked
from factledger.web.render import html
from factledger.web.replies.static_files import LIVE_ONLY, STATIC, static_file
from factledger.web.routes import ledger_name
from factledger.web.urls import Filed, date_file

BY_DAY = 500  # entries, up to which a site has a page for each day
File = tuple[str, bytes]
Days = Mapping[tuple[str, ...], Sequence[Day]]


def site(ledger: Ledger, first: Day | None = None, last: Day | None = None) -> Iterator[File]:
    """Yield the files of a site, each with its path below the folder; the same ledger gives the same.

    Of a ledger of more than `BY_DAY` entries each claim, actor and entry is written once, and a
    script shows what stood on a day. Of a smaller one there is a page for each day from `first` to `last` on which something turns, of all claims, of
    each actor and of each relationship; with `first` one of that day. Raises `FieldError` for a
    ledger that is too large for either.
    """
    if len(ledger) > BY_DAY:
        yield from archive(ledger, last)
        return
    days = {sides: within(ledger, sides, first, last) for sides in sides_of(ledger)}
    yield from ((f"static/{name}", static_file(name)) for name in STATIC if name not in LIVE_ONLY)
    for sides, written in days.items():
        for day in written:
            yield from date_files(ledger, sides, day, days)
    yield from date_files(ledger, (), days[()][-1], days, "index.html")
    for number in range(1, len(ledger) + 1):
        yield from entry_files(ledger, number, days)
    yield from list_files(ledger, days)


def sides_of(ledger: Ledger) -> Iterator[tuple[str, ...]]:
    """Yield the sides that have pages: none for all, each actor, each two that claims name together."""
    view = ledger.as_of("0001")
    pairs: dict[tuple[str, ...], None] = {}
    yield ()
    for actor in declared_actors(view.belief):
        yield (actor.id,)
        others = (p.id for p in partners(view.involving(actor.id)) if view.belief.knows(p.id))
        pairs.update((tuple(sorted((actor.id, other))), None) for other in others)
    yield from sorted(pairs)


def within(
    ledger: Ledger, sides: tuple[str, ...], first: Day | None, last: Day | None
) -> tuple[Day, ...]:
    """Return the days from `first` to `last` on which something turns, and `first`, rising.

    Where something stands and never turns, and for a whole ledger without a claim, the day of
    the newest entry is the only one.
    """
    view = view_asked(ledger, PageQuery("0001", sides=sides))
    turning = {*days_of(view.changes()), *([] if first is None else [first])}
    days = sorted(d for d in turning if (first or d) <= d <= (last or d))
    if not days and (view.every or not sides):
        days = [last or Day.parse(ledger.index.at(len(ledger))[:10])]
    return tuple(days)


def date_files(
    ledger: Ledger, sides: tuple[str, ...], day: Day, days: Days, here: str | None = None
) -> Iterator[File]:
    """Yield the page of a date, and the same as JSON."""
    page = date_page(ledger, PageQuery(str(day), sides=sides), days[sides])
    path = here or date_file(sides, day)
    link = Filed(path, sides, day, days)
    yield _page("date", link, page, ledger, picture=picture(page.view))
    yield _json(link, view_object(page.view))


def entry_files(ledger: Ledger, number: int, days: Days) -> Iterator[File]:
    """Yield the page of an entry, and the same as JSON."""
    page = entry_page(ledger, number, PageQuery(str(days[()][-1])))
    link = Filed(f"entry/{number}.html", (), None, days)
    yield _page("entry", link, attrs.evolve(page, rows=()), ledger)
    yield _json(link, addressed_entry(page.entry, page.view.belief.index))


def list_files(ledger: Ledger, days: Days) -> Iterator[File]:
    """Yield the lists of all entries and of all actors, and both as JSON."""
    entries = Filed("entries.html", (), None, days)
    yield _page("entries", entries, entries_page(ledger, PageQuery(), 1, len(ledger)), ledger)
    yield _json(entries, [entry_object(entry) for entry in ledger.entries()])
    who = Filed("actors.html", (), None, days)
    yield _page("actors", who, actors_page(ledger, PageQuery()), ledger)
    yield _json(who, [entry_object(entry) for entry in actor_entries(ledger, PageQuery())])


def _page(name: str, link: Filed, page: Any, ledger: Ledger, **values: Any) -> File:
    return link.here, html(name, link, page=page, ledger=ledger_name(ledger), **values).encode()


def _json(link: Filed, value: Any) -> File:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return link.here.removesuffix(".html") + ".json", text.encode("utf-8", "backslashreplace")
