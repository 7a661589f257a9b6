"""Laws of projections: of a fold over changes, and nothing besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from copy import deepcopy
from itertools import combinations, groupby
from typing import Any, TypeAlias

import attrs
from hypothesis import strategies as st

from factledger.dates.days import Day
from factledger.errors import Refused
from factledger.ledger.ledger import Ledger
from factledger.records.claims import Claim
from factledger.records.declarations import Source
from factledger.status.tracks.changes import Change
from factledger.testing.few import ACTORS, COUNTRIES, THEMES, TYPES, plain_claims
from factledger.testing.history import histories, opened
from factledger.testing.laws.law import Draw, Law, agree
from factledger.testing.retelling import elsewhere
from factledger.testing.strategies import days
from factledger.views.projections import Projection, fold, series

Part: TypeAlias = Callable[[Any, str, str], Any]
"""What a result says of the relationship of two actors, given by their ids."""


def projection_laws(
    projection: Projection[Any, Any], *, part: Part | None = None, size: int = 8
) -> tuple[Law, ...]:
    """Return the laws of every projection that is a fold over changes and nothing besides.

    Results are compared with `==`. `part(result, one, other)` returns what a result says of a
    relationship; without it *frame* asks only for the fold over the changes of one relationship.
    `size` is the most claims that the ledgers have to begin with.
    """
    of = _Laws(projection, part, size)
    checks = (of.incremental, of.resumed, of.repeatable, of.series, of.steps, of.moment, of.frame)
    return tuple(
        Law(f"{projection.name}: {check.__name__}", " ".join((check.__doc__ or "").split()), check)
        for check in checks
    )


def check_projection(
    projection: Projection[Any, Any], *, part: Part | None = None, examples: int = 50
) -> None:
    """Raise AssertionError with the first law that a projection breaks, and the ledger that shows it.

    It tries each of `projection_laws` on that many ledgers, the smallest first, so that what it
    shows is small; the same ones each time.
    """
    sizes = (1, 2, 4, 8)
    for size in sizes:
        for law in projection_laws(projection, part=part, size=size):
            law.tried(max(1, examples // len(sizes)))


@attrs.frozen
class _Laws:
    """The laws of one projection; the docstring of each is its sentence."""

    projection: Projection[Any, Any]
    part: Part | None
    size: int

    def ledger(self, draw: Draw) -> Ledger:
        """Return a ledger of any kind of record."""
        return draw(histories(max_size=self.size)).ledger()  # type: ignore[no-any-return]

    def result(self, changes: Iterable[Change], until: Day | None = None) -> Any:
        """Return the result of the projection for changes."""
        return fold(self.projection, changes, until)

    def incremental(self, draw: Draw) -> None:
        """Stepping change by change gives what a replay gives."""
        ledger = self.ledger(draw)
        changes, state = ledger.changes(), self.projection.initial()
        for i, change in enumerate(changes):
            state = self.projection.step(state, change)
            agree(self.projection.result(state), self.result(changes[: i + 1]), ledger)

    def resumed(self, draw: Draw) -> None:
        """A state that is copied and goes on from there gives what a replay gives."""
        ledger = self.ledger(draw)
        changes, state = ledger.changes(), self.projection.initial()
        for change in changes:
            state = self.projection.step(deepcopy(state), change)
        agree(self.projection.result(deepcopy(state)), self.result(changes), ledger)

    def repeatable(self, draw: Draw) -> None:
        """A fold shares no state with another, nor with its results."""
        ledger, other = self.ledger(draw), self.ledger(draw)
        first = self.result(ledger.changes())
        kept = repr(first)
        self.result(other.changes())
        agree(self.result(ledger.changes()), first, ledger)
        agree(repr(first), kept, ledger)

    def series(self, draw: Draw) -> None:
        """A series says of each day what the fold up to that day says."""
        ledger, day = self.ledger(draw), draw(days())
        changes = ledger.changes()
        found = list(series(self.projection, changes, day, Day(day + 600)))
        for turn, result in found:
            agree(result, self.result(changes, turn), ledger)
        agree(found[-1][1], self.result(changes, Day(day + 600)), ledger)

    def steps(self, draw: Draw) -> None:
        """A result changes only on the days of changes."""
        ledger, day = self.ledger(draw), draw(days())
        changes = ledger.changes()
        quiet = all(change.day != day for change in changes)
        before = Day(day - 1) if quiet else day
        agree(self.result(changes, day), self.result(changes, before), ledger)

    def moment(self, draw: Draw) -> None:
        """Changes of one day are one moment: their order alters but the order of a result."""
        ledger = self.ledger(draw)
        changes = ledger.changes()
        moments = [list(moment) for _, moment in groupby(changes, lambda change: change.day)]
        moved = [change for moment in moments for change in draw(st.permutations(moment))]
        agree(unordered(self.result(moved)), unordered(self.result(changes)), ledger)

    def frame(self, draw: Draw) -> None:
        """Claims about other actors never change what a result says of a relationship."""
        for theme in THEMES:  # most projections are about one of them
            some = st.lists(plain_claims(theme), min_size=1, max_size=self.size)
            ledger = opened()
            ledger.append(*ACTORS, *map(elsewhere, ACTORS), *TYPES, *_SOURCES)
            _taken(ledger, draw(some))
            before = self._of_each_pair(ledger)
            _taken(ledger, map(elsewhere, draw(some)))
            agree(self._of_each_pair(ledger), before, ledger)

    def _of_each_pair(self, ledger: Ledger) -> dict[tuple[str, str], Any]:
        """Return the result of the projection for each relationship."""
        pairs = list(combinations(COUNTRIES, 2))
        if self.part is None:
            return {pair: self.result(ledger.changes(between=pair)) for pair in pairs}
        whole = self.result(ledger.changes())
        return {pair: self.part(whole, *pair) for pair in pairs}


_SOURCES = (
    Source(id="s1", title="First", published="2021-02-15"),
    Source(id="s2", title="Second", published="2022-03-05"),
)


def _taken(ledger: Ledger, claims: Iterable[Claim]) -> None:
    """Append the claims that the ledger does not refuse."""
    for claim in claims:
        with suppress(Refused):
            ledger.append(claim)


def unordered(value: Any) -> Any:
    """Return a value with the order of what it lists left out."""
    if isinstance(value, Mapping):
        return unordered([*value.items()])
    if isinstance(value, tuple | list | set | frozenset):
        return sorted(map(unordered, value), key=repr)
    if attrs.has(type(value)):
        return [unordered(getattr(value, f.name)) for f in attrs.fields(type(value)) if f.eq]
    return value
