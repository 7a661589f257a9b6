"""What claims do to one another: be the same, begin, end, displace and contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import attrs

from factledger.belief import Belief, Live, Support, joined
from factledger.claims import Claim, Event, State
from factledger.days import BEGINNING, FOREVER, Day
from factledger.records import Type
from factledger.spans import Span, Status, span_of
from factledger.vocabulary import Key, Vocabulary, key_of, state_begun

CERTAIN = frozenset({Status.DEFINITE, Status.PRESUMED})


@attrs.frozen
class Candidate:
    """A claim on its way to a standing: the live claims that it is made of, and its span.

    `because` is the entry of the event that began it; `derived` tells that it was worked out
    from that event alone. Candidates of one component bear on one another only.
    """

    lives: tuple[Live, ...]
    claim: Claim
    span: Span
    because: int | None = None
    derived: bool = False
    clashes: tuple[int, ...] = ()

    @property
    def number(self) -> int:
        """Return the entry that speaks for the candidate."""
        return self.lives[0].number

    @property
    def sure(self) -> bool:
        """Return whether any of its sources was certainly published by the published cut."""
        return any(live.sure for live in self.lives)

    @property
    def supports(self) -> tuple[Support, ...]:
        """Return what supports it, in the order of the log."""
        found = dict.fromkeys(s for live in self.lives for s in live.supports)
        return tuple(sorted(found, key=lambda s: s.number))

    @cached_property
    def held_to(self) -> Day:
        """Return the last day on which its sources vouch that it held, if they do at all."""
        span = self.span
        return max(span.until, span.sure) if span.tail is Status.PRESUMED else span.until

    @property
    def known_to_start(self) -> bool:
        """Return whether its start is placed: by an earliest day, or by a day on which it held."""
        span = self.span
        return span.sure < FOREVER and (span.first > BEGINNING or span.status(span.sure) in CERTAIN)


@attrs.frozen
class Cut:
    """What another claim does to a span: possible at most from `maybe`, ended from `surely`."""

    maybe: Day
    surely: Day = FOREVER


def component_of(belief: Belief, seed: Live) -> list[Live]:
    """Return the seed and all live claims that bear on it, directly or through others."""
    found = {seed.number: seed}
    keys: set[Key] = set()
    waiting = [seed]
    while waiting:
        live = waiting.pop()
        near = list(belief.living(belief.same_as(live.number)))
        for key in belief.keys(live.claim):
            if key not in keys:
                keys.add(key)
                near.extend(belief.keyed(key))
        fresh = [n for n in near if n.number not in found]
        found.update((n.number, n) for n in fresh)
        waiting.extend(fresh)
    return sorted(found.values(), key=lambda live: live.number)


def candidates(belief: Belief, lives: Sequence[Live]) -> list[Candidate]:
    """Return the candidates of a component: claims merged, states begun by events added."""
    stated = merged(belief, lives)
    explained = [begun(c, stated, belief) for c in stated]
    known = {c.because for c in explained if c.because is not None}
    derived = [d for c in stated for d in states_of(c, belief.vocabulary)]
    left = [d for d in derived if d.because not in known or not _is_told(d, explained, belief)]
    return [ended(c, (*explained, *left), belief) for c in (*explained, *left)]


# --- the same


def merged(belief: Belief, lives: Sequence[Live]) -> list[Candidate]:
    """Return one candidate for claims that are the same and can be; the rest clash."""
    by_number = {live.number: live for live in lives}
    pairs = [
        (str(n), str(o)) for n in by_number for o in belief.same_as(n) if o in by_number
    ]  # fmt: skip
    groups = [[by_number[int(n)] for n in group] for group in joined(pairs)]
    grouped = {live.number for group in groups for live in group}
    alone = [Candidate((live,), live.claim, span_of(live)) for live in lives]
    found = [c for c in alone if c.number not in grouped]
    for group in groups:
        found.extend(one_of([c for c in alone if c.lives[0] in group]))
    return sorted(found, key=lambda c: c.number)


def one_of(group: Sequence[Candidate]) -> list[Candidate]:
    """Return the group as one candidate, in the narrowest words; or all, as clashing."""
    ranked = sorted(group, key=_precision)
    spans = [c.span for c in group]
    span = Span(
        first=max(s.first for s in spans),
        sure=min(s.sure for s in spans),
        until=max(s.until for s in spans),
        gone=min(s.gone for s in spans),
        tail=min((s.tail for s in spans), key=lambda t: t is not Status.PRESUMED),
    )
    alike = len({(type(c.claim), c.claim.polarity) for c in group}) == 1
    if not alike or span.first > span.sure or span.until >= span.gone < FOREVER:
        numbers = [c.number for c in group]
        return [attrs.evolve(c, clashes=tuple(set(numbers) - {c.number})) for c in group]
    lives = tuple(live for c in ranked for live in c.lives)
    return [Candidate(lives, ranked[0].claim, span)]


def _precision(candidate: Candidate) -> tuple[bool, int, str]:
    span = candidate.span
    return not candidate.claim.factual, span.sure - span.first, candidate.lives[0].content


# --- begin and end


def states_of(candidate: Candidate, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield the states that an event begins: attested at its start, presumed from then on."""
    for kind in moved(candidate, vocabulary, "begins"):
        span = attrs.evolve(candidate.span, until=candidate.span.sure, tail=Status.PRESUMED)
        state = state_begun(candidate.claim, kind)
        yield Candidate(candidate.lives, state, span, candidate.number, True)


