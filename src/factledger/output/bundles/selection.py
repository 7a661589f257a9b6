"""What of a ledger is handed over: all of it, or entries with all that can bear on them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from factledger.errors import NotFound
from factledger.index.base import Index
from factledger.views.relevance import Relevance


@attrs.frozen
class Selection:
    """Entries asked for, by number or by the actors that they name; with neither, the whole ledger."""

    entries: tuple[int, ...] = ()
    sides: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether all of the ledger is meant."""
        return not (self.entries or self.sides)

    def numbers(self, index: Index, size: int) -> Sequence[int]:
        """Return the numbers of what is handed over, up to `size`, rising.

        An entry comes with its sources, actors and types, with what was said about it, and with
        what counts beside it: whoever has the selection gets the answers that the ledger gives.
        Raises NotFound for an entry that is not there.
        """
        if self.whole:
            return range(1, size + 1)
        for number in self.entries:
            if not 1 <= number <= size:
                raise NotFound(f"entry #{number}", f"the checkpoint is of {size} entries")
        relevance = Relevance(index)
        seeds = [*self.entries, *_naming(index, relevance, self.sides)]
        return [n for n in sorted({1, *relevance.of(seeds, self.sides)}) if n <= size]


def _naming(index: Index, relevance: Relevance, sides: Sequence[str]) -> Sequence[int]:
    names = [relevance.standing_for(side) for side in sides]
    if len(names) == 2:
        return index.between(*names)
    return index.involving(names[0]) if names else ()
