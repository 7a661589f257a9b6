"""What is in dispute: entries that cannot all be right, side by side, and on which days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

import attrs

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.named import NamedTuple
from factledger.records.claims import Citation
from factledger.status.groups import joined
from factledger.status.standings import Standing
from factledger.status.tracks.joint import JointTrack
from factledger.status.tracks.track import Track, steps_along
from factledger.views.view import View

EntryPair = tuple[int, int]


class ContestedDays(NamedTuple):
    """The days on which two entries contradict each other: from `since` up to the day before `stop`."""

    since: Day
    stop: Day


@attrs.frozen
class Side:
    """One side of a dispute: an entry, where it was said, and the standing of its claim.

    A record that disputes a claim without claiming anything itself has no standing.
    """

    number: int
    standing: Standing | None
    citations: tuple[Citation, ...]


@attrs.frozen
class Contradiction:
    """Entries that cannot all be right, on the days `since` to `until`, both included.

    `since` is the beginning of time where they never agree, `until` is None where no day ends it.
    The sides come in the order of their entries.
    """

    since: Day
    until: Day | None
    sides: tuple[Side, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The entries on its sides, in order."""
        return tuple(side.number for side in self.sides)


def contradictions(view: View, day: Day | None = None) -> tuple[Contradiction, ...]:
    """Return what is in dispute between the claims in view, whatever the day, or on one day.

    The oldest come first, by the first day on which they are contested, then by their entries. Of
    a dispute about several claims each pair is named once: those whose days meet are one.
    """
    pairs = contested_pairs(view.tracks)
    if day is not None:
        pairs = {pair: days for pair, days in pairs.items() if _among(day, days)}
    found = (_contradiction(view, pairs, group) for group in disputes_of(pairs))
    return tuple(sorted(found, key=attrgetter("since", "numbers")))


def contested_pairs(tracks: Iterable[Track]) -> dict[EntryPair, list[ContestedDays]]:
    """Return the days on which two entries contradict each other, by the two, lower number first."""
    found: dict[EntryPair, list[ContestedDays]] = defaultdict(list)
    for track in tracks:
        if not isinstance(track, JointTrack):
            continue  # no other claim bears on it
        stops = (*track.days[1:], FOREVER)
        for (since, standing), stop in zip(steps_along(track), stops, strict=True):
            for other in standing.contested_by:
                one, two = sorted((standing.number, other))
                found[one, two].append(ContestedDays(since, stop))
    return dict(found)


def disputes_of(pairs: Mapping[EntryPair, Sequence[ContestedDays]]) -> list[set[EntryPair]]:
    """Return the pairs in groups, one a dispute: pairs that share an entry, on days that meet."""
    by_entry: dict[int, list[EntryPair]] = defaultdict(list)
    for pair in pairs:
        for number in pair:
            by_entry[number].append(pair)
    linked = (link for near in by_entry.values() for link in _meeting(near, pairs))
    return joined([*([pair] for pair in pairs), *linked])


def _meeting(
    near: Iterable[EntryPair], pairs: Mapping[EntryPair, Sequence[ContestedDays]]
) -> Iterator[list[EntryPair]]:
    """Yield pairs of one entry, each with the one before it, whose days meet."""
    last: EntryPair | None = None
    reach: int = BEGINNING
    for pair in sorted(near, key=lambda p: _first(pairs[p])):
        if last is not None and _first(pairs[pair]) < reach:
            yield [last, pair]
        last, reach = pair, max(reach, _last(pairs[pair]))


def _contradiction(
    view: View, pairs: Mapping[EntryPair, Sequence[ContestedDays]], group: Iterable[EntryPair]
) -> Contradiction:
    days = [one for pair in group for one in pairs[pair]]
    stop = _last(days)
    numbers = sorted({number for pair in group for number in pair})
    until = Day(stop - 1) if stop < FOREVER else None
    return Contradiction(_first(days), until, tuple(_side(view, number) for number in numbers))


def _side(view: View, number: int) -> Side:
    standings = view.why(number)
    if standings:
        return Side(number, standings[0], standings[0].citations)
    record = view.belief.index.record(number)
    return Side(number, None, getattr(record, "citations", ()))


def _first(days: Iterable[ContestedDays]) -> Day:
    return min(one.since for one in days)


def _last(days: Iterable[ContestedDays]) -> Day:
    return max(one.stop for one in days)


def _among(day: Day, days: Iterable[ContestedDays]) -> bool:
    return any(one.since <= day < one.stop for one in days)
