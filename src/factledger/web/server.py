"""The socket at which a ledger is served, and the server behind it."""

from __future__ import annotations

import logging
import socket
import sys
from typing import TYPE_CHECKING

from factledger.errors import MissingExtra
from factledger.web.asgi import application
from factledger.web.replies.welcome import LOOPBACK

if TYPE_CHECKING:
    from uvicorn import Server

    from factledger.web.adding.desk import Desk

TURN = 0.001  # seconds for which a thread computes before others may
BACKLOG = 64  # connections that wait to be taken; fewer than files that may be open


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that already takes requests; port 0 means any free port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    at = socket.create_server((host, port), family=family)
    # Connections inherit it. Without it the end of each answer waits 40 ms, until the browser has
    # acknowledged its beginning.
    at.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return at


def serve(
    address: str,
    at: socket.socket,
    hosts: frozenset[str] = LOOPBACK,
    desk: Desk | None = None,
) -> None:
    """Answer requests until the process is interrupted."""
    server = server_of(address, hosts, desk)
    # A light answer changes threads a few times, and waits so long each time while a heavy one is made.
    sys.setswitchinterval(TURN)
    server.run(sockets=[at])


def server_of(address: str, hosts: frozenset[str] = LOOPBACK, desk: Desk | None = None) -> Server:
    """Return the server of the ledger at an address; raises `MissingExtra` without the package."""
    try:
        import uvicorn

        from factledger.web.connections import Connection, Seldom
    except ModuleNotFoundError:
        raise MissingExtra("pages", "uvicorn", "web") from None
    config = uvicorn.Config(
        application(address, hosts, desk),
        http=Connection,
        ws="none",
        lifespan="off",
        backlog=BACKLOG,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    for name in ("uvicorn.error", "asyncio"):
        logging.getLogger(name).addFilter(Seldom())
    return uvicorn.Server(config)
