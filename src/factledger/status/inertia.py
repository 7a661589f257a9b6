"""What the claims of a component do to one another: begin, end, displace and contradict."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.records.claims import FACTUAL, Claim, Event, State
from factledger.records.declarations import Type
from factledger.records.vocabulary import Key, Vocabulary, key_of, state_begun
from factledger.status.belief import Belief, Live
from factledger.status.merging import MergedClaim, compared_value, merged, narrowest, value_of
from factledger.status.spans import Span, Status

OPPOSITE = {"asserted": "denied", "denied": "asserted"}


class Limit(NamedTuple):
    """A limit that another claim sets to a span: possible at most from `maybe`, ended from `surely`."""

    maybe: Day
    surely: Day = FOREVER


class Bearing:
    """Interactions between the claims of one component, found by key.

    `claims` are those of the component, merged, and the states that its events begin.
    """

    def __init__(self, belief: Belief, lives: Sequence[Live]) -> None:
        self.belief = belief
        stated = merged(belief, lives)
        self._ending_events = by_key_ended(stated, belief)
        begun = [d for c in stated for d in states_of(c, belief)]
        explained = list(explanations(stated, begun))
        told = {(c.because, c.meaning) for c in explained if c.because is not None}
        left = [d for d in begun if (d.because, d.meaning) not in told]
        self.claims = [self._ended(c) for c in (*explained, *left)]
        self._rivals: dict[object, list[MergedClaim]] = defaultdict(list)
        self._opposed: dict[object, list[MergedClaim]] = defaultdict(list)
        for claim in self.claims:
            self._place(claim)

    def _place(self, state: MergedClaim) -> None:
        if tells(state.claim) and state.keys:
            self._opposed[state.meaning, state.claim.polarity].append(state)
            if state.claim.factual:
                self._rivals[state.claim.type, state.keys].append(state)

    # --- end

    def _ended(self, state: MergedClaim) -> MergedClaim:
        """Return a state that has no end of its own with the end of the first event after it."""
        event = self._ending(state) if state.span.gone == FOREVER else None
        if event is None:
            return state
        until = max(state.span.until, event.span.first)
        last = max(until, event.span.sure)
        gone = Day(last + 1) if last < FOREVER else FOREVER
        span = state.span._replace(until=until, gone=gone, tail=Status.POSSIBLE)
        late = (event.number,) if state.held_to > event.span.sure else ()
        return state._replace(span=span, clashes=(*state.clashes, *late))

    def _ending(self, state: MergedClaim) -> MergedClaim | None:
        """Return the event that is the first to end a state that has surely begun by then."""
        found: MergedClaim | None = None
        for event in self._enders(state, lambda enders: enders.after(state.span.sure)):
            if found is not None and event.span.first > found.span.sure:
                break
            if found is None or _soonest(event) < _soonest(found):
                found = event
        return found

    def _enders(
        self, state: MergedClaim, near: Callable[[Enders], Iterable[MergedClaim]]
    ) -> Iterator[MergedClaim]:
        """Yield the events that end a state, of those near it whose names fit it."""
        if isinstance(state.claim, State) and state.claim.factual:
            for key in state.keys:
                enders = self._ending_events.get(key)
                for event in near(enders) if enders else ():
                    if names(event.claim, state.claim, self.belief):
                        yield event

    # --- displace

    def limits(self, state: MergedClaim) -> Iterator[Limit]:
        """Yield the limits that other claims set to a state: inertia, never overwrite.

        What a source attests is never cut; only what is presumed or possible beyond it.
        """
        if state.claim.factual and self._single(state):
            for other in self._rivals.get((state.claim.type, state.keys), ()):
                if displaces(other, state):
                    yield displacement(state, other)
        span = state.span
        if span.gone == FOREVER and span.sure < FOREVER:
            for event in self._enders(state, lambda enders: enders.around(span)):
                yield Limit(Day(max(event.span.first, state.held_to) + 1))

    # --- contradict

    def contradicting(self, state: MergedClaim) -> Iterator[MergedClaim]:
        """Yield the states that cannot hold together with this one.

        Those are another value of a single-valued key, and the denial of a value.
        """
        if tells(state.claim):
            yield from self._opposed.get((state.meaning, OPPOSITE[state.claim.polarity]), ())
        if state.claim.factual and self._single(state):
            rivals = self._rivals.get((state.claim.type, state.keys), ())
            yield from (other for other in rivals if other.value != state.value)

    def _single(self, state: MergedClaim) -> bool:
        kind = self.belief.vocabulary.types.get(state.claim.type)
        return kind is not None and kind.single


def tells(claim: Claim) -> bool:
    """Return whether a claim tells of a state that holds or does not, and of no plan or idea."""
    return isinstance(claim, State) and claim.modality in FACTUAL


# --- what begins and ends


def moved(event: MergedClaim, vocabulary: Vocabulary, how: str) -> Iterator[Type]:
    """Yield the types of state that an event `begins` or `ends`; a plan or a denial moves none."""
    claim = event.claim
    kind = vocabulary.types.get(claim.type)
    if kind is not None and isinstance(claim, Event) and claim.factual:
        names = kind.begins if how == "begins" else kind.ends
        yield from (vocabulary.types[name] for name in names if name in vocabulary.types)


def states_of(event: MergedClaim, belief: Belief) -> Iterator[MergedClaim]:
    """Yield the states that an event begins: attested at its start, presumed from then on."""
    for kind in moved(event, belief.vocabulary, "begins"):
        state = state_begun(event.claim, kind)
        yield event._replace(
            claim=state,
            span=event.span._replace(until=event.span.sure, tail=Status.PRESUMED),
            keys=belief.keys(state),
            value=value_of(state, belief),
            because=event.number,
            derived=True,
        )


def explanations(
    stated: Iterable[MergedClaim], begun: Iterable[MergedClaim]
) -> Iterator[MergedClaim]:
    """Yield the stated claims, each state with the event that began it, if one did."""
    by_meaning = defaultdict(list)
    for state in begun:
        by_meaning[state.meaning].append(state)
    for one in stated:
        factual = isinstance(one.claim, State) and one.claim.factual
        meant = by_meaning.get(one.meaning, ()) if factual else ()
        fitting = [b for b in meant if same_start(one.span, b.span)]
        yield explained(one, narrowest(fitting)) if fitting else one


def same_start(one: Span, other: Span) -> bool:
    """Return whether two states can have begun on the same day."""
    return max(one.first, other.first) <= min(one.sure, other.sure)


def explained(state: MergedClaim, begun: MergedClaim) -> MergedClaim:
    """Return a stated state that begins on the day of the event that began it."""
    first = max(state.span.first, begun.span.first)
    sure = min(state.span.sure, begun.span.sure)
    span = state.span._replace(first=first, sure=sure)
    return state._replace(span=span, because=begun.number)


class Enders:
    """The events that end states of one key, found by their days."""

    def __init__(self, events: Iterable[MergedClaim]) -> None:
        self._events = sorted(events, key=lambda e: (e.span.first, e.content))
        self._firsts = [event.span.first for event in self._events]
        self._longest = max(event.span.sure - event.span.first for event in self._events)

    def after(self, day: Day) -> Iterator[MergedClaim]:
        """Yield the events that cannot have been before a day, by their first days."""
        start = bisect_left(self._firsts, day)
        return (self._events[i] for i in range(start, len(self._events)))

    def around(self, span: Span) -> Iterator[MergedClaim]:
        """Yield the events that may fall between the first possible and the first sure day of a state."""
        start = bisect_left(self._firsts, span.first - self._longest)
        stop = bisect_left(self._firsts, span.sure)
        return (e for e in self._events[start:stop] if e.span.sure > span.first)


def by_key_ended(stated: Iterable[MergedClaim], belief: Belief) -> dict[Key, Enders]:
    """Return the events that end states, by the keys of the states."""
    found: dict[Key, list[MergedClaim]] = defaultdict(list)
    for event in stated:
        for kind in moved(event, belief.vocabulary, "ends"):
            found[key_of(kind, who(event.claim, belief))].append(event)
    return {key: Enders(events) for key, events in found.items()}


def _soonest(event: MergedClaim) -> tuple[Day, Day, str]:
    return event.span.sure, event.span.first, event.content


def names(event: Claim, state: Claim, belief: Belief) -> bool:
    """Return whether all that an event names fits a state under the same key."""
    theirs, ours = (set(who(claim, belief)) for claim in (event, state))
    roles = {role for role, _ in ours} - {"location"}
    named = {(role, actor) for role, actor in theirs if role in roles}
    same_value = event.value is None or compared_value(event) == compared_value(state)
    return same_value and named <= ours


def who(claim: Claim, belief: Belief) -> list[tuple[str, str]]:
    """Return the roles and actors of a claim, aliases resolved."""
    return [(p.role, belief.canonical(p.actor)) for p in claim.participants]


# --- what displaces and contradicts


def displaces(other: MergedClaim, state: MergedClaim) -> bool:
    """Return whether a rival may have taken the place of a state."""
    return (
        other.known_to_start and other.span.sure > state.span.first and other.value != state.value
    )


def displacement(state: MergedClaim, other: MergedClaim) -> Limit:
    """Return the limit that a rival sets to the state whose place it takes."""
    start, sure = other.span.first, other.span.sure
    maybe = start if start >= state.held_to else Day(state.held_to + 1)
    later = state.span.sure <= start if start > BEGINNING else state.span.sure < sure
    return Limit(maybe, max(sure, maybe) if later and other.sure else FOREVER)


def contested_from(one: MergedClaim, other: MergedClaim) -> Day | None:
    """Return the first day on which two contradicting states both certainly hold, None if none is.

    That one takes over on the very day on which the other ends is no contradiction.
    """
    both = max(one.span.sure, other.span.sure)
    over = min(one.held_to, other.held_to)
    together = both < over or (both == over and one.span.sure == other.span.sure)
    return both if together and both < FOREVER else None
