"""What bears on what: the states that events begin and end, and what claims do to one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import chain, permutations
from typing import TYPE_CHECKING, TypeVar

from factledger.dates.days import FOREVER, Day
from factledger.records.claims import State
from factledger.status.contrary.opposed import opposed
from factledger.status.effects.begun import with_begun
from factledger.status.effects.enders import Enders
from factledger.status.effects.endings import AsEnded, Endings, told_early
from factledger.status.inertia import Limit, within_all
from factledger.status.merging import MergedClaim, grouped, is_single
from factledger.status.spans import Worlds
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.apart import StoodBetween
from factledger.status.things.contests import Contest, capped
from factledger.status.things.dated import Dated
from factledger.status.things.following import Following
from factledger.status.things.pieces import Piece
from factledger.status.things.rooms import Rooms
from factledger.status.things.rows import Clash, Row, state_rows
from factledger.status.things.taken import DayRange
from factledger.status.uniting import merged

if TYPE_CHECKING:
    from factledger.status.belief import Belief
    from factledger.status.live.live import Live

_Found = TypeVar("_Found")
_NOBODY: frozenset[int] = frozenset()


class Bearing:
    """Interactions between the claims of one component, found by key.

    `claims` are those of the component, merged, and the states that its events begin.
    """

    def __init__(self, belief: Belief, lives: Sequence[Live]) -> None:
        stated = merged(belief, lives)
        self._belief = belief
        self._own: dict[int, list[Contest]] = defaultdict(list)  # by the identity of a claim
        self._different: dict[int, set[int]] = {}
        self._compared = any(belief.verdicts(live.number) for live in lives)
        begun = with_begun(stated, belief)
        self._endings = Endings(Enders(stated, belief), StoodBetween(begun, belief.vocabulary))
        ended = [*map(self._endings.ended, begun)]
        self.claims = [found.state for found in ended]
        self._early = told_early(ended, _stands_to)
        self._open = {id(found.state) for found in ended if found.open}
        self._over = {id(found.state): found.over for found in ended if found.over < FOREVER}
        self._told = {id(claim): told for claim, told in zip(self.claims, begun, strict=True)}
        for one, contests in opposed(self.claims, belief).items():
            self._own[one] += contests
        self._own = {one: capped(contests) for one, contests in self._own.items()}
        self._happened = {live.number: c for c in self.claims if not c.derived for live in c.lives}
        told = [c for c in self.claims if isinstance(c.claim, State) and c.told]
        single = [c for c in told if is_single(c, belief.vocabulary)]
        joint, alike = _joint(self.claims), [*_alike(single)]
        self._joint = _by_claim((them, them) for them in joint)
        self._alike = _by_claim((them, them) for them in alike)
        self._same = [*_of_one_polarity(joint)]
        self._set_apart(ended, alike, state_rows(told, belief.vocabulary))

    def _set_apart(
        self, ended: Sequence[AsEnded], alike: Sequence[list[MergedClaim]], made: list[Row]
    ) -> None:
        """Work out the limits that claims set to one another, and what contradicts them."""
        self._rooms = Rooms(made, {id(c) for c in self.claims if _disputed(c)})
        touching = self._touching(alike, made) if alike else {}
        self._dated = self._dated_by(_stands_to, lambda claim: claim, alike, touching)
        self._left = self._left_in(made)
        self._rooms.end(self._over)
        following = self._following(made)
        self._limits = {id(c): self._limit(c, following[id(c)]) for c in self.claims}
        self._dated = self._dated_by(self._stood_to, self.placed, alike, touching)
        self._early = told_early(ended, self._stood_to)
        self._contest_clashing(made)
        for row in made:
            self._contest_tied(row)

    def _dated_by(
        self,
        stands_to: Callable[[MergedClaim], Day],
        placed: Callable[[MergedClaim], MergedClaim],
        alike: Iterable[list[MergedClaim]],
        touching: Mapping[int, Day],
    ) -> dict[int, list[Dated]]:
        """Return how the dates of claims about one thing bear on one another, by claim."""
        found = [(them, Dated(them, stands_to, placed)) for them in self._same]
        near = ((them, Dated(them, stands_to, placed, lambda c: touching[id(c)])) for them in alike)
        return _by_claim([*found, *near])

    def _left_in(self, made: Iterable[Row]) -> dict[int, MergedClaim]:
        """Settle who has which days; return the states with those that are left to each."""
        rooms, states = self._rooms, _states_of(made)
        rooms.settle(lambda one, *of: self._clear(states[one], *of))
        left = {one: _left_of(state, rooms.pieces[one]) for one, state in states.items()}
        return left | self._endings.again(self._open & left.keys(), self._told, left, rooms)

    def _following(self, made: Iterable[Row]) -> dict[int, list[Following]]:
        """Return who takes the place of each state that inertia carries on."""
        rooms = self._rooms

        def perhaps_left(one: int, beside: int) -> Day:
            return self._endings.perhaps_left(self._left[one], self._left[beside])

        asked = rooms.unsettled, rooms.is_unsettled, rooms.free_from, perhaps_left
        carrying = self._carrying(made)
        return _by_claim((row.states, Following(row, rooms.pieces, *asked)) for row in carrying)

    def _contest_clashing(self, made: Iterable[Row]) -> None:
        """Let states that cannot share their days contest one another on these."""
        states = _states_of(made)
        # Those who clash with one clash with many: nobody needs to look for their entries again.
        numbers_of = cache(lambda others: tuple([states[other].number for other in others]))
        for one, clashes in self._rooms.clashes.items():
            contests = [Contest(c.first, _after(c.last), numbers_of(c.others)) for c in clashes]
            self._own.setdefault(one, []).extend(capped(contests))

    def _carrying(self, made: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows in which inertia carries a state on: in others nobody takes another's place."""
        pieces = self._rooms.pieces
        return (row for row in made if any(pieces[id(s)].carried for s in row.states))

    def _touching(self, alike: Iterable[list[MergedClaim]], made: Iterable[Row]) -> dict[int, Day]:
        """Return the last day on which another of its value has to begin to be of one stretch with each."""
        pieces = self._rooms.pieces
        following = _by_claim(
            (row.states, Following(row, pieces, self._rooms.unsettled, binding=True))
            for row in self._carrying(made)
        )
        return {
            id(c): min(
                _stretch_to(c, pieces.get(id(c)), following[id(c)]),
                Day(self._endings.another_from(c) - 1),
            )
            for them in alike
            for c in them
        }

    def _contest_tied(self, row: Row) -> None:
        """Let states that nothing tells apart be contested for as long as inertia carries them on."""
        pieces = self._rooms.pieces
        even: dict[tuple[Day, Day], list[MergedClaim]] = defaultdict(list)
        for state in row.states:
            piece = pieces[id(state)]
            if piece.sure and piece.carried and piece.first == piece.late:
                even[piece.first, piece.ended].append(state)
        for (_, ended), states in even.items():
            pairs = permutations(states[:MOST_CONTESTS], 2)
            for one, other in (p for p in pairs if row.side_of(p[0]) != row.side_of(p[1])):
                stop = _after(min(self._stood_to(one), self._stood_to(other)))
                contest = Contest(_after(ended), stop, (other.number,))
                self._own.setdefault(id(one), []).append(contest)

    def placed(self, claim: MergedClaim) -> MergedClaim:
        """Return a claim with the days that others leave it."""
        return self._left.get(id(claim), claim)

    # --- displace

    def limit(self, claim: MergedClaim) -> Limit:
        """Return the limit of a claim: of those that take its place, and of events that may end it."""
        return self._limits[id(claim)]

    def _limit(self, claim: MergedClaim, following: Iterable[Following]) -> Limit:
        different = self._called_different(claim)
        found = [dated.limit(claim, different) for dated in self._dated[id(claim)]]
        piece = self._rooms.pieces.get(id(claim))
        if piece is not None and piece.carried:
            for row in following:
                perhaps, surely = row.perhaps(id(claim), piece), row.surely(id(claim), piece)
                found.append(Limit(maybe=perhaps, surely=surely))
        over = self._over.get(id(claim), FOREVER)
        left = self._endings.perhaps_left(self.placed(claim))
        gaps = self._rooms.gaps(id(claim)) if piece is not None else ()
        return within_all([*found, Limit(_after(left), _after(over), tuple(gaps))])

    def _stood_to(self, claim: MergedClaim) -> Day:
        """Return the last day on which a claim is definite or presumed, whoever takes its place."""
        limit = self._limits[id(claim)]
        return min(self.placed(claim).span.stands_to, Day(min(limit.maybe, limit.surely) - 1))

    # --- contradict

    def contests(self, claim: MergedClaim) -> list[Contest]:
        """Return what contradicts a claim: its dates, its value, or that it is so at all.

        What contradicts an event contradicts a state that follows from it.
        """
        return [*self._about_the_same(claim)]

    def differing(self, claim: MergedClaim) -> tuple[int, ...]:
        """Return the entries about the same thing that cannot all be right with a claim."""
        different = self._called_different(claim)
        joint = (
            c.number
            for them in self._joint[id(claim)]
            for c in them
            if c is not claim and c.number not in different
        )
        contests = (*self._about_the_same(claim), *self.inherited(claim))
        dated = (number for contest in contests for number in contest.numbers)
        return tuple(sorted({*claim.clashes, *joint, *dated})[:MOST_CONTESTS])

    def _about_the_same(self, claim: MergedClaim) -> Iterator[Contest]:
        different = self._called_different(claim)
        for dated in self._dated[id(claim)]:
            yield from (c for c in dated.of(claim) if different.isdisjoint(c.numbers))
        yield from self._own.get(id(claim), ())
        yield from self._early.get(id(claim), ())

    def inherited(self, claim: MergedClaim) -> list[Contest]:
        """Return what contradicts the events that a state follows from, unless it follows from others as well."""
        if not claim.derived:
            return []
        events = {id(e): e for e in (self._happened[live.number] for live in claim.lives)}
        found = [self.contests(event) for event in events.values()]
        return [*chain.from_iterable(found)] if all(found) else []

    def _called_different(self, claim: MergedClaim) -> AbstractSet[int]:
        """Return the entries that speak for what a person calls different from a claim."""
        if not self._compared:
            return _NOBODY
        if id(claim) not in self._different:
            self._different[id(claim)] = self._find_different(claim)
        return self._different[id(claim)]

    def _find_different(self, claim: MergedClaim) -> set[int]:
        verdicts: dict[int, set[str]] = defaultdict(set)
        for live in claim.lives:
            for number, verdict in self._belief.verdicts(live.number).items():
                verdicts[number].add(verdict)
        if not any("different" in them for them in verdicts.values()):
            return set()
        first = self._belief.index.chains.first
        return {
            other.number
            for them in (*self._joint[id(claim)], *self._alike[id(claim)])
            for other in them
            if set().union(*(verdicts.get(first(o.number), ()) for o in other.lives))
            == {"different"}
        }

    def _clear(
        self, claim: MergedClaim, clashes: Iterable[Clash], days: DayRange
    ) -> Iterable[DayRange]:
        """Return those of some days on which nothing contests a claim."""
        if _disputed(claim):
            return ()
        found = (*self._about_the_same(claim), *self.inherited(claim))
        contests = [(c.start, c.stop) for c in found]
        contests += [(c.first, _after(c.last)) for c in clashes]
        return left_of(days, contests) if contests or days.last < days.first else (days,)


