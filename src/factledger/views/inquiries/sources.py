"""What a source says, and what rests on it alone."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from factledger.index.search.wanted import Wanted, facet_term
from factledger.records.claims import Claim
from factledger.records.declarations import Source
from factledger.status.belief import Belief
from factledger.status.live.live import Live


@attrs.frozen
class SourceSaid:
    """A source, the entry that declares it, and how many entries cite it."""

    source: Source
    number: int
    count: int


@attrs.frozen
class SaidClaim:
    """A claim that a source says, and whether no other publisher does."""

    number: int
    claim: Claim
    alone: bool


def sources_said(belief: Belief) -> Iterator[SourceSaid]:
    """Yield every source that is declared, in the order of the log."""
    index = belief.index
    for name in index.declared("source"):
        known = list(index.upto(index.declarations("source", name), belief.recorded))
        if source := belief.source(name):
            yield SourceSaid(source, known[-1], entries_citing(belief, name))


def entries_citing(belief: Belief, source: str) -> int:
    """Return how many entries cite a source."""
    return belief.index.found(_cited(source), belief.recorded)


def claims_said(belief: Belief, source: str, first: int, most: int) -> list[SaidClaim]:
    """Return the live claims among the entries that cite a source, newest first, a page of them."""
    numbers = belief.index.find(_cited(source), belief.recorded, first, most)
    found: dict[int, SaidClaim] = {}
    for number in numbers:
        for live in _lives(belief, number):
            alone = len({s.origin.casefold() for s in live.supports}) == 1
            found.setdefault(live.number, SaidClaim(live.number, live.claim, alone))
    return list(found.values())


def _lives(belief: Belief, number: int) -> Iterator[Live]:
    body = belief.index.body(number) or {"kind": ""}
    target = number if belief.index.puts_claim(number) else body.get("target")
    live = belief.live(target) if isinstance(target, int) and body["kind"] != "dispute" else None
    if live is not None:
        yield live


def _cited(source: str) -> Wanted:
    return Wanted(facets=(facet_term("source", source),))
