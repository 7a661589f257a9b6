"""A standing is a value: how it is told, shown and copied."""

from __future__ import annotations

import copy

import pytest

from factledger.status.spans import Status
from factledger.status.standings import Standing
from ledgers import FIRST_NUMBER as S
from ledgers import ledger, level, source


@pytest.fixture(scope="module")
def standing() -> Standing:
    """Return how a claim stands of which two publishers are cited, one of them twice."""
    papers = [source(n, publisher=p) for n, p in (("s", "Times"), ("t", "Post"), ("u", "TIMES"))]
    (found,) = ledger(*papers, level(sources=("s", "t", "u"))).as_of("2022-01-01").standings
    return found


def test_a_standing_is_told_as_its_status_its_sentence_and_its_entry(standing: Standing) -> None:
    """In one line."""
    words = "The relationship between Jpn and Ukr is a partner"
    assert str(standing) == f"definite: {words} (#{S + 3})"


def test_a_standing_is_shown_without_the_ledger_that_it_knows(standing: Standing) -> None:
    """Its sources, and the words that it is told in, are left out."""
    shown = repr(standing)
    assert shown.startswith(f"Standing(number={S + 3}, claim=State(")
    assert "supports" not in shown
    assert "telling" not in shown


def test_a_copy_of_a_standing_is_the_standing(standing: Standing) -> None:
    """It is a value, so that nobody copies a whole ledger with it."""
    assert copy.deepcopy([standing])[0] is standing


def test_a_publisher_counts_once_however_it_is_written(standing: Standing) -> None:
    """The first writing of a name is the one that is told."""
    assert (standing.publishers, standing.support) == (("Times", "Post"), 2)
    assert [citation.source for citation in standing.citations] == ["s", "t", "u"]


def test_standings_that_are_told_otherwise_are_equal(standing: Standing) -> None:
    """What they say counts, and in whose words they are told does not."""
    alike = [Standing(S, standing.claim, Status.DEFINITE, telling=words) for words in (str, repr)]
    assert alike[0] == alike[1]
    assert alike[0] != standing
    assert alike[0].sentence == str(standing.claim)


def test_a_standing_by_itself_is_contested_by_nobody(standing: Standing) -> None:
    """Without others its status is what it is alone, and it is told in the words of its claim."""
    alone = Standing(S, standing.claim, Status.POSSIBLE)
    assert (alone.alone, alone.contested_by, alone.differs, alone.also) == (
        Status.POSSIBLE, (), (), (),
    )  # fmt: skip
    assert (alone.supports, alone.support, alone.derived) == ((), 0, False)
    assert alone.sentence == repr(standing.claim)
