"""The sentences around quotes on one page: each kept text is read once for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from factledger.citations.surroundings import Passage, passage_in
from factledger.ledger.ledger import Ledger
from factledger.records.claims import Citation

Passages: TypeAlias = Callable[[Citation], Passage | None]
"""What returns the quote of a citation in its sentence, None where the text is not at hand."""


def passages_of(ledger: Ledger) -> Passages:
    """Return what gives the passages of a ledger, for the time of one page; of sealed words none."""
    text = cache(ledger.text)

    def passage(citation: Citation) -> Passage | None:
        if not citation.quote or citation.start is None or citation.end is None:
            return None
        found = text(citation.source)
        return None if found is None else passage_in(found, citation.start, citation.end)

    return passage
