"""The work written out once, so that each process reads it and holds none of what made it."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

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


class Expected(NamedTuple):
    """What is asked, with what the oracle says.

    `pairs` are drawn as the claims are, so that the busy ones come up most; `sized` are pairs of
    about a hundred claims. `everything` holds days with the counts of all relationships. `turns`
    is what the projection over all changes finds.
    """

    pairs: list[Round]
    sized: list[Round]
    everything: list[tuple[int, int, Counts]]
    turns: dict[str, int]


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
    expected = Expected(
        [_round(oracle, q) for q in drawn],
        [_round(oracle, q) for q in sized],
        [(day, last, oracle.relationships(day, last)) for day in days],
        oracle.turns(last) if whole else {},
    )
    (folder / "expected").write_bytes(pickle.dumps(tuple(expected)))


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
    found: Any = pickle.loads((folder / "expected").read_bytes())
    return Expected(*found)


def _read(folder: Path) -> Iterator[Claim]:
    return (claim for batch in prepared_batches(folder) for claim in batch)


def _round(oracle: Oracle, first: Question) -> Round:
    return first, oracle.ask(first), [(q, oracle.ask(q)) for q in other_days(first)]
