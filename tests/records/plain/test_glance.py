"""What is seen of a claim at a glance is what its body says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.log.canonical import canonical, canonical_text
from factledger.records.plain.glance import Glance, claim_seen, glance, learn_claim
from factledger.records.plain.glance import _forms as forms
from factledger.records.plain.who import who_of

TEXTS = st.text("ab@0{:,é", max_size=3) | st.sampled_from(["@0", "@label", "event", "state"])
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {"role": TEXTS, "actor": TEXTS}, optional={"as_said": TEXTS, "of": TEXTS}
    ),
    max_size=3,
)
CITATIONS = st.lists(
    st.fixed_dictionaries({"source": TEXTS}, optional={"start": st.integers(0, 20)}), max_size=2
)
CLAIMS = st.fixed_dictionaries(
    {"kind": st.sampled_from(["event", "state"]), "type": TEXTS, "citations": CITATIONS},
    optional={
        "mode": TEXTS, "label": TEXTS, "value": TEXTS, "participants": PEOPLE, "when": TEXTS,
    },
)  # fmt: skip
WHO = [{"role": "actor", "actor": "JPN"}]
CLAIM = {"kind": "event", "type": "CONSULT", "participants": WHO, "when": "2020"}


def seen_of(body: dict[str, Any], learned: dict[str, Any]) -> Glance | None:
    """Return what is seen of a body once another was learned."""
    forms.clear()
    learn_claim(canonical_text(learned).encode(), learned)
    return glance(canonical_text(body).encode())


@given(CLAIMS, st.data())
def test_a_glance_sees_what_the_body_says(body: dict[str, Any], data: st.DataObject) -> None:
    """Kind, type, mode, label and all who take part are those of the body, whatever other texts say."""
    learned = {n: data.draw(TEXTS) if type(v) is str else v for n, v in body.items()}
    seen = seen_of(body, {**learned, "kind": data.draw(st.sampled_from(["event", "state"]))})
    assert seen is not None
    assert seen.label == body.get("label")
    found = claim_seen(seen)
    if body["kind"] == "event":  # a state has no `when`
        assert found is not None
    if found is not None:
        told = {name: body[name] for name in ("kind", "type", "mode") if name in body}
        assert found == (told, who_of(body))


@pytest.mark.parametrize(
    "change",
    [
        {"polarity": "denied"}, {"backfilled": "2020-01-01T00:00:00.000000Z"}, {"type": 5},
        {"kind": "tally"}, {"mode": None}, {"label": 5}, {"participants": "JPN"},
        {"participants": ["JPN"]}, {"participants": [{"role": "actor"}]},
        {"participants": [{"role": "actor", "actor": "JPN", "of": None}]},
        {"text": "a" * 2**14}, {"text": 'he said "no"'}, {"text": "\u00a0"},
        {"value": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]},
    ],
)  # fmt: skip
def test_what_stands_on_other_lists_is_never_seen(change: dict[str, Any]) -> None:
    """A claim that is denied, is very long, or says something in another form is read as a whole each time."""
    assert seen_of({**CLAIM, **change}, {**CLAIM, **change}) is None


def test_a_claim_without_a_type_is_not_learned() -> None:
    """A body that lacks what every claim has is read, and refused, as a whole."""
    assert seen_of({"kind": "event"}, {"kind": "event"}) is None


def test_a_text_that_is_not_canonical_is_not_learned() -> None:
    """A body that its canonical text does not give back is no form of a claim."""
    forms.clear()
    spaced = canonical(CLAIM).replace(b":", b": ")
    learn_claim(spaced, CLAIM)
    assert glance(spaced) is None


def test_a_kind_without_such_keys_is_read_as_a_whole() -> None:
    """What only a newer version can have written is left to whoever reads it as a whole."""
    for kind in ("state", "annul"):
        seen = seen_of({**CLAIM, "kind": kind}, CLAIM)
        assert seen is not None
        assert claim_seen(seen) is None
