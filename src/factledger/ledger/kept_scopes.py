"""What was read for questions at a few cuts, kept for the next questions within a bound."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import TypeAlias

from factledger.dates.days import Day
from factledger.log.stores.thread_locks import lock_of_threads
from factledger.views.scope import Scopes

KEPT_CUTS = 8  # a few are asked about again and again
MOST_CLAIMS = 20_000  # that are read at cuts other than the newest: some 15 MB

Cuts: TypeAlias = tuple[int, Day | None]
"""The last entry that counts, and the last day of publication, if there is one."""


class KeptScopes:
    """The scopes of the newest cut, and of the others that were asked about last."""

    def __init__(self) -> None:
        self._kept: dict[Cuts, Scopes] = {}
        self._generation = 0
        self._lock = lock_of_threads()

    def __len__(self) -> int:
        return len(self._kept)

    def at(
        self, cuts: Cuts, size: int, generation: int, made: Callable[[Scopes | None], Scopes]
    ) -> Scopes:
        """Return the scopes at two cuts, made where they are not kept: from the nearest before, if any is.

        `size` is the number of entries in the log: the scopes that count them all stay, whatever
        else is asked. What was kept for another generation of the log is forgotten.
        """
        with self._lock:
            if generation != self._generation:
                self.clear()
                self._generation = generation
            scopes = self._kept.pop(cuts, None) or made(self._before(cuts))
            self._forget((size, None))
            self._kept[cuts] = scopes
            return scopes

    def _before(self, cuts: Cuts) -> Scopes | None:
        """Return the scopes at the nearest earlier cut, with the same publication, that are kept."""
        recorded, published = cuts
        earlier = [cut for cut in [*self._kept] if cut[1] == published and cut[0] < recorded]
        return self._kept.get(max(earlier, key=itemgetter(0))) if earlier else None

    def clear(self) -> None:
        """Forget everything that was read."""
        self._kept.clear()

    def _forget(self, newest: Cuts) -> None:
        """Forget the oldest cuts where too many are kept, or too many claims are read for them."""
        others = [cuts for cuts in self._kept if cuts != newest]
        claims = sum(self._kept[cuts].timeline.claims_read for cuts in others)
        for number, cuts in enumerate(others):
            if len(others) - number < KEPT_CUTS and claims <= MOST_CLAIMS:
                return
            claims -= self._kept.pop(cuts).timeline.claims_read
