"""A passage in its sentence: what stands before and after the words that were cited."""

from __future__ import annotations

import pytest

from factledger.citations.surroundings import passage_in

TEXT = "He left.\nAda Lorn, of\nVessia, visited Ombra  on Monday. Why?"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("visited Ombra", "Ada Lorn, of Vessia, ‹visited Ombra› on Monday."),
        ("visited Ombra  on Monday.", "Ada Lorn, of Vessia, ‹visited Ombra on Monday.›"),
        ("Ada Lorn", "‹Ada Lorn›, of Vessia, visited Ombra on Monday."),
        ("Why?", "‹Why?›"),
        ("left.\nAda", "He ‹left. Ada› Lorn, of Vessia, visited Ombra on Monday."),
    ],
)
def test_words_are_shown_in_their_sentence(words: str, shown: str) -> None:
    """On one line, marked, with the blanks that stand beside them."""
    start = TEXT.index(words)
    assert str(passage_in(TEXT, start, start + len(words))) == shown


@pytest.mark.parametrize(("start", "end"), [(0, 1000), (-1, 3), (5, 5), (6, 5)])
def test_a_place_that_the_text_does_not_have(start: int, end: int) -> None:
    """There are no words to show."""
    assert passage_in(TEXT, start, end) is None