def left_of(days: DayRange, contests: Iterable[tuple[Day, Day]]) -> Iterator[DayRange]:
    """Yield what contests, each up to the day before its second, leave of some days."""
    first = days.first
    for start, stop in sorted(contests):
        if first < min(start, days.last + 1):
            yield DayRange(first, min(Day(start - 1), days.last))
        first = max(first, stop)
    if first <= days.last:
        yield DayRange(first, days.last)


def _left_of(state: MergedClaim, piece: Piece) -> MergedClaim:
    """Return a state with the days that are left of it."""
    worlds = Worlds(*piece.worlds, state.worlds.plans)
    return state._replace(worlds=worlds, span=worlds.span)


def _after(day: Day) -> Day:
    return Day(day + 1) if day < FOREVER else FOREVER


def _states_of(made: Iterable[Row]) -> dict[int, MergedClaim]:
    """Return the states of rows, by the identity of each."""
    return {id(state): state for row in made for state in row.states}


def _of_one_polarity(joint: Iterable[list[MergedClaim]]) -> Iterator[list[MergedClaim]]:
    """Yield those about one thing that all assert it or all deny it, where they are several."""
    for them in joint:
        sides = grouped(them, lambda c: c.claim.polarity).values()
        yield from (side for side in sides if len(side) > 1)


