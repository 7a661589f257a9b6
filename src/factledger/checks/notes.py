"""Notes: what is no fault of a record, and what who wrote it may not have meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.records.amendments import Close
from factledger.records.claims import Citation, State
from factledger.records.record import Record
from factledger.status.belief import Belief


def planned_ends(belief: Belief, numbers: Iterable[int]) -> Iterator[int]:
    """Yield the entries that end a state on a day which none of its sources can have seen.

    Such an end is read as a plan: it stands until a later source tells of another. What is said to
    be planned itself is not among them.
    """
    for number in numbers:
        record = belief.index.record(number)
        if record is not None and (found := _end_of(record)) is not None:
            until, citations = found
            seen = [belief.publication(c.source).last for c in citations if belief.source(c.source)]
            if seen and isinstance(until.earliest, Day) and until.earliest > max(seen):
                yield number


def _end_of(record: Record) -> tuple[Edtf, tuple[Citation, ...]] | None:
    """Return the end that a record gives to a state, with what it is cited for."""
    content = record.content
    if isinstance(content, Close) or (isinstance(content, State) and content.factual):
        return content.until, content.citations
    return None
