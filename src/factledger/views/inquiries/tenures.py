"""Who held a post from when to when, when nobody did, and when two did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, groupby

import attrs

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.status.tracks.track import Track, steps_along
from factledger.views.inquiries.names import actor_meant
from factledger.views.view import View

_HELD = frozenset({Status.DEFINITE, Status.PRESUMED, Status.CONTESTED})


@attrs.frozen
class HeldStretch:
    """Days from `first` to `last` on which somebody held a post, each None where it is not known."""

    first: Day | None
    last: Day | None
    status: Status


@attrs.frozen
class Tenure:
    """What sources say of one holder of a post: the stretches of days, in order."""

    post: str
    holders: tuple[str, ...]
    standing: Standing
    stretches: tuple[HeldStretch, ...]

    @property
    def held(self) -> tuple[HeldStretch, ...]:
        """The stretches that are definite, presumed or contested: more than possible."""
        return tuple(s for s in self.stretches if s.status in _HELD)


@attrs.frozen
class Gap:
    """Days between two holders on which nobody held a post; `possibly` are those who may have."""

    post: str
    first: Day
    last: Day
    possibly: tuple[Tenure, ...] = ()


@attrs.frozen
class Overlap:
    """Days on which two held one post; None where it has no known beginning or end."""

    post: str
    one: Tenure
    other: Tenure
    first: Day | None
    last: Day | None


def tenures(view: View, post: str) -> tuple[Tenure, ...]:
    """Return who held a post according to the ledger, by the first day; whatever the day of the view.

    Raises `NotFound` for a post that is not declared.
    """
    canonical = view.belief.canonical
    wanted = canonical(post)
    found = [_tenure(track, post) for track in view.involving(post).tracks]
    return tuple(
        t for t in found if t and wanted in map(canonical, t.standing.claim.actors("post"))
    )


def gaps(view: View, post: str) -> tuple[Gap, ...]:
    """Return the days between its first and its last holder on which nobody is known to have held a post."""
    every = tenures(view, post)
    spans = sorted(span for tenure in every for span in _spans(tenure.held))
    found, reach = [], spans[0][1] if spans else FOREVER
    for first, last in spans:
        if first > reach + 1:
            days = Day(reach + 1), Day(first - 1)
            found.append(Gap(post, *days, tuple(t for t in every if _touches(t, *days))))
        reach = max(reach, last)
    return tuple(found)


def overlaps(view: View, post: str) -> tuple[Overlap, ...]:
    """Return the days on which two of different names held a post, each two in order of time."""
    name = view.belief.canonical
    found = []
    for one, other in combinations(tenures(view, post), 2):
        apart = set(map(name, one.holders)).isdisjoint(map(name, other.holders))
        if apart and held_for(one, view) == held_for(other, view):
            found += [Overlap(post, one, other, *days) for days in common_days(one, other)]
    return tuple(found)


def held_for(tenure: Tenure, view: View) -> tuple[str, ...]:
    """Return those beside the post under whom its type counts one holder at a time: an embassy's country."""
    claim = tenure.standing.claim
    kind = view.belief.vocabulary.types.get(claim.type)
    roles = [role for role in (kind.key if kind else ()) if role != "post"]
    return tuple(sorted({view.belief.canonical(a) for role in roles for a in claim.actors(role)}))


def posts_held(view: View) -> tuple[str, ...]:
    """Return the posts that are declared and that any claim names, in the order of the log."""
    belief = view.belief
    actors = ((name, belief.actor(name)) for name in belief.index.declared("actor"))
    posts = (name for name, actor in actors if actor is not None and actor.category == "post")
    return tuple(post for post in posts if belief.index.involving([post]))


def posts_meant(view: View, post: str | None) -> tuple[str, ...]:
    """Return the post of an id or a name, or all that are held where none is given; raises `NotFound`."""
    return posts_held(view) if post is None else (actor_meant(view.belief, post),)


def _tenure(track: Track, post: str) -> Tenure | None:
    """Return the tenure that a track tells of, None for one of something else."""
    claim = track.standings[-1].claim
    holders = claim.actors("holder")
    if claim.shape != "state" or not claim.factual or not holders or not claim.actors("post"):
        return None
    last = next((s for s in reversed(track.standings) if s.status.shown), track.standings[-1])
    return Tenure(post, holders, last, tuple(_stretches(track)))


def _stretches(track: Track) -> Iterator[HeldStretch]:
    """Yield the days of a track by their status, as long as it goes on."""
    ends = (*track.days[1:], FOREVER)
    steps = [(day, end, s.status) for (day, s), end in zip(steps_along(track), ends, strict=True)]
    for status, run in groupby(steps, key=lambda step: step[2]):
        days = [*run]
        end = days[-1][1]
        if status.shown:
            last = known(Day(end - 1) if end < FOREVER else FOREVER)
            yield HeldStretch(known(days[0][0]), last, status)


def known(day: Day) -> Day | None:
    """Return a day, None for the beginning and the end of time."""
    return day if BEGINNING < day < FOREVER else None


def _spans(stretches: Iterable[HeldStretch]) -> Iterator[tuple[Day, Day]]:
    for one in stretches:
        yield (
            BEGINNING if one.first is None else one.first,
            FOREVER if one.last is None else one.last,
        )


def _touches(tenure: Tenure, first: Day, last: Day) -> bool:
    return any(start <= last and end >= first for start, end in _spans(tenure.stretches))


def common_days(one: Tenure, other: Tenure) -> Iterator[tuple[Day | None, Day | None]]:
    """Yield the runs of days on which both held, as long as each goes on."""
    runs = sorted(
        (max(first, start), min(last, end))
        for first, last in _spans(one.held)
        for start, end in _spans(other.held)
        if max(first, start) <= min(last, end)
    )
    while runs:
        first, last = runs.pop(0)
        while runs and runs[0][0] <= last + 1:
            last = max(last, runs.pop(0)[1])
        yield known(first), known(last)
