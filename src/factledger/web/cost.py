"""How many entries an answer reads, known from the index before the answer is made."""

from __future__ import annotations

from collections.abc import Sequence

from factledger.dates.instants import numbered
from factledger.index.search.wanted import Wanted, facet_term
from factledger.ledger.ledger import Ledger
from factledger.records.claims import Claim
from factledger.web.pages.date import LARGE
from factledger.web.pages.lists import A_PAGE

LIGHT = 500  # entries that a simple page reads
MOST_SHOWN = 100  # entries that it shows
MOST = 20_000  # entries that any page reads


class Heavy(Exception):
    """An answer would read more entries, `cost`, than it may here."""

    def __init__(self, cost: int) -> None:
        super().__init__(cost)
        self.cost = cost


def cost_of(
    ledger: Ledger, page: str, named: Sequence[str], items: Sequence[tuple[str, str]], as_json: bool
) -> int:
    """Return about how many entries an answer reads at most.

    `page` is the first part of its path, `named` are the others. In a ledger that is larger than a
    simple page, an answer as of an earlier cut is never light, for what was read for the newest does
    not serve it; nor is a search, nor a page of very many claims.
    """
    read = _read(ledger, page, named, items, as_json)
    earlier = any(value for name, value in items if name in ("recorded", "published"))
    searching = any(name == "between" for name, _ in items)  # names are looked for among all actors
    showing = page not in ("entry", "entries", "front") and read > MOST_SHOWN
    dear = earlier or searching or showing or page in ("search", "source", "sources")
    return max(read, min(len(ledger), LIGHT + 1)) if dear else read


def _read(
    ledger: Ledger, page: str, named: Sequence[str], items: Sequence[tuple[str, str]], as_json: bool
) -> int:
    if page == "entry":
        return _bearing(ledger, numbered(named[0]) or 0)
    if page == "entries":
        return A_PAGE
    if page == "actors":
        return len(ledger.index.declared("actor"))
    if page in ("search", "source", "front", "sources"):
        return A_PAGE
    if page == "day":
        year = Wanted(facets=(facet_term("year", named[0][:4]),))
        return ledger.index.found(year, len(ledger))
    if page in ("difference", "disputes"):
        return _about(ledger, [value for name, value in items if name == "between"])
    counted_only = not as_json and len(ledger) > LARGE and len(named) < 2
    return LIGHT + 1 if counted_only else _about(ledger, named)


def _bearing(ledger: Ledger, number: int) -> int:
    """Return how many entries may bear on an entry."""
    if not 1 <= number <= len(ledger):
        return 0
    claim = ledger.index.content(number)
    belief = ledger.belief()
    keys = filter(belief.meets, belief.keys(claim)) if isinstance(claim, Claim) else ()
    return sum(len(ledger.index.keyed(key)) for key in keys) + len(ledger.index.targeting(number))


def _about(ledger: Ledger, sides: Sequence[str]) -> int:
    """Return how many entries are about two actors, about one, or there are."""
    if not sides:
        return len(ledger)
    one, *others = map(ledger.belief().standing_for, sides)
    index = ledger.index
    return len(index.between(one, others[0]) if others else index.involving(one))
