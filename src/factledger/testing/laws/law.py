"""A law: a sentence, and a check that draws its own examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import attrs
from hypothesis import strategies as st

from factledger.days import Day
from factledger.ledger import Ledger
from factledger.standings import Standing
from factledger.testing.strategies import days

Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]


@attrs.frozen
class Law:
    """A sentence that holds of every ledger, and its check.

    `check` takes what draws examples (of a Hypothesis test, `data.draw`) and raises
    AssertionError where the law is broken.
    """

    name: str
    sentence: str
    check: Callable[[Draw], None]

    def __str__(self) -> str:
        return self.name


def law(name: str) -> Callable[[Callable[[Draw], None]], Law]:
    """Return a decorator that makes a check a law: its docstring is the sentence."""
    return lambda check: Law(name, " ".join((check.__doc__ or "").split()), check)


def every(ledger: Ledger, day: Day, **cuts: Any) -> tuple[Standing, ...]:
    """Return every standing on a day: what most laws compare."""
    return ledger.as_of(day, **cuts).every


def published_cut(draw: Draw) -> Day | None:
    """Return a cut by publication, None for no cut."""
    day: Day | None = draw(st.none() | days())
    return day


def back(draw: Draw, length: int) -> int:
    """Return a number of entries up to `length`: mostly near it, where the claims are."""
    back: int = draw(st.sampled_from([0, 1, 2, 3, 5, 8, 100]))
    return max(0, length - back)
