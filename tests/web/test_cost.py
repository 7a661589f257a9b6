"""What an answer reads, known before it is made."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from factledger import Ledger
from factledger.web import cost, routes
from factledger.web.cost import LIGHT, Heavy, cost_of
from factledger.web.routes import reply
from web_tools import ARTICLE, asked, plain


@pytest.mark.parametrize(
    ("address", "least", "most"),
    [
        ("?asof=1990", 75, LIGHT),
        ("index?all=1", 75, LIGHT),
        ("actor/JPN", 10, LIGHT),
        ("between/JPN/UKR", 10, LIGHT),
        ("between/JPN/nobody", 0, 0),
        ("entry/31", 0, 10),
        ("entry/999999", 0, 0),
        ("entry/x", 0, 0),
        ("entries?first=7", 100, 100),
        ("actors", 5, LIGHT),
        ("search?q=visit", 75, LIGHT),
        ("source/neo-japan-ukraine", 75, LIGHT),
        ("day/2023-03-21", 2, 20),
        ("disputes", 75, LIGHT),
        ("disputes?between=JPN", 75, 75),
        ("difference?from=2021", 75, LIGHT),
        ("difference?from=2021&between=JPN", 75, 75),
        ("entry/31?recorded=40", 75, 75),
        ("actor/JPN?published=2022", 75, 75),
        ("entry/31?recorded=", 0, 10),
    ],
)
def test_an_answer_reads_what_it_is_about(address: str, least: int, most: int) -> None:
    """The cost is about the number of entries in view, of an earlier cut all there are."""
    path, _, query = address.partition("?")
    page, *named = path.split("/")
    with Ledger.open(ARTICLE) as ledger:
        items = parse_qsl(query, keep_blank_values=True)
        assert least <= cost_of(ledger, page, named, items, False) <= most


@pytest.mark.parametrize(
    "address", ["/entry/31?recorded=40", "/search?q=visit", "/sources", "/disputes?between=JPN"]
)
def test_a_search_or_an_earlier_cut_is_not_light(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a ledger is larger than a simple page, what is not read already is left to others."""
    monkeypatch.setattr(cost, "LIGHT", 20)
    with Ledger.open(ARTICLE) as ledger, pytest.raises(Heavy):
        asked(ledger, address, most=20)


def test_a_page_that_reads_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would read more than the most is refused in one line before anything is read."""
    monkeypatch.setattr(routes, "MOST", 50)
    with Ledger.open(ARTICLE) as ledger:
        refused = asked(ledger, "/index.json?all=1")
        assert refused.status == 400
        assert "the most is 50; ask about one actor, or about two" in plain(refused.body.decode())
        assert asked(ledger, "/entry/31").status == 200


def test_a_page_of_a_very_large_ledger_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page of a ledger too large to read says how much there is, and reads no claim."""
    monkeypatch.setattr(cost, "LARGE", 50)
    with Ledger.open(ARTICLE) as ledger:
        assert cost_of(ledger, "", [], [], False) == LIGHT + 1
        assert cost_of(ledger, "index", [], [], True) == len(ledger)


def test_a_heavy_page_is_left_to_others() -> None:
    """Whoever makes light pages alone is told that a page is heavy, before it is made."""
    with Ledger.open(ARTICLE) as ledger:
        with pytest.raises(Heavy):
            reply(ledger, "/search", [("q", "visit")], most=20)
        assert reply(ledger, "/entry/31", [], most=20).status == 200
