"""factledger in both its stores, through its public API: full records, cited, salted, chained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bitemporal.contenders.base import Contender
from bitemporal.oracle import Answer, Counts
from bitemporal.workload import ACTORS, BATCH, Claim, Question
from factledger import Day, Ledger

FIRST = Day.parse("2005-01-01")
NOW = datetime(2100, 1, 1, tzinfo=UTC)  # after all days, so that all can be published

Body = dict[str, Any]


def declarations() -> Iterator[Body]:
    """Yield what the claims refer to: the actors, one source, and the types."""
    for name in ACTORS:
        yield {"kind": "actor", "id": name, "category": "country", "names": [name]}
    yield {"kind": "source", "id": "wire", "title": "A wire", "published": "2099-12-31"}
    for shape, count in (("state", 10), ("event", 40)):
        for i in range(count):
            yield {"kind": "type", "id": f"{shape[0]}{i}", "shape": shape}


BEFORE = 1 + sum(1 for _ in declarations())  # entries before the first claim, the header included
_ISO = [(date(2005, 1, 1) + timedelta(i)).isoformat() for i in range(20_000)]


def body(claim: Claim) -> Body:
    """Return a claim as a record; our `until` is the last day, theirs the day after."""
    made: Body = {
        "kind": "state" if claim.is_state else "event",
        "type": claim.kind,
        "participants": [
            {"role": "party", "actor": claim.a},
            {"role": "party", "actor": claim.b},
        ],
        "citations": [{"source": "wire", "locator": f"row {claim.id}"}],
    }
    if claim.is_state:
        made["since"] = _ISO[claim.start]
        made["until"] = ".." if claim.end is None else _ISO[claim.end - 1]
    else:
        made["when"] = _ISO[claim.start]
    return made


def record(claim: Claim) -> Body:
    """Return what is appended: the claim, or the correction that it is."""
    if claim.replaces is None:
        return body(claim)
    target = number(claim.replaces)
    return {"kind": "correct", "target": target, "reason": "refined", "record": body(claim)}


def number(claim: int) -> int:
    """Return the entry of a claim."""
    return BEFORE + 1 + claim


class FactledgerStore(Contender):
    """A ledger at an address that ends as its store does."""

    file: str

    def load(self, batches: Iterable[list[Claim]]) -> None:
        """Append each batch as one, acknowledged once it is durable."""
        address = self.folder / self.file
        self.ledger = Ledger.create(address, origin="benchmark", clock=lambda: NOW)
        self.ledger.append(*declarations())
        for batch in batches:
            self.ledger.append(*map(record, batch))

    def open(self) -> None:
        """Open the ledger."""
        self.ledger = Ledger.open(self.address, clock=lambda: NOW)

    def ask(self, question: Question) -> Answer:
        """Ask for the view of the relationship, and what stands in it."""
        a, b, day, tx = question
        view = self.ledger.as_of(Day(FIRST + day), recorded=self.cut(tx)).between(a, b)
        states = [n - BEFORE - 1 for n in view.numbers("state")]
        return Answer(tuple(states), view.count("event"))

    def relationships(self, day: int, tx: int) -> Counts:
        """Ask for the counts of all relationships."""
        view = self.ledger.as_of(Day(FIRST + day), recorded=self.cut(tx))
        found = view.relationships()
        return {pair: (of.get("state", 0), of.get("event", 0)) for pair, of in found.items()}

    def cut(self, tx: int) -> int:
        """Return the entry that ends a transaction."""
        return min(BEFORE + (tx + 1) * BATCH, len(self.ledger))

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()

    @property
    def address(self) -> Path:
        """Return where the ledger is."""
        return self.folder / self.file


class FactledgerSqlite(FactledgerStore):
    """The store for large ledgers."""

    file = "l.db"


class FactledgerJsonl(FactledgerStore):
    """The store of readable lines."""

    file = "l.jsonl"


CONTENDERS = {"factledger-sqlite": FactledgerSqlite, "factledger-jsonl": FactledgerJsonl}
