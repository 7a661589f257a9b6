"""What happened, began or ended on a day, as far as the sources can tell."""

from __future__ import annotations

from typing import Literal

import attrs

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.index.search.wanted import Wanted, facet_term
from factledger.status.standings import Standing
from factledger.views.view import View

OnDay = Literal["happened", "began", "ended"]
_WIDE = 366  # days; a wider window tells nothing of a day
_FIELDS: dict[str, OnDay] = {"when": "happened", "since": "began", "until": "ended"}


@attrs.frozen
class DayFact:
    """A standing that happened, began or ended on a day: surely, or some time within a window."""

    what: OnDay
    standing: Standing
    window: int

    @property
    def sure(self) -> bool:
        """Whether it was on that very day."""
        return self.window == 1


def facts_of_day(view: View) -> tuple[DayFact, ...]:
    """Return what happened, began or ended on the day of a view: first what surely did.

    What the sources narrow down to no less than a year is left out, and what was denied or planned.
    """
    belief, year = view.belief, str(view.day).rpartition("-")[0].rpartition("-")[0]
    wanted = Wanted(facets=(facet_term("year", year),))
    numbers = belief.index.find(wanted, belief.recorded, 0, belief.recorded)
    found: dict[tuple[int, str], DayFact] = {}
    for number in sorted(numbers):
        for standing in view.why(number):
            if standing.claim.factual:
                for fact in _facts(standing, view.day):
                    found.setdefault((standing.number, fact.what), fact)
    return tuple(sorted(found.values(), key=lambda fact: fact.window))


def _facts(standing: Standing, day: Day) -> list[DayFact]:
    found = []
    for field, what in _FIELDS.items():
        date = standing.until if field == "until" else getattr(standing.claim, field, None)
        window = days_left_open(date, day)
        if window is not None and not (standing.derived and field == "when"):
            found.append(DayFact(what, standing, window))
    return found


def days_left_open(date: Edtf | None, day: Day) -> int | None:
    """Return how many days a date leaves open, None where the day is none of them or they are many."""
    first, last = (None, None) if date is None else (date.earliest, date.latest)
    if not isinstance(first, Day) or not isinstance(last, Day):
        return None
    return last - first + 1 if first <= day <= last and last - first < _WIDE else None
