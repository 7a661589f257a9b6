"""What contradicts a standing: of very many entries the first, their days not told apart."""

from __future__ import annotations

from factledger.dates.days import Day
from factledger.status.standings import MOST_CONTESTS
from factledger.status.things.contests import Contest, capped


def test_few_contests_stay_as_they_are() -> None:
    """Up to the most that are told, each keeps its own days."""
    few = [
        Contest(Day(3), Day(9), (2,)),
        Contest(Day(1), Day(2), tuple(range(10, 9 + MOST_CONTESTS))),
    ]
    assert capped(few) == few


def test_of_very_many_the_first_entries_are_told_in_order() -> None:
    """One more than the most are one contest: of the first entries, on all the days of all."""
    many = [
        Contest(Day(3), Day(9), (3, 2)),
        Contest(Day(1), Day(2), tuple(range(500, 499 + MOST_CONTESTS))[::-1]),
    ]
    rest = tuple(range(500, 498 + MOST_CONTESTS))
    assert capped(many) == [Contest(Day(1), Day(9), (2, 3, *rest))]


def test_an_entry_that_contradicts_twice_is_told_once() -> None:
    """Entries are told once, however often they contradict."""
    twice = [Contest(Day(1), Day(2), tuple(range(20))), Contest(Day(5), Day(6), tuple(range(20)))]
    assert capped(twice) == [Contest(Day(1), Day(6), tuple(range(20)))]
