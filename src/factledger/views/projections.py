"""Folds over the changes of a view along time: the ready-made ones, and a class for your own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar, overload

import attrs

from factledger.dates.days import Day
from factledger.records.claims import Tally
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.status.tracks.changes import Change

Folded = TypeVar("Folded")
Handed = TypeVar("Handed")


def _itself(state: Any) -> Any:
    return state


@attrs.frozen(init=False)
class Projection(Generic[Folded, Handed]):
    """A fold over changes: a value, not a base class.

    `initial` makes a fresh state; `step` takes a state and a `Change` and returns the next. The
    fold owns its state, so a step may alter it and give it back; a step that copies it makes a
    fold quadratic. `result` turns the state into what is handed out, and must share nothing
    that a later step alters. `combine`, where there is one, makes one state of those of two parts of
    a ledger, in whatever order they come; it may alter both. A step sees every change, also of denied and planned claims and of
    assessments, and must not look at a clock.

    >>> turns = Projection("turns", int, lambda count, change: count + 1)
    >>> fold(turns, [])
    0
    """

    name: str
    initial: Callable[[], Folded]
    step: Callable[[Folded, Change], Folded]
    result: Callable[[Folded], Handed] = _itself
    combine: Callable[[Folded, Folded], Folded] | None = None

    @overload
    def __init__(
        self: Projection[Folded, Folded],
        name: str,
        initial: Callable[[], Folded],
        step: Callable[[Folded, Change], Folded],
        *,
        combine: Callable[[Folded, Folded], Folded] | None = None,
    ) -> None: ...

    @overload
    def __init__(
        self,
        name: str,
        initial: Callable[[], Folded],
        step: Callable[[Folded, Change], Folded],
        result: Callable[[Folded], Handed],
        combine: Callable[[Folded, Folded], Folded] | None = None,
    ) -> None: ...

    def __init__(
        self,
        name: str,
        initial: Callable[[], Folded],
        step: Callable[[Folded, Change], Folded],
        result: Callable[[Folded], Any] = _itself,
        combine: Callable[[Folded, Folded], Folded] | None = None,
    ) -> None:
        attrs_init: Callable[..., None] = self.__attrs_init__
        attrs_init(name, initial, step, result, combine)


def fold(
    projection: Projection[Folded, Handed], changes: Iterable[Change], until: Day | None = None
) -> Handed:
    """Return what the projection makes of the changes up to `until`, included; None for all.

    Changes must come in the order of their days. Raises ValueError where one does not, since
    its answer would be wrong without a sign.
    """
    state = projection.initial()
    for change in in_order(changes):
        if until is not None and change.day > until:
            break
        state = projection.step(state, change)
    return projection.result(state)


def series(
    projection: Projection[Folded, Handed], changes: Iterable[Change], first: Day, last: Day
) -> Iterator[tuple[Day, Handed]]:
    """Yield the result on `first` and on each later day up to `last`, included, that changes it."""
    shown: list[Handed] = []
    for day, result in _results(projection, changes, first, last):
        if not shown or result != shown[0]:
            yield day, result
            shown = [result]


def _results(
    projection: Projection[Folded, Handed], changes: Iterable[Change], first: Day, last: Day
) -> Iterator[tuple[Day, Handed]]:
    """Yield the result on `first`, and on each later day on which anything changed."""
    state = projection.initial()
    day = first
    for change in in_order(changes):
        if change.day > last:
            break
        if change.day > day:
            yield day, projection.result(state)
            day = change.day
        state = projection.step(state, change)
    yield day, projection.result(state)


def in_order(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes; raise ValueError where a day is before the one that came last."""
    last: Day | None = None
    for change in changes:
        if last is not None and change.day < last:
            raise ValueError(f"changes out of order: {change.day} comes after {last}")
        last = change.day
        yield change


# --- ready-made


def standing_where(name: str, wanted: Callable[[Standing], bool]) -> Projection[Any, Any]:
    """Return the projection that holds the standings shown, of those wanted, by first appearance."""

    def step(state: dict[tuple[int, bool, str], Standing], change: Change) -> Any:
        standing = change.standing
        key = (standing.number, standing.derived, change.type)  # an event may begin several states
        if change.after.shown and wanted(standing):
            state[key] = standing
        else:
            state.pop(key, None)
        return state

    return Projection(name, dict, step, lambda state: tuple(state.values()))


def _of(*types: str) -> Callable[[Standing], bool]:
    return lambda s: s.claim.type in types and s.claim.factual


def _holding(*roles: str) -> Callable[[Standing], bool]:
    """Return whether a standing is of a state in which somebody takes part in each of some roles."""
    return lambda s: (
        s.claim.shape == "state" and s.claim.factual and all(map(s.claim.actors, roles))
    )


LEVEL = standing_where("level", _of("relationship-level", "diplomatic-relations"))
OFFICES = standing_where("offices", _holding("holder", "post"))
AGREEMENTS = standing_where(
    "agreements",
    _of(
        "AGREE", "agreement-in-force", "entry-into-force",
        "signed", "ratified", "came-into-force", "in-force",
    ),
)  # fmt: skip
SANCTIONS = standing_where("sanctions", _of("sanctions"))
AID = standing_where("aid", _of("aid", "AID"))
STANCES = standing_where("stances", lambda s: s.claim.type in ("stance", "concern"))


@attrs.frozen
class Contacts:
    """The number of contacts of one mode: itemised, and as sources count them.

    `definite`, `possible` and `contested` count events; `tallies` holds the counts that sources
    give, which may count the same events and are never added to them.
    """

    definite: int = 0
    possible: int = 0
    tallies: tuple[str, ...] = ()
    contested: int = 0


def _contact(state: dict[str, Contacts], change: Change) -> dict[str, Contacts]:
    claim = change.standing.claim
    if claim.type != "CONSULT" or claim.modality not in ("actual", "presupposed"):
        return state
    mode = claim.mode or "any"
    found = state.get(mode, Contacts())
    if isinstance(claim, Tally):
        if change.after is Status.DEFINITE:
            found = attrs.evolve(found, tallies=(*found.tallies, str(claim.count)))
    elif claim.polarity == "asserted":
        found = attrs.evolve(
            found,
            definite=found.definite
            + (change.after is Status.DEFINITE)
            - (change.before is Status.DEFINITE),
            possible=found.possible
            + (change.after is Status.POSSIBLE)
            - (change.before is Status.POSSIBLE),
            contested=found.contested
            + (change.after is Status.CONTESTED)
            - (change.before is Status.CONTESTED),
        )
    state[mode] = found
    return state


CONTACTS: Projection[dict[str, Contacts], dict[str, Contacts]] = Projection(
    "contacts", dict, _contact, lambda state: dict(sorted(state.items()))
)

READY_MADE: dict[str, Projection[Any, Any]] = {
    p.name: p for p in (LEVEL, OFFICES, AGREEMENTS, SANCTIONS, AID, CONTACTS, STANCES)
}
