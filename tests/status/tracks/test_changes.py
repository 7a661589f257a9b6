"""The changes from one step of a standing to the next."""

from __future__ import annotations

import pytest

from factledger.dates.days import BEGINNING
from factledger.records.amendments import Dispute
from factledger.status.spans import Status
from factledger.status.tracks.changes import changes
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, level, office, source

LEVELS = ledger(
    source(published="2021-12-31"),
    level("partner", since="2021-03-01"),
    level("ally", since="2021-09"),
    Dispute(target=S + 1, citations=cited()),
)


def test_changes_tell_what_turned_from_what_into_what() -> None:
    """Each turn is told with the status before and after; being contested anew is a turn too."""
    told = [
        (str(c.day), c.standing.number - S, str(c.before), str(c.after), c.standing.contested_by)
        for c in LEVELS.changes()
    ]
    by, both = (S + 3,), (S + 2, S + 3)
    assert told == [
        ("2021-03-01", 1, "not-yet", "contested", by),
        ("2021-09-01", 2, "not-yet", "possible", ()),
        ("2021-09-30", 1, "contested", "contested", both),
        ("2021-09-30", 2, "possible", "contested", (S + 1,)),
        ("2022-01-01", 1, "contested", "ended", ()),
        ("2022-01-01", 2, "contested", "presumed", ()),
    ]


def test_what_has_always_held_turns_at_the_beginning() -> None:
    """A state since ever turns from not-yet at the beginning of time."""
    (first, *_) = ledger(source(), level(since="..")).changes()
    assert (first.day, first.before, first.after) == (
        BEGINNING,
        Status.NOT_YET,
        Status.DEFINITE,
    )


def test_changes_are_equal_where_all_they_tell_is() -> None:
    """Two readings of a ledger give equal changes; another entry makes another change."""
    one, other = LEVELS.changes(), LEVELS.changes()
    assert one == other
    assert len({*one, *other}) == len(one)
    assert one[0] != one[0]._replace(number=99)
    assert one[0] != "a change"


def test_changes_of_one_day_come_in_the_order_of_the_tracks() -> None:
    """What began earlier turns first, whichever was recorded first."""
    found = ledger(
        source(),
        event("CONSULT", "2021-06-01", actor="JPN", recipient="UKR"),  # S + 1
        office("p1", "2021-01-01", "2021-05-31"),  # S + 2
    )
    that_day = [c.number - S for c in found.changes() if str(c.day) == "2021-06-01"]
    assert that_day == [2, 1]


def test_no_tracks_have_no_changes() -> None:
    """Nothing stands, so nothing turns."""
    assert changes([]) == []


@pytest.mark.parametrize(
    ("question", "numbers"),
    [(("JPN", "UKR"), {S + 1}), (("p1", "pm"), {S + 2, S + 3}), (("UKR", "p1"), set())],
)
def test_changes_can_be_asked_for_of_one_relationship(
    question: tuple[str, str], numbers: set[int]
) -> None:
    """Only the claims in which both take part are told."""
    assumed = event("office-assumed", "2021-03-01", holder="p1", post="pm")
    found = ledger(source(), level(), office(), assumed)
    assert {c.standing.number for c in found.changes(between=question)} == numbers
