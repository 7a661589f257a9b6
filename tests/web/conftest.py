"""What tests of the pages ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from factledger import Ledger
from web_tools import ARTICLE, Client


@pytest.fixture
def client() -> Iterator[Client]:
    """Give a client of a server of the article."""
    with Ledger.open(ARTICLE) as ledger:
        yield Client(ledger)
