"""What bears on what: the states that events begin and end, and what claims do to one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import reduce
from heapq import nsmallest
from typing import NamedTuple, TypeVar

from factledger.dates.days import FOREVER, Day
from factledger.records.claims import State
from factledger.status.belief import Belief
from factledger.status.effects import Enders, ended_by_event, with_begun
from factledger.status.holders import DayRange
from factledger.status.inertia import Limit, Rivals, SideOf, gone_from
from factledger.status.live.live import Live
from factledger.status.merging import MergedClaim, grouped, is_single, merged
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.contests import Contest, Contests
from factledger.status.things.dated import Dated
from factledger.status.things.opposed import opposed

_Found = TypeVar("_Found")


class _Row(NamedTuple):
    """States under one key of which one side stands at a time."""

    states: list[MergedClaim]
    side: SideOf
    rivals: Rivals


class Bearing:
    """Interactions between the claims of one component, found by key.

    `claims` are those of the component, merged, and the states that its events begin.
    """

    def __init__(self, belief: Belief, lives: Sequence[Live]) -> None:
        stated = merged(belief, lives)
        self._enders = Enders(stated, belief)
        self._own: dict[int, list[Contest]] = defaultdict(list)  # by the identity of a claim
        self.claims = [self._ended(claim) for claim in with_begun(stated, belief)]
        for one, contests in opposed(self.claims, belief).items():
            self._own[one] += contests
        self._own = {one: capped(contests) for one, contests in self._own.items()}
        self._happened = {live.number: c for c in self.claims if not c.derived for live in c.lives}
        told = [c for c in self.claims if isinstance(c.claim, State) and c.told]
        single = [c for c in told if is_single(c, belief.vocabulary)]
        joint = _joint(self.claims)
        self._joint = _by_claim((them, them) for them in joint)
        things = [*((them, False) for them in joint), *((them, True) for them in _alike(single))]
        self._set_apart(things, _rows(told, single))

    def _set_apart(
        self,
        things: Sequence[tuple[list[MergedClaim], bool]],
        rows: Sequence[tuple[list[MergedClaim], SideOf]],
    ) -> None:
        """Work out the limits that claims set to one another, and what contradicts them."""
        self._dated = _by_claim((them, Dated(them, _stands_to, near)) for them, near in things)
        made = [_Row(states, side, Rivals(states, side, self._clear)) for states, side in rows]
        self._contest_without_room(rivals for _, _, rivals in made)
        by_claim = _by_claim((row.states, row) for row in made)
        self._limits = {
            id(c): self._limit(c, (row.rivals for row in by_claim[id(c)])) for c in self.claims
        }
        self._dated = _by_claim((them, Dated(them, self._stood_to, near)) for them, near in things)
        self._rivals = _by_claim(
            (row.states, Contests(row.states, row.side, self._gone)) for row in made
        )

    def _contest_without_room(self, rows: Iterable[Rivals]) -> None:
        """Let a state to which definite holders leave no day contradict them, on the days it can stand."""
        pairs = ((one, o) for rivals in rows for one, others in rivals.crowded_out for o in others)
        for one, other in pairs:
            start = max(one.span.first, other.span.sure)
            stop = min(one.span.gone, Day(min(other.span.until, FOREVER - 1) + 1))
            for here, there in ((one, other), (other, one)):
                self._own.setdefault(id(here), []).append(Contest(start, stop, there.number))

    # --- end

    def _ended(self, state: MergedClaim) -> MergedClaim:
        """Return a state whose sources know no end with the end of the first event after it.

        An event before the day for which a source vouches ends nothing: from then on the two
        contradict one another.
        """
        event = self._enders.first_after(state) if state.span.binding == FOREVER else None
        if event is None:
            return state
        if state.span.until <= event.span.sure:
            return ended_by_event(state, event)
        later = self._enders.first_after(state, state.span.until)
        ended = state if later is None else ended_by_event(state, later)
        day = Day(event.span.sure + 1)
        self._own[id(event)].append(Contest(day, ended.span.gone, state.number))
        self._own[id(ended)].append(Contest(day, ended.span.gone, event.number))
        return ended

    # --- displace

    def limit(self, claim: MergedClaim) -> Limit:
        """Return the limit of a claim: of those that take its place, and of events that may end it."""
        return self._limits[id(claim)]

    def _limit(self, claim: MergedClaim, rivals: Iterable[Rivals]) -> Limit:
        found = [one.limit(claim) for one in rivals]
        found += [dated.limit(claim) for dated in self._dated[id(claim)]]
        if claim.span.binding == FOREVER and claim.span.sure < FOREVER:
            event = self._enders.first_around(claim)
            if event is not None:
                found.append(Limit(maybe=Day(max(event.span.first, claim.held_to) + 1)))
        return reduce(Limit.within, found, Limit())

    def _gone(self, state: MergedClaim) -> Day:
        return gone_from(state, self._limits[id(state)])

    def _stood_to(self, claim: MergedClaim) -> Day:
        """Return the last day on which a claim is definite or presumed, whoever takes its place."""
        limit = self._limits[id(claim)]
        return min(claim.span.stands_to, Day(min(limit.maybe, limit.surely) - 1))

    # --- contradict

    def contests(self, claim: MergedClaim) -> list[Contest]:
        """Return what contradicts a claim: its dates, its value, or that it is so at all.

        What contradicts an event contradicts a state that follows from it.
        """
        found = [*self._about_the_same(claim)]
        for rivals in self._rivals[id(claim)]:
            found += rivals.of(claim)
        return found

    def differing(self, claim: MergedClaim) -> tuple[int, ...]:
        """Return the entries about the same thing that cannot all be right with a claim."""
        joint = (c.number for them in self._joint[id(claim)] for c in them if c is not claim)
        dated = (contest.number for contest in self._about_the_same(claim))
        return tuple(nsmallest(MOST_CONTESTS, {*claim.clashes, *joint, *dated}))

    def _about_the_same(self, claim: MergedClaim) -> Iterator[Contest]:
        for dated in self._dated[id(claim)]:
            yield from dated.of(claim)
        yield from self._own.get(id(claim), ())
        for number in {live.number for live in claim.lives} if claim.derived else ():
            yield from self._about_the_same(self._happened[number])

    def _clear(self, claim: MergedClaim) -> DayRange | None:
        """Return the days on which a claim is definite, and no other about the same thing says no."""
        disputed = claim.clashes or any(live.disputes for live in claim.lives)
        span = claim.span
        return None if disputed else _left(span.sure, span.until, self._about_the_same(claim))


def capped(contests: list[Contest]) -> list[Contest]:
    """Return the contests, of more than `MOST_CONTESTS` the first, their days not told apart."""
    if len(contests) <= MOST_CONTESTS:
        return contests
    start, stop = min(c.start for c in contests), max(c.stop for c in contests)
    numbers = nsmallest(MOST_CONTESTS, {c.number for c in contests})
    return [Contest(start, stop, number) for number in numbers]


def _left(first: Day, last: Day, contests: Iterable[Contest]) -> DayRange | None:
    """Return what contests leave of some days at their beginning and at their end."""
    found = sorted(contests)
    for contest in found:
        if contest.start <= first < contest.stop:
            first = contest.stop
    for contest in sorted(found, key=lambda c: c.stop, reverse=True):
        if contest.start <= last < contest.stop:
            last = Day(contest.start - 1)
    return DayRange(first, last) if first <= last else None


def _joint(claims: Iterable[MergedClaim]) -> list[list[MergedClaim]]:
    """Return the claims about one thing, of which a person or their type says so, where they are several."""
    found: dict[int, list[MergedClaim]] = defaultdict(list)
    for claim in claims:
        for thing in claim.things:
            found[thing].append(claim)
    return [them for them in found.values() if len(them) > 1]


def _alike(single: Iterable[MergedClaim]) -> Iterator[list[MergedClaim]]:
    """Yield the states that say the same of one single-valued key, where they are several."""
    return (them for them in grouped(single, _meaning).values() if len(them) > 1)


def _rows(
    told: Iterable[MergedClaim], single: Iterable[MergedClaim]
) -> list[tuple[list[MergedClaim], SideOf]]:
    """Return the states of which one side stands at a time: a denial and what it denies; values."""
    opposites, values = grouped(told, _meaning).values(), grouped(single, _key).values()
    found = [(them, _polarity) for them in opposites if len({*map(_polarity, them)}) > 1]
    return [*found, *((them, _value) for them in values if len({*map(_value, them)}) > 1)]


def _by_claim(found: Iterable[tuple[list[MergedClaim], _Found]]) -> dict[int, list[_Found]]:
    """Return what was found for claims, by the identity of each."""
    by_claim: dict[int, list[_Found]] = defaultdict(list)
    for claims, one in found:
        for claim in claims:
            by_claim[id(claim)].append(one)
    return by_claim


def _key(state: MergedClaim) -> Hashable:
    return state.claim.type, state.keys


def _meaning(state: MergedClaim) -> Hashable:
    return state.meaning


def _value(state: MergedClaim) -> Hashable:
    return state.value


def _polarity(state: MergedClaim) -> Hashable:
    return state.claim.polarity


def _stands_to(claim: MergedClaim) -> Day:
    return claim.span.stands_to
