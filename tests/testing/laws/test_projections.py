"""Each ready-made projection keeps the laws of projections, and one that breaks a law is found out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import few_examples
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.status.tracks.changes import Change
from factledger.testing import Law, check_projection, projection_laws
from factledger.views.projections import CONTACTS, READY_MADE, Projection


def between(result: tuple[Standing, ...], one: str, other: str) -> list[Standing]:
    """Return the standings of a result in which two actors take part."""
    return [s for s in result if {one, other} <= {p.actor for p in s.claim.participants}]


LAWS = [
    law
    for p in READY_MADE.values()
    for law in projection_laws(p, part=None if p is CONTACTS else between, size=4)
]


@pytest.mark.parametrize("law", LAWS, ids=str)
@settings(max_examples=max(2, few_examples.max_examples // 3))
@given(data=st.data())
def test_every_projection_keeps_the_laws_of_projections(law: Law, data: st.DataObject) -> None:
    """A ready-made projection is a fold over changes, and nothing besides."""
    law.check(data.draw)


def test_every_law_of_a_projection_is_named_once_and_says_a_sentence() -> None:
    """Laws are told apart by the projection and their name, and each is a sentence."""
    assert len({law.name for law in LAWS}) == len(LAWS)
    assert all(law.sentence.endswith(".") for law in LAWS)


def test_a_projection_that_keeps_the_laws_passes() -> None:
    """`check_projection` says nothing where there is nothing to say."""
    check_projection(READY_MADE["level"], part=between, examples=4)


def turns(state: Any, change: Change) -> Any:
    """Count the turns of each relationship's level, comparing with whichever level came last."""
    claim = change.standing.claim
    if claim.type == "relationship-level" and change.after is Status.DEFINITE:
        if claim.value != state["last"]:
            state["turns"][frozenset(claim.actors("party"))] += 1
        state["last"] = claim.value
    return state


TURNS: Projection[Any, Any] = Projection(
    "turns", lambda: {"turns": Counter(), "last": None}, turns, lambda state: dict(state["turns"])
)


def of_pair(result: dict[frozenset[str], int], one: str, other: str) -> int:
    """Return the turns of one relationship."""
    return result.get(frozenset((one, other)), 0)


def test_what_a_broken_law_says_is_its_sentence_and_a_small_ledger() -> None:
    """The error names the law, says its sentence, and shows what was found in a ledger of few claims."""
    with pytest.raises(AssertionError) as broken:
        check_projection(TURNS, part=of_pair)
    first, second, *entries = str(broken.value).splitlines()
    assert first == (
        "turns: frame: Claims about other actors never change what a result says of a relationship."
    )
    assert re.fullmatch(r"found \{.*\}, wanted \{.*\}, where the ledger holds", second)
    assert 2 <= len(entries) <= 4
    assert all(re.fullmatch(r"  #\d+ \{.*\}", entry) for entry in entries)


def test_without_a_part_a_result_is_not_taken_apart() -> None:
    """Who does not say what a result says of a relationship is not told of *frame*."""
    frame = projection_laws(TURNS)[-1]
    frame.tried(3)


CALLS: list[int] = []
SHARED = [0]


def counted(state: list[int], change: Change) -> list[int]:
    """Count changes in the state itself."""
    state[0] += 1
    return state


def called(state: int, change: Change) -> int:
    """Count calls, in a list outside."""
    CALLS.append(1)
    return len(CALLS)


def by_identity(state: dict[int, Change], change: Change) -> dict[int, Change]:
    """Tell states apart by where they are kept in memory."""
    return {**state, id(state): change}


def by_day(state: Any, change: Change) -> Any:
    """Keep the state where a day may be passed over: every other one."""
    return change.day


def last_one(state: Any, change: Change) -> Any:
    """Keep the number of whatever turned last, also within one day."""
    return change.number


BROKEN: list[tuple[str, Projection[Any, Any]]] = [
    ("incremental", Projection("p", lambda: SHARED, counted, sum)),
    ("repeatable", Projection("p", lambda: SHARED, counted, sum)),
    ("incremental", Projection("p", int, called)),
    ("repeatable", Projection("p", lambda: [0], counted, lambda state: Random(state[0]).random)),
    ("resumed", Projection("p", dict, by_identity, len)),
    ("series", Projection("p", lambda: [0], counted)),
    ("moment", Projection("p", int, last_one)),
    ("frame", Projection("p", int, called)),
]


@pytest.mark.parametrize(
    ("name", "projection"), BROKEN, ids=[f"{i} {name}" for i, (name, _) in enumerate(BROKEN)]
)
def test_a_law_of_projections_finds_the_fault_that_it_is_there_for(
    name: str, projection: Projection[Any, Any]
) -> None:
    """Each law is broken by some projection: a law that nothing can break says nothing."""
    (law,) = (law for law in projection_laws(projection) if law.name == f"p: {name}")
    with pytest.raises(AssertionError, match=re.escape(f"p: {name}: {law.sentence}")):
        law.tried()


def test_steps_finds_out_who_changes_between_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fold that looks past the day it is asked for changes its answer on days without changes."""
    late: Callable[..., Any] = lambda projection, changes, until=None: (until or 0) % 2  # noqa: E731
    monkeypatch.setattr("factledger.testing.laws.projections.fold", late)
    (law,) = (law for law in projection_laws(TURNS) if law.name == "turns: steps")
    with pytest.raises(AssertionError, match="only on the days of changes"):
        law.tried()
