"""The pages of sources: all of them, and what one says, with what rests on it alone."""

from __future__ import annotations

import attrs

from factledger.errors import NotFound
from factledger.ledger.ledger import Ledger
from factledger.output.words.entries import record_sentence
from factledger.output.words.sources import cited_words, source_in_words
from factledger.records.declarations import Source
from factledger.views.inquiries.sources import SourceSaid, claims_said, entries_citing, sources_said
from factledger.views.view import View
from factledger.web.pages.entry import outward
from factledger.web.pages.paging import Paging
from factledger.web.query import PageQuery, view_asked

SOURCES_SORTS = {"newest": "newest first", "title": "by title", "claims": "by number of entries"}
_SIZE = 100


@attrs.frozen
class SourcesPage:
    """The values of the list of sources, a page of them, in the order of `SOURCES_SORTS` named."""

    query: PageQuery
    rows: tuple[SourceSaid, ...]
    sort: str
    paging: Paging


@attrs.frozen
class SaidRow:
    """A claim that a source says: its entry, its sentence, its words there, whether it rests on it alone."""

    number: int
    sentence: str
    cited: tuple[str, ...]
    alone: bool


@attrs.frozen
class SourcePage:
    """The values of the page of a source: what it says, newest first."""

    query: PageQuery
    view: View
    source: Source
    name: str
    url: str | None
    number: int
    rows: tuple[SaidRow, ...]
    alone: int
    paging: Paging


def sources_page(ledger: Ledger, query: PageQuery, sort: str, first: int = 0) -> SourcesPage:
    """Return the values of the list of sources."""
    found = list(sources_said(view_asked(ledger, query).belief))
    if sort == "title":
        found.sort(key=lambda said: (said.source.title.casefold(), said.source.id))
    elif sort == "claims":
        found.sort(key=lambda said: -said.count)
    else:
        found.reverse()
    return SourcesPage(
        query, tuple(found[first : first + _SIZE]), sort, Paging(first, _SIZE, len(found))
    )


def source_page(ledger: Ledger, query: PageQuery, name: str, first: int = 0) -> SourcePage:
    """Return the values of the page of a source; raises `NotFound` where there is none."""
    view = view_asked(ledger, query)
    belief = view.belief
    source = belief.source(name)
    if source is None:
        near = belief.nearest("source", name)
        advice = f"did you mean {near!r}?" if near else "the ledger declares no such source by then"
        raise NotFound(f"source {name!r}", advice)
    numbers = list(belief.index.upto(belief.index.declarations("source", name), belief.recorded))
    said = claims_said(belief, name, first, _SIZE)
    rows = tuple(
        SaidRow(
            number=one.number,
            sentence=record_sentence(one.claim, belief),
            cited=tuple(cited_words(c) for c in one.claim.citations if c.source == name),
            alone=one.alone,
        )
        for one in said
    )
    return SourcePage(
        query=query,
        view=view,
        source=source,
        name=source_in_words(name, belief),
        url=outward(source.url),
        number=numbers[-1],
        rows=rows,
        alone=sum(row.alone for row in rows),
        paging=Paging(first, _SIZE, entries_citing(belief, name)),
    )
