"""A reply: status, body and headers; and those that tell an error on a page of one line."""

from __future__ import annotations

import attrs

from factledger.errors import DateError, FactledgerError, FieldError, NotFound
from factledger.web.query import PageQuery
from factledger.web.render import html
from factledger.web.urls import Served

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTML = "text/html; charset=utf-8"


@attrs.frozen
class Reply:
    """The answer to a request."""

    status: int
    body: bytes = b""
    type: str = HTML
    headers: dict[str, str] = attrs.field(factory=dict)


def error_reply(error: FactledgerError) -> Reply:
    """Return the reply that tells an error."""
    if isinstance(error, DateError | FieldError):
        return failed(400, str(error))
    return failed(404 if isinstance(error, NotFound) else 500, str(error))


def failed(status: int, line: str) -> Reply:
    """Return the reply of an error: a page with one line."""
    link = Served(PageQuery())
    return Reply(status, html("error", link, status=status, line=line).encode())


def crowded() -> Reply:
    """Return the reply to a request for which there is no room."""
    page = failed(503, "others are asking for much; ask again in ten seconds")
    return attrs.evolve(page, headers={"Retry-After": "10"})
