"""Every law holds of generated ledgers, and each ready-made projection keeps those of projections."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from factledger.projections import READY_MADE, Projection
from factledger.testing import LAWS, Law, projection_laws
from factledger.timeline import Change

OF_PROJECTIONS = [law for p in READY_MADE.values() for law in projection_laws(p)]


@pytest.mark.parametrize("law", LAWS, ids=str)
@given(data=st.data())
def test_every_law_holds(law: Law, data: st.DataObject) -> None:
    """The sentence of each law is true of whatever a ledger can hold."""
    law.check(data.draw)


@pytest.mark.parametrize("law", OF_PROJECTIONS, ids=str)
@settings(max_examples=settings().max_examples // 4)
@given(data=st.data())
def test_every_projection_keeps_the_laws_of_projections(law: Law, data: st.DataObject) -> None:
    """A ready-made projection is a fold over changes, and nothing besides."""
    law.check(data.draw)


def broken_by(projection: Projection[Any, Any]) -> set[str]:
    """Return the names of the laws that a projection breaks within 30 examples."""
    return {law.name for law in projection_laws(projection) if not holds(law)}


def holds(law: Law) -> bool:
    """Return whether a law holds for 30 examples."""

    @settings(max_examples=30, phases=[Phase.generate], database=None)
    @seed(1)
    @given(data=st.data())
    def check(data: st.DataObject) -> None:
        law.check(data.draw)

    try:
        check()
    except AssertionError:
        return False
    return True


def counted(state: list[int], change: Change) -> list[int]:
    """Count changes in the state itself."""
    state[0] += 1
    return state


def test_a_projection_that_shares_its_state_is_found_out() -> None:
    """A state that outlives its fold gives another result each time: a fold begins afresh."""
    shared = [0]
    leaking: Projection[list[int], int] = Projection("leaking", lambda: shared, counted, sum)
    assert {"leaking: incremental", "leaking: repeatable"} <= broken_by(leaking)


def test_a_result_that_is_altered_later_is_found_out() -> None:
    """A projection must not hand out what a later step alters, nor count calls."""
    calls: list[int] = []

    def step(state: int, change: Change) -> int:
        calls.append(1)
        return len(calls)

    assert "counting: incremental" in broken_by(Projection("counting", int, step))


def test_every_law_is_named_once_and_says_a_sentence() -> None:
    """Laws are told apart by name, and each is a sentence that can stand in a specification."""
    names = [law.name for law in (*LAWS, *OF_PROJECTIONS)]
    assert len(set(names)) == len(names)
    assert all(law.sentence.endswith(".") for law in LAWS)
