"""When states end by events, as far as nothing else took their place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.named import NamedTuple
from factledger.records.claims import State
from factledger.status.effects.enders import Enders
from factledger.status.merging import MergedClaim
from factledger.status.spans import Plan
from factledger.status.things.apart import StoodBetween
from factledger.status.things.contests import Contest, capped
from factledger.status.things.rooms import Rooms


class AsEnded(NamedTuple):
    """A state with its end, and the events that say so too early; `open` if it perhaps ended before.

    `over` is the last day of one that perhaps held on behind another, until an event ended it or that.
    """

    state: MergedClaim
    early: Sequence[MergedClaim] = ()
    open: bool = False
    over: Day = FOREVER


class Endings:
    """The ends that events set to the states of one component, among which others stood between."""

    def __init__(self, enders: Enders, between: StoodBetween) -> None:
        self._enders, self._between = enders, between

    def ended(self, state: MergedClaim) -> AsEnded:
        """Return a state with the end of the first event after it, within what its sources know.

        An event before the day for which a source vouches ends nothing: such events are returned
        beside it, for from then on they and the state contradict one another. One that can have been
        after the last day that a source gives it may have ended something else.
        """
        if not (self._enders.some and isinstance(state.claim, State)):
            return AsEnded(state)
        state = begun_after(state, self._enders.last_before(state))
        late = self._enders.between(state) if state.sure else ()
        event = self._enders.first_after(state)
        if event is None or event.span.sure > state.worlds.ends[1]:
            return AsEnded(planned_until(state, self._enders.latest(state)), late)
        if self._followed(state, event.span.first):  # it ended a later stretch
            over = FOREVER if state.worlds.carried else event.span.sure
            return AsEnded(state, late, over=over)
        return self._ended_by(state, event)._replace(early=late)

    def perhaps_left(self, claim: MergedClaim, beside: MergedClaim | None = None) -> Day:
        """Return the first day on which an event may have ended a claim, and not another, if one is given."""
        return self._perhaps_from(claim, beside) if self._can_end(claim) else FOREVER

    def _perhaps_from(self, claim: MergedClaim, beside: MergedClaim | None = None) -> Day:
        """Return the first day on which an event that is not sure, or not surely after it, can have ended it."""
        return min(self._around(claim, beside), self._enders.perhaps(claim, beside))

    def _around(self, claim: MergedClaim, beside: MergedClaim | None = None) -> Day:
        """Return the first day on which an event that was perhaps before a claim may have ended it."""
        event = self._enders.first_around(claim, beside)
        return FOREVER if event is None else max(event.span.first, claim.span.until)

    def another_from(self, claim: MergedClaim) -> Day:
        """Return the first day on which an event may have ended a claim, or a later stretch of the same.

        What perhaps counts for nothing parts no two tellings.
        """
        if not self._can_end(claim):
            return FOREVER
        return min(self._around(claim), self._enders.earliest_after(claim))

    def _can_end(self, claim: MergedClaim) -> bool:
        """Return whether there are events at all, and a claim of which no source says that it is over."""
        return self._enders.some and _is_open(claim)

    def _followed(self, state: MergedClaim, day: Day) -> bool:
        """Return whether another value surely took the place of a state before a day."""
        since = max(state.span.sure, state.span.until)
        newer = day > since and self._between.overtaken(state)
        return newer or self._between.stood(state, since, day)

    def _ended_by(self, state: MergedClaim, event: MergedClaim) -> AsEnded:
        """Return a state that an event ends, unless another event did, or another value took its place."""
        span = state.span
        taken = self._between.begun_after(state, max(span.first, span.until))
        surely = self._between.surely_after(state, max(span.sure, span.until))
        last = min(event.span.sure, Day(surely - 1))
        first = min(self._enders.earliest_after(state), self._perhaps_from(state))
        if taken > event.span.sure:
            return AsEnded(ended_within(state, first, last))
        return AsEnded(left_within(state, min(first, Day(taken - 1)), last), open=True)

    def again(
        self,
        asked: Collection[int],
        told: Mapping[int, MergedClaim],
        left: Mapping[int, MergedClaim],
        rooms: Rooms,
    ) -> dict[int, MergedClaim]:
        """Return the states that are asked for as events end them once all is settled.

        All are given by one identity: as they were `told`, with the days that others have `left` to
        each, in which there are `rooms`.
        """
        if not asked:
            return {}
        begun = {one: _begun_within(told[one], state) for one, state in left.items()}
        known = {id(state): one for one, state in begun.items()}
        between = self._between.among(
            begun.values(),
            lambda state, day: rooms.free_from(known[id(state)], day),
            lambda state, days: rooms.clear(known[id(state)], days),
        )
        endings = Endings(self._enders, between)
        return {one: _over_within(endings.ended(begun[one]).state, left[one]) for one in asked}


def told_early(
    ended: Iterable[AsEnded], stands_to: Callable[[MergedClaim], Day]
) -> dict[int, list[Contest]]:
    """Return what contradicts states and the events that say too early that they were over, by claim.

    They do for as long as the state stands.
    """
    found: dict[int, list[Contest]] = defaultdict(list)
    for state, event in ((one.state, event) for one in ended for event in one.early):
        days = Day(event.span.sure + 1), Day(min(stands_to(state), FOREVER - 1) + 1)
        found[id(event)].append(Contest(*days, (state.number,)))
        found[id(state)].append(Contest(*days, (event.number,)))
    return {one: capped(contests) for one, contests in found.items()}


def _is_open(claim: MergedClaim) -> bool:
    """Return whether no source says that a claim is over, and it has surely begun."""
    return claim.span.binding == FOREVER and claim.span.sure < FOREVER


def _begun_within(state: MergedClaim, left: MergedClaim) -> MergedClaim:
    """Return a state that begins on the days that are left to it, if its sources place it in time."""
    if not state.known_to_start:
        return state
    worlds = state.worlds._replace(begins=left.worlds.begins)
    return state._replace(worlds=worlds, span=worlds.span)


def _over_within(state: MergedClaim, left: MergedClaim) -> MergedClaim:
    """Return a state that is over by the last day that is left to it."""
    (first, last), latest = state.worlds.ends, left.worlds.ends[1]
    worlds = state.worlds._replace(ends=(min(first, latest), min(last, latest)))
    return state._replace(worlds=worlds, span=worlds.span)


def ended_within(state: MergedClaim, first: Day, last: Day) -> MergedClaim:
    """Return a state that held until an event ended it, between two days, as its sources allow."""
    latest = state.worlds.ends[1]
    until = min(max(state.span.until, first), latest)
    worlds = state.worlds._replace(ends=(until, min(max(until, last), latest)), plans=())
    return state._replace(worlds=worlds, span=worlds.span)


def left_within(state: MergedClaim, first: Day, last: Day) -> MergedClaim:
    """Return a state that ended between two days, by an event or as something took its place.

    So nobody says that it held until then; inertia carries it on, if it does so at all.
    """
    until = state.span.until
    last = min(max(until, last), state.worlds.ends[1])
    worlds = state.worlds._replace(ends=(until, last), plans=())
    if state.worlds.carried:
        plan = Plan(until, max(until, min(first, state.span.presumed)), last)
        worlds = state.worlds._replace(plans=(plan,))
    return state._replace(worlds=worlds, span=worlds.span)


def planned_until(state: MergedClaim, day: Day) -> MergedClaim:
    """Return a state whose foreseen end can have come as late as an event that perhaps ended it."""
    if day == BEGINNING or not state.worlds.carried:
        return state
    until = state.span.until  # a foreseen end that came to nothing stays so
    plans = tuple(
        plan._replace(last=max(plan.last, day)) if plan.last >= until else plan
        for plan in state.worlds.plans
    )
    worlds = state.worlds._replace(plans=plans)
    return state._replace(worlds=worlds, span=worlds.span)


def begun_after(state: MergedClaim, day: Day) -> MergedClaim:
    """Return a state that held after an event which else had ended it, and so began after that."""
    first, begun = state.worlds.begins
    if day == BEGINNING or not first <= day < begun:
        return state
    worlds = state.worlds._replace(begins=(Day(day + 1), begun))
    return state._replace(worlds=worlds, span=worlds.span)
