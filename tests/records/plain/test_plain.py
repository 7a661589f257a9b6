"""The text of a plain claim is the canonical one, however it is put together."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from factledger.log.canonical import canonical
from factledger.records.plain.claim_text import claim_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PEOPLE = st.lists(
    st.fixed_dictionaries({"role": TEXTS, "actor": TEXTS}, optional={"as_said": TEXTS}), max_size=3
)
INFERRED = st.lists(
    st.fixed_dictionaries({"field": TEXTS, "reason": TEXTS}, optional={"as_said": TEXTS}),
    max_size=2,
)
CITATIONS = st.lists(st.fixed_dictionaries({"source": TEXTS, "locator": TEXTS}), max_size=3)
FIELDS = ("mode", "when", "since", "until", "value", "text", "label", "recorded_by", "backfilled")
CLAIMS = st.fixed_dictionaries(
    {"kind": TEXTS, "type": TEXTS, "participants": PEOPLE, "citations": CITATIONS},
    optional={**dict.fromkeys(FIELDS, TEXTS), "inferred": INFERRED},
)
CORRECTIONS = st.fixed_dictionaries(
    {"kind": TEXTS, "target": st.integers(1, 2**40), "reason": TEXTS, "record": CLAIMS}
)


@given(CLAIMS | CORRECTIONS)
def test_the_text_of_a_plain_claim_is_canonical(body: dict[str, Any]) -> None:
    """A claim of texts, and a correction by one, are written byte for byte as any other record."""
    assert claim_text(body).encode() == canonical(body)
