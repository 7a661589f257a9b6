"""DuckDB: columns, loaded at once from Arrow and sorted by pair, as is kindest to it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import duckdb
import pyarrow

from bitemporal.contenders.base import Contender
from bitemporal.contenders.sqlite_btree import answer, row
from bitemporal.oracle import FAR, Answer, Counts
from bitemporal.workload import Claim, Question

_NAMES = ("id", "a", "b", "kind", "start", "stop", "known")
_TABLE = """
    create table claim (id int, a varchar, b varchar, kind varchar,
                        start int, stop int, known int, until int)
"""
_PAIR = """
    select id, kind, stop from claim
    where a = ? and b = ? and start <= ? and known <= ? and until > ?
"""
_ALL = """
    select a, b, count(*) filter (kind >= 's' and stop > $day), count(*) filter (kind < 's')
    from claim where start <= $day and known <= $tx and until > $tx group by a, b
"""


class Duckdb(Contender):
    """Everything in one load, not in transactions of a thousand."""

    def load(self, batches: Iterable[list[Claim]]) -> None:
        """Take in all claims as one table of Arrow."""
        found = list(chain.from_iterable(batches))
        until = {c.replaces: c.tx for c in found if c.replaces is not None}
        columns = dict(zip(_NAMES, zip(*map(row, found), strict=True), strict=True))
        arrow = pyarrow.table({**columns, "until": [until.get(c.id, FAR) for c in found]})
        self.open()
        self._db.execute(_TABLE)
        self._db.register("arrow", arrow)
        self._db.execute("insert into claim select * from arrow order by a, b, start")
        self._db.execute("checkpoint")

    def open(self) -> None:
        """Open the file."""
        self._db = duckdb.connect(str(self.folder / "claims.duckdb"))

    def ask(self, question: Question) -> Answer:
        """Scan the columns for the pair."""
        a, b, day, tx = question
        return answer(self._db.execute(_PAIR, (a, b, day, tx, tx)).fetchall(), day)

    def relationships(self, day: int, tx: int) -> Counts:
        """Count by one statement."""
        rows = self._db.execute(_ALL, {"day": day, "tx": tx}).fetchall()
        return {(a, b): (states, events) for a, b, states, events in rows if states or events}

    def close(self) -> None:
        """Close the file."""
        self._db.close()


CONTENDERS = {"duckdb": Duckdb}
