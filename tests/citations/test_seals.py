"""Seals under a key: who lacks it can try out no guess, and plain seals verify as ever."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger import (
    Ledger,
    Refused,
    SealKey,
)
from factledger.citations.folding import fold_text
from factledger.citations.passages import SealedPassages
from factledger.citations.quotes import Found, Missing, seal, sealed_at
from factledger.citations.seals import is_keyed, key_fault

KEY, OTHER = SealKey(bytes(range(32))), SealKey(bytes(range(1, 33)))
TEXT = "Jane Doe was arrested. Two others were seen."
words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


def test_a_keyed_seal_is_what_others_compute() -> None:
    """HMAC-SHA-256 over the folded words, in hex, behind the id of the key."""
    mac = hmac.new(bytes(range(32)), b"Jane Doe", sha256).hexdigest()
    assert seal(" Jane\nDoe ", KEY) == f"hmac-sha256:{KEY.id}:{mac}"
    assert seal("Jane Doe") == sha256(b"Jane Doe").hexdigest()
    assert (is_keyed(seal("a", KEY)), is_keyed(seal("a"))) == (True, False)


@given(words, words)
def test_seals_are_alike_where_words_and_keys_are(one: str, other: str) -> None:
    """A keyed seal tells words apart as a plain one does, and keys too."""
    assert (seal(one) == seal(other)) == (seal(one, KEY) == seal(other, KEY))
    assert seal(one, KEY) != seal(one, OTHER)


@given(words)
def test_a_sealed_passage_is_found_with_its_key_alone(passage: str) -> None:
    """At its place, or where it moved to; with another key, or none, it is nowhere."""
    text = f"Before. {passage} After."
    end = 8 + len(passage)
    sealed = sealed_at(text, 8, end, KEY)
    assert SealedPassages(text, KEY).locate(sealed, 8, end) == Found(8, end)
    for key in (None, OTHER):
        assert isinstance(SealedPassages(text, key).locate(sealed, 8, end), Missing)
    assert SealedPassages(text, KEY).locate(sealed_at(text, 8, end), 8, end) == Found(8, end)


def test_a_passage_that_moved_is_found_under_a_key() -> None:
    """As a plain one is."""
    text = fold_text("Later: " + TEXT)
    assert SealedPassages(text, KEY).locate(seal("Jane Doe", KEY), 0, 8) == Found(7, 15)


DRAFT: dict[str, Any] = {
    "kind": "event", "type": "AGREE", "actor": ["A", "A"], "when": "2001", "source": "log",
    "quote": "Jane Doe",
}  # fmt: skip


def sealed_ledger(key: SealKey | None = KEY, policy: str = "sealed") -> Ledger:
    """Return a ledger whose #4 seals a passage with a key."""
    ledger = Ledger.create("memory:", origin="x")
    ledger.append(
        {"kind": "source", "id": "log", "title": "L", "policy": policy, "published": "2024"},
        {"kind": "actor", "id": "A", "category": "country", "names": ["A"]},
        DRAFT,
        texts={"log": TEXT},
        seal_key=key,
    )
    return ledger


def test_a_ledger_sealed_with_a_key_confirms_no_guess() -> None:
    """Neither by the seal of a passage nor by the hash of the whole text."""
    kept = b"".join(sealed_ledger().lines())
    for guess in ("Jane Doe", TEXT):
        for hashed in (sha256(guess.encode()).hexdigest(), seal(guess)):
            assert hashed.encode() not in kept
    assert seal("Jane Doe", KEY).encode() in kept
    assert sealed_ledger().check() == ()


def test_a_citation_is_verified_with_the_key_that_sealed_it() -> None:
    """Without it, or with another, it is not proved, and which key is wanted is told."""
    ledger = sealed_ledger()
    [verdict] = ledger.verify_text("log", TEXT, KEY)[1]
    assert verdict.fault is None
    for key in (None, OTHER):
        [verdict] = ledger.verify_text("log", TEXT, key)[1]
        assert f"0-8: it is sealed with the key {KEY.id}; give that" in (verdict.fault or "")
    [verdict] = ledger.verify_text("log", TEXT.replace("Doe", "Roe"), KEY)[1]
    assert verdict.fault == "0-8 does not hold the words that were cited"
    [verdict] = ledger.verify_text("log", "Then " + TEXT, KEY)[1]
    assert verdict.moved


def test_a_plain_seal_verifies_whatever_key_is_given() -> None:
    """Ledgers that were sealed before there were keys go on to be proved."""
    ledger = sealed_ledger(None)
    for key in (None, KEY):
        [verdict] = ledger.verify_text("log", TEXT, key)[1]
        assert verdict.fault is None


def test_only_sealed_sources_are_sealed() -> None:
    """A key changes nothing about a source that may be quoted."""
    ledger = sealed_ledger(policy="verbatim")
    assert b'"quote":"Jane Doe"' in b"".join(ledger.lines())
    assert sha256(TEXT.encode()).hexdigest().encode() in b"".join(ledger.lines())


def test_a_draft_that_states_a_keyed_seal_needs_the_key() -> None:
    """It is proved anew; without the key it can be taken unproved, as any other."""
    stated = {**DRAFT, "start": 0, "end": 8, "sealed": seal("Jane Doe", KEY), "when": "2002"}
    del stated["quote"]
    ledger = sealed_ledger()
    for key in (None, OTHER):
        with pytest.raises(Refused, match="quote-proved: the passage at 0-8: it is sealed with"):
            ledger.append(stated, texts={"log": TEXT}, seal_key=key)
    assert ledger.append(stated, texts={"log": TEXT}, seal_key=KEY)[0].number == 5
    assert ledger.append({**stated, "when": "2003"}, unproved=True)[0].number == 6
    with pytest.raises(Refused, match="record-form"):
        ledger.append({**stated, "sealed": 5}, texts={"log": TEXT})


def test_what_a_keyed_seal_needs_is_said() -> None:
    """Nothing for a plain one, and for one whose key is there."""
    assert key_fault("ab" * 32, None) is None
    assert key_fault(seal("a", KEY), KEY) is None
    assert key_fault(seal("a", KEY), OTHER) == (
        f"it is sealed with the key {KEY.id}; give that with --seal-key, this one is {OTHER.id}"
    )


def test_a_seal_under_a_key_is_no_trace_of_what_was_erased() -> None:
    """Nobody can try a guess on it; a plain one keeps the erasing back."""
    again = {**DRAFT, "when": "2002"}
    keyed, plain = sealed_ledger(), sealed_ledger(None)
    keyed.append(again, texts={"log": TEXT}, seal_key=KEY)
    plain.append(again, texts={"log": TEXT})
    assert keyed.traces(4) == ()
    assert [trace.tried for trace in plain.traces(4) if trace.number == 5] == [True]
