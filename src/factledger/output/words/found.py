"""What a search found, in words."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.index.search.wanted import MOST_FOUND
from factledger.output.words.entries import record_sentence
from factledger.status.belief import Belief
from factledger.views.inquiries.search import SearchResult

_SHOWN = 6  # values of a facet on a line


def total_words(found: SearchResult) -> str:
    """Return how many entries were found, and how."""
    how = ", with words that begin so" if found.beginnings else ""
    if not found:
        return "Nothing was found: all words must be in one entry."
    more = " or more" if found.total >= MOST_FOUND else ""
    return f"{found.total:,}{more} {'entry' if found.total == 1 else 'entries'}{how}"


def found_words(belief: Belief, number: int) -> str:
    """Return an entry on one line: its number and kind, its sentence, and by what it was retired."""
    index = belief.index
    by = belief.retired_by(number)
    retired = f" · no longer, by #{by}" if by is not None else ""
    label = (index.body(number) or {}).get("label")
    name = f" {label}" if label else ""
    sentence = record_sentence(index.record(number), belief)
    return f"#{number} {index.kind(number)}{name} · {sentence}{retired}"


def facet_words(found: SearchResult, belief: Belief) -> Iterator[str]:
    """Yield for each facet of what was found its most frequent values, with how many entries each has."""
    for facet, values in found.facets.items():
        names = [
            f"{belief.name(value) if facet == 'actor' else value} {count}"
            for value, count in [*values.items()][:_SHOWN]
        ]
        if names:
            yield f"by {facet}: {', '.join(names)}"
