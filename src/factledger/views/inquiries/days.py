"""What happened, began or ended on a day, as far as the sources can tell."""

from __future__ import annotations

from typing import Literal

import attrs

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.index.search.wanted import Wanted, facet_term
from factledger.records.record import Record
from factledger.status.belief import Belief
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
    naming = [n for n in numbers if _names(belief.index.content(n), view.day)]
    for number in sorted({_claim_of(n, belief) for n in naming}):
        for standing in view.why(number):
            if standing.claim.factual:
                for fact in _facts(standing, view.day):
                    found.setdefault((standing.number, fact.what), fact)
    return tuple(sorted(found.values(), key=lambda fact: fact.window))


def _claim_of(number: int, belief: Belief) -> int:
    """Return the entry of the claim that an entry is about: itself, or the reading that stands."""
    index = belief.index
    target = (index.body(number) or {}).get("target")
    if target is None or index.puts_claim(number):
        return number
    return belief.standing_reading(index.chains.first(target)) or number


def _names(record: Record | None, day: Day) -> bool:
    """Return whether a date that an entry writes down leaves a day open, among not too many.

    Each end that a standing has, one of its entries gives: one that gives no such date adds none.
    """
    written = (getattr(record, field, None) for field in _FIELDS)
    return any(days_left_open(date, day) is not None for date in written)


def _facts(standing: Standing, day: Day) -> list[DayFact]:
    found = []
    ends = standing.shown and not standing.end_planned  # else it ended before, or was only to end
    for field, what in _FIELDS.items():
        if what == "ended" and not ends:
            continue
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
