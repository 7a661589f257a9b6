"""The page of an entry: its sentence, its citations, its inferred fields, its later fate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import attrs

from factledger.citations.surroundings import Passage
from factledger.dates.wording.told import date_words
from factledger.errors import NotFound
from factledger.ledger.ledger import Ledger
from factledger.output.formats.entries import entry_object
from factledger.output.words.dates import field_words
from factledger.output.words.entries import entry_sentence, kind_shown, name_of, record_sentence
from factledger.records.claims import Citation, Claim
from factledger.records.declarations import Source
from factledger.records.entries import Entry
from factledger.status.belief import Belief
from factledger.text import show
from factledger.views.view import View
from factledger.web.pages.parts import (
    StandingRow,
    Turn,
    declaring_entry,
    passages_of,
    standing_rows,
    turn_of,
)
from factledger.web.query import PageQuery, pinned, view_asked

_DATES = ("when", "since", "until")


@attrs.frozen
class EntryCitation:
    """A citation of an entry; it has a `url` only where a browser may follow it."""

    place: str
    about: str
    entry: int | None
    quote: str | None
    passage: Passage | None
    sealed: str | None
    url: str | None


@attrs.frozen
class LaterEntry:
    """An entry that is about another, in a sentence."""

    number: int
    kind: str
    day: str
    sentence: str


@attrs.frozen
class EntryPage:
    """The values of the page of an entry; its `sentence` says who erased it, where it was erased."""

    query: PageQuery
    pinned: PageQuery
    view: View
    entry: Entry
    kind: str
    name: str
    sentence: str
    gone: bool
    target: int | None
    claim: Claim | None
    dates: dict[str, str]
    citations: tuple[EntryCitation, ...]
    later: tuple[LaterEntry, ...]
    turns: tuple[Turn, ...]
    rows: tuple[StandingRow, ...]
    values: list[tuple[int, str, str]]
    url: str | None
    following: int | None


def entry_page(ledger: Ledger, number: int, query: PageQuery) -> EntryPage:
    """Return the values of the page of an entry; raises `NotFound` for one not recorded by then."""
    view = view_asked(ledger, query)
    entry = entry_by(ledger, number, view)
    record = entry.record
    content = record and record.content
    claim = content if isinstance(content, Claim) else None
    passages = passages_of(ledger)
    changes = ledger.changes(
        entry=number, recorded=view.at.recorded, published=query.published or None
    )
    return EntryPage(
        query=query,
        pinned=pinned(query, view),
        view=view,
        entry=entry,
        kind=kind_shown(entry),
        name=name_of(record),
        sentence=entry_sentence(entry, view.belief),
        gone=record is None,
        target=getattr(record, "target", None),
        claim=claim,
        dates={k: field_words(d) for k in _DATES if (d := getattr(claim, k, None))},
        citations=tuple(
            entry_citation(view.belief, c, passages(c)) for c in getattr(content, "citations", ())
        ),
        later=tuple(later_entries(ledger, number, view.belief)),
        turns=tuple(map(turn_of, changes)),
        rows=tuple(standing_rows(view, view.why(number), passages)),
        values=list(value_rows(entry_object(entry)["record"] or {})),
        url=outward(getattr(content, "url", None)),
        following=number + 1 if number < view.at.recorded else None,
    )


def entry_by(ledger: Ledger, number: int, view: View) -> Entry:
    """Return an entry; raises `NotFound` for one that the view does not know yet."""
    if number > view.at.recorded:
        raise NotFound(f"entry #{number}", f"#{view.at.recorded} is the last that counts here")
    return ledger.entry(number)


def entry_citation(
    belief: Belief, citation: Citation, passage: Passage | None = None
) -> EntryCitation:
    """Return a citation with its source; a sealed one shows no word."""
    source = belief.source(citation.source)
    parts = [source.title, source.publisher, _published(source)] if source else []
    span = f", characters {citation.start} to {citation.end}" if citation.start is not None else ""
    locator = f", {citation.locator}" if citation.locator else ""
    return EntryCitation(
        place=f"{citation.source}{span}{locator}",
        about=", ".join(str(part) for part in parts if part),
        entry=declaring_entry(belief, citation),
        quote=citation.quote,
        passage=passage,
        sealed=citation.sealed,
        url=outward(source.url if source else None),
    )


def _published(source: Source) -> str:
    return date_words(source.published) if source.published else ""


def later_entries(ledger: Ledger, number: int, belief: Belief) -> Iterator[LaterEntry]:
    """Yield the entries about an entry that a belief knows, oldest first; of a claim, about any reading."""
    for entry in map(ledger.entry, about(belief, number)):
        if entry.number <= belief.recorded:
            sentence = record_sentence(entry.record, belief)
            yield LaterEntry(entry.number, kind_shown(entry), entry.at[:10], sentence)


def about(belief: Belief, number: int) -> list[int]:
    """Return the entries about an entry: of a claim all that speak of it, but for the readings before."""
    index = belief.index
    if not index.puts_claim(number):
        return [*index.targeting(number)]
    chain = index.chains.of(number)
    return [n for n in chain.entries if n > number or n not in chain.readings]


def value_rows(value: dict[str, Any], depth: int = 0) -> Iterator[tuple[int, str, str]]:
    """Yield the keys and values of a record in order, each with its depth."""
    for key, held in value.items():
        if isinstance(held, dict):
            yield depth, key, ""
            yield from value_rows(held, depth + 1)
        elif isinstance(held, list) and held and isinstance(held[0], dict):
            for item in held:
                yield depth, key, ""
                yield from value_rows(item, depth + 1)
        else:
            yield depth, key, ", ".join(map(str, held)) if isinstance(held, list) else str(held)


def outward(url: str | None) -> str | None:
    """Return an address that a browser may follow, None for any other.

    >>> outward("https://example.org/a"), outward("javascript:alert(1)"), outward("//example.org")
    ('https://example.org/a', None, None)
    """
    if url is None or show(url) != url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
