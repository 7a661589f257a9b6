"""The work that every contender is given: claims with corrections, and questions, from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

BATCH = 1000  # claims in one transaction
DAYS = 7300
ACTORS = tuple(f"E{i:03d}" for i in range(250))
_WEIGHTS = tuple(1 / (i + 1) for i in range(len(ACTORS)))  # few actors are in most claims


class Claim(NamedTuple):
    """A state of one of ten kinds `s…`, or an event of one of forty kinds `e…`, between a and b.

    `start` and `end` are days since 2005-01-01; `end` is the first day after, None while it goes
    on. `tx` is the transaction that brings the claim; one that `replaces` another is its
    correction: from `tx` on the other is no longer believed.
    """

    id: int
    a: str
    b: str
    kind: str
    start: int
    end: int | None
    tx: int
    replaces: int | None

    @property
    def is_state(self) -> bool:
        """Return whether it is a state; else it is an event."""
        return self.kind[0] == "s"


class Question(NamedTuple):
    """It asks what stood between a and b on a day, as believed after a transaction."""

    a: str
    b: str
    day: int
    tx: int


def claims(count: int, seed: int = 7) -> Iterator[Claim]:
    """Yield that many claims, by id: a fifth states; of twenty, about one is a correction."""
    rng = random.Random(seed)
    names = iter(rng.choices(ACTORS, _WEIGHTS, k=2 * count + 200_000))
    states: list[Claim] = []  # not corrected so far
    for number in range(count):
        tx = number // BATCH
        old = _taken(rng, states, tx) if number % 20 == 19 else None
        if old is not None:
            yield old._replace(id=number, end=_end(rng, old.start, 300), tx=tx, replaces=old.id)
            continue
        claim = _fresh(rng, names, number, tx)
        if claim.is_state:
            states.append(claim)
        yield claim


def _taken(rng: random.Random, states: list[Claim], tx: int) -> Claim | None:
    """Return a state of an earlier transaction, taken out of `states`; None where chance has none."""
    if not states:
        return None
    place = rng.randrange(len(states))
    old = states[place]
    states[place] = states[-1]
    states.pop()
    if old.tx < tx:
        return old
    states.append(old)
    return None


def _fresh(rng: random.Random, names: Iterator[str], number: int, tx: int) -> Claim:
    a, b = next(names), next(names)
    while a == b:
        b = rng.choice(ACTORS)
    a, b = min(a, b), max(a, b)
    start = rng.randrange(DAYS)
    if rng.random() < 0.2:
        end = None if rng.random() < 0.3 else _end(rng, start, 400)
        return Claim(number, a, b, f"s{rng.randrange(10)}", start, end, tx, None)
    return Claim(number, a, b, f"e{rng.randrange(40)}", start, start + 1, tx, None)


def _end(rng: random.Random, start: int, mean: int) -> int:
    return start + 1 + int(rng.expovariate(1 / mean))


def questions(claims: int, count: int, seed: int = 11) -> list[Question]:
    """Return that many questions to so many claims; half of them as believed at the end."""
    rng = random.Random(seed)
    last = (claims - 1) // BATCH
    found: list[Question] = []
    while len(found) < count:
        a, b = sorted(rng.choices(ACTORS, _WEIGHTS, k=2))
        if a != b:
            day = rng.randrange(DAYS)
            found.append(
                Question(a, b, day, last if rng.random() < 0.5 else rng.randrange(last + 1))
            )
    return found


def first_of_each_pair(asked: Iterable[Question]) -> list[Question]:
    """Return the questions whose pair was not asked before: what no cache can know."""
    found: dict[tuple[str, str], Question] = {}
    for question in asked:
        found.setdefault((question.a, question.b), question)
    return list(found.values())


def other_days(question: Question, count: int = 4) -> list[Question]:
    """Return the same question at other days, spread over all days."""
    step = DAYS // (count + 1)
    return [question._replace(day=(question.day + i * step) % DAYS) for i in range(1, count + 1)]


def batches(found: Iterable[Claim]) -> Iterator[list[Claim]]:
    """Yield the claims a transaction at a time."""
    rest = iter(found)
    while batch := list(islice(rest, BATCH)):
        yield batch
