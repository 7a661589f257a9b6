"""The marks of a time axis: years, or months where a picture shows few years."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from factledger.dates.days import Day

_GAP = 2  # columns between two labels, at least
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 24_000, 60_000)


@attrs.frozen
class Tick:
    """A day that the axis marks, and the label beside the mark."""

    day: Day
    label: str


def ticks(first: Day, last: Day, columns: int) -> tuple[Tick, ...]:
    """Return the ticks from `first` to `last` whose labels fit into so many columns.

    The step is the least with which they fit: a month, a quarter, half a year, 1, 2, 5, 10 years
    and so on. Within a single month the first day is the only one.

    >>> [tick.label for tick in ticks(Day.parse("2014-03-01"), Day.parse("2024-12-31"), 40)]
    ['2016', '2018', '2020', '2022', '2024']
    >>> [tick.label for tick in ticks(Day.parse("2023-03-05"), Day.parse("2023-03-09"), 40)]
    ['2023-03-05']
    """
    for step in _MONTHS:
        count = (_month_of(last) - _month_of(first)) // step + 1
        if count * (4 + _GAP) <= columns + _GAP:  # else its labels cannot fit: do not make them
            marks = tuple(_every(step, first, last))
            if marks and sum(len(tick.label) + _GAP for tick in marks) <= columns + _GAP:
                return marks
    return (Tick(first, str(first)),)


def _every(step: int, first: Day, last: Day) -> Iterator[Tick]:
    start = -(-_month_of(first) // step) * step
    for number in range(start, _month_of(last) + 1, step):
        year, month = divmod(number, 12)
        day = Day.of(year, month + 1, 1)
        if day >= first:
            yield Tick(day, str(day)[:-6] if step >= 12 else str(day)[:-3])


def _month_of(day: Day) -> int:
    return day.year * 12 + day.month - 1
