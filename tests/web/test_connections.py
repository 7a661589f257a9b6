"""Connections: how many there may be, how long they may take, and what is said of them."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
import uvicorn

from factledger.web import connections
from factledger.web import server as serving
from factledger.web.asgi import application
from factledger.web.connections import Connection, Seldom
from factledger.web.replies.reply import HEADERS
from web_tools import ARTICLE

WHOLE = b"GET /static/icon.svg HTTP/1.1\r\nHost: localhost\r\n\r\n"


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """Serve the article in a thread while the block runs."""
    with serving.listening("127.0.0.1", 0) as at:
        server = serving.server_of(str(ARTICLE))
        server.config.timeout_keep_alive = 1  # not five: a test waits for it
        thread = Thread(target=server.run, kwargs={"sockets": [at]})
        thread.start()
        try:
            yield at.getsockname()
        finally:
            server.should_exit = True
            thread.join(60)


def said(where: tuple[str, int], sent: bytes) -> bytes:
    """Return all that a server says to some bytes until it ends the connection."""
    with socket.create_connection(where, timeout=60) as client:
        client.sendall(sent)
        return all_of(client)


def all_of(client: socket.socket) -> bytes:
    """Return what comes until the connection ends, however it does."""
    found = b""
    try:
        while part := client.recv(65536):
            found += part
    except ConnectionResetError:
        pass
    return found


@pytest.mark.parametrize(
    "half", [b"", b"GET / HTTP/1.1\r\nHo", b"GET /static/icon.svg HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx", WHOLE + b"GET"],
)  # fmt: skip
def test_a_request_that_is_not_whole_in_time_ends(
    monkeypatch: pytest.MonkeyPatch, half: bytes
) -> None:
    """Who sends half a request is not waited for, whatever came before."""
    monkeypatch.setattr(connections, "WHOLE", 0.2)
    with served() as where:
        answered = said(where, half)
    assert answered.startswith(b"HTTP/1.1 200") == (b"icon" in half)


def test_there_is_room_for_so_many_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number a connection is answered that there is no room; beyond twice, not at all."""
    monkeypatch.setattr(connections, "CONNECTIONS", 2)
    with served() as where:
        kept = [socket.create_connection(where, timeout=60) for _ in range(4)]
        for client in kept:
            client.sendall(WHOLE)
        heads = [client.recv(12) for client in kept]
        nothing = said(where, WHOLE)
        for client in kept:
            client.close()
    assert heads == [b"HTTP/1.1 200"] * 2 + [b"HTTP/1.1 503"] * 2
    assert nothing == b""


def test_what_is_no_request_gets_the_headers_of_every_answer() -> None:
    """Bytes that are no request are refused with a page of one line, and the strict headers."""
    with served() as where:
        head, _, body = said(where, b"\x16\x03\x01 what\r\n\r\n").partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "HTTP/1.1 400 Bad Request"
    assert {f"{name}: {value}" for name, value in HEADERS.items()} <= set(lines)
    assert b"this is no request of HTTP" in body


class Transport:
    """A connection as asyncio gives it, on which nothing is sent."""

    aborted = False

    def abort(self) -> None:
        """End at once."""
        self.aborted = True

    def is_closing(self) -> bool:
        """Return whether it has ended."""
        return self.aborted

    def close(self) -> None:
        """End once all is sent, which is never."""

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return nothing of the connection."""
        return default


@pytest.mark.parametrize("reads", [True, False])
@pytest.mark.parametrize("while_sending", [True, False])
def test_an_answer_that_nobody_reads_ends(
    monkeypatch: pytest.MonkeyPatch, while_sending: bool, reads: bool
) -> None:
    """A client that does not read on is not waited for; one that reads is."""
    monkeypatch.setattr(connections, "UNREAD", 0.05)

    async def sent() -> bool:
        config = uvicorn.Config(application(str(ARTICLE)), http=Connection)
        config.load()
        state = uvicorn.server.ServerState()
        connection = Connection(config=config, server_state=state, app_state={})
        transport = Transport()
        connection.connection_made(transport)  # type: ignore[arg-type]
        if while_sending:
            connection.pause_writing()
        else:
            connection.timeout_keep_alive_handler()
        if reads and while_sending:
            connection.resume_writing()
        elif reads:
            connection.connection_lost(None)
        await asyncio.sleep(0.2)
        connection.connection_lost(None)
        return transport.aborted

    assert asyncio.run(sent()) is not reads


def test_a_line_is_not_repeated_at_once() -> None:
    """What happens many times is told once a minute, and so is what happens elsewhere."""
    seldom = Seldom()

    def tells(line: int, at: float) -> bool:
        record = logging.LogRecord("a", logging.ERROR, "a.py", line, "no", None, None)
        record.created = at
        return seldom.filter(record)

    assert [tells(1, 9.0), tells(1, 10.0), tells(2, 10.0)] == [True, False, True]
    assert tells(1, 70.0)
