"""Which claims of a small ledger are live at two cuts, and what was recorded about each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from enumeration_ways import AFTER, Claim, Entry, Way, spoken_by, ways_of

OUR_ERRORS = ("misread", "misdated", "misidentified")


class Told(NamedTuple):
    """A live claim with its ways alone; `sure` unless it may count for nothing."""

    number: int
    claim: Claim
    ways: frozenset[Way]
    sure: bool
    disputed: bool
    settled: int
    spoken: int


class Belief:
    """The live claims at two cuts: lines up to `recorded`, sources published by `published`."""

    def __init__(
        self,
        entries: Sequence[Entry],
        published: Mapping[str, tuple[int, int]],
        recorded: int | None = None,
        cut: int | None = None,
    ) -> None:
        self.entries = [e for e in entries if recorded is None or e.number <= recorded]
        self.published, self.cut = published, AFTER + 1 if cut is None else cut

    def standing_lines(self, verb: str) -> list[Entry]:
        """Return the lines of a kind that were not taken back."""
        gone = {e.target for e in self.entries if e.verb == "retract"}
        return [e for e in self.entries if e.verb == verb and e.number not in gone]

    def heard(self, sources: Iterable[str]) -> list[tuple[int, int]]:
        """Return the days of publication of the sources that count."""
        days = [self.published[s] for s in sources if s not in self.withdrawn()]
        return [(first, last) for first, last in days if first <= self.cut]

    def withdrawn(self) -> set[str]:
        """Return the sources that are withdrawn."""
        return {s for e in self.standing_lines("withdraw") for s in e.sources}

    def surely(self, sources: Iterable[str]) -> bool:
        """Whether one of the sources that count was surely published."""
        return any(last <= self.cut for _, last in self.heard(sources))

    def chain(self, root: Entry) -> list[Entry]:
        """Return the readings of a claim that have their ground, the one that stands last."""
        corrections = (
            e for e in self.standing_lines("correct") if self.root(e.number) == root.number
        )
        return [root, *(e for e in corrections if self.grounded(e))]

    def grounded(self, correction: Entry) -> bool:
        """Whether what a correction rests on counts: our error is one though its source is withdrawn."""
        assert correction.claim is not None
        sources = correction.claim.sources
        if correction.reason not in OUR_ERRORS:
            return self.surely(sources)
        before = next(e.claim for e in self.entries if e.number == correction.target)
        again = before is not None and bool({*before.sources} & {*sources})
        return again or not {*sources} <= self.withdrawn()

    def told(self) -> list[Told]:
        """Return the live claims, each by the reading that stands."""
        roots = self.standing_lines("assert")
        return [t for root in roots if (t := self.one(self.chain(root))) is not None]

    def one(self, chain: list[Entry]) -> Told | None:
        """Return a live claim with all that was recorded about any of its readings."""
        numbers = self.readings_of(chain[0].number)
        claim = chain[-1].claim
        assert claim is not None
        claim = claim._replace(roles=frozenset((r, self.actor(a)) for r, a in claim.roles))

        def about(verb: str) -> list[Entry]:
            return [
                e
                for e in self.standing_lines(verb)
                if e.target in numbers and self.heard(e.sources)
            ]

        sources = [*claim.sources, *(s for e in about("corroborate") for s in e.sources)]
        days = self.heard(sources)
        if not days:
            return None
        closes = [e for e in about("close") if not self.overtaken(e, chain)]
        close = closes[-1] if closes else None
        end, vouching = (close.until, self.heard(close.sources)) if close else (claim.end, [])
        if close and not self.surely(close.sources):
            end, vouching = end._replace(last=None), []
        starts = {w.first for w in ways_of(claim, claim.end, days)}
        ways = frozenset(w for w in ways_of(claim, end, days + vouching) if w.first in starts)
        return Told(
            chain[-1].number,
            claim,
            ways,
            self.surely(sources) and claim.modality != "planned",
            bool(about("dispute")),
            min(last for _, last in days),
            spoken_by(days),
        )

    def readings_of(self, root: int) -> set[int]:
        """Return all lines that were ever readings of a claim."""
        numbers = {root}
        for e in self.entries:
            if e.verb == "correct" and e.target in numbers:
                numbers.add(e.number)
        return numbers

    def overtaken(self, close: Entry, chain: list[Entry]) -> bool:
        """Whether a later correction gives the claim another end."""
        pairs = pairwise(chain)
        return any(
            after.number > close.number and before.claim.end != after.claim.end  # type: ignore[union-attr]
            for before, after in pairs
        )

    def actor(self, name: str) -> str:
        """Return the name that stands for an actor."""
        names = {name}
        for _ in self.entries:
            names |= {
                n for e in self.standing_lines("alias") if names & {*e.sources} for n in e.sources
            }
        return min(names)

    def root(self, number: int) -> int:
        """Return the first line of the claim of which a line is a reading."""
        targets = {e.number: e.target for e in self.entries if e.verb == "correct"}
        while number in targets:
            number = targets[number]
        return number

    def verdict(self, a: int, b: int) -> str | None:
        """Return the last word on whether two claims are the same."""
        pair = {self.root(a), self.root(b)}
        words = [e for e in self.entries if e.verb in ("same", "different")]
        said = [e.verb for e in words if {self.root(e.target), self.root(e.other)} == pair]
        return said[-1] if said else None
