"""The first page of a large ledger: what is in it, and ways in; no claim is worked out for it."""

from __future__ import annotations

import attrs

from factledger.ledger.ledger import Ledger
from factledger.views.inquiries.search import COUNTED, facets_counted
from factledger.views.view import View
from factledger.web.pages.lists import FacetLine
from factledger.web.pages.rows import EntryLine, entry_line
from factledger.web.query import PageQuery, view_asked

FRONT = 2_000  # entries, from which on a ledger has a first page of its own
_NEWEST = 12  # entries that it shows


@attrs.frozen
class FrontPage:
    """How many entries, actors and sources there are; whom and what the newest are about; these."""

    query: PageQuery
    view: View
    entries: int
    actors: int
    sources: int
    facets: dict[str, list[FacetLine]]
    newest: tuple[EntryLine, ...]


def front_page(ledger: Ledger, query: PageQuery) -> FrontPage:
    """Return the values of the first page."""
    view = view_asked(ledger, query)
    belief, last = view.belief, view.belief.recorded
    counted = facets_counted(belief, range(last, max(last - COUNTED, 0), -1))
    entries = (ledger.entry(number) for number in range(last, max(last - _NEWEST, 0), -1))
    return FrontPage(
        query=query,
        view=view,
        entries=last,
        actors=len(belief.index.declared("actor")),
        sources=len(belief.index.declared("source")),
        facets={
            facet: [
                FacetLine(value, belief.name(value) if facet == "actor" else value, count)
                for value, count in values.items()
            ]
            for facet, values in counted.items()
            if facet in ("actor", "type") and values
        },
        newest=tuple(entry_line(belief, entry) for entry in entries),
    )
