"""A ledger as an ASGI application, and the socket at which it is served."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from factledger.errors import MissingExtra
from factledger.ledger.ledger import Ledger
from factledger.web.routes import HEADERS, LOOPBACK, Reply, failed, reply

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response


def application(ledger: Ledger, hosts: frozenset[str] = LOOPBACK) -> Starlette:
    """Return a ledger as an ASGI application that only reads.

    It is to run in one thread, the one that opened the ledger. It answers for the names in
    `hosts`. Raises `MissingExtra` without the packages of the extra `web`.
    """
    try:
        from starlette.applications import Starlette
        from starlette.routing import Route
    except ImportError:
        raise MissingExtra("pages", "starlette", "web") from None

    async def answer(request: Request) -> Response:
        headers = request.headers
        return response(
            reply(
                ledger,
                request.scope.get("raw_path", b"/").decode("latin-1").partition("?")[0],
                request.query_params.multi_items(),
                host=headers.get("host", ""),
                known=headers.get("if-none-match"),
                hosts=hosts,
            )
        )

    async def broken(request: Request, error: Exception) -> Response:
        return response(
            failed(
                500,
                "this page could not be made; 'factledger check' tells whether the ledger is to blame",
            )
        )

    async def refused(request: Request, error: Exception) -> Response:
        return response(failed(405, "this server only reads; ask with GET"))

    return Starlette(
        routes=[Route("/{path:path}", answer, methods=["GET"])],
        exception_handlers={405: refused, Exception: broken},
    )


def response(made: Reply) -> Response:
    """Return an answer in the words of ASGI, with the headers that every page bears."""
    from starlette.responses import Response

    headers = {**HEADERS, **made.headers}
    return Response(made.body, made.status, headers, media_type=made.type)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that already takes requests; port 0 means any free port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    at = socket.create_server((host, port), family=family)
    # Connections inherit it. Without it the end of each answer waits 40 ms, until the browser has
    # acknowledged its beginning.
    at.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return at


def serve(ledger: Ledger, at: socket.socket, hosts: frozenset[str] = LOOPBACK) -> None:
    """Answer requests until the process is interrupted."""
    try:
        import uvicorn
    except ImportError:
        raise MissingExtra("pages", "uvicorn", "web") from None
    config = uvicorn.Config(
        application(ledger, hosts), log_level="warning", access_log=False, server_header=False
    )
    uvicorn.Server(config).run(sockets=[at])
