"""The row that the index keeps of a claim: with whom, on which days it turns, what bears on it."""

from __future__ import annotations

from typing import Any

from factledger.belief import Belief
from factledger.codec import Body
from factledger.days import BEGINNING
from factledger.edtf import parse
from factledger.errors import FactledgerError
from factledger.fields import to_endpoint
from factledger.index import keys_of
from factledger.spans import Dates, Span, Status, span
from factledger.stored import places_of
from factledger.stores.tables import NEVER, Row

_UNREADABLE = Span(BEGINNING, BEGINNING)


def rows_of(number: int, claim: Body, content: int, before: Belief) -> list[Row]:
    """Return the rows of a claim, one for every two actors that it names.

    `claim` is what entry `number` puts forward, `before` what is declared by then. Where the
    span of a claim is not all that tells its status, the rows say that others bear on it: it
    counts under a key, its source was withdrawn, it cites none, or it cannot be read.
    """
    try:
        sources = tuple(sorted({c["source"] for c in claim["citations"]}))
        found = span(dates_of(claim, sources, before))
        bears = bool(keys_of(claim, before.vocabulary)) or any(map(before.withdrawn, sources))
    except (FactledgerError, LookupError, TypeError, ValueError, AttributeError):
        sources, found, bears = (), _UNREADABLE, True
    _, sure, until, gone, tail = found
    touched, presumed, type_id = 0 if bears else NEVER, tail is Status.PRESUMED, claim.get("type")
    return [
        Row(
            *place, number, sure, until, gone, presumed, touched, i == 0, str(type_id), sources,
            content,
        )
        for i, place in enumerate(places_of(claim))
    ]  # fmt: skip


def dates_of(claim: Body, sources: tuple[str, ...], before: Belief) -> Dates:
    """Return what the span of a claim's body depends on, as its sources are declared by then."""
    published = [before.publication(source) for source in sources]
    when = claim.get("when")
    return Dates(
        shape=claim["kind"],
        when=None if when is None else parse(when),
        since=to_endpoint(claim.get("since")),
        until=to_endpoint(claim.get("until")),
        settled=min(p.last for p in published),
        attested=max(p.first for p in published),
        planned=claim.get("modality") == "planned",
        none=_counts_none(claim.get("count")),
    )


def _counts_none(count: Any) -> bool:
    return count is not None and count.get("upper") == 0
