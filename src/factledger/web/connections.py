"""Connections to a server: how many there may be, and how long a request and an answer may take."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from factledger.web.asgi import response
from factledger.web.replies.reply import HEADERS, crowded, failed

CONNECTIONS = 100  # that are answered; as many more are told that there is no room
WHOLE = 10.0  # seconds within which a request is whole
UNREAD = 60.0  # seconds within which the client reads on
SELDOM = 60.0  # seconds between two lines of one kind on standard error


class Connection(H11Protocol):
    """A connection that ends when a request is not whole in time, or an answer is not read."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._whole: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, where there is room for it."""
        super().connection_made(transport)
        if len(self.connections) > 2 * CONNECTIONS:
            transport.abort()
        elif len(self.connections) > CONNECTIONS:
            self.app = response(crowded())
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request."""
        super().data_received(data)
        self._watch()

    def _watch(self) -> None:
        """Let the time run while a request is not whole."""
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            _stop(self._whole)
            self._whole = None
        elif self._whole is None:
            self._whole = self.loop.call_later(WHOLE, self.transport.abort)

    def pause_writing(self) -> None:
        """Let the time run while the client does not read."""
        super().pause_writing()
        self._unread = self.loop.call_later(UNREAD, self.transport.abort)

    def resume_writing(self) -> None:
        """Send on, since the client has read."""
        super().resume_writing()
        _stop(self._unread)
        self._unread = None

    def timeout_keep_alive_handler(self) -> None:
        """End a connection on which nothing more is asked, also where its answer is not read."""
        super().timeout_keep_alive_handler()
        self._unread = self._unread or self.loop.call_later(UNREAD, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of what waited for the client."""
        _stop(self._whole, self._unread)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, with the headers that every answer bears."""
        page = failed(400, "this is no request of HTTP")
        headers = {**HEADERS, "Content-Type": page.type, "Connection": "close"}
        written = [(name.encode(), value.encode()) for name, value in headers.items()]
        head = h11.Response(status_code=400, headers=written, reason=b"Bad Request")
        for event in (head, h11.Data(data=page.body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def _stop(*timers: asyncio.TimerHandle | None) -> None:
    for timer in timers:
        if timer is not None:
            timer.cancel()


class Seldom(logging.Filter):
    """Lets a line through, and the next from the same place only after a minute."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a line is to be written."""
        place = record.pathname, record.lineno
        if record.created - self._said.get(place, -SELDOM) < SELDOM:
            return False
        self._said[place] = record.created
        return True
