"""The ledgers that the benchmarks ask: relationships of countries, made from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from factledger import (
    Actor,
    Citation,
    Day,
    Event,
    Inferred,
    Ledger,
    Participant,
    Source,
    State,
)

COUNTRIES = tuple(f"E{i:02d}" for i in range(46))  # 1,035 relationships
FIRST = Day.parse("2005-01-01")
DAYS = 6900


def pairs(seed: int = 2) -> list[tuple[str, str]]:
    """Return every relationship, shuffled."""
    found = [(a, b) for a in COUNTRIES for b in COUNTRIES if a < b]
    random.Random(seed).shuffle(found)
    return found


def declarations() -> Iterator[Actor | Source]:
    """Yield what the claims refer to."""
    yield from (Actor(id=name, category="country", names=[name]) for name in COUNTRIES)
    yield Source(id="wire", title="A wire", publisher="A wire", published="2024-01-05")


def claims(count: int, among: list[tuple[str, str]] | None = None) -> Iterator[Event | State]:
    """Yield that many claims: four events to one state, days evenly spread."""
    rng = random.Random(1)
    relationships = among or pairs()
    for i in range(count):
        one, other = rng.choice(relationships)
        day = str(Day(FIRST + rng.randrange(DAYS)))
        common: dict[str, Any] = {
            "participants": [
                Participant(role="actor", actor=one),
                Participant(role="recipient", actor=other, as_said="its neighbour"),
            ],
            "citations": [Citation(source="wire", locator=f"story {i}")],
            "text": f"{one} dealt with {other}, as story {i} tells.",
            "label": f"story-{i}",
            "inferred": [Inferred(field="participants", reason="only the capitals are named")],
        }
        if i % 5 == 0:
            yield State(
                type=rng.choice(["sanctions", "aid"]),
                value=f"programme {rng.randrange(10)}",
                since=day,
                until="..",
                **common,
            )
        else:
            yield Event(
                type="CONSULT",
                mode=rng.choice(["visit", "phone"]),
                when=day,
                **common,
            )


def made(path: Path, count: int, batch: int = 1000) -> Ledger:
    """Return a ledger of that many claims at `path`, appended in batches."""
    ledger = Ledger.create(path, origin="benchmark")
    ledger.append(*declarations())
    waiting = list(claims(count))
    for i in range(0, count, batch):
        ledger.append(*waiting[i : i + batch])
    return ledger
