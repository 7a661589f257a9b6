"""The first page of a large ledger."""

from __future__ import annotations

import pytest

from factledger import Ledger
from factledger.web import routes
from web_tools import ARTICLE, page, plain


def test_a_large_ledger_begins_with_what_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts entries, actors and sources, and leads to whom the newest are about, and to these."""
    monkeypatch.setattr(routes, "FRONT", 10)
    with Ledger.open(ARTICLE) as ledger:
        text = page(ledger, "/")
        said = plain(text)
        assert "75 entries on 22 actors from 1 sources" in said
        assert 'href="/actor/JPN?asof=today">Japan</a>' in text
        assert 'href="/search?type=CONSULT&amp;asof=today">CONSULT</a>' in text
        assert 'href="/entry/75?asof=today">#75</a>' in text
        assert "What stood on 1 April 2023" in plain(page(ledger, "/?asof=2023-04-01"))
