"""The page of a day."""

from __future__ import annotations

from factledger import Ledger
from web_tools import ARTICLE, asked, page, plain


def test_a_day_tells_what_happened_began_or_ended() -> None:
    """What surely did stands apart from what may have been on another day near it."""
    with Ledger.open(ARTICLE) as ledger:
        said = plain(page(ledger, "/day/2023-03-21"))
        assert "Happened about then, the day is not known" in said
        assert "Fumio Kishida visited Ukraine in March 2023" in said
        assert "No source says that anything happened" in plain(page(ledger, "/day/1955-01-01"))
        assert asked(ledger, "/day/2023-03-21.json").type == "application/json"
