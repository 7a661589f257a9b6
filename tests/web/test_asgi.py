"""From a request to the thread that makes its reply: what is let through, and what is told of faults."""

from __future__ import annotations

import pytest

from factledger.web import asgi
from web_tools import ARTICLE, Client


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_server_only_reads(client: Client, method: str) -> None:
    """Any other method than GET and HEAD is refused, in one line."""
    answer = client.request(method, "/")
    assert answer.status_code == 405
    assert "this server only reads; ask with GET" in answer.text
    assert client.request("HEAD", "/").status_code == 200


def test_a_fault_of_ours_is_a_page_of_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not foreseen is a page of one line, too, and no traceback."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(asgi, "reply", fail)
    answer = Client(ARTICLE).get("/")
    assert answer.status_code == 500
    assert "'factledger check' tells whether the ledger is to blame" in answer.text.replace(
        "&#39;", "'"
    )
    assert "ZeroDivisionError" not in answer.text
