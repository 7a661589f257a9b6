"""What a question means: the day, the cuts, the place."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from factledger.dates.days import Day
from factledger.errors import DateError, NotFound
from factledger.views.questions import Cut, Date, Place, cut_asked, day_asked, place_asked
from ledgers import ledger, source

LEDGER = ledger(source())
SIZE = len(LEDGER)
DAY = Day.parse("2023-04-01")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (DAY, (DAY, None)),
        (date(2023, 4, 1), (DAY, None)),
        (datetime(2023, 4, 1, 12), (DAY, None)),
        ("2023-04-01", (DAY, None)),
        ("2023-03", (Day.parse("2023-03-31"), "end of 2023-03")),
        ("today", (DAY, None)),
    ],
)
def test_a_date_means_a_day(asked: Date, meant: tuple[Day, str | None]) -> None:
    """A coarser date means its last day, and says so; `today` is what the clock says."""
    assert day_asked(asked, lambda: date(2023, 4, 1)) == meant


def test_a_text_that_is_no_date_is_not_asked_about() -> None:
    """The error says what can be written instead."""
    with pytest.raises(DateError):
        day_asked("soon", date.today)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (None, SIZE),
        (0, 0),
        (3, 3),
        (LEDGER.entry(5), 5),
        ("2024-01-01T12:00:00.000000Z", SIZE),
        ("2023-12-31", 0),
        ("2030-01-01", SIZE),
    ],
)
def test_a_cut_means_the_last_entry_that_counts(asked: Cut, meant: int) -> None:
    """An instant means all that was recorded by then, nothing all of it."""
    assert cut_asked(asked, LEDGER.index) == meant


@pytest.mark.parametrize("number", [-1, SIZE + 1])
def test_there_is_no_cut_beyond_the_log(number: int) -> None:
    """The error says how many entries there are."""
    with pytest.raises(NotFound, match=f"the ledger has {SIZE} entries"):
        cut_asked(number, LEDGER.index)


def test_a_place_leaves_out_what_counts_whole() -> None:
    """A date alone, with what was recorded, or with both cuts; or where a view stands."""
    at = LEDGER.as_of("2023-04-01", recorded=3).at
    meant: list[tuple[Place, tuple[Date, Cut, Date | None]]] = [
        ("2023", ("2023", None, None)),
        (("2023", 3), ("2023", 3, None)),
        (("2023", 3, "2022"), ("2023", 3, "2022")),
        (at, (DAY, 3, None)),
    ]
    for place, parts in meant:
        assert place_asked(place) == parts
