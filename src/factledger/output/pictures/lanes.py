"""A view → lanes: for each group of types, the bars of its claims along time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import attrs

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.output.words.dates import standing_dates
from factledger.output.words.standings import entry_numbers, identity
from factledger.records.claims import Tally
from factledger.records.vocabulary import GROUPS
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.status.tracks.track import Track
from factledger.text import show
from factledger.views.view import View


@attrs.frozen
class Stretch:
    """Days on which a claim stands in one way: from `first` to `last`, both included.

    A `first` of BEGINNING means that no day is known before which it did not stand, a `last` of
    FOREVER that none is known after which it does not. `alone` is the status without those that
    contest it.
    """

    first: Day
    last: Day
    status: Status
    contested_by: tuple[int, ...] = ()
    alone: Status = attrs.field(default=attrs.Factory(lambda self: self.status, takes_self=True))

    @property
    def fill(self) -> Status:
        """The status that a picture fills it with: possible, where its own sources say that it is not."""
        return self.alone if self.alone.shown else Status.POSSIBLE


@attrs.frozen
class Bar:
    """One claim along time: its stretches, in order, and the last standing of those shown."""

    standing: Standing
    stretches: tuple[Stretch, ...]

    @property
    def point(self) -> Day | None:
        """The day by which an event had surely happened, or all events of a tally had.

        None where that is never sure, and for a state. BEGINNING for an event before all record.
        """
        if not _happens(self.standing):
            return None
        sure = (s.first for s in self.stretches if s.alone is Status.DEFINITE)
        return next(sure, None)

    @property
    def drawn(self) -> tuple[Stretch, ...]:
        """The stretches that a picture shows: an event that surely happened is a point instead."""
        if not _happens(self.standing):
            return self.stretches
        return tuple(s for s in self.stretches if s.alone is not Status.DEFINITE)

    @property
    def contested_by(self) -> tuple[int, ...]:
        """The entries that contradict or dispute it at any time, in order."""
        return tuple(sorted({n for s in self.stretches for n in s.contested_by}))

    def within(self, first: Day, last: Day) -> bool:
        """Return whether some of it is to be seen from `first` to `last`."""
        shown = any(s.first <= last and s.last >= first for s in self.drawn)
        return shown or (self.point is not None and first <= self.point <= last)


@attrs.frozen
class Lane:
    """The bars of one group, in the order of their first possible day."""

    group: str
    bars: tuple[Bar, ...]


@attrs.frozen
class Lanes:
    """The lanes that are to be seen from `first` to `last`, both included."""

    first: Day
    last: Day
    lanes: tuple[Lane, ...]

    def place(self, day: Day, size: int) -> int:
        """Return the place of a day on an axis of `size` steps: 0 to `size` - 1 for a day in view.

        >>> Lanes(Day.parse("2023-01-01"), Day.parse("2023-12-31"), ()).place(Day.parse("2023-07-02"), 10)
        4
        """
        return (day - self.first) * size // (self.last - self.first + 1)


def lanes_of(view: View, first: Day | None = None, last: Day | None = None) -> Lanes:
    """Return the lanes of the claims in view, whatever its day; assessments are left out.

    Where `first` or `last` is None, the lanes reach over whole years to the first or the last
    day on which anything turns.
    """
    bars = [bar for bar in map(bar_of, view.tracks) if bar is not None]
    begin, end = window(bars, first, last)
    lanes: dict[str, list[Bar]] = {group: [] for group in GROUPS}
    for bar in bars:
        if bar.within(begin, end):
            lanes.setdefault(view.group(bar.standing), []).append(bar)
    return Lanes(begin, end, tuple(Lane(group, tuple(b)) for group, b in lanes.items() if b))


def bar_of(track: Track) -> Bar | None:
    """Return the bar of a track; None for a track that is never shown."""
    stretches = tuple(stretches_of(track))
    shown = [s for s in track.standings if s.shown]
    return Bar(shown[-1], stretches) if shown and stretches else None


def stretches_of(track: Track) -> Iterator[Stretch]:
    """Yield the stretches on which a track may stand, in order."""
    turns = [*track.days, FOREVER]
    for (first, after), standing in zip(pairwise(turns), track.standings, strict=True):
        begin = BEGINNING if first <= BEGINNING + 1 else first  # before every day is no day
        last = FOREVER if after == FOREVER else Day(after - 1)
        if standing.status.shown and last > BEGINNING:
            yield Stretch(begin, last, standing.status, standing.contested_by, standing.alone)


def window(bars: Sequence[Bar], first: Day | None, last: Day | None) -> tuple[Day, Day]:
    """Return the days that a picture of the bars shows, the first and the last.

    >>> window([], None, Day.parse("2023-04-01"))
    (Day('2023-01-01'), Day('2023-04-01'))
    """
    turns = sorted({day for bar in bars for day in turning_days(bar)})
    begin = first or _new_year(turns[0] if turns and not (last and turns[0] > last) else last)
    end = last or _new_years_eve(turns[-1] if turns and turns[-1] >= begin else begin)
    return begin, end


def turning_days(bar: Bar) -> Iterable[Day]:
    """Return the days on which a bar is seen to turn, those that are known."""
    ends = [day for s in bar.drawn for day in (s.first, s.last)]
    point = [] if bar.point is None else [bar.point]
    return (day for day in (*ends, *point) if BEGINNING < day < FOREVER)


def caption(bar: Bar) -> str:
    """Return the words beside a bar: the sentence, the dates, the entry, the entries against it."""
    standing = bar.standing
    parts = (
        standing.sentence.removesuffix("."),
        standing_dates(standing),
        identity(standing),
        f"contested by {entry_numbers(bar.contested_by)}" if bar.contested_by else "",
    )
    return show(" · ".join(part for part in parts if part))


def course(bar: Bar) -> str:
    """Return the stretches of a bar in words."""
    stretches = (f"{s.status} from {s.first} to {s.last}" for s in bar.stretches)
    return "; ".join(stretches).replace("from -infinity ", "").replace(" to infinity", " on")


def _happens(standing: Standing) -> bool:
    """Return whether a claim is of something that happened; a count of none holds, like a state."""
    claim = standing.claim
    return claim.shape == "event" or (isinstance(claim, Tally) and claim.count.upper != 0)


def _new_year(day: Day | None) -> Day:
    return Day.of(1 if day is None else day.year, 1, 1)


def _new_years_eve(day: Day) -> Day:
    return Day.of(day.year, 12, 31)
