"""Claims on which no other bears: how each stands follows from its own dates and its sources."""

from __future__ import annotations

from functools import cached_property

from factledger.index.bodies import is_whole
from factledger.records.claims import Event
from factledger.status.belief import Belief, Live
from factledger.status.merging import dates_of, width_of
from factledger.status.spans import Span, span


class Alone:
    """The claims of a belief that meet no other, found for all of them at once.

    It says so of no claim that another bears on. Of some that meet none it may not say so: these
    are asked for what bears on them. It pays for whoever asks about very many.
    """

    def __init__(self, belief: Belief) -> None:
        self._belief = belief
        self._crowded = belief.index.crowded()
        self._opposed = {key[0].removeprefix("=") for key in belief.index.opposed()}

    def span(self, live: Live) -> Span | None:
        """Return the span of a claim that meets no other; None where it may meet one, or less is sure."""
        number, claim = live.number, live.claim
        if number in self._crowded or not live.sure or not self._names_stand:
            return None
        if not self._belief.unsaid(number):
            return None
        kind = self._belief.vocabulary.types.get(claim.type)
        if kind is not None and kind.quantity:
            return None
        if isinstance(claim, Event) and self._belief.vocabulary.keyed(claim.type, claim.mode):
            return None  # it begins or ends a state
        if claim.type in self._opposed and self._is_opposed(live):
            return None
        return span(dates_of(live, width_of(self._belief, live)))

    @cached_property
    def _names_stand(self) -> bool:
        """Whether claims count under the keys under which the index has them."""
        return not self._belief.aliases and not self._belief.types_corrected

    def _is_opposed(self, live: Live) -> bool:
        keys = self._belief.keys(live.claim)
        return any(is_whole(key) and self._belief.meets(key) for key in keys)
