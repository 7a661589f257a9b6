"""Folds over changes: the ready-made ones, and what a fold refuses."""

from __future__ import annotations

from typing import Any

import pytest

from factledger.dates.days import Day
from factledger.records.claims import Count, State, Tally
from factledger.records.declarations import Type
from factledger.views.projections import (
    CONTACTS,
    LEVEL,
    OFFICES,
    READY_MADE,
    Contacts,
    Projection,
    fold,
    in_order,
    series,
)
from ledgers import cited, event, ledger, level, people, source

COUNT: Projection[int, int] = Projection("count", int, lambda count, change: count + 1)
LEDGER = ledger(
    source(published="2021-12-31"),
    level("partner", since="2021-03-01"),
    level("ally", since="2021-09", sources=("s",)),
)


def day(text: str) -> Day:
    """Return a day."""
    return Day.parse(text)


def test_a_fold_takes_the_changes_up_to_a_day_included() -> None:
    """Without a day it takes them all; before the first it gives what it begins with."""
    changes = LEDGER.changes()
    days = [change.day for change in changes]
    assert fold(COUNT, changes) == len(changes)
    assert fold(COUNT, changes, days[0]) == days.count(days[0])
    assert fold(COUNT, changes, Day(days[0] - 1)) == 0


def test_a_series_begins_on_its_first_day_and_goes_on_with_each_change() -> None:
    """A result is given on the first day, and on each later day up to the last that has a change."""
    changes = LEDGER.changes()
    whole = dict(series(COUNT, changes, day("2021-01-01"), day("2030-01-01")))
    assert list(whole) == [day("2021-01-01"), *sorted({c.day for c in changes})]
    assert all(fold(COUNT, changes, at) == found for at, found in whole.items())
    part = dict(series(COUNT, changes, day("2021-04-01"), day("2021-09-30")))
    assert list(part) == [day("2021-04-01"), day("2021-09-30")]
    assert part[day("2021-04-01")] == whole[day("2021-03-01")]


@pytest.mark.parametrize("begins", [["office", "chair"], ["chair", "office"]])
def test_an_event_that_begins_two_states_leaves_both_their_own_turns(begins: list[str]) -> None:
    """What happens to one of two states of one event takes the other out of no projection."""
    both = Type(id="inauguration", shape="event", begins=begins)
    begun = event("inauguration", "2021-02-01", holder="p1", post="pm")
    found = ledger(both, source(published="2021-12-31"), begun)
    assert sorted(s.claim.type for s in found.fold(OFFICES)) == sorted(begins)


def test_a_series_leaves_out_the_days_that_change_nothing() -> None:
    """A change that leaves the result as it was gives no new entry."""
    dull: Projection[int, int] = Projection("dull", int, lambda state, change: state)
    found = list(series(dull, LEDGER.changes(), day("2021-01-01"), day("2030-01-01")))
    assert found == [(day("2021-01-01"), 0)]


def test_changes_out_of_order_are_refused() -> None:
    """A fold over changes whose days go back would be wrong without a sign, so it raises."""
    back = list(LEDGER.changes())[::-1]
    for folded in (
        lambda: fold(COUNT, back),
        lambda: list(series(COUNT, back, day("2021-01-01"), day("2030-01-01"))),
        lambda: list(in_order(back)),
    ):
        with pytest.raises(ValueError, match=r"changes out of order: 20.* comes after 20"):
            folded()


def test_levels_are_those_that_stand_by_first_appearance() -> None:
    """A projection of standings gains one when it appears and loses it when it ends."""
    by_day = [
        [s.claim.value for s in LEDGER.fold(LEVEL, until)]
        for until in ("2021-02-28", "2021-03-01", "2021-09-30", "2022-01-01")
    ]
    assert by_day == [[], ["partner"], ["partner", "ally"], ["ally"]]


@pytest.mark.parametrize(
    ("name", "type_id", "roles"),
    [
        ("offices", "office-assumed", {"holder": "p1", "post": "pm"}),
        ("sanctions", "SANCTION", {"actor": "JPN", "recipient": "UKR"}),
        ("agreements", "entry-into-force", {"party": "JPN UKR"}),
        ("agreements", "AGREE", {"actor": "JPN", "recipient": "UKR"}),
        ("aid", "AID", {"actor": "JPN", "recipient": "UKR"}),
    ],
)
def test_ready_made_projections_show_what_they_are_named_after(
    name: str, type_id: str, roles: dict[str, str]
) -> None:
    """Each holds the standings of its types, derived states among them, and no denied ones."""
    happened, denied = (
        event(type_id, "2021-03-05", polarity=polarity, **roles)
        for polarity in ("asserted", "denied")
    )
    found = ledger(source(), happened, denied).fold(READY_MADE[name], "2022-01-01")
    assert found
    assert all(s.claim.polarity == "asserted" for s in found)
    everything = {n for n in READY_MADE if ledger(source(), happened).fold(READY_MADE[n])}
    assert everything == {name}


def test_stances_include_denied_ones_and_concerns() -> None:
    """A denied stance is a stance that was taken."""
    who = people(holder="p1", topic="UKR")
    fields: dict[str, Any] = {"since": "2021-03-01", "participants": who, "citations": cited()}
    found = ledger(
        source(),
        State(type="stance", polarity="denied", **fields),
        State(type="concern", **fields),
    )
    assert len(found.fold(READY_MADE["stances"])) == 2


def test_contacts_are_counted_by_mode_and_tallies_kept_apart() -> None:
    """Events are counted as definite or possible; what sources count is told beside it."""

    def visit(when: str, mode: str | None = "visit", **fields: Any) -> Any:
        return event("CONSULT", when, mode=mode, actor="JPN", recipient="UKR", **fields)

    seven = Tally(
        type="CONSULT",
        mode="phone",
        count=Count(lower=7, upper=7),
        since="2021-01",
        until="2021-12",
        participants=people(actor="JPN"),
        citations=cited(),
    )
    found = ledger(
        source(), visit("2021-03-05"), visit("2021-04"), visit("2021", None), seven,
        visit("2021-03-06", polarity="denied"), visit("2022-12-01", modality="planned"),
        level(),
    )  # fmt: skip
    assert found.fold(CONTACTS, "2020-12-31") == {}
    assert found.fold(CONTACTS, "2021-04-15") == {
        "any": Contacts(possible=1),
        "phone": Contacts(),
        "visit": Contacts(definite=1, possible=1),
    }
    assert found.fold(CONTACTS, "2022-01-01") == {
        "any": Contacts(definite=1),
        "phone": Contacts(tallies=("7",)),
        "visit": Contacts(definite=2),
    }
