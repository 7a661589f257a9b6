"""Questions in an address."""

from __future__ import annotations

from factledger import Ledger
from factledger.web.query import PageQuery, page_query, view_asked
from factledger.web.urls import Served
from web_tools import ARTICLE


def test_question_is_asked_of_the_view_as_it_was_written() -> None:
    """The values of an address are read into a question, and give the view of the library."""
    with Ledger.open(ARTICLE) as ledger:
        question = page_query([("asof", "2023-04"), ("all", "1")], ("JPN",))
        assert question == PageQuery(asof="2023-04", sides=("JPN",), every=True)
        assert (
            view_asked(ledger, question).standings
            == ledger.as_of("2023-04").involving("JPN").standings
        )
        assert Served(question).date() == "/actor/JPN?asof=2023-04&all=1"
