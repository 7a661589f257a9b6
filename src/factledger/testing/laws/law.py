"""A law: a sentence, and a check that draws its own examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import attrs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.log.canonical import canonical
from factledger.status.standings import Standing
from factledger.testing.strategies import days

Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]


# No shrinking: it takes minutes on whole ledgers.
_ALIKE = settings(
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


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

    def tried(self, examples: int = 100) -> None:
        """Try the law on that many examples, the same each time.

        Raises AssertionError with the sentence and the example that breaks it, as it was found.
        """

        @settings(_ALIKE, max_examples=examples)
        @given(st.data())
        def trial(data: st.DataObject) -> None:
            self.check(data.draw)

        try:
            trial()
        except (AssertionError, Flaky) as broken:
            drawn = "\n".join(getattr(broken, "__notes__", ()))
            raise AssertionError(f"{self.name}: {self.sentence}\n{broken or drawn}") from None


def law(name: str) -> Callable[[Callable[[Draw], None]], Law]:
    """Return a decorator that makes a check a law: its docstring is the sentence."""
    return lambda check: Law(name, " ".join((check.__doc__ or "").split()), check)


def every(
    ledger: Ledger, day: Day, *, recorded: int | None = None, published: Day | None = None
) -> tuple[Standing, ...]:
    """Return every standing on a day: what most laws compare."""
    return ledger.as_of(day, recorded=recorded, published=published).every


def agree(found: object, wanted: object, ledger: Ledger) -> None:
    """Raise AssertionError, unless both are equal, with both and what the ledger holds."""
    if found != wanted:
        raise AssertionError(
            f"found {found!r}, wanted {wanted!r}, where the ledger holds\n{told(ledger)}"
        )


def told(ledger: Ledger) -> str:
    """Return the entries of a ledger as text, one a line; declarations are left out."""
    kinds = ("ledger", "source", "actor", "type")
    bodies = ((n, ledger.index.body(n)) for n in range(1, len(ledger) + 1))
    shown = (f"  #{n} {canonical(b).decode()}" for n, b in bodies if b and b["kind"] not in kinds)
    return "\n".join(shown)


def published_cut(draw: Draw) -> Day | None:
    """Return a cut by publication, None for no cut."""
    day: Day | None = draw(st.none() | days())
    return day


def back(draw: Draw, length: int) -> int:
    """Return a number of entries up to `length`: mostly near it, where the claims are."""
    back: int = draw(st.sampled_from([0, 1, 2, 3, 5, 8, 100]))
    return max(0, length - back)
