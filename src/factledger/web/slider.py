"""The stops of a slider: the days on which something turns, and the day of the question."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import groupby

import attrs

from factledger.dates.days import Day

MOST_STOPS = 800  # that a hand can still tell apart


@attrs.frozen
class Stops:
    """The days on which a slider can stop, rising; `at` is the place of the day of the question.

    `previous` and `following` are the nearest days on which something turns, before and after.
    """

    days: tuple[Day, ...]
    at: int
    previous: Day | None
    following: Day | None


def stops(turning: Sequence[Day], day: Day) -> Stops:
    """Return the stops around a day; `turning` rises.

    >>> some = stops([Day.parse("2022-01-01"), Day.parse("2024-11-30")], Day.parse("2023-04-01"))
    >>> some.at, [str(d) for d in some.days], str(some.previous), str(some.following)
    (1, ['2022-01-01', '2023-04-01', '2024-11-30'], '2022-01-01', '2024-11-30')
    """
    before, after = bisect_left(turning, day), bisect_right(turning, day)
    days = tuple(sorted({*thinned(turning), day}))
    return Stops(
        days=days,
        at=days.index(day),
        previous=turning[before - 1] if before else None,
        following=turning[after] if after < len(turning) else None,
    )


def thinned(turning: Sequence[Day]) -> Sequence[Day]:
    """Return the days; of too many only the last day of each month, or of each year."""
    if len(turning) <= MOST_STOPS:
        return turning
    by_month: list[Day] = _last_of(turning, lambda day: str(day)[:-3])
    return by_month if len(by_month) <= MOST_STOPS else _last_of(turning, lambda day: str(day)[:-6])


def _last_of(turning: Sequence[Day], part: Callable[[Day], str]) -> list[Day]:
    return [list(days)[-1] for _, days in groupby(turning, part)]


def nearest_day(days: Sequence[Day], day: Day) -> Day | None:
    """Return the last of the days up to a day, else the first; None where there are no days.

    >>> nearest_day([Day(3), Day(7)], Day(5)), nearest_day([Day(3)], Day(1)), nearest_day([], Day(1))
    (Day('0001-01-03'), Day('0001-01-03'), None)
    """
    return days[max(bisect_right(days, day) - 1, 0)] if days else None
