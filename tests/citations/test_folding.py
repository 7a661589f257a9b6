"""Folding: what typesetting changes is made alike, and nothing else."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given

from citations.letters import LETTERS
from factledger.citations.folding import DROPPED, WHITE, Found, fold_text
from factledger.citations.quotes import find


@pytest.mark.parametrize("mark", "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
def test_fold_drops_marks_without_width(mark: str) -> None:
    """Soft hyphens and marks without width go out, also from within a letter and its accent."""
    assert fold_text(f"{mark}a{mark}{mark} e{mark}\u0301{mark}").text == "a é"
    assert find("a", fold_text(f"a{mark} b")) == Found(0, 1)


@pytest.mark.parametrize(
    ("plain", "variants"),
    [
        ("'", "\u2018\u2019\u201a\u201b\u02bc"),
        ('"', "\u201c\u201d\u201e\u201f"),
        ("-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"),
        ("...", "\u2026"),
        (" ", "\t\n\v\f\r\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"),
        (" ", "\u2028\u2029\u202f\u205f\u3000"),
    ],
)  # fmt: skip
def test_fold_straightens_typographic_variants(plain: str, variants: str) -> None:
    """Each curly quote, dash, ellipsis sign and white space has one plain form."""
    assert [fold_text(f"a{variant}b").text for variant in variants] == [f"a{plain}b"] * len(
        variants
    )


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("e\u0301", "é", id="letter and accent"),
        pytest.param("\u212b", "Å", id="singleton"),
        pytest.param("q\u0301\u0323", "q\u0323\u0301", id="order of marks"),
        pytest.param("=\u0f73\u0338", "≠\u0f71\u0f72", id="mark behind a mark that decomposes"),
        pytest.param("\u1112\u1161\u11ab", "한", id="Hangul"),
        pytest.param("\u09c7\u09be", "\u09cb", id="vowel signs"),
    ],
)
def test_fold_composes(text: str, folded: str) -> None:
    """Letters and marks are composed as NFC composes them."""
    assert fold_text(text).text == folded


def test_run_of_white_space_is_one_place() -> None:
    """The space that a run of white space folds to leads back to the whole run."""
    assert fold_text("a \n b").place(1, 2) == Found(1, 4)
    assert find("\u0301x", fold_text("a \u0301x")) == Found(2, 4)


@given(LETTERS)
def test_fold_is_idempotent(text: str) -> None:
    """Folding a folded text changes nothing."""
    assert fold_text(fold_text(text).text).text == fold_text(text).text


@given(LETTERS)
def test_fold_is_the_sum_of_its_steps(text: str) -> None:
    """The fold by clusters equals dropping, composing, straightening and spacing of the whole."""
    steps = unicodedata.normalize("NFC", "".join(c for c in text if c not in DROPPED))
    for pattern, plain in [
        ("[‘’‚‛ʼ]", "'"),
        ("[“”„‟]", '"'),
        ("[‐‑‒–—―−]", "-"),
        ("…", "..."),
        (f"[{re.escape(WHITE)}]+", " "),
    ]:
        steps = re.sub(pattern, plain, steps)

    assert fold_text(text).text == steps


@pytest.mark.parametrize(
    "kept", ["ＮＡＴＯ", "½", "ﬁ", "STRASSE straße", "1,500", "«x»", "a\u202eb", "-5 km²"]
)
def test_fold_keeps_words_numbers_case_and_compatibility_forms(kept: str) -> None:
    """What is not typesetting stays: case, numbers, guillemets, compatibility forms, overrides."""
    assert fold_text(kept).text == kept


def test_folded_texts_are_equal_by_their_original() -> None:
    """Two folded texts are equal if the texts as given are, not if they only fold to the same."""
    assert fold_text("a  b") == fold_text("a  b")
    assert fold_text("a  b") != fold_text("a b")
    assert len({fold_text("a"), fold_text("a")}) == 1
