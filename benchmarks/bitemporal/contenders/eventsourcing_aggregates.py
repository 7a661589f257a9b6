"""eventsourcing: an aggregate a pair, an event a claim; as of a date is to replay and filter."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.domain import Aggregate, event

from bitemporal.contenders.base import Contender
from bitemporal.contenders.sqlite_btree import answer
from bitemporal.oracle import FAR, Answer
from bitemporal.workload import Claim, Question


class Pair(Aggregate):
    """The claims between two actors, in the order in which they came."""

    @event("Started")
    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[tuple[int, str, int, int, int, int]] = []

    @staticmethod
    def create_id(name: str) -> UUID:
        """Return the id that belongs to the two names."""
        return uuid5(NAMESPACE_URL, name)

    @event("Claimed")
    def claim(self, of: int, kind: str, start: int, stop: int, tx: int, replaces: int) -> None:
        """Take in a claim; `replaces` is -1 where it corrects none."""
        self.rows.append((of, kind, start, stop, tx, replaces))


class Eventsourcing(Contender):
    """The application with its SQLite recorder; loading keeps the aggregates in memory."""

    def load(self, batches: Iterable[list[Claim]]) -> None:
        """Save the aggregates that a batch touches by one commit."""
        self.open()
        pairs: dict[str, Pair] = {}
        for batch in batches:
            touched: dict[str, Pair] = {}
            for c in batch:
                name = f"{c.a}|{c.b}"
                pair = pairs.get(name) or pairs.setdefault(name, Pair(name))
                stop = FAR if c.end is None else c.end
                replaces = -1 if c.replaces is None else c.replaces
                pair.claim(c.id, c.kind, c.start, stop, c.tx, replaces)
                touched[name] = pair
            self._app.save(*touched.values())

    def open(self) -> None:
        """Open the application on its file."""
        path = str(self.folder / "events.db")
        module = "eventsourcing.sqlite"
        self._app: Application[UUID] = Application(
            env={"PERSISTENCE_MODULE": module, "SQLITE_DBNAME": path}
        )

    def ask(self, question: Question) -> Answer:
        """Replay the pair, and look at every claim of it."""
        a, b, day, tx = question
        try:
            pair: Pair = self._app.repository.get(Pair.create_id(f"{a}|{b}"))
        except AggregateNotFoundError:
            return Answer((), 0)
        known = [r for r in pair.rows if r[4] <= tx]
        corrected = {r[5] for r in known}
        return answer([r[:2] + r[3:4] for r in known if r[0] not in corrected and r[2] <= day], day)

    def close(self) -> None:
        """Close the application."""
        self._app.close()


CONTENDERS = {"eventsourcing": Eventsourcing}
