"""PostgreSQL: ranges of days and of transactions in one table, with a GiST index."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import psycopg

from bitemporal.contenders.base import Contender
from bitemporal.contenders.sqlite_btree import answer
from bitemporal.oracle import FAR, Answer, Counts
from bitemporal.workload import Claim, Question

_TABLE = """
    create extension btree_gist;
    create table claim (id int primary key, a text, b text, kind text,
                        valid int4range, known int4range);
    create index on claim using gist (a, b, valid);
    create index on claim (a, b, lower(valid));
"""
_PAIR = """
    select id, kind, coalesce(upper(valid), %s) from claim
    where a = %s and b = %s and lower(valid) <= %s and known @> %s::int
"""
_ALL = """
    select a, b, count(*) filter (where kind >= 's' and valid @> %(day)s::int),
           count(*) filter (where kind < 's')
    from claim where lower(valid) <= %(day)s and known @> %(tx)s::int group by a, b
"""


class PostgresGist(Contender):
    """A server of its own, with 1 GB of shared buffers; root starts it as the user postgres."""

    def load(self, batches: Iterable[list[Claim]]) -> None:
        """Make a server, and copy each batch in by one transaction."""
        self.folder.chmod(0o777)  # the user postgres writes here
        run("initdb", "-D", str(self.folder / "data"), "-A", "trust", "-U", "postgres")
        self.open()
        self._db.execute(_TABLE)
        for batch in batches:
            self._take(batch)
        self._db.execute("analyze claim")

    def open(self) -> None:
        """Start the server and connect."""
        where = "-c listen_addresses= -c shared_buffers=1GB -c unix_socket_directories=/tmp -p 5499"
        data = str(self.folder / "data")
        log = str(self.folder / "data" / "log")
        run("pg_ctl", "-D", data, "-o", where, "-l", log, "-w", "start")
        address = "host=/tmp port=5499 user=postgres dbname=postgres"
        self._db = psycopg.connect(address, autocommit=True)

    def ask(self, question: Question) -> Answer:
        """Ask the indexes for the pair."""
        a, b, day, tx = question
        return answer(self._db.execute(_PAIR, (FAR, a, b, day, tx)).fetchall(), day)

    def relationships(self, day: int, tx: int) -> Counts:
        """Count by one statement."""
        rows = self._db.execute(_ALL, {"day": day, "tx": tx}).fetchall()
        return {(a, b): (states, events) for a, b, states, events in rows if states or events}

    def close(self) -> None:
        """Stop the server, once it has said how large the table is."""
        found = self._db.execute("select pg_total_relation_size('claim')").fetchone()
        self._bytes = int(found[0]) if found else 0
        self._db.close()
        run("pg_ctl", "-D", str(self.folder / "data"), "-m", "fast", "stop")

    def bytes(self) -> int:
        """Return the size of the table with its indexes, without the log for writing ahead."""
        return self._bytes

    def files(self) -> list[Path]:
        """Return none: they belong to the server."""
        return []

    def _take(self, batch: list[Claim]) -> None:
        retired = [(c.tx, c.replaces) for c in batch if c.replaces is not None]
        with self._db.transaction(), self._db.cursor() as cursor:
            with cursor.copy("copy claim from stdin") as copy:
                for c in batch:
                    valid = f"[{c.start},{'' if c.end is None else c.end})"
                    copy.write_row((c.id, c.a, c.b, c.kind, valid, f"[{c.tx},)"))
            retire = "update claim set known = int4range(lower(known), %s) where id = %s"
            cursor.executemany(retire, retired)


def run(program: str, *arguments: str) -> None:
    """Run a program of the server.

    Raises FileNotFoundError where it is not installed, RuntimeError with its last words.
    """
    command = [str(found(program)), *arguments]
    if os.getuid() == 0:  # the server refuses to be root
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
    with tempfile.TemporaryFile("w+") as said:  # no pipe: the server keeps what it inherits
        ended = subprocess.run(command, cwd="/", stdout=said, stderr=said, check=False)
        said.seek(0)
        if ended.returncode:
            raise RuntimeError(f"{program} says {said.read().strip().splitlines()[-1:]}")


def found(program: str) -> Path:
    """Return where a program of the server is, as Debian or the path has it."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    path = shutil.which(program)
    if not debian and path is None:
        raise FileNotFoundError(f"no {program}: PostgreSQL is not installed")
    return debian[-1] if debian else Path(str(path))


CONTENDERS = {"postgres-gist": PostgresGist}
