"""Every law holds of generated ledgers, and is broken by a bug that is planted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from factledger.codec import to_body
from factledger.errors import FactledgerError
from factledger.spans import _start
from factledger.testing import LAWS, Law
from factledger.timeline import changes


@pytest.mark.parametrize("law", LAWS, ids=str)
@given(data=st.data())
def test_every_law_holds(law: Law, data: st.DataObject) -> None:
    """The sentence of each law is true of whatever a ledger can hold."""
    law.check(data.draw)


def holds(law: Law) -> bool:
    """Return whether a law holds for 400 examples."""

    @settings(max_examples=400, phases=[Phase.generate], database=None)
    @seed(1)
    @given(data=st.data())
    def check(data: st.DataObject) -> None:
        law.check(data.draw)

    try:
        check()
    except (AssertionError, FactledgerError):
        return False
    return True


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
    names = [law.name for law in LAWS]
    assert len(set(names)) == len(names)
    assert all(law.sentence.endswith(".") for law in LAWS)
