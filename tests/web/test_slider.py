"""The days at which the slider stops."""

from __future__ import annotations

from factledger import Day
from factledger.web.slider import stops


def test_slider_of_many_changes_stops_at_the_last_of_each_month_or_year() -> None:
    """Where a hand could not tell the stops apart, there are fewer; the day asked about is one."""
    first = Day.parse("2020-01-01")
    daily = [Day(first + i) for i in range(1200)]
    found = stops(daily, Day.parse("2021-05-05"))
    assert [str(day) for day in found.days[:2]] == ["2020-01-31", "2020-02-29"]
    assert str(found.days[found.at]) == "2021-05-05"
    assert (str(found.previous), str(found.following)) == ("2021-05-04", "2021-05-06")
    monthly = [Day.of(year, month, 1) for year in range(1900, 2000) for month in range(1, 13)]
    assert [str(day) for day in stops(monthly, monthly[0]).days[:3]] == [
        "1900-01-01",
        "1900-12-01",
        "1901-12-01",
    ]
