"""What tests of the pages ask."""

from __future__ import annotations

import pytest

from web_tools import ARTICLE, Client


@pytest.fixture
def client() -> Client:
    """Return a client of a server of the article."""
    return Client(ARTICLE)
