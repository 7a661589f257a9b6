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
from factledger.status.merging import Candidate, merged, narrowest, said, value_of
from factledger.status.spans import Span, Status

OPPOSITE = {"asserted": "denied", "denied": "asserted"}


class Cut(NamedTuple):
    """What another claim does to a span: possible at most from `maybe`, ended from `surely`."""

    maybe: Day
    surely: Day = FOREVER


class Bearing:
    """What bears on what in a component: looked up by key, so that unlike claims never meet."""

    def __init__(self, belief: Belief, lives: Sequence[Live]) -> None:
        self.belief = belief
        stated = merged(belief, lives)
        self._ending_events = by_key_ended(stated, belief)
        begun = [d for c in stated for d in states_of(c, belief)]
        explained = list(explanations(stated, begun))
        told = {(c.because, c.meaning) for c in explained if c.because is not None}
        left = [d for d in begun if (d.because, d.meaning) not in told]
        self.candidates = [self._ended(c) for c in (*explained, *left)]
        self._rivals: dict[object, list[Candidate]] = defaultdict(list)
        self._opposed: dict[object, list[Candidate]] = defaultdict(list)
        for candidate in self.candidates:
            self._place(candidate)

    def _place(self, state: Candidate) -> None:
        if tells(state.claim) and state.keys:
            self._opposed[state.meaning, state.claim.polarity].append(state)
            if state.claim.factual:
                self._rivals[state.claim.type, state.keys].append(state)

    # --- end

    def _ended(self, state: Candidate) -> Candidate:
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

    def _ending(self, state: Candidate) -> Candidate | None:
        """Return the event that is the first to end a state that has surely begun by then."""
        found: Candidate | None = None
        for event in self._enders(state, lambda enders: enders.after(state.span.sure)):
            if found is not None and event.span.first > found.span.sure:
                break
            if found is None or _soonest(event) < _soonest(found):
                found = event
        return found

    def _enders(
        self, state: Candidate, near: Callable[[Enders], Iterable[Candidate]]
    ) -> Iterator[Candidate]:
        """Yield the events that end a state, among those near it, as far as what they name goes."""
        if isinstance(state.claim, State) and state.claim.factual:
            for key in state.keys:
                enders = self._ending_events.get(key)
                for event in near(enders) if enders else ():
                    if names(event.claim, state.claim, self.belief):
                        yield event

    # --- displace

    def cuts(self, state: Candidate) -> Iterator[Cut]:
        """Yield what the others do to a state: inertia, never overwrite.

        What a source attests is never cut; only what is presumed or possible beyond it.
        """
        if state.claim.factual and self._single(state):
            for other in self._rivals.get((state.claim.type, state.keys), ()):
                if displaces(other, state):
                    yield displacement(state, other)
        span = state.span
        if span.gone == FOREVER and span.sure < FOREVER:
            for event in self._enders(state, lambda enders: enders.around(span)):
                yield Cut(Day(max(event.span.first, state.held_to) + 1))

    # --- contradict

    def contradicting(self, state: Candidate) -> Iterator[Candidate]:
        """Yield the states that cannot hold together with this one.

        Those are another value of a single-valued key, and the denial of a value.
        """
        if tells(state.claim):
            yield from self._opposed.get((state.meaning, OPPOSITE[state.claim.polarity]), ())
        if state.claim.factual and self._single(state):
            rivals = self._rivals.get((state.claim.type, state.keys), ())
            yield from (other for other in rivals if other.value != state.value)

    def _single(self, state: Candidate) -> bool:
        kind = self.belief.vocabulary.types.get(state.claim.type)
        return kind is not None and kind.single


def tells(claim: Claim) -> bool:
    """Return whether the claim tells of a state as it is or is not, and not of a plan or idea."""
    return isinstance(claim, State) and claim.modality in FACTUAL


# --- what begins and ends


def moved(candidate: Candidate, vocabulary: Vocabulary, how: str) -> Iterator[Type]:
    """Yield the types of state that an event `begins` or `ends`; a plan or a denial moves none."""
    claim = candidate.claim
    kind = vocabulary.types.get(claim.type)
    if kind is not None and isinstance(claim, Event) and claim.factual:
        names = kind.begins if how == "begins" else kind.ends
        yield from (vocabulary.types[name] for name in names if name in vocabulary.types)


