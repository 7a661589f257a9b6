"""What is in dispute in words: the days, and each side with its words, publisher and date."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.dates.days import BEGINNING
from factledger.dates.wording.told import date_words, days_words
from factledger.output.words.digests.teller import Teller
from factledger.output.words.entries import record_sentence
from factledger.output.words.sources import Notes, cited_words, source_in_words
from factledger.records.amendments import Dispute
from factledger.records.record import Record
from factledger.views.agreement.contradictions import Contradiction, Side
from factledger.views.view import View


def contested_days(found: Contradiction) -> str:
    """Return the days on which a contradiction is one, in words."""
    first = date_words(found.since)
    if found.since == BEGINNING:
        return "On every day" if found.until is None else f"Up to {date_words(found.until)}"
    if found.until is None:
        return f"From {first} on"
    return f"On {first}" if found.since == found.until else days_words(found.since, found.until)


def side_sentence(side: Side, view: View) -> str:
    """Return what one side says: its entry, its sentence, the speaker first, and its dates."""
    if side.standing is None:
        return f"#{side.number} {_bare(view.belief.index.record(side.number), view)}"
    label = f" {side.standing.claim.label}" if side.standing.claim.label else ""
    return f"#{side.number}{label} {Teller(view, Notes()).dated(side.standing)}"


def _bare(record: Record | None, view: View) -> str:
    """Return a record that disputes a claim in a sentence: what it cites is told below it."""
    if not isinstance(record, Dispute):
        return record_sentence(record, view.belief)
    return f"disputes #{record.target}{f': {record.note}' if record.note else ''}"


def side_citations(side: Side, view: View) -> Iterator[str]:
    """Yield where one side is said: publisher, date, and the quote or the place of the sealed words."""
    for citation in side.citations:
        yield f"{source_in_words(citation.source, view.belief)}: {cited_words(citation)}"
