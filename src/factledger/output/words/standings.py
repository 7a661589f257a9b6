"""A standing in words: its sentence, dates, entry, sources and contests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from factledger.output.words.dates import standing_dates
from factledger.output.words.sources import in_quotes
from factledger.output.words.tallies import beside
from factledger.records.claims import Citation
from factledger.records.sentences.grammar import with_number
from factledger.status.live.live import Support
from factledger.status.standings import Standing
from factledger.views.view import View

_LETTERS = 40  # of a quote that stands for its place
_ROW_HASH = r"(?<=\bsha256 [0-9a-f]{12})[0-9a-f]{52}\b"


def details(standing: Standing, view: View) -> str:
    """Return a standing on one line, without its status."""
    parts = [
        standing.sentence.removesuffix("."),
        standing_dates(standing),
        beside(standing, view),
        identity(standing),
        *marks(standing, view),
    ]
    return " · ".join(part for part in parts if part)


def identity(standing: Standing) -> str:
    """Return the entry of a standing: its number and label, or the event that it follows from."""
    if standing.derived:
        return f"follows from #{standing.number}"
    label = f" {standing.claim.label}" if standing.claim.label else ""
    also = f" (also {entry_numbers(standing.also)})" if standing.also else ""
    began = f", began with #{standing.because}" if standing.because is not None else ""
    return f"#{standing.number}{label}{also}{began}"


def marks(standing: Standing, view: View) -> Iterator[str]:
    """Yield the sources of a standing, how many there are, and the entries that contest it."""
    yield places(standing)
    if len(standing.supports) > 1 and standing.support > 1:
        yield with_number(standing.support, "source")
    if standing.contested_by:
        yield f"contested by {entry_numbers(standing.contested_by)}"


def places(standing: Standing) -> str:
    """Return the places where a standing is said, and which of them are sealed."""
    return ", ".join(
        f"{shortened(place_of(s.citation))}{_beside_place(s)}" for s in standing.supports
    )


def _beside_place(support: Support) -> str:
    """Return whether the words are sealed, and how far a further source vouches for them."""
    sealed = " sealed" if support.citation.sealed else ""
    return f"{sealed}{f' ({in_quotes(support.hedge)})' if support.hedge else ''}"


def shortened(place: str) -> str:
    """Return a place with the hash of a row cut short: `why` gives all of it."""
    return re.sub(_ROW_HASH, "…", place) if "sha256" in place else place


def entry_numbers(entries: Iterable[int]) -> str:
    """Return entry numbers as they are written: `#3, #7`."""
    return ", ".join(f"#{number}" for number in entries)


def citation_places(standing: Standing) -> list[str]:
    """Return each place where a standing is said, as `place_of` writes it."""
    return [place_of(citation) for citation in standing.citations]


def place_of(c: Citation) -> str:
    """Return the place that a citation names: `source:start-end`, `source, locator`, or its first words.

    >>> place_of(Citation(source="book", quote="the first leader of the country to travel to the front"))
    'book, “the first leader of the country to…”'
    """
    if c.start is not None:
        return f"{c.source}:{c.start}-{c.end}"
    return f"{c.source}, {c.locator or in_quotes(_first_words(c.quote or ''))}"


def _first_words(quote: str) -> str:
    words = " ".join(quote.split())
    if len(words) <= _LETTERS:
        return words
    return f"{words[:_LETTERS].rpartition(' ')[0] or words[:_LETTERS]}…"
