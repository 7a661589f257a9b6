"""The floor: what a Python programmer writes by hand, one table with one covering index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from bitemporal.contenders.base import Contender
from bitemporal.oracle import FAR, Answer, Counts
from bitemporal.workload import Claim, Question

_TABLE = """
    pragma journal_mode = wal;
    create table claim (id integer primary key, a text, b text, kind text,
                        start int, stop int, known int, until int default 1000000000);
    create index pair on claim (a, b, start, stop, known, until, kind);
"""
_INSERT = "insert into claim (id, a, b, kind, start, stop, known) values (?, ?, ?, ?, ?, ?, ?)"
_PAIR = """
    select id, kind, stop from claim
    where a = ? and b = ? and start <= ? and known <= ? and until > ?
"""
_ALL = """
    select a, b, sum(kind >= 's' and stop > :day), sum(kind < 's') from claim
    where start <= :day and known <= :tx and until > :tx group by a, b
"""


class SqliteBtree(Contender):
    """No text, no citation, no hash: who corrects a claim changes its row."""

    def load(self, batches: Iterable[list[Claim]]) -> None:
        """Take in each batch by one durable commit."""
        self.open()
        self._db.executescript(_TABLE)
        for batch in batches:
            self._db.execute("begin")
            self._db.executemany(_INSERT, map(row, batch))
            retired = [(c.tx, c.replaces) for c in batch if c.replaces is not None]
            self._db.executemany("update claim set until = ? where id = ?", retired)
            self._db.execute("commit")

    def open(self) -> None:
        """Open the file; a commit is on the disk before it is acknowledged."""
        self._db = sqlite3.connect(self.folder / "claims.db", isolation_level=None)
        self._db.execute("pragma synchronous = full")

    def ask(self, question: Question) -> Answer:
        """Ask the index for the pair."""
        a, b, day, tx = question
        return answer(self._db.execute(_PAIR, (a, b, day, tx, tx)).fetchall(), day)

    def relationships(self, day: int, tx: int) -> Counts:
        """Count by one statement, over the whole index."""
        rows = self._db.execute(_ALL, {"day": day, "tx": tx})
        return {(a, b): (states, events) for a, b, states, events in rows if states or events}

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def row(claim: Claim) -> tuple[int, str, str, str, int, int, int]:
    """Return a claim as the columns of the table."""
    stop = FAR if claim.end is None else claim.end
    return claim.id, claim.a, claim.b, claim.kind, claim.start, stop, claim.tx


def answer(rows: list[tuple[int, str, int]], day: int) -> Answer:
    """Return what rows of id, kind and stop say: states that have not stopped, and events."""
    states = sorted(of for of, kind, stop in rows if kind[0] == "s" and stop > day)
    return Answer(tuple(states), sum(kind[0] == "e" for _, kind, _ in rows))


CONTENDERS = {"sqlite-btree": SqliteBtree}
