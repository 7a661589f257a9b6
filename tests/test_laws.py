"""Every law holds of generated ledgers, and each ready-made projection keeps those of projections."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from factledger.codec import to_body
from factledger.errors import FactledgerError
from factledger.projections import READY_MADE, Projection
from factledger.spans import _start
from factledger.testing import LAWS, Law, projection_laws
from factledger.timeline import Change, changes

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
    """Return the names of the laws that a projection breaks within 100 examples."""
    return {law.name for law in projection_laws(projection) if not holds(law)}


def holds(law: Law) -> bool:
    """Return whether a law holds for 100 examples."""

    @settings(max_examples=100, phases=[Phase.generate], database=None)
    @seed(1)
    @given(data=st.data())
    def check(data: st.DataObject) -> None:
        law.check(data.draw)

    try:
        check()
    except (AssertionError, FactledgerError):
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


BUGS: list[tuple[str, str, Any]] = [
    ("stability", "factledger.belief.Belief.about", lambda self, n: list(self.index.targeting(n))),
    ("retraction", "factledger.belief.Belief.retired_by", lambda self, n: None),
    ("correction", "factledger.belief.Belief.retired_by", lambda self, n: None),
    ("no look-ahead", "factledger.belief.Belief._surely_published", lambda self, support: True),
    ("steps", "factledger.answers.changes", lambda tracks: changes(tracks)[:-1]),
    ("folded changes", "factledger.answers.changes", lambda tracks: changes(tracks)[::-1]),
    ("half-open", "factledger.inertia.displaces", lambda other, state: False),
    ("refinement", "factledger.spans._settled_by", lambda date, live: _start(date)),
    ("late arrival is local", "factledger.inertia.displaces", lambda a, b: a.number > b.number),
    ("permutation", "factledger.candidates.Candidate.content", property(lambda c: str(c.number))),
    ("frame", "factledger.index.key_of", lambda state, people: (state.id, ())),
    (
        "records round trip",
        "factledger.testing.laws.keeping.to_body",
        lambda r: {**to_body(r), "note": "x"},
    ),
    ("idempotence", "factledger.index.Index.same", lambda self, body, written: ()),
]


@pytest.mark.parametrize(("name", "place", "bug"), BUGS, ids=[f"{n}: {p}" for n, p, _ in BUGS])
def test_a_law_finds_the_bug_that_it_is_there_for(
    name: str, place: str, bug: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each law is broken by a bug that is planted: a law that nothing can break says nothing."""
    monkeypatch.setattr(place, bug)
    (law,) = (law for law in LAWS if law.name == name)
    assert not holds(law)


def test_every_law_is_named_once_and_says_a_sentence() -> None:
    """Laws are told apart by name, and each is a sentence that can stand in a specification."""
    names = [law.name for law in (*LAWS, *OF_PROJECTIONS)]
    assert len(set(names)) == len(names)
    assert all(law.sentence.endswith(".") for law in LAWS)
