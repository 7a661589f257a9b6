"""Claims as chains of readings: a claim as it was first entered, its corrections, what is about it.

A record that is about an entry is about the claim of which the entry is a reading. The first
reading's number is the claim's own. Nothing here depends on a cut: who reads up to an entry passes
over the numbers above it.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factledger.index.bodies import CLAIM_KINDS, puts_claim
from factledger.named import NamedTuple

if TYPE_CHECKING:
    from factledger.index.base import Index
    from factledger.records.codec import Body

_KEPT = 1 << 16  # entries whose chains are kept
_TAKING = frozenset({"retract", "redact"})


class Chain(NamedTuple):
    """The readings of one claim, oldest first; what takes a reading away, and what is about the claim.

    `taking` are the entries that retract or erase a reading, by reading; `about` the others, by kind.
    """

    readings: list[int]
    taking: dict[int, list[int]]
    about: dict[str, list[int]]

    @property
    def first(self) -> int:
        """The first reading, whose number is that of the claim."""
        return self.readings[0]

    @property
    def entries(self) -> list[int]:
        """Every entry of the chain, each once, in order."""
        others = [*self.taking.values(), *self.about.values()]
        return sorted({*self.readings, *(number for numbers in others for number in numbers)})

    def take(self, number: int, kind: str, reading: int) -> None:
        """Take in an entry that is about a reading."""
        if kind in _TAKING:
            insort(self.taking[reading], number)
        elif number not in self.about[kind][-1:]:  # an identification may name two readings
            self.about[kind].append(number)


class Chains:
    """The chains of an index, each made when it is asked for, and kept in step with what is added."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._firsts: dict[int, int] = {}
        self._chains: dict[int, Chain] = {}

    def first(self, number: int) -> int:
        """Return the number of the claim of which an entry is a reading: of any other, its own."""
        with self._index.lock:
            return self._first(number)

    def _first(self, number: int) -> int:
        path = []
        while number not in self._firsts and (before := self._corrected(number)) is not None:
            path.append(number)
            number = before
        found = self._firsts.get(number, number)
        if len(self._firsts) > _KEPT:
            self.clear()
        self._firsts.update(dict.fromkeys(path, found))
        return found

    def alone(self, number: int) -> bool:
        """Return whether an entry holds a claim that was never corrected, and is about by none."""
        index = self._index
        if index.kind(number) not in CLAIM_KINDS or index.targeting(number):
            return False
        # Of a correction that was erased only the entry that says so still names the claim.
        return index.is_empty("readings") or not index.on("readings", number)

    def of(self, number: int) -> Chain:
        """Return the chain of which an entry is a reading."""
        with self._index.lock:
            first = self._first(number)
            found = self._chains.get(first)
            if found is None:
                found = self._chains[first] = self._made(first)
                told = (n for n in found.readings if self._index.kind(n) == "correct")
                self._firsts.update(dict.fromkeys((first, *told), first))
            return found

    def note(self, number: int, body: Body | None) -> None:
        """Take in an entry that was added to the index."""
        if body is None or not self._chains:
            return
        if body["kind"] == "redact" and "claim" in body:
            self.clear()
        elif puts_claim(body) and "target" in body:
            chain = self._chains.get(self.first(number))
            if chain is not None:
                chain.readings.append(number)
        else:
            targets = [body["target"]] if "target" in body else body.get("claims", ())
            for target in targets:
                chain = self._chains.get(self.first(target))
                if chain is not None:
                    chain.take(number, body["kind"], target)

    def clear(self) -> None:
        """Forget all: what was tried is not added, or others added to the log."""
        self._firsts.clear()
        self._chains.clear()

    def _corrected(self, number: int) -> int | None:
        """Return the reading that an entry corrects, None for what corrects no claim.

        Of an erased correction only the entry that says so still tells it.
        """
        if self._index.kind(number) == "redacted":
            bodies = (self._index.body(n) or {} for n in self._index.targeting(number))
            claim = next((b["claim"] for b in bodies if "claim" in b), number)
        else:
            body = self._index.body(number) if self._index.kind(number) == "correct" else None
            claim = body["target"] if body and puts_claim(body) else number
        return claim if 1 <= claim < number else None  # a forger can name what comes later

    def _made(self, first: int) -> Chain:
        readings, about, waiting = {first}, [], [first]
        while waiting:
            reading = waiting.pop()
            about += [(number, reading) for number in self._index.targeting(reading)]
            later = set(self._later(reading)) - readings
            readings |= later
            waiting += later
        chain = Chain(sorted(readings), defaultdict(list), defaultdict(list))
        for number, reading in sorted(about):
            if number not in readings:
                chain.take(number, self._index.kind(number), reading)
        return chain

    def _later(self, reading: int) -> Iterator[int]:
        """Yield the readings that correct a reading, those that were erased included."""
        index = self._index
        for number in index.targeting(reading):
            if number > reading and index.kind(number) == "correct" and index.puts_claim(number):
                yield number
        for number in index.on("readings", reading):
            erased = (index.body(number) or {}).get("target", reading)
            if erased > reading:
                yield erased
