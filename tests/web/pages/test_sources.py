"""The pages of sources."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cli_tools import ROOT
from factledger import Ledger
from factledger.web.pages import sources
from factledger.web.query import PageQuery
from web_tools import asked, page, plain

VOICES = ROOT / "ledgers" / "three-voices"


@pytest.mark.parametrize("sort", sources.SOURCES_SORTS)
def test_all_sources_are_listed_in_order(sort: str) -> None:
    """Each with its publisher, its date, and how many entries cite it; by date of entry, title or number."""
    with Ledger.open(VOICES) as ledger:
        text = page(ledger, f"/sources?sort={sort}")
        rows = sources.sources_page(ledger, PageQuery(), sort).rows
        assert len(rows) == len(ledger.index.declared("source"))
        orders: dict[str, list[Any]] = {
            "newest": [-row.number for row in rows],
            "title": [row.source.title.casefold() for row in rows],
            "claims": [-row.count for row in rows],
        }
        assert orders[sort] == sorted(orders[sort])
        assert all(f"{row.count} entries" in plain(text) for row in rows)
        assert len(json.loads(asked(ledger, "/sources.json").body)) == len(rows)


def test_a_source_says_what_rests_on_it_alone() -> None:
    """Its claims with its own words, and whether another publisher says the same."""
    with Ledger.open(VOICES) as ledger:
        name = ledger.index.declared("source")[0]
        found = sources.source_page(ledger, PageQuery(), name)
        belief = ledger.belief()
        for row in found.rows:
            live = belief.live(row.number)
            assert live is not None
            assert row.alone is (len({s.origin for s in live.supports}) == 1)
        assert all(row.alone for row in found.rows)  # three voices, of three publishers
        said = plain(page(ledger, f"/source/{name}"))
        assert f"{found.alone} rest on this publisher alone" in said
        assert json.loads(asked(ledger, f"/source/{name}.json").body)["total"] == found.paging.total
