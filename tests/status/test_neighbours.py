"""Members in the order of one day, found by another and by their side."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from factledger.status.neighbours import Neighbours

days = st.integers(0, 9)
members = st.lists(st.tuples(days, days, st.sampled_from("abc")), max_size=20)


def neighbours(found: list[tuple[int, int, str]]) -> Neighbours[tuple[int, int, str]]:
    """Return members of a day, a reach and a side each."""
    return Neighbours(found, day=lambda m: m[0], reach=lambda m: m[1], side=lambda m: m[2])


@example([(0, 9, "a"), (1, 9, "a"), (2, 9, "a"), (3, 5, "b")], 0, 9, 3, "a")  # behind a farther one
@given(members, days, days, days, st.sampled_from("abcd"))
def test_all_others_are_found_that_reach_so_far(
    found: list[tuple[int, int, str]], since: int, until: int, beyond: int, side: str
) -> None:
    """Every member of another side between two days is found that reaches beyond a third, in order."""
    asked = neighbours(found).others(side, since=since, until=until, beyond=beyond)
    fitting = [m for m in found if since <= m[0] <= until and m[1] > beyond and m[2] != side]
    assert [*asked] == sorted(fitting, key=lambda m: m[0])


@given(members, st.lists(st.tuples(days, days)))
def test_what_was_taken_is_not_found_again(
    found: list[tuple[int, int, str]], asked: list[tuple[int, int]]
) -> None:
    """Each taking yields what fits and was not taken before."""
    left = sorted(found, key=lambda m: m[0])
    taken = neighbours(found)
    for until, beyond in asked:
        fitting = [m for m in left if m[0] <= until and m[1] > beyond]
        assert [*taken.take(until=until, beyond=beyond)] == fitting
        left = [m for m in left if m not in fitting]