def moved(candidate: Candidate, vocabulary: Vocabulary, how: str) -> Iterator[Type]:
    """Yield the types of state that an event begins or ends; a plan or a denial moves none."""
    claim = candidate.claim
    kind = vocabulary.types.get(claim.type)
    if kind is not None and isinstance(claim, Event) and claim.factual:
        names = kind.begins if how == "begins" else kind.ends
        yield from (vocabulary.types[name] for name in names if name in vocabulary.types)


def begun(candidate: Candidate, others: Iterable[Candidate], belief: Belief) -> Candidate:
    """Return a stated state with the event that began it, whose day is then its first."""
    if not isinstance(candidate.claim, State) or not candidate.claim.factual:
        return candidate
    origins = [d for o in others for d in states_of(o, belief.vocabulary)]
    fitting = [d for d in origins if _same_start(candidate, d, belief)]
    if not fitting:
        return candidate
    event = min(fitting, key=lambda d: (d.span.sure - d.span.first, d.lives[0].content))
    first = max(candidate.span.first, event.span.first)
    sure = min(candidate.span.sure, event.span.sure)
    span = attrs.evolve(candidate.span, first=first, sure=sure)
    return attrs.evolve(candidate, span=span, because=event.number)


def _same_start(state: Candidate, derived: Candidate, belief: Belief) -> bool:
    a, b = state.span, derived.span
    overlap = max(a.first, b.first) <= min(a.sure, b.sure)
    return overlap and _meaning(state, belief) == _meaning(derived, belief)


def _is_told(derived: Candidate, stated: Iterable[Candidate], belief: Belief) -> bool:
    """Return whether a stated claim already tells what was derived."""
    return any(
        c.because == derived.because and _meaning(c, belief) == _meaning(derived, belief)
        for c in stated
    )


def _meaning(candidate: Candidate, belief: Belief) -> object:
    return candidate.claim.type, keys(candidate, belief), value_of(candidate.claim, belief)


def keys(candidate: Candidate, belief: Belief) -> tuple[Key, ...]:
    """Return the keys under which a candidate counts."""
    return belief.keys(candidate.claim)


def value_of(claim: Claim, belief: Belief) -> tuple[object, ...]:
    """Return what a state says under its key: its value, mode and the participants not in it."""
    kind = belief.vocabulary.types.get(claim.type)
    apart = {*(kind.key if kind else ()), "location"}
    others = {(p.role, belief.canonical(p.actor)) for p in claim.participants}
    rest = tuple(sorted((role, actor) for role, actor in others if role not in apart))
    return (claim.value or "").casefold(), claim.mode, rest


def ended(candidate: Candidate, others: Iterable[Candidate], belief: Belief) -> Candidate:
    """Return a state that has no end of its own with the end that the first event after it gives."""
    if candidate.span.gone != FOREVER:
        return candidate
    endings = [e for e in enders(candidate, others, belief) if e.span.first >= candidate.span.sure]
    if not endings:
        return candidate
    event = min(endings, key=lambda e: (e.span.sure, e.span.first, e.lives[0].content))
    until = max(candidate.span.until, event.span.first)
    last = max(until, event.span.sure)
    gone = Day(last + 1) if last < FOREVER else FOREVER
    span = attrs.evolve(candidate.span, until=until, gone=gone, tail=Status.POSSIBLE)
    late = (event.number,) if candidate.held_to > event.span.sure else ()
    return attrs.evolve(candidate, span=span, clashes=(*candidate.clashes, *late))


