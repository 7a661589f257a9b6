"""Laws of projections: of a fold over changes, and nothing besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from factledger.days import Day
from factledger.errors import Refused
from factledger.projections import Projection, fold
from factledger.testing.few import ACTORS, few_claims
from factledger.testing.history import extended, histories
from factledger.testing.laws.law import Draw, Law
from factledger.testing.moves import Move
from factledger.testing.retelling import elsewhere
from factledger.testing.strategies import days
from factledger.timeline import Change


def projection_laws(projection: Projection[Any, Any]) -> tuple[Law, ...]:
    """Return what holds of every projection that is a fold over changes and nothing besides.

    Results are compared with `==`.
    """

    def named(name: str, sentence: str, check: Callable[[Draw], None]) -> Law:
        return Law(f"{projection.name}: {name}", sentence, check)

    def result(changes: Iterable[Change], until: Day | None = None) -> Any:
        return fold(projection, changes, until)

    def incremental(draw: Draw) -> None:
        changes = draw(histories()).ledger().changes()
        state = projection.initial()
        for i, change in enumerate(changes):
            state = projection.step(state, change)
            assert projection.result(state) == result(changes[: i + 1])

    def repeatable(draw: Draw) -> None:
        changes, other = draw(histories()).ledger().changes(), draw(histories()).ledger().changes()
        first = result(changes)
        kept = repr(first)
        result(other)
        assert result(changes) == first
        assert repr(first) == kept

    def framed(draw: Draw) -> None:
        ledger = draw(histories()).ledger()
        pair = ("JPN", "UKR")
        before = result(ledger.changes(between=pair))
        extended(ledger, [elsewhere(actor) for actor in ACTORS])
        with suppress(Refused):
            ledger.append(elsewhere(Move(draw, ledger, few_claims()).claim))
        assert result(ledger.changes(between=pair)) == before

    def steady(draw: Draw) -> None:
        changes, day = draw(histories()).ledger().changes(), draw(days())
        turns = any(change.day == day for change in changes)
        assert turns or result(changes, day) == result(changes, Day(day - 1))

    return (
        named("incremental", "Stepping change by change gives what a replay gives.", incremental),
        named(
            "repeatable", "A fold shares no state with another, nor with its results.", repeatable
        ),
        named("frame", "Claims about other actors never change a result.", framed),
        named("steps", "A result changes only on the days of changes.", steady),
    )
