"""The work written out once, so that each process reads it and holds none of what made it."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bitemporal.oracle import Answer, Counts, Oracle
from bitemporal.workload import (
    BATCH,
    DAYS,
    Claim,
    Question,
    batches,
    claims,
    first_of_each_pair,
    other_days,
    questions,
)

SIZED = (80, 120)  # claims of a pair, where growth is asked about

Round = tuple[Question, Answer, list[tuple[Question, Answer]]]
"""The first question about a pair with its answer, then the same at other days."""


Everything = list[tuple[int, int, Counts]]
"""Days and transactions, with the counts of all relationships."""


class Expected:
    """What is asked, with what the oracle says; each part is read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def pairs(self) -> list[Round]:
        """Return pairs drawn as the claims are, so that the busy ones come up most."""
        part: list[Round] = _read_part(self._folder, "pairs")
        return part

    @property
    def sized(self) -> list[Round]:
        """Return pairs of about a hundred claims."""
        part: list[Round] = _read_part(self._folder, "sized")
        return part

    @property
    def everything(self) -> Everything:
        """Return days on which all relationships are counted."""
        part: Everything = _read_part(self._folder, "everything")
        return part

    @property
    def turns(self) -> dict[str, int]:
        """Return what the projection over all changes finds."""
        part: dict[str, int] = _read_part(self._folder, "turns")
        return part


def prepare(folder: Path, count: int, asked: int, *, whole: bool = True) -> None:
    """Write the claims and what is expected of them into a folder.

    Without `whole` only the pairs are held in memory, and nothing is asked about all.
    """
    folder.mkdir(parents=True)
    with (folder / "claims").open("wb") as file:
        for batch in batches(claims(count)):
            pickle.dump(batch, file)
    drawn = first_of_each_pair(questions(count, asked))
    sized = pairs_of_a_size(folder, min(asked, 200))
    every = {(q.a, q.b) for q in (*drawn, *sized)}
    oracle = Oracle(_read(folder), None if whole else every)
    last = (count - 1) // BATCH
    days = [DAYS * i // 6 for i in range(1, 6)] if whole else []
    parts = {
        "pairs": [_round(oracle, q) for q in drawn],
        "sized": [_round(oracle, q) for q in sized],
        "everything": [(day, last, oracle.relationships(day, last)) for day in days],
        "turns": oracle.turns(last) if whole else {},
    }
    for name, part in parts.items():
        (folder / name).write_bytes(pickle.dumps(part))


def pairs_of_a_size(folder: Path, asked: int) -> list[Question]:
    """Return a question for each of so many pairs that have about a hundred claims."""
    sizes: dict[tuple[str, str], int] = {}
    last = 0
    for claim in _read(folder):
        sizes[claim.a, claim.b] = sizes.get((claim.a, claim.b), 0) + 1
        last = claim.tx
    fitting = sorted(pair for pair, size in sizes.items() if SIZED[0] <= size <= SIZED[1])
    rng = random.Random(5)
    chosen = rng.sample(fitting, min(asked, len(fitting)))
    return [Question(*pair, rng.randrange(DAYS), last) for pair in chosen]


def prepared_batches(folder: Path) -> Iterator[list[Claim]]:
    """Yield the claims of a prepared folder, a transaction at a time."""
    with (folder / "claims").open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def expected_of(folder: Path) -> Expected:
    """Return what is asked of a prepared folder, and the answers."""
    return Expected(folder)


def _read_part(folder: Path, name: str) -> Any:
    return pickle.loads((folder / name).read_bytes())


def _read(folder: Path) -> Iterator[Claim]:
    return (claim for batch in prepared_batches(folder) for claim in batch)


def _round(oracle: Oracle, first: Question) -> Round:
    return first, oracle.ask(first), [(q, oracle.ask(q)) for q in other_days(first)]
