"""A standing is a value: how it is told, shown and copied."""

from __future__ import annotations

import copy

import pytest

from factledger import Close
from factledger.status.spans import Status
from factledger.status.standings import Standing
from ledgers import FIRST_NUMBER as S
from ledgers import cited, ledger, level, source


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


@pytest.mark.parametrize(
    ("until", "sources", "planned"),
    [
        ("2022-12-31", ("s",), True),
        ("2022-12-31", ("s", "t"), False),
        ("2022", ("s",), False),
        ("2022-06-02", ("s",), True),
        ("2022-06-01", ("s",), False),
        ("..", ("s",), False),
        ("", ("s",), False),
        ("2022-12-31", ("u",), False),
    ],
)
def test_an_end_is_planned_where_all_who_tell_of_it_spoke_before(
    until: str, sources: tuple[str, ...], planned: bool
) -> None:
    """On its first day it may have come; when a source spoke that has no date is not known."""
    told = (source(), source("t", published="2023"), source("u", published=None))
    found = ledger(*told, level("partner", "2021", until, sources=sources))
    assert [s.end_planned for s in found.as_of("2022-01-01").every] == [planned]


def test_an_end_that_was_given_later_is_not_planned() -> None:
    """A closure has sources of its own."""
    closing = Close(target=S + 1, until="2023-01-31", citations=cited("s"))
    found = ledger(source(), level("partner", "2021", ".."), closing)
    assert [s.end_planned for s in found.as_of("2022-01-01").every] == [False]
