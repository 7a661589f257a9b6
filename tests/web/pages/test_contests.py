"""The page of what is in dispute."""

from __future__ import annotations

import json
import re

import pytest

from cli_tools import ROOT, run
from factledger import Ledger
from factledger.web.pages import contests
from web_tools import asked, page, plain

VOICES = ROOT / "ledgers" / "three-voices"


def test_a_dispute_is_told_with_the_words_of_every_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days, sentences, publishers, dates and quotes, as `disputes` has them; so many to a page."""
    with Ledger.open(VOICES) as ledger:
        said = plain(page(ledger, "/disputes"))
        assert "1 April to 14 May 2024" in said
        assert (
            "Strait Wire, 14 May 2024: “Dara Oun has been Prime Minister of Ishkar since 2021”"
            in said
        )
        printed = json.loads(run("disputes", "-l", str(VOICES), "--format", "json").out)
        assert json.loads(asked(ledger, "/disputes.json").body) == printed
        monkeypatch.setattr(contests, "_SIZE", 1)
        assert 'rel="next" href="/disputes?asof=today&amp;first=2"' in page(
            ledger, "/disputes?first=1"
        )
        one = plain(page(ledger, "/disputes?between=ish-prime-minister"))
        assert "In dispute about Prime Minister of Ishkar" in one


def test_a_contested_claim_shows_the_words_of_the_other_side() -> None:
    """Beside the claim stands what contests it, with publisher, date and quote."""
    with Ledger.open(VOICES) as ledger:
        said = plain(page(ledger, "/?asof=2024-04-15"))
        assert (
            "Harbour Courier, 3 February 2025: “Milo Sen, Prime Minister of Ishkar since 1 April 2024”"
            in said
        )


def test_what_is_in_dispute_stands_first_on_the_page_of_a_date() -> None:
    """Before the groups of the vocabulary, in none of which it is told again."""
    with Ledger.open(VOICES) as ledger:
        headings = re.findall(r"<h2 id=.g\d+.>([^<]*)</h2>", page(ledger, "/?asof=2024-04-15"))
    assert headings[:3] == ["In dispute", "Relationship", "Offices"]
