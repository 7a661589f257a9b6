"""Commands in processes of their own, forked from one that has loaded what commands load.

Starting Python and loading factledger takes longer than most commands do. `folder()` gives a folder
to put on a PATH: what is called `factledger` there hands its words, environment, folder and streams
to a process that waits, which bears a child that carries the command out, and ends with its code.
What a command loads, and how a process begins and ends, is tested elsewhere, without this.
"""

from __future__ import annotations

import atexit
import gc
import io
import marshal
import os
import selectors
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

ASK = """\
#!/bin/sh
exec {python} -I -S {asking} {address} "$@"
"""
# In few modules, for it is started each time.
ASKING = """\
import _socket, marshal, os, sys
asked = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
asked.connect(sys.argv[1])
words = marshal.dumps((sys.argv[2:], os.getcwd(), dict(os.environ)))
streams = b"".join(n.to_bytes(4, sys.byteorder) for n in (0, 1, 2))
asked.sendmsg(
    [len(words).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)]
)
asked.sendall(words)
code = int.from_bytes(asked.recv(2), "big", signed=True)
if code < 0:
    os.kill(os.getpid(), -code)
os._exit(code)
"""


@cache
def folder() -> Path:
    """Return a folder that holds a `factledger` which starts quickly, as long as this process lives."""
    made = tempfile.TemporaryDirectory(prefix="loaded-")
    where = Path(made.name)
    asking, address, program = where / "asking.py", where / "asked", where / "factledger"
    asking.write_text(ASKING)
    program.write_text(ASK.format(python=sys.executable, asking=asking, address=address))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    waiting = subprocess.Popen([sys.executable, __file__, address], stdin=subprocess.PIPE)
    atexit.register(made.cleanup)
    atexit.register(waiting.communicate)
    while not address.exists():
        assert waiting.poll() is None
        time.sleep(0.01)
    return where


def main(address: str) -> None:
    """Bear a process for each who asks, until the standard input ends."""
    _load()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as asked, selectors.DefaultSelector() as either:
        asked.bind(f"{address}.made")
        asked.listen()
        os.rename(f"{address}.made", address)
        either.register(asked, selectors.EVENT_READ)
        either.register(sys.stdin, selectors.EVENT_READ)
        while sys.stdin not in [key.fileobj for key, _ in either.select()]:
            asking, _ = asked.accept()
            if os.fork() == 0:
                _mind(asking)
                return
            asking.close()
            _bury()


def _load() -> None:
    """Load what commands load."""
    from factledger.cli.group import VERBS, cli

    for verb in VERBS:
        cli.get_command(None, verb)  # type: ignore[arg-type]


def _bury() -> None:
    """Take note of those who have ended, so that what they used counts as used here."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _mind(asking: socket.socket) -> None:
    """Have the command carried out, and tell who asked how it ended; who goes away ends it."""
    size, streams, _, _ = socket.recv_fds(asking, 4, 3)
    words, where, environment = marshal.loads(_received(asking, struct.unpack(">I", size)[0]))
    command = os.fork()
    if command == 0:
        asking.close()
        _live(words, where, environment, streams)
        return
    for stream in streams:
        os.close(stream)
    ended = os.pidfd_open(command)
    with selectors.DefaultSelector() as either:
        either.register(ended, selectors.EVENT_READ)
        either.register(asking, selectors.EVENT_READ)
        if ended not in [key.fileobj for key, _ in either.select()]:
            os.kill(command, signal.SIGTERM)
    code = os.waitstatus_to_exitcode(os.waitpid(command, 0)[1])
    asking.send(code.to_bytes(2, "big", signed=True))
    os._exit(0)


def _received(asking: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        found += asking.recv(size - len(found))
    return found


def _live(words: list[str], where: str, environment: dict[str, str], streams: list[int]) -> None:
    """Carry out a command, as a process that was started for it."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(where)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["factledger", *words]
    sys.stdin, sys.stdout, sys.stderr = _opened(0, "r"), _opened(1, "w"), _opened(2, "w")
    sys.stdout.reconfigure(line_buffering=os.isatty(1))
    sys.stderr.reconfigure(line_buffering=True, errors="backslashreplace")
    from factledger.cli import main

    main()


def _opened(number: int, how: str) -> io.TextIOWrapper:
    found = open(number, how, encoding="utf-8", closefd=False)  # noqa: SIM115 as long as the process
    assert isinstance(found, io.TextIOWrapper)
    return found


if __name__ == "__main__":
    main(sys.argv[1])
