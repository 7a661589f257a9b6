"""The page of a day: what happened, began or ended on it, surely or within a window."""

from __future__ import annotations

import attrs

from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.views.inquiries.days import DayFact, facts_of_day
from factledger.views.view import View
from factledger.web.pages.parts import StandingRow, passages_of, standing_rows
from factledger.web.query import PageQuery, pinned, view_asked

_HEADINGS = {"happened": "Happened", "began": "Began", "ended": "Ended"}


@attrs.frozen
class DayPage:
    """The values of the page of a day: rows by what happened, surely or possibly on that day."""

    query: PageQuery
    pinned: PageQuery
    view: View
    groups: dict[str, list[StandingRow]]
    before: Day
    after: Day


def day_page(ledger: Ledger, query: PageQuery) -> DayPage:
    """Return the values of the page of a day."""
    view = view_asked(ledger, query)
    groups: dict[str, list[StandingRow]] = {}
    passages = passages_of(ledger)
    for fact in facts_of_day(view):
        rows = standing_rows(view, [fact.standing], passages)
        groups.setdefault(_heading(fact), []).extend(rows)
    return DayPage(query, pinned(query, view), view, groups, Day(view.day - 1), Day(view.day + 1))


def _heading(fact: DayFact) -> str:
    word = _HEADINGS[fact.what]
    return f"{word} on that day" if fact.sure else f"{word} about then, the day is not known"
