"""A ledger as an ASGI application: from a request to who makes its reply."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from factledger.errors import FactledgerError, MissingExtra
from factledger.ledger.ledger import Ledger
from factledger.web.adding.barring import MOST_SENT, barred, is_for_desk
from factledger.web.adding.desk import Desk
from factledger.web.cost import LIGHT, Heavy
from factledger.web.making.makers import Maker, TooLong
from factledger.web.making.workers import Crowded, Worker
from factledger.web.replies.reply import HEADERS, Reply, crowded, error_reply, failed
from factledger.web.replies.static_files import STATIC_PATH, static_reply
from factledger.web.replies.welcome import LOOPBACK, unwelcome
from factledger.web.routes import reply

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger("uvicorn.error")


def application(
    address: str, hosts: frozenset[str] = LOOPBACK, desk: Desk | None = None
) -> ASGIApp:
    """Return the ledger at an address as an ASGI application that only reads, but for a `desk`.

    A thread with a ledger of its own makes the light answers, a process of lower priority those that
    read much, another thread those of the desk. It answers for the names in `hosts`.
    Raises `MissingExtra` without the packages of the extra `web`.
    """
    try:
        from starlette.requests import Request
    except ModuleNotFoundError:
        raise MissingExtra("pages", "starlette", "web") from None
    light, heavy = Worker(partial(Ledger.open, address)), Worker(partial(Maker, address))
    recorder = None if desk is None else desk.recorded_by
    writer = None if desk is None else Worker(partial(Ledger.open, address, recorded_by=recorder))

    async def answered(request: Request) -> Reply:
        if desk is not None and writer is not None and is_for_desk(path_asked(request)):
            return await at_desk(request, desk, writer, hosts)
        at_once = reply_at_once(request, hosts)
        if at_once is not None:
            return at_once
        path, items, known = question(request)
        try:
            return await light.reply(
                lambda ledger: reply(ledger, path, items, known=known, most=LIGHT)
            )
        except Heavy as heavier:
            return await heavy.reply(lambda maker: maker.reply(path, items, known), heavier.cost)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            made = await answered(Request(scope, receive))
        except (Crowded, TooLong):
            made = crowded()
        except FactledgerError as error:
            made = error_reply(error)
        except Exception:
            log.exception("a page could not be made")
            made = failed(500, _BROKEN)
        await response(made)(scope, receive, send)

    return application


_BROKEN = "this page could not be made; 'factledger check' tells whether the ledger is to blame"


async def at_desk(
    request: Request, desk: Desk, writer: Worker[Ledger], hosts: frozenset[str]
) -> Reply:
    """Return the reply of the desk at which claims are added, or why it gives none."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    no = barred(request.method, path_asked(request), headers, desk.token, hosts)
    if no is not None:
        return no
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_SENT:
            return failed(413, f"more was sent than {MOST_SENT} bytes")
    return await writer.reply(
        partial(
            desk.reply,
            posted=request.method == "POST",
            path=path_asked(request),
            items=parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True),
        )
    )


def reply_at_once(request: Request, hosts: frozenset[str]) -> Reply | None:
    """Return the reply to a request for which no ledger is asked, None for any other."""
    if request.method not in ("GET", "HEAD"):
        return failed(405, "this server only reads; ask with GET")
    headers = request.headers
    no = unwelcome(headers.get("host", ""), headers.get("sec-fetch-site", ""), hosts)
    path = path_asked(request)
    return static_reply(path) if no is None and path.startswith(STATIC_PATH) else no


def question(request: Request) -> tuple[str, list[tuple[str, str]], str | None]:
    """Return the path of a request, what is asked there, and the tags that the browser knows."""
    items = request.query_params.multi_items()
    return path_asked(request), items, request.headers.get("if-none-match")


def path_asked(request: Request) -> str:
    """Return the path of a request as the address writes it."""
    raw: bytes = request.scope.get("raw_path", b"/")
    return raw.decode("latin-1").partition("?")[0]


def response(made: Reply) -> Response:
    """Return an answer in the words of ASGI, with the headers that every page bears."""
    from starlette.responses import Response

    headers = {**HEADERS, **made.headers}
    return Response(made.body, made.status, headers, media_type=made.type)
