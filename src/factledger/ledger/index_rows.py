"""The row that the index keeps of a claim: with whom, on which days it turns, what bears on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.dates.edtf import parse
from factledger.errors import FactledgerError
from factledger.index.base import Index
from factledger.index.fingerprints import Placed
from factledger.index.sqlite import RowMaker
from factledger.index.tables import NEVER, IndexRow
from factledger.named import NamedTuple
from factledger.records.claims import FACTUAL
from factledger.records.codec import Body
from factledger.records.fields import to_endpoint
from factledger.records.plain.who import Who
from factledger.status.belief import Belief
from factledger.status.spans import Dates, Span, is_placed, span
from factledger.views.relevance import Meeting

_TELLING = frozenset({"modality", "polarity", "count"})
_UNREADABLE = Span(BEGINNING, BEGINNING, FOREVER, FOREVER)


class Cited(NamedTuple):
    """The sources of a claim, blanks between, and the days on which they spoke; `gone` where one was withdrawn.

    `wide` is true where one says how wide its approximate dates are meant.
    """

    sources: str
    settled: Day
    attested: Day
    spoken: Day
    gone: bool
    wide: bool


def cited_sources(named: tuple[str, ...], before: Belief) -> Cited:
    """Return when these sources spoke; ValueError or LookupError where there is none."""
    sources = tuple(sorted(set(named)))
    published = [before.publication(source) for source in sources]
    return Cited(
        " ".join(sources),
        min(p.last for p in published),
        max(p.first for p in published),
        max(p.spoken for p in published),
        any(map(before.withdrawn, sources)),
        any(getattr(before.source(source), "approximate", None) for source in sources),
    )


def row_maker(index: Index, number: int) -> RowMaker:
    """Return the function from a claim to its index rows that holds from an entry on.

    It is valid until the next declaration or withdrawal. Where the span of a claim is not all that tells its status, the rows say that
    others bear on it: it counts under a key of a state, it can happen but once, it is denied or
    counts, others deny it, its source was withdrawn, it cites none, it cannot be read, or it is a
    correction, which stands as its claim does.
    """
    before = Belief(index, number - 1)
    met = Meeting(index, before.vocabulary)
    source_told = lru_cache(1 << 12)(partial(cited_sources, before=before))

    def rows(
        number: int, claim: Body, who: Who, places: Sequence[Placed], content: int
    ) -> list[IndexRow]:
        try:
            told = source_told(tuple([c["source"] for c in claim["citations"]]))
            sources, settled, attested, spoken, withdrawn, wide = told
            found = span_told(claim, settled, attested, spoken)
            bears = content == 0 or withdrawn or wide or met.bears(claim, who)
        except (FactledgerError, LookupError, TypeError, ValueError, AttributeError):
            sources, found, bears = "", _UNREADABLE, True
        _, sure, until, gone, presumed = found
        affected, kind = 0 if bears else NEVER, str(claim.get("type"))
        return [
            IndexRow(
                *place, number, sure, until, gone, presumed, affected, i == 0, kind, sources, content,
            )
            for i, place in enumerate(places)
        ]  # fmt: skip

    return rows


def span_told(claim: Body, settled: Day, attested: Day, spoken: Day) -> Span:
    """Return the span of a claim's body whose sources were published on these days."""
    if not _TELLING.isdisjoint(claim):
        return _span_of(claim, settled, attested, spoken)
    dates = claim.get("when"), claim.get("since"), claim.get("until")
    return _span(claim["kind"], *dates, settled, attested, spoken)


def _span_of(claim: Body, settled: Day, attested: Day, spoken: Day) -> Span:
    count = claim.get("count")
    return _span(
        claim["kind"],
        claim.get("when"),
        claim.get("since"),
        claim.get("until"),
        settled,
        attested,
        spoken,
        told_so(claim),
        claim.get("modality") == "planned",
        count is not None and count.get("upper") == 0,
        _is_throughout(claim),
    )


def _is_throughout(claim: Body) -> bool:
    """Return whether a claim's body says of each day of its window that nothing had happened in it."""
    if claim.get("modality", "actual") not in FACTUAL:
        return False
    if claim["kind"] == "event":
        return claim.get("polarity") == "denied" and is_placed(parse(claim["when"]))
    if claim["kind"] != "tally" or claim["count"].get("upper") != 0 or not told_so(claim):
        return False
    since = to_endpoint(claim.get("since"))
    return since == to_endpoint(claim.get("until")) and is_placed(since)


def told_so(claim: Body) -> bool:
    """Return whether a claim's body tells of what is so, as it does where it says nothing else."""
    factual = claim.get("modality", "actual") in FACTUAL
    return factual and claim.get("polarity", "asserted") == "asserted"


@lru_cache(maxsize=1 << 14)
def _span(
    shape: str,
    when: str | None,
    since: str | None,
    until: str | None,
    settled: Day,
    attested: Day,
    spoken: Day,
    told: bool = True,
    planned: bool = False,
    none: bool = False,
    throughout: bool = False,
) -> Span:
    date = None if when is None else parse(when)
    ends = to_endpoint(since), to_endpoint(until)
    said = told, planned, none
    return span(Dates(shape, date, *ends, settled, attested, spoken, *said, throughout=throughout))
