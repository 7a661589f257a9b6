"""A way to the server that can be cut: what a network does to a connection."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self


class Proxy:
    """A socket in a folder that hands on to the one of a server, port 5432 there, 5433 here.

    Once `cut_reply` is set, the next thing that the server says is thrown away, and both sides
    are closed: the server has done what it was asked, and the client never hears of it.
    """

    def __init__(self, folder: Path) -> None:
        self._server = str(folder / ".s.PGSQL.5432")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / ".s.PGSQL.5433"))
        self._listener.listen()
        self._path = folder / ".s.PGSQL.5433"
        self._open: list[socket.socket] = []
        self.cut_reply = False
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            self._open += [client, server]
            for one, other, replies in ((client, server, False), (server, client, True)):
                threading.Thread(target=self._pass, args=(one, other, replies), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, replies: bool) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                if replies and self.cut_reply:
                    break
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self._listener, *self._open):
            one.close()
        self._path.unlink()
