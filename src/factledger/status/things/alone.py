"""Claims on which no other bears: how each stands follows from its own dates and its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factledger.caching import cached_property
from factledger.records.claims import Event, State
from factledger.records.vocabulary import Key
from factledger.status.merging import dates_of, width_of
from factledger.status.spans import Span, span

if TYPE_CHECKING:
    from factledger.status.belief import Belief
    from factledger.status.live.live import Live


class Alone:
    """The claims of a belief that meet no other, found for all of them at once.

    It says so of no claim that another bears on. Of some that meet none it may not say so: these
    are asked for what bears on them. It pays for whoever asks about very many.
    """

    def __init__(self, belief: Belief) -> None:
        self._belief = belief
        self._crowded = belief.index.crowded()
        self._stirring: dict[Key, bool] = {}
        self._opposed = {key[0].removeprefix("=") for key in belief.index.opposed()}

    def span(self, live: Live) -> Span | None:
        """Return the span of a claim that meets no other; None where it may meet one, or less is sure."""
        said = live.ending or live.disputes or self._belief.verdicts(live.number)
        if said or not (live.sure and self._names_stand) or self._may_meet(live):
            return None
        return span(dates_of(live, width_of(self._belief, live)))

    def _may_meet(self, live: Live) -> bool:
        claim, types = live.claim, self._belief.vocabulary.types
        kind = types.get(claim.type)
        if kind is not None and kind.quantity:
            return True
        if isinstance(claim, Event) and self._belief.vocabulary.keyed(claim.type, claim.mode):
            return True  # it begins or ends a state
        lone = live.number not in self._crowded and claim.type not in self._opposed
        # Where something is said of it, an earlier reading may tell its keys.
        plain = lone and self._belief.unsaid(live.number)
        return not plain and any(map(self._stirs, self._belief.keys(claim)))

    def _stirs(self, key: Key) -> bool:
        """Return whether claims under a key may bear on one another, and not only stand side by side."""
        if key not in self._stirring:
            self._stirring[key] = self._belief.meets(key) and not self._side_by_side(key)
        return self._stirring[key]

    def _side_by_side(self, key: Key) -> bool:
        """Return whether all under a key say that a state holds of which many values do at a time."""
        kind = self._belief.vocabulary.types.get(key[0])
        if kind is None or kind.shape != "state" or kind.single:
            return False
        claims = (live.claim for live in self._belief.keyed(key))
        return all(isinstance(c, State) and c.polarity == "asserted" for c in claims)

    @cached_property
    def _names_stand(self) -> bool:
        """Whether claims count under the keys under which the index has them."""
        return not self._belief.aliases and not self._belief.types_corrected
