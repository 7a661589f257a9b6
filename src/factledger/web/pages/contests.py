"""The page of what is in dispute: each dispute with its days, and every side with its words."""

from __future__ import annotations

import attrs

from factledger.ledger.ledger import Ledger
from factledger.output.formats.disputes import disputes_object
from factledger.output.words.disputes import contested_days
from factledger.views.agreement.contradictions import contradictions
from factledger.views.plain.answer_shapes import DisputesShape
from factledger.views.view import View
from factledger.web.pages.paging import Paging
from factledger.web.pages.parts import Against, passages_of, side_told
from factledger.web.query import PageQuery, view_asked

_SIZE = 50  # disputes on a page


@attrs.frozen
class DisputeRow:
    """One dispute: its days in words, a day on which to look at it, and its sides."""

    days: str
    day: str | None
    sides: tuple[Against, ...]


@attrs.frozen
class DisputesPage:
    """The values of the page of what is in dispute between the claims in view, whatever the day."""

    query: PageQuery
    view: View
    rows: tuple[DisputeRow, ...]
    paging: Paging


def disputes_page(ledger: Ledger, query: PageQuery, first: int = 0) -> DisputesPage:
    """Return the values of the page of what is in dispute, from the `first` on."""
    view = view_asked(ledger, query)
    found = contradictions(view)
    rows, passages = [], passages_of(ledger)
    for one in found[first : first + _SIZE]:
        sides = tuple(side_told(side, view, passages) for side in one.sides)
        day = str(one.since) if one.since.year > 0 else None
        rows.append(DisputeRow(contested_days(one), day, sides))
    return DisputesPage(query, view, tuple(rows), Paging(first, _SIZE, len(found)))


def disputes_json(ledger: Ledger, query: PageQuery) -> DisputesShape:
    """Return what `factledger disputes --format json` prints for the same question."""
    view = view_asked(ledger, query)
    return disputes_object(view, contradictions(view))
