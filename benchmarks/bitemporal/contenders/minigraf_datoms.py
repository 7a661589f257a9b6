"""minigraf: a bitemporal datom a claim, valid from its start to its end; slow, so at a small size."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable

from minigraf import MiniGrafDb

from bitemporal.contenders.base import Contender
from bitemporal.oracle import FAR, Answer
from bitemporal.workload import Claim, Question

_FIRST = datetime.date(2005, 1, 1)


class Minigraf(Contender):
    """Known by then is a number of transactions, which are counted while loading."""

    def load(self, batches: Iterable[list[Claim]]) -> None:
        """Retract and transact each batch."""
        self.open()
        states: dict[int, Claim] = {}
        counts: list[int] = []
        done = 0
        for batch in batches:
            states.update((c.id, c) for c in batch if c.is_state)
            commands = [*retractions(batch, states), *transactions(batch)]
            for command in commands:
                self._db.execute(command)
            done += len(commands)
            counts.append(done)
        self._db.checkpoint()
        (self.folder / "counts.json").write_text(json.dumps(counts))

    def open(self) -> None:
        """Open the file, and read back how many transactions each batch made."""
        self._db = MiniGrafDb.open(str(self.folder / "claims.graph"))
        counts = self.folder / "counts.json"
        self._counts: list[int] = json.loads(counts.read_text()) if counts.exists() else []

    def ask(self, question: Question) -> Answer:
        """Ask for the values of the pair: its states, then its events."""
        return Answer(tuple(sorted(self._values(question, "s"))), len(self._values(question, "e")))

    def close(self) -> None:
        """Let go of the file."""
        del self._db

    def _values(self, question: Question, kind: str) -> list[int]:
        a, b, day, tx = question
        when = f':as-of {self._counts[tx]} :valid-at "{_FIRST + datetime.timedelta(day)}"'
        query = f"(query [:find ?v {when} :where [:{a}-{b} :{kind} ?v]])"
        return [found[0] for found in json.loads(self._db.execute(query))["results"]]


def retractions(batch: list[Claim], states: dict[int, Claim]) -> list[str]:
    """Return the commands that retract what a batch corrects."""
    gone = [states[c.replaces] for c in batch if c.replaces is not None]
    return [f"(retract [{datom(old)}])" for old in gone]


def transactions(batch: list[Claim]) -> list[str]:
    """Return the commands that bring a batch, one for all claims of the same days."""
    groups: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for c in batch:
        stop = c.end if c.is_state and c.end is not None else FAR
        groups[c.start, stop].append(datom(c))
    return [f"(transact {validity(*days)} [{' '.join(of)}])" for days, of in groups.items()]


def datom(claim: Claim) -> str:
    """Return a claim as an entity, an attribute and a value."""
    return f"[:{claim.a}-{claim.b} :{claim.kind[0]} {claim.id}]"


def validity(start: int, stop: int) -> str:
    """Return the options that say from when to when."""
    since = f':valid-from "{_FIRST + datetime.timedelta(start)}"'
    until = "" if stop == FAR else f' :valid-to "{_FIRST + datetime.timedelta(stop)}"'
    return f"{{{since}{until}}}"


CONTENDERS = {"minigraf": Minigraf}
