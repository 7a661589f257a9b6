"""Where the row of a claim is in an index: two actors, its shape, its first day; and its short hash."""

from __future__ import annotations

from typing import TypeAlias

from factledger.dates.days import BEGINNING, Day
from factledger.dates.edtf import parse, parse_endpoint
from factledger.errors import FactledgerError
from factledger.index.memory import SHAPES, identifiers, ordered
from factledger.index.tables import Pair
from factledger.records.codec import Body

Placed: TypeAlias = tuple[Pair, int, int]


def short(content: bytes) -> int:
    """Return the first eight bytes of a hash as a number that SQLite can keep."""
    return int.from_bytes(content[:8], "big", signed=True)


def places_of(claim: Body) -> list[Placed]:
    """Return where the rows of a claim's body are: two actors, its shape, its first day.

    There is a place for every two actors that it names; one alone stands with nobody.
    """
    actors = identifiers(claim)
    if len(actors) == 2:
        pairs = [ordered(*actors)]
    else:
        pairs = [ordered(one, other) for i, one in enumerate(actors) for other in actors[i + 1 :]]
    shape, first = SHAPES.index(claim["kind"]), _first_day(claim)
    return [(pair, shape, first) for pair in pairs or [(actors[0] if actors else "", "")]]


def _first_day(claim: Body) -> int:
    try:
        when, since = claim.get("when"), claim.get("since") or ""
        bound = parse_endpoint(since).earliest if when is None else parse(when).earliest
    except (FactledgerError, TypeError, AttributeError):
        return BEGINNING
    return bound if isinstance(bound, Day) else BEGINNING
