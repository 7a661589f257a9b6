"""What is in dispute: which entries, on which days, and in which order."""

from __future__ import annotations

from factledger import Dispute, contradictions
from factledger.dates.days import FOREVER, Day
from factledger.views.agreement.contradictions import ContestedDays, disputes_of
from ledgers import FIRST_NUMBER, cited, ledger, office, source

N = FIRST_NUMBER
OLD = office("p1", "2019", until="..")
TWO = (source("s", published="2021-06-10"), source("t", published="2022-05-05"))


def test_holders_at_one_time_are_in_dispute_on_the_days_on_which_both_are_attested() -> None:
    """Two holders of a post are one dispute, with both entries, and its first and last day."""
    found = ledger(*TWO, office("p1", "2019", until="2021-12-31", sources=("t",)),
                   office("p2", "2021-03-01", until="2022-01-31", sources=("t",)))  # fmt: skip
    (one,) = contradictions(found.as_of("2030"))
    assert (one.numbers, str(one.since), str(one.until)) == (
        (N + 2, N + 3),
        "2021-03-01",
        "2021-12-31",
    )


def test_a_record_that_disputes_is_a_side_without_a_standing() -> None:
    """A `dispute` is told with where it was said; it claims nothing itself."""
    disputing = Dispute(target=N + 2, citations=cited("t"))
    found = ledger(*TWO, OLD, disputing)
    (one,) = contradictions(found.as_of("2020"))
    assert [side.standing is None for side in one.sides] == [False, True]
    assert one.sides[1].citations[0].source == "t"
    assert one.until is None


def test_only_what_is_contested_on_the_day() -> None:
    """Asked about a day, a dispute about other days is left out."""
    found = ledger(*TWO, office("p1", "2019", until="2021-12-31", sources=("t",)),
                   office("p2", "2021-03-01", until="2022-01-31", sources=("t",)))  # fmt: skip
    view = found.as_of("2030")
    assert [
        len(contradictions(view, Day.parse(day)))
        for day in ("2021-02-28", "2021-03-01", "2021-12-31", "2022-01-01")
    ] == [0, 1, 1, 0]


def test_pairs_are_one_dispute_where_they_share_an_entry_on_days_that_meet() -> None:
    """A–B and B–C on the same days are one dispute; B–C much later is another."""
    near, far = ContestedDays(Day(1), Day(9)), ContestedDays(Day(20), FOREVER)
    groups = disputes_of(
        {(1, 2): [near], (2, 3): [ContestedDays(Day(8), Day(10))], (3, 4): [far], (5, 6): [near]}
    )
    assert sorted(sorted(group) for group in groups) == [[(1, 2), (2, 3)], [(3, 4)], [(5, 6)]]


def test_the_oldest_dispute_comes_first() -> None:
    """Disputes come by the first day on which they are contested."""
    found = ledger(
        *TWO,
        office("p1", "2021-05-01", until="2021-12-31", sources=("t",)),
        office("p2", "2021-06-01", until="2022-01-31", sources=("t",)),
        office("p1", "2001-05-01", until="2001-12-31", post="premier", sources=("t",)),
        office("p2", "2001-06-01", until="2002-01-31", post="premier", sources=("t",)),
    )
    assert [one.numbers for one in contradictions(found.as_of("2030"))] == [
        (N + 4, N + 5),
        (N + 2, N + 3),
    ]
