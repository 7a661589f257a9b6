"""How work grows: twice the claims, at most three times the calls, whatever the machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from factledger import Citation, Event, Ledger, Participant, Source, State
from factledger.records.declarations import Actor
from growth_tools import assert_grows_evenly

SIZE = 150


def claims(count: int) -> list[Event | State]:
    """Return visits, sanctions and their end, and aid, all between two countries."""
    who = [Participant(role="actor", actor="A"), Participant(role="recipient", actor="B")]
    found: list[Event | State] = []
    for i in range(count):
        day = f"20{i % 20:02d}-{i % 12 + 1:02d}-{i % 28 + 1:02d}"
        where = [Citation(source="s", locator=f"row {i}")]
        if i % 5 == 0:
            found.append(
                State(type="aid", value=f"v{i % 7}", since=day, participants=who, citations=where)
            )
        else:
            kind = ("CONSULT", "SANCTION", "sanctions-lifted", "AID")[i % 4]
            found.append(Event(type=kind, when=day, participants=who, citations=where))
    return found


def ledger(count: int, address: str = "memory:") -> Ledger:
    """Return a ledger of one relationship with that many claims."""
    found = Ledger.create(address, origin="growth")
    countries = (Actor(id=name, category="country", names=[name]) for name in "AB")
    found.append(*countries, Source(id="s", title="s", published="2024"), *claims(count))
    return found


def appending(count: int) -> Callable[[], object]:
    """Return the work of appending that many claims to a new ledger."""
    return lambda: ledger(count)


def asking(count: int) -> Callable[[], object]:
    """Return the work of asking for all that stood between the two, for the first time."""
    made = ledger(count)
    return lambda: made.as_of("2015-06-01").between("A", "B").standings


def asking_again(count: int) -> Callable[[], object]:
    """Return the work of asking the same at another date."""
    made = ledger(count)
    made.as_of("2015-06-01").between("A", "B").standings  # noqa: B018  it warms what is kept
    return lambda: made.as_of("2016-06-01").between("A", "B").standings


def checking(count: int) -> Callable[[], object]:
    """Return the work of every check on every entry."""
    return ledger(count).check


def changing(count: int) -> Callable[[], object]:
    """Return the work of listing every change."""
    return ledger(count).changes


@pytest.mark.parametrize("work", [appending, asking, asking_again, checking, changing])
def test_twice_the_claims_are_at_most_three_times_the_work(
    work: Callable[[int], Callable[[], object]],
) -> None:
    """Work grows with the number of claims, and not with its square."""
    assert_grows_evenly(work, SIZE)


def test_opening_grows_with_the_file(tmp_path: Path) -> None:
    """Opening a file of twice the lines is at most three times the work."""
    for size in (SIZE // 4, SIZE, 2 * SIZE):
        ledger(size, str(tmp_path / f"{size}.jsonl")).close()

    def opening(size: int) -> Callable[[], object]:
        return lambda: Ledger.open(tmp_path / f"{size}.jsonl").close()

    assert_grows_evenly(opening, SIZE)