def enders(state: Candidate, others: Iterable[Candidate], belief: Belief) -> Iterator[Candidate]:
    """Yield the events that end a state, as far as what they name goes."""
    if not isinstance(state.claim, State) or not state.claim.factual:
        return
    for other in others:
        for kind in moved(other, belief.vocabulary, "ends"):
            if kind.id == state.claim.type and _names(other.claim, state.claim, kind, belief):
                yield other


def _names(event: Claim, state: Claim, kind: Type, belief: Belief) -> bool:
    """Return whether the event names this state: the same key, and nothing else of another."""
    theirs, ours = (_who(c, belief) for c in (event, state))
    if key_of(kind, theirs) != key_of(kind, ours):
        return False
    roles = {role for role, _ in ours} - {"location"}
    named = {(role, actor) for role, actor in theirs if role in roles}
    same_value = event.value is None or event.value == state.value
    return same_value and named <= set(ours)


def _who(claim: Claim, belief: Belief) -> list[tuple[str, str]]:
    return [(p.role, belief.canonical(p.actor)) for p in claim.participants]


# --- displace and contradict


def cuts(candidate: Candidate, others: Iterable[Candidate], belief: Belief) -> Iterator[Cut]:
    """Yield what the other candidates do to a state: inertia, never overwrite.

    What a source attests is never cut; only what is presumed or possible beyond it.
    """
    for other in others:
        if displaces(other, candidate, belief):
            yield _displacement(candidate, other)
    if candidate.span.gone == FOREVER:
        for event in enders(candidate, others, belief):
            if (
                event.span.first < candidate.span.sure < FOREVER
                and event.span.sure > candidate.span.first
            ):
                yield Cut(Day(max(event.span.first, candidate.held_to) + 1))


def displaces(other: Candidate, state: Candidate, belief: Belief) -> bool:
    """Return whether `other` may have taken the place of `state` under a single-valued key."""
    return (
        other.known_to_start
        and other.span.sure > state.span.first
        and rivals(other, state, belief)
        and _single(state.claim, belief)
        and value_of(other.claim, belief) != value_of(state.claim, belief)
    )


def _displacement(state: Candidate, other: Candidate) -> Cut:
    maybe = max(other.span.first, state.held_to)
    if other.span.first < state.held_to:
        maybe = Day(state.held_to + 1)
    if other.span.first > BEGINNING:
        later = state.span.sure <= other.span.first
    else:
        later = state.span.sure < other.span.sure
    return Cut(maybe, max(other.span.sure, maybe) if later and other.sure else FOREVER)


def rivals(one: Candidate, other: Candidate, belief: Belief) -> bool:
    """Return whether both say that a state under the same key holds."""
    claims = (one.claim, other.claim)
    return (
        one is not other
        and all(isinstance(c, State) and c.factual for c in claims)
        and one.claim.type == other.claim.type
        and keys(one, belief) == keys(other, belief) != ()
    )


def _single(claim: Claim, belief: Belief) -> bool:
    kind = belief.vocabulary.types.get(claim.type)
    return kind is not None and kind.single


def contradict(one: Candidate, other: Candidate, belief: Belief) -> bool:
    """Return whether two states cannot both hold: two values of one key, or a value and its denial."""
    claims = (one.claim, other.claim)
    if one is other or not all(isinstance(c, State) for c in claims):
        return False
    if claims[0].type != claims[1].type or keys(one, belief) != keys(other, belief):
        return False
    same = value_of(claims[0], belief) == value_of(claims[1], belief)
    if claims[0].polarity != claims[1].polarity:
        return same and all(c.modality in ("actual", "presupposed") for c in claims)
    return not same and _single(claims[0], belief) and all(c.factual for c in claims)


def contested_from(one: Candidate, other: Candidate, belief: Belief) -> Day | None:
    """Return the first day on which two contradicting states both certainly hold, if there is one.

    That one takes over on the very day on which the other ends is no contradiction.
    """
    if not contradict(one, other, belief):
        return None
    both = max(one.span.sure, other.span.sure)
    over = min(one.held_to, other.held_to)
    together = both < over or (both == over and one.span.sure == other.span.sure)
    return both if together and both < FOREVER else None
