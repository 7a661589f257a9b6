"""Which quotes say by themselves that something is not so."""

from __future__ import annotations

import re

import pytest

from citations.test_clauses import APART
from factledger.citations.denials import denial_within

DENYING = {
    "Quessar did not expel anybody in return": "did not",
    "It never entered into force": "never",
    "the state has never owned it": "never",
    "parliament didn't ratify it": "didn't",
    "was apparently not ill": "was apparently not",
    "cannot visit Lima": "cannot",
}
OTHERS = [
    "visited Lima, but did not meet the president",
    "did not resign until 5 May 2021",
    "was not only seen there",
    "he did not say that he had paid",
    "has not paid and left",
    "did not visit before 2019",
    "whose party did not win",
    "did not fail to sign",
    "signed the treaty (not the protocol)",
    "is no longer premier",
    "not Lima signed",
]


@pytest.mark.parametrize(("quote", "said"), DENYING.items())
def test_a_negated_clause_denies(quote: str, said: str) -> None:
    """A quote of one clause whose verb is negated denies, and is told by the words that do it."""
    assert denial_within(quote) == said


@pytest.mark.parametrize("quote", OTHERS)
def test_what_may_be_said_of_another_clause_is_passed_over(quote: str) -> None:
    """With a second clause, or a word that turns the negation round, a quote is let be."""
    assert denial_within(quote) is None


@pytest.mark.parametrize("sentence", APART)
def test_a_quote_beside_a_negation_denies_nothing(sentence: str) -> None:
    """What a quote leaves out of its sentence does not count, nor a whole sentence with another clause."""
    (quote,) = re.findall(r"\[(.*?)\]", sentence)
    assert denial_within(quote) is None
