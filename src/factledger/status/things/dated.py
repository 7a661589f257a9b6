"""Claims about one thing whose dates cannot all be right: on which days they contradict one another."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from itertools import islice

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.named import NamedTuple
from factledger.status.inertia import Limit
from factledger.status.merging import MergedClaim
from factledger.status.neighbours import Neighbours
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.contests import Contest


class _Way(NamedTuple):
    """One of the ways in which a claim is contradicted: by whom, when, and at most on which days."""

    others: Iterator[MergedClaim]
    days: Callable[[MergedClaim], tuple[Day, Day]]
    stop: Day


class Dated:
    """Standings about one thing: they are contested where one stands and another does not.

    That one does not stand is what its own dates say, not what displaced it; that one stands, what is
    `placed` of it: its days as others leave them, if these are known. `stands_to` gives the last day
    on which one is definite or presumed. Where the claims are about one state and no person says that
    they are the same, only those are about one thing whose days touch: `reach` gives the last day on
    which another has to begin to be of the same stretch. Where more than `MOST_CONTESTS` contradict
    one of them, their days are not told apart.
    """

    def __init__(
        self,
        claims: Iterable[MergedClaim],
        stands_to: Callable[[MergedClaim], Day],
        placed: Callable[[MergedClaim], MergedClaim],
        reach: Callable[[MergedClaim], Day] | None = None,
    ) -> None:
        self._stands_to, self._placed = stands_to, placed
        self._touching = reach is not None
        self._reach = reach or stands_to
        claims = [*claims]
        able = [c for c in claims if c.told and c.sure and c.span.first < c.span.gone]
        standing = [c for c in able if stands(placed(c))]
        self._starting = _by(able, lambda c: c.span.first, lambda c: -c.span.sure)
        self._settled = _by(standing, self._sure, self._reach)
        self._vouched = _by(standing, self._sure, lambda c: placed(c).span.until)
        self._ending = _by(able, lambda c: c.span.binding, self._reach)
        over = [c for c in claims if c.told and c.span.first < c.span.gone]
        over = [c for c in over if c.span.binding < FOREVER]
        self._over = _by(over, lambda c: c.span.until, lambda c: c.span.binding)
        self._last_start = max((c.span.first for c in able), default=BEGINNING)
        self._last_day = max((_after(stands_to(c)) for c in standing), default=BEGINNING)

    def of(self, claim: MergedClaim) -> list[Contest]:
        """Return what contradicts a claim."""
        if not claim.told or not claim.sure or claim.span.first >= claim.span.gone:
            return []
        return [contest for way in self._ways(claim) for contest in _contests(way)]

    def _sure(self, claim: MergedClaim) -> Day:
        """Return the day from which a claim surely stands."""
        return self._placed(claim).span.sure

    def _ways(self, claim: MergedClaim) -> Iterator[_Way]:
        span, stop = claim.span, _after(self._stands_to(claim))
        here = self._placed(claim)
        sure, until = here.span.sure, here.span.until
        low, high = (span.sure, self._reach(claim)) if self._touching else (BEGINNING, FOREVER)
        side = id(claim)
        if stands(here):
            later = self._starting.others(side, since=sure + 1, beyond=-high - 1)
            yield _Way(
                later, lambda o: (sure, min(o.span.first, stop)), min(self._last_start, stop)
            )
            over = min(until, FOREVER - 1)
            ended = self._ending.others(side, until=over, beyond=low - 1)
            yield _Way(ended, lambda o: (max(sure, o.span.binding), stop), stop)
        earlier = self._settled.others(side, until=span.first - 1, beyond=low - 1)
        yield _Way(
            earlier,
            lambda o: (self._sure(o), min(_after(self._stands_to(o)), span.first)),
            span.first,
        )
        if span.binding == FOREVER:
            return
        lasting = self._vouched.others(side, until=high, beyond=max(span.binding, low) - 1)
        yield _Way(
            lasting,
            lambda o: (max(self._sure(o), span.binding), _after(self._stands_to(o))),
            self._last_day,
        )

    def limit(self, claim: MergedClaim, different: Container[int] = ()) -> Limit:
        """Return the limit of a claim that is presumed on days on which another says that it is over.

        Those that bear the numbers of `different` are not about the same.
        """
        if not claim.worlds.carried:
            return Limit()
        span = claim.span
        side = id(claim)
        ways = (
            self._over.others(side, until=span.until - 1, beyond=span.until),
            self._over.others(side, since=span.until, beyond=BEGINNING - 1),
        )
        first = [next((o for o in way if self._meets(o, claim, different)), None) for way in ways]
        beyond = span.sure - 1 if self._touching else BEGINNING - 1
        lasting = self._ending.others(side, since=span.until + 1, beyond=beyond)
        over = (
            o.span.binding
            for o in lasting
            if self._meets(o, claim, different) and o.span.until >= max(span.sure, span.until)
        )
        days = (_after(max(o.span.until, span.until)) for o in first if o is not None)
        return Limit(maybe=min(days, default=FOREVER), surely=next(over, FOREVER))

    def _meets(self, other: MergedClaim, claim: MergedClaim, different: Container[int]) -> bool:
        near = other.span.sure <= self._reach(claim) and self._reach(other) >= claim.span.sure
        return (near or not self._touching) and other.number not in different


def stands(claim: MergedClaim) -> bool:
    """Return whether there is a day on which a claim is definite or presumed."""
    return claim.sure and claim.span.sure <= claim.span.stands_to and claim.span.sure < FOREVER


def _contests(way: _Way) -> list[Contest]:
    found = [*islice(way.others, MOST_CONTESTS + 1)]
    days = [way.days(other) for other in found]
    if len(found) > MOST_CONTESTS:
        days = [(min(days)[0], way.stop)] * MOST_CONTESTS
    contests = (Contest(*span, (other.number,)) for span, other in zip(days, found, strict=False))
    return [contest for contest in contests if contest.start < contest.stop]


def _by(
    claims: Iterable[MergedClaim],
    day: Callable[[MergedClaim], int],
    reach: Callable[[MergedClaim], int],
) -> Neighbours[MergedClaim]:
    return Neighbours(claims, day=day, reach=reach, side=id)


def _after(day: Day) -> Day:
    return Day(day + 1) if day < FOREVER else FOREVER
