"""The words of entries that a search looks through."""

from __future__ import annotations

import pytest

from factledger import Entry, Ledger
from factledger.status.belief import Belief
from factledger.web.pages import rows
from web_tools import ARTICLE, asked


def test_a_search_reads_no_entry_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one search at the newest cut read is kept for the next."""
    read: list[int] = []
    true_line = rows.entry_line

    def line(belief: Belief, entry: Entry) -> rows.EntryLine:
        read.append(entry.number)
        return true_line(belief, entry)

    monkeypatch.setattr(rows, "entry_line", line)
    with Ledger.open(ARTICLE) as ledger:
        asked(ledger, "/search?q=nothing-of-the-kind")
        asked(ledger, "/search?q=nothing-else")
        assert read == list(range(1, len(ledger) + 1))
        asked(ledger, "/search?q=nothing-of-the-kind&recorded=30")
        asked(ledger, "/search?q=nothing-at-all")
        assert len(read) == len(ledger) + 30


def test_what_is_kept_for_a_search_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search over entries that are too long to keep reads them again, and finds the same."""
    with Ledger.open(ARTICLE) as ledger:
        found = asked(ledger, "/search?q=visit").body
    monkeypatch.setattr(rows, "KEPT_BYTES", 1000)
    with Ledger.open(ARTICLE) as ledger:
        assert asked(ledger, "/search?q=visit").body == found
        assert asked(ledger, "/search?q=visit").body == found
        kept = rows.words_at(ledger, ledger.belief())
        assert kept._bytes < 2000
