"""The standing of one claim as steps of the date: what all tracks have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.spans import Span
from factledger.status.standings import Standing

_Turned = TypeVar("_Turned")


class Track(Protocol):
    """The standings of one claim along time: `standings[i]` from `days[i]` on.

    `days` rises, and begins at the beginning of time: there is one standing at every date. `order`
    is the place among tracks: the first possible day, which all have, then the entry.
    """

    @property
    def days(self) -> tuple[Day, ...]:
        """The days on which the standing turns, the beginning of time first."""

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The standing from each of these days on."""

    @property
    def order(self) -> tuple[Day, int, bool]:
        """The place in the order of tracks."""

    def at(self, day: int) -> Standing:
        """Return the standing on a day."""

    def shown(self, day: int) -> Standing | None:
        """Return the standing on a day if it is definite, possible, presumed or contested, else None."""


def steps_along(track: Track) -> Iterator[tuple[Day, Standing]]:
    """Yield each day on which the standing of a track turns, with the standing from then on."""
    return zip(track.days, track.standings, strict=True)


def in_order_of_time(tracks: Iterable[Track]) -> list[Track]:
    """Return the tracks by their first possible day, then by their entries."""
    return sorted(tracks, key=lambda track: track.order)


def along(
    days: Sequence[Day], turned: Callable[[Day], _Turned]
) -> tuple[tuple[Day, ...], tuple[_Turned, ...]]:
    """Return the days on which what days give is not as on the one before, and what these give."""
    found = [*map(turned, days)]
    kept = [0, *(i for i in range(1, len(found)) if found[i] != found[i - 1])]
    return tuple([days[i] for i in kept]), tuple([found[i] for i in kept])


def turns_of(span: Span, marks: Iterable[Day] = ()) -> list[Day]:
    """Return the days on which a status may turn, rising from the beginning: those of a span, and more."""
    turns = (span.first, span.sure, Day(span.until + 1), Day(span.presumed + 1), span.gone)
    days = {BEGINNING, *turns, *marks}
    return sorted(day for day in days if BEGINNING <= day < FOREVER)
