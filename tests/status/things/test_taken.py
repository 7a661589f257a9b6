"""Days that are surely one side's."""

from __future__ import annotations

import pytest

from factledger.dates.days import FOREVER, Day
from factledger.status.things.taken import DayRange, Taken


@pytest.mark.parametrize(("asked", "free"), [("a", 5), ("b", FOREVER)])
def test_what_holds_for_ever_leaves_no_day_to_others(asked: str, free: int) -> None:
    """And every day to its own side."""
    taken = Taken([(DayRange(Day(2), FOREVER), "a")])
    assert taken.free_from(asked, Day(5)) == free
    assert taken.free_until(asked, Day(5)) == (5 if asked == "a" else 1)
