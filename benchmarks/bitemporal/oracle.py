"""The oracle: answers by looking at every claim, slow and right by inspection."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from typing import NamedTuple

from bitemporal.workload import Claim, Question

FAR = 10**9  # after every day and every transaction


class Answer(NamedTuple):
    """The ids of the states in force on the day, ascending, and how many events there were by then."""

    states: tuple[int, ...]
    events: int


Counts = dict[tuple[str, str], tuple[int, int]]
"""How many states and events each pair has that has any."""


class Oracle:
    """All claims, or those of some pairs, as they are; asked by looking at each."""

    def __init__(
        self, claims: Iterable[Claim], pairs: Container[tuple[str, str]] | None = None
    ) -> None:
        self._until: dict[int, int] = {}
        self._of: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.replaces is not None:
                self._until[claim.replaces] = claim.tx
            if pairs is None or (claim.a, claim.b) in pairs:
                self._of[claim.a, claim.b].append(claim)

    def ask(self, question: Question) -> Answer:
        """Return the answer to a question."""
        found = self._of.get((question.a, question.b), ())
        shown = [c for c in found if self._stands(c, question.day, question.tx)]
        return Answer(
            tuple(sorted(c.id for c in shown if c.is_state)), sum(not c.is_state for c in shown)
        )

    def relationships(self, day: int, tx: int) -> Counts:
        """Return the counts of every pair that has a state in force or an event by then."""
        answers = {pair: self.ask(Question(*pair, day, tx)) for pair in self._of}
        return {p: (len(a.states), a.events) for p, a in answers.items() if a.states or a.events}

    def turns(self, tx: int) -> dict[str, int]:
        """Return how many events happened, and states began and ended, up to the end of time."""
        found = Counter({"event": 0, "state": 0, "ended": 0})
        for claims in self._of.values():
            for claim in claims:
                if self._believed(claim, tx):
                    found["state" if claim.is_state else "event"] += 1
                    found["ended"] += claim.is_state and claim.end is not None
        return dict(found)

    def pairs_of(self, smallest: int, largest: int) -> list[tuple[str, str]]:
        """Return the pairs with so many claims, both bounds included, in the order of the claims."""
        return [pair for pair, found in self._of.items() if smallest <= len(found) <= largest]

    def _believed(self, claim: Claim, tx: int) -> bool:
        return claim.tx <= tx < self._until.get(claim.id, FAR)

    def _stands(self, claim: Claim, day: int, tx: int) -> bool:
        if claim.start > day or not self._believed(claim, tx):
            return False
        return not claim.is_state or claim.end is None or claim.end > day
