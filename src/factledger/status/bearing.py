"""What bears on what: the states that events begin and end, and what states do to one another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from factledger.dates.days import FOREVER, Day
from factledger.records.claims import FACTUAL, Claim, State
from factledger.records.vocabulary import Vocabulary
from factledger.status.belief import Belief, Live
from factledger.status.contests import Contest, Contests
from factledger.status.effects import Enders, with_begun
from factledger.status.inertia import Limit, Rivals, gone_from
from factledger.status.merging import MergedClaim, grouped, merged
from factledger.status.spans import Status


class Bearing:
    """Interactions between the claims of one component, found by key.

    `claims` are those of the component, merged, and the states that its events begin.
    """

    def __init__(self, belief: Belief, lives: Sequence[Live]) -> None:
        stated = merged(belief, lives)
        self._enders = Enders(stated, belief)
        self.claims = [*map(self._ended, with_begun(stated, belief))]
        told = [c for c in self.claims if c.keys and tells(c.claim)]
        single = (c for c in told if c.claim.factual and _is_single(c, belief.vocabulary))
        opposed, rivals = grouped(told, _meaning), grouped(single, _key)
        self._rivals = {key: Rivals(states) for key, states in rivals.items()}
        self._limits = {id(c): self._limit(c) for c in self.claims}
        self._denials = self._contests(opposed, lambda c: c.claim.polarity)
        self._values = self._contests(rivals, lambda c: c.value)

    # --- end

    def _ended(self, state: MergedClaim) -> MergedClaim:
        """Return a state that has no end of its own with the end of the first event after it."""
        event = self._enders.first_after(state) if state.span.gone == FOREVER else None
        if event is None:
            return state
        until = max(state.span.until, event.span.first)
        last = max(until, event.span.sure)
        gone = Day(last + 1) if last < FOREVER else FOREVER
        span = state.span._replace(until=until, gone=gone, tail=Status.POSSIBLE)
        late = (event.number,) if state.held_to > event.span.sure else ()
        return state._replace(span=span, clashes=(*state.clashes, *late))

    # --- displace

    def limit(self, state: MergedClaim) -> Limit:
        """Return the limit of a state: of those that take its place, and of events that may end it."""
        return self._limits[id(state)]

    def _limit(self, state: MergedClaim) -> Limit:
        rivals = self._rivals.get(_key(state)) if state.claim.factual else None
        found = rivals.limit(state) if rivals else Limit()
        if state.span.gone == FOREVER and state.span.sure < FOREVER:
            event = self._enders.first_around(state)
            if event is not None:
                found = found.within(Limit(Day(max(event.span.first, state.held_to) + 1)))
        return found

    def _gone(self, state: MergedClaim) -> Day:
        return gone_from(state, self._limits[id(state)])

    # --- contradict

    def contests(self, state: MergedClaim) -> Iterator[Contest]:
        """Yield what contradicts a state: another value of a single-valued key, and the denial of a value."""
        if tells(state.claim) and _meaning(state) in self._denials:
            yield from self._denials[_meaning(state)].of(state)
        if state.claim.factual and _key(state) in self._values:
            yield from self._values[_key(state)].of(state)

    def _contests(
        self, groups: dict[Hashable, list[MergedClaim]], side: Callable[[MergedClaim], Hashable]
    ) -> dict[Hashable, Contests]:
        """Return the contests of those groups in which there is more than one side."""
        return {
            key: Contests(states, side, self._gone)
            for key, states in groups.items()
            if len({*map(side, states)}) > 1
        }


def tells(claim: Claim) -> bool:
    """Return whether the claim tells of a state as it is or is not, and not of a plan or idea."""
    return isinstance(claim, State) and claim.modality in FACTUAL


def _key(state: MergedClaim) -> Hashable:
    return state.claim.type, state.keys


def _meaning(state: MergedClaim) -> Hashable:
    return state.meaning


def _is_single(state: MergedClaim, vocabulary: Vocabulary) -> bool:
    kind = vocabulary.types.get(state.claim.type)
    return kind is not None and kind.single
