"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, gone with the tests."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from factledger.log.stores.postgres.address import postgres_address
from factledger.log.stores.postgres.schema import setup_script
from needed import missing

_SETTINGS = (
    "listen_addresses=", "unix_socket_permissions=0777", "max_connections=80", "shared_buffers=32MB",
    "autovacuum_naptime=1h", "log_min_messages=fatal",
)  # fmt: skip
_USER = "postgres"  # the server does not run as root
_COUNTED = itertools.count(1)


def binaries() -> Path:
    """Return the folder of the newest server's programs; without one the test is skipped."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    there = found[-1] if found else Path(shutil.which("initdb") or "/nowhere")
    if not there.exists():
        missing("no PostgreSQL server here: apt-get install postgresql")
    return there.resolve().parent


def _version(path: Path) -> int:
    return int(path.parts[-3]) if path.parts[-3].isdigit() else 0


class Server:
    """A server in a folder; `keeper` is a user who may all that a ledger's roles may."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.programs = programs
        self.data = folder / "data"
        self._process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """Make the files of the server, owned by who runs it."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, _USER, _USER)
        options = ["-A", "trust", "-N", "-U", "postgres", "-E", "UTF8", "--locale=C"]
        command = [*self.as_user(), str(self.programs / "initdb"), *options, "-D", str(self.data)]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder)

    def as_user(self) -> list[str]:
        """Return the words before a command: it dies with the tests, and is not root."""
        user = [f"--reuid={_USER}", f"--regid={_USER}", "--clear-groups"]
        return ["setpriv", *(user if os.geteuid() == 0 else []), "--pdeathsig=QUIT"]

    def start(self, *settings: str) -> None:
        """Start the server, and wait until it answers."""
        words = [w for s in (*_SETTINGS, *settings) for w in ("-c", s)]
        command = [
            *self.as_user(), str(self.programs / "postgres"), "-D", str(self.data),
            "-k", str(self.folder), *words,
        ]  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        for _ in range(600):
            try:
                with self.connection("postgres"):
                    return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT as one should, SIGQUIT at once, as where the power fails."""
        if self._process is not None:
            pid = self._process.pid
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            self._process.send_signal(how)
            try:
                self._process.wait(30 if how is signal.SIGINT else 0.5)
            except subprocess.TimeoutExpired:  # it waits five seconds for what does not hear it
                for child in children:
                    with suppress(ProcessLookupError):
                        os.kill(int(child), signal.SIGKILL)
                self._process.wait()
            self._process = None

    def connection(self, database: str = "test", user: str = "postgres") -> Any:
        """Return a connection that commits by itself, of the superuser if not told otherwise."""
        return psycopg.connect(host=str(self.folder), dbname=database, user=user, autocommit=True)

    def address(self, ledger: str, user: str = "keeper") -> str:
        """Return the address of a ledger."""
        return f"postgresql://{user}@/test/{ledger}?host={self.folder}"

    def laid_out(self, *, rings: bool = True) -> str:
        """Return the address of a new ledger that is laid out and holds nothing."""
        ledger = f"l{next(_COUNTED)}"
        with self.connection() as connection:
            script = setup_script(postgres_address(self.address(ledger)), rings=rings)
            connection.execute(script.encode())
            roles = ", ".join(f"test_{ledger}_{part}" for part in ("owner", "writer"))
            connection.execute(f"GRANT {roles} TO keeper".encode())
        return self.address(ledger)


@contextmanager
def running_server(*settings: str) -> Iterator[Server]:
    """Run a server with the database `test`; its folder goes with it."""
    programs = binaries()
    with tempfile.TemporaryDirectory(prefix="flpg-") as folder:
        server = Server(Path(folder), programs)
        server.make()
        try:
            server.start(*settings)
            with server.connection("postgres") as connection:
                connection.execute("CREATE DATABASE test")
                connection.execute("CREATE ROLE keeper LOGIN")
            yield server
        finally:
            server.stop(signal.SIGQUIT)
