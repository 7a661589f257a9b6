"""A ledger behind PgBouncer: it is read and followed, and not written."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from factledger.errors import WriteRefused
from factledger.log.stores.postgres.doorbell import Doorbell
from factledger.log.stores.postgres.store import PostgresStore
from factledger.testing.store_model import append
from needed import program
from postgres_server import Server

SETTINGS = """\
[databases]
test = host={server} port=5432
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = 6432
auth_type = trust
auth_file = {folder}/users
pool_mode = {mode}
"""


@pytest.fixture
def pooler(server: Server, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The folder of the socket of a pooler before the server, in the mode that the test names."""
    bouncer = program("pgbouncer", "pgbouncer")
    folder = server.folder / f"pool-{request.param}"
    folder.mkdir()
    (folder / "users").write_text('"keeper" ""\n')
    text = SETTINGS.format(server=server.folder, folder=folder, mode=request.param)
    (folder / "ini").write_text(text)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with subprocess.Popen([*server.as_user(), bouncer, "-q", str(folder / "ini")]) as process:
        while not (folder / ".s.PGSQL.6432").exists():
            assert process.poll() is None
            time.sleep(0.02)
        yield folder
        process.kill()
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("pooler", "rings"),
    [("session", True), ("transaction", False), ("statement", False)],
    indirect=["pooler"],
)
def test_behind_a_pooler_a_ledger_is_read_and_not_written(
    pooler: Path, rings: bool, server: Server, home: Path
) -> None:
    """A writer is refused before it takes a lock, which nobody could give back."""
    address = server.laid_out()
    far = address.replace(f"host={server.folder}", f"host={pooler}&port=6432")
    with PostgresStore.create(address) as store:
        lines = append(store, 2)
        with PostgresStore.open(far) as pooled, Doorbell.at(far) as bell:
            assert list(pooled.read()) == lines
            for _ in range(3):
                with pytest.raises(WriteRefused, match="a pooler stands between"):
                    append(pooled)
                with store.writing(timeout=0):
                    pass
            append(store)
            assert bell.wait(0.5) == rings
            assert len(list(pooled.read())) == 3
