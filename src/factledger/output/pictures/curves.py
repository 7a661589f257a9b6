"""A projection along time → curves: its numbers day by day, or their growth by period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from factledger.dates.days import Day
from factledger.errors import NotFound
from factledger.ledger.ledger import Ledger
from factledger.status.standings import Standing
from factledger.views.projections import Contacts, Projection
from factledger.views.questions import Cut, Date

_ONE = "count"  # the name of a number that has none
PERIODS = {"month": 1, "quarter": 3, "year": 12}


@attrs.frozen
class Curve:
    """One number along time: `points` are the days from which on it has a value, rising."""

    name: str
    points: tuple[tuple[Day, int], ...]


@attrs.frozen
class Curves:
    """The numbers of a projection from `first` to `last`, both included.

    With `per` a value is how much the number grew in the month, quarter or year that begins on
    its day; without, it holds from its day on.
    """

    name: str
    first: Day
    last: Day
    curves: tuple[Curve, ...]
    per: str | None = None


def curves_of(
    ledger: Ledger,
    projection: Projection[Any, Any],
    first: Day,
    last: Day,
    per: str | None = None,
    *,
    recorded: Cut = None,
    published: Date | None = None,
    between: tuple[str, str] | None = None,
) -> Curves:
    """Return the numbers of a projection along time; the cuts are those of `Ledger.changes`.

    The result of the projection is a number, a mapping of names to numbers, contacts, or
    standings, which are counted by status. Raises `NotFound` where it is none of these.
    """
    begin = Day(first - 1) if per else first  # what there was before does not count as growth
    results = ledger.series(
        projection, begin, last, recorded=recorded, published=published, between=between
    )
    steps = [(day, counts_by_name(result)) for day, result in results]
    names = sorted({name for _, values in steps for name in values})
    curves = (Curve(name, tuple(_steps(name, steps))) for name in names)
    if per:
        curves = (_grown(curve, first, last, PERIODS[per]) for curve in curves)
    return Curves(projection.name, first, last, tuple(curves), per)


def counts_by_name(result: Any) -> dict[str, int]:
    """Return the numbers in the result of a projection, by name.

    >>> counts_by_name(7), counts_by_name({"visit": 2})
    ({'count': 7}, {'visit': 2})
    """
    if isinstance(result, int):
        return {_ONE: result}
    if isinstance(result, Contacts):
        counts = {"definite": result.definite, "possible": result.possible}
        return {**counts, "contested": result.contested} if result.contested else counts
    if isinstance(result, Mapping):
        parts = [(str(key), counts_by_name(value)) for key, value in result.items()]
        return {
            key if n == _ONE else f"{key}, {n}": v for key, part in parts for n, v in part.items()
        }
    if isinstance(result, list | tuple) and all(isinstance(item, Standing) for item in result):
        return dict(Counter(str(standing.status) for standing in result))
    raise NotFound("a number", f"this projection gives {type(result).__name__}, not numbers")


def _steps(name: str, steps: Iterable[tuple[Day, dict[str, int]]]) -> Iterator[tuple[Day, int]]:
    before: int | None = None
    for day, values in steps:
        value = values.get(name, 0)
        if value != before:
            yield day, value
        before = value


def _grown(curve: Curve, first: Day, last: Day, months: int) -> Curve:
    """Return the growth of a curve in each period from `first` to `last`."""
    points = []
    before = value_at(curve, Day(first - 1))
    for start, end in periods(first, last, months):
        value = value_at(curve, end)
        points.append((start, value - before))
        before = value
    return Curve(curve.name, tuple(points))


def value_at(curve: Curve, day: Day) -> int:
    """Return the value of a curve on a day, 0 before its first."""
    return next((value for start, value in reversed(curve.points) if start <= day), 0)


def periods(first: Day, last: Day, months: int) -> Iterator[tuple[Day, Day]]:
    """Yield the first and last day of each period of so many months, cut to `first` and `last`.

    >>> [f"{a} {b}" for a, b in periods(Day.parse("2023-02-05"), Day.parse("2023-07-09"), 3)]
    ['2023-02-05 2023-03-31', '2023-04-01 2023-06-30', '2023-07-01 2023-07-09']
    """
    number = (first.year * 12 + first.month - 1) // months * months
    start = first
    while start <= last:
        number += months
        after = Day.of(number // 12, number % 12 + 1, 1)
        yield start, Day(min(after - 1, last))
        start = after