def _joint(claims: Iterable[MergedClaim]) -> list[list[MergedClaim]]:
    """Return the claims about one thing, of which a person or their type says so, where they are several."""
    found: dict[int, list[MergedClaim]] = defaultdict(list)
    for claim in claims:
        for thing in claim.things:
            found[thing].append(claim)
    return [them for them in found.values() if len(them) > 1]


def _alike(single: Iterable[MergedClaim]) -> Iterator[list[MergedClaim]]:
    """Yield the states that say the same of one single-valued key, where they are several."""
    return (them for them in grouped(single, lambda c: c.meaning).values() if len(them) > 1)


def _by_claim(found: Iterable[tuple[list[MergedClaim], _Found]]) -> dict[int, list[_Found]]:
    """Return what was found for claims, by the identity of each."""
    by_claim: dict[int, list[_Found]] = defaultdict(list)
    for claims, one in found:
        for claim in claims:
            by_claim[id(claim)].append(one)
    return by_claim


def _stretch_to(state: MergedClaim, piece: Piece | None, following: Iterable[Following]) -> Day:
    """Return the last day on which another of its value has to begin to be of the same stretch.

    One that begins on the day on which this is told to end can be another, and one that begins
    when another value can have taken its place.
    """
    span = state.span
    if span.binding < FOREVER:
        return max(Day(span.until - 1), span.first)
    if piece is None or not piece.carried:
        return span.stands_to
    others = (row.perhaps(id(state), piece, piece.first) for row in following)
    return min(span.stands_to, Day(min(others, default=FOREVER) - 1))


def _disputed(claim: MergedClaim) -> bool:
    return bool(claim.clashes) or any(live.disputes for live in claim.lives)


def _stands_to(claim: MergedClaim) -> Day:
    return claim.span.stands_to
