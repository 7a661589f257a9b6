"""What is declared by a cut: types, sources and actors as they were corrected, and which are the same."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.records.amendments import Correct, Identify
from factledger.records.claims import Event, Participant
from factledger.records.declarations import Actor, Type
from factledger.status.groups import joined
from growth_tools import Work, assert_grows_evenly, assert_time_grows_evenly
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, office, people, source

CLAIM = S + 1  # where a ledger begins with one source and one claim


def test_declarations_are_as_corrected_by_the_cut() -> None:
    """A name, a source and a type are what they were last declared to be."""
    nippon = Actor(id="JPN", category="country", names=["Nippon"])
    wide = Type(id="chair", shape="state", key=["post"], single=False)
    found = ledger(
        Correct(target=2, reason="refined", record=nippon),
        Correct(target=12, reason="refined", record=wide),
    )
    before, after = found.belief(S - 1), found.belief()
    assert (before.name("JPN"), after.name("JPN"), after.name("nobody")) == (
        "Jpn",
        "Nippon",
        "nobody",
    )
    assert before.vocabulary.types["chair"].single
    assert not after.vocabulary.types["chair"].single
    assert (after.source("s"), after.declared("actor", "nobody")) == (None, None)


def test_actors_that_are_the_same_stand_for_one_another() -> None:
    """I2: the last word on a pair counts, sameness is transitive, and the smallest id stands."""
    same = [("JPN", "nippon", "same"), ("UKR", "nippon", "same")]
    records = [Identify(actors=[a, b], verdict=v, reason="r") for a, b, v in same]
    undone = Identify(actors=["nippon", "UKR"], verdict="different", reason="r")
    found = ledger(*records, undone)
    before, after = found.belief(S + 1), found.belief()
    assert [before.canonical(a) for a in ("JPN", "UKR", "nippon", "p1")] == ["JPN"] * 3 + ["p1"]
    assert [after.canonical(a) for a in ("JPN", "UKR", "nippon")] == ["JPN", "UKR", "JPN"]


def test_a_country_takes_part_through_its_posts_its_aliases_and_who_acts_for_it() -> None:
    """I2: between and involving take in aliases, posts, and the actors on whose behalf."""
    minister = Participant(role="actor", actor="p1", of="nippon")
    acting = [minister, *people(recipient="UKR")]
    found = ledger(
        source(),
        office(),
        event("CONSULT", "2021-03-05", actor="pm", recipient="UKR"),
        Identify(actors=["JPN", "nippon"], verdict="same", reason="r"),
        Event(type="CONSULT", when="2021-03-06", participants=acting, citations=cited()),
    )
    view = found.as_of("2023-01-01")
    assert [s.number for s in view.involving("JPN").standings] == [S + 1, S + 2, S + 4]
    assert [s.number for s in view.between("JPN", "UKR").standings] == [S + 2, S + 4]
    assert [s.number for s in view.between("UKR", "nippon").standings] == [S + 2, S + 4]


def test_a_post_that_changed_hands_belongs_to_who_it_was_last_declared_of() -> None:
    """I2: a correction of the post's `of` moves its claims to the other country."""
    moved = Actor(id="pm", category="post", names=["pm"], of="UKR")
    found = ledger(source(), office(), Correct(target=8, reason="misidentified", record=moved))
    view = found.as_of("2023-01-01")
    assert view.involving("JPN").standings == ()
    assert [s.number for s in view.involving("UKR").standings] == [CLAIM]


@given(st.lists(st.lists(st.integers(0, 12), max_size=3)))
def test_groups_that_share_a_member_are_one(groups: list[list[int]]) -> None:
    """Two members are in one group if a way leads from one to the other, and all members are in one."""
    found = joined(groups)
    assert sorted(chain(*found)) == sorted({*chain(*groups)})
    wanted: list[set[int]] = []
    for group in map(set, filter(None, groups)):
        touching = [other for other in wanted if other & group]
        wanted = [other for other in wanted if not other & group] + [group.union(*touching)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, wanted))


SHAPES: dict[str, Callable[[int], list[tuple[int, int]]]] = {
    "a chain": lambda n: [(i, i + 1) for i in range(n)],
    "a chain from its end": lambda n: [(i, i + 1) for i in range(n, 0, -1)],
    "a star": lambda n: [(0, i) for i in range(n)],
    "apart": lambda n: [(2 * i, 2 * i + 1) for i in range(n)],
    "chains of chains": lambda n: [(i, i ^ (1 << bit)) for bit in range(8) for i in range(n // 8)],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_many_more_pairs_take_hardly_longer_each(shape: str) -> None:
    """Who is the same as whom is known after one look at each pair, however they hang together."""

    def work(count: int) -> Work:
        pairs = SHAPES[shape](count)
        return lambda: joined(pairs)

    assert_time_grows_evenly(work, 1000)


def test_twice_the_actors_that_are_one_are_at_most_three_times_the_work() -> None:
    """An actor under very many ids is asked for as one under few."""

    def work(count: int) -> Work:
        found = ledger(source(), event("CONSULT", "2021-03-05", actor="JPN", recipient="UKR"))
        names = ["JPN", *(f"a{i}" for i in range(count))]
        found.append(*(Actor(id=name, category="country", names=[name]) for name in names[1:]))
        found.append(
            *(Identify(actors=pair, verdict="same", reason="r") for pair in pairwise(names))
        )
        return lambda: found.as_of("2024-01-01").between("JPN", "UKR").standings

    assert_grows_evenly(work, 200)