def states_of(event: Candidate, belief: Belief) -> Iterator[Candidate]:
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


def explanations(stated: Iterable[Candidate], begun: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the stated candidates, each state with the event that began it, if one did."""
    by_meaning = defaultdict(list)
    for state in begun:
        by_meaning[state.meaning].append(state)
    for candidate in stated:
        factual = isinstance(candidate.claim, State) and candidate.claim.factual
        found = by_meaning.get(candidate.meaning, ()) if factual else ()
        fitting = [b for b in found if same_start(candidate.span, b.span)]
        yield explained(candidate, narrowest(fitting)) if fitting else candidate


def same_start(one: Span, other: Span) -> bool:
    """Return whether two states can have begun on the same day."""
    return max(one.first, other.first) <= min(one.sure, other.sure)


def explained(state: Candidate, begun: Candidate) -> Candidate:
    """Return a stated state that begins on the day of the event that began it."""
    first = max(state.span.first, begun.span.first)
    sure = min(state.span.sure, begun.span.sure)
    span = state.span._replace(first=first, sure=sure)
    return state._replace(span=span, because=begun.number)


class Enders:
    """The events that end states of one key, found by their days."""

    def __init__(self, events: Iterable[Candidate]) -> None:
        self._events = sorted(events, key=lambda e: (e.span.first, e.content))
        self._firsts = [event.span.first for event in self._events]
        self._longest = max(event.span.sure - event.span.first for event in self._events)

    def after(self, day: Day) -> Iterator[Candidate]:
        """Yield the events that cannot have been before a day, by their first days."""
        start = bisect_left(self._firsts, day)
        return (self._events[i] for i in range(start, len(self._events)))

    def around(self, span: Span) -> Iterator[Candidate]:
        """Yield the events that can have been before a state surely began, and after it may have."""
        start = bisect_left(self._firsts, span.first - self._longest)
        stop = bisect_left(self._firsts, span.sure)
        return (e for e in self._events[start:stop] if e.span.sure > span.first)


def by_key_ended(stated: Iterable[Candidate], belief: Belief) -> dict[Key, Enders]:
    """Return the events that end states, by the keys of what they end."""
    found: dict[Key, list[Candidate]] = defaultdict(list)
    for event in stated:
        for kind in moved(event, belief.vocabulary, "ends"):
            found[key_of(kind, who(event.claim, belief))].append(event)
    return {key: Enders(events) for key, events in found.items()}


def _soonest(event: Candidate) -> tuple[Day, Day, str]:
    return event.span.sure, event.span.first, event.content


def names(event: Claim, state: Claim, belief: Belief) -> bool:
    """Return whether all that an event names fits a state under the same key."""
    theirs, ours = (set(who(claim, belief)) for claim in (event, state))
    roles = {role for role, _ in ours} - {"location"}
    named = {(role, actor) for role, actor in theirs if role in roles}
    same_value = event.value is None or said(event) == said(state)
    return same_value and named <= ours


def who(claim: Claim, belief: Belief) -> list[tuple[str, str]]:
    """Return the roles and actors of a claim, aliases resolved."""
    return [(p.role, belief.canonical(p.actor)) for p in claim.participants]


# --- what displaces and contradicts


def displaces(other: Candidate, state: Candidate) -> bool:
    """Return whether a rival may have taken the place of a state."""
    return (
        other.known_to_start and other.span.sure > state.span.first and other.value != state.value
    )


def displacement(state: Candidate, other: Candidate) -> Cut:
    """Return from when a state gives way to the one that took its place."""
    start, sure = other.span.first, other.span.sure
    maybe = start if start >= state.held_to else Day(state.held_to + 1)
    later = state.span.sure <= start if start > BEGINNING else state.span.sure < sure
    return Cut(maybe, max(sure, maybe) if later and other.sure else FOREVER)


def contested_from(one: Candidate, other: Candidate) -> Day | None:
    """Return the first day on which two contradicting states both certainly hold, if there is one.

    That one takes over on the very day on which the other ends is no contradiction.
    """
    both = max(one.span.sure, other.span.sure)
    over = min(one.held_to, other.held_to)
    together = both < over or (both == over and one.span.sure == other.span.sure)
    return both if together and both < FOREVER else None
