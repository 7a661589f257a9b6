"""One part of a ledger, renumbered without gaps: an index of it that the statuses can be asked of."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from heapq import merge
from typing import Any

from factledger.index.memory import MemoryIndex
from factledger.log.canonical import canonical
from factledger.log.lines import Line, parted
from factledger.records.codec import Body
from factledger.records.vocabulary import shipped
from factledger.scaling.layout.routing import number_of

_REFERENCES = ("target", "claim")
_LISTS = ("claims", "settles")


class LedgerPart:
    """Some lines of a ledger with numbers of their own, in the order of the ledger's.

    What is about an entry that is not among them is left out: it bears on none of them.
    """

    def __init__(self, raws: Iterable[bytes] = ()) -> None:
        self.index = MemoryIndex(shipped())
        self.numbers: list[int] = []  # those of the ledger, by place
        self._places: dict[int, int] = {}
        for raw in raws:
            self._take(raw)

    def _take(self, raw: bytes) -> None:
        number = number_of(raw)
        line = parted(raw, "part", number)
        self.take(number, line, None if line.body is None else json.loads(line.body))

    def take(self, number: int, line: Line, body: Body | None) -> None:
        """Take in an entry of the ledger, with the value of its body."""
        place = self._places[number] = len(self.numbers) + 1
        moved = None if body is None else self._moved(body)
        if body is not None and moved is None:
            del self._places[number]
            return
        self.numbers.append(number)
        text = line.body if moved is body else canonical(moved)
        self.index.add(text, line.at, moved)
        self.index.place(Line(place, line.at, place, place, text, line.salt, "", line.hash))

    def _moved(self, body: Body) -> Body | None:
        """Return a body with the numbers of this part in it; None where one is not among them."""
        changed: Body = {}
        for name in _REFERENCES:
            if name in body:
                changed[name] = self._places.get(body[name])
        for name in _LISTS:
            if name in body:
                changed[name] = [self._places.get(n) for n in body[name]]
        if not changed:
            return body
        values: list[Any] = [v for v in changed.values() if not isinstance(v, list)]
        values += changed.get("claims", ())
        if None in values:
            return None
        if "settles" in changed:  # a dispute that is not here disputes nothing here
            changed["settles"] = [n for n in changed["settles"] if n is not None]
        return {**body, **changed}

    def place_of(self, number: int) -> int:
        """Return the last place that an entry of the ledger, or an earlier one, has here; 0 for none."""
        return bisect_right(self.numbers, number)

    def number_at(self, place: int) -> int:
        """Return the number in the ledger of an entry of this part."""
        return self.numbers[place - 1]


def each_once(*parts: Iterable[bytes]) -> Iterable[bytes]:
    """Yield raw lines by their numbers, each once; each of the parts is in order."""
    last = 0
    for raw in merge(*parts, key=number_of):
        number = number_of(raw)
        if number != last:
            yield raw
        last = number
