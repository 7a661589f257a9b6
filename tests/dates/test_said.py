"""Dates as English sentences say them, read as EDTF."""

from __future__ import annotations

import pytest

from factledger.dates.said import dates_said


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("met in Kessa on 3 March 2024", ["2024-03-03"]),
        ("on the 3rd of March 2024", ["2024-03-03"]),
        ("on March 3, 2024, and on MARCH 4th, 2024", ["2024-03-03", "2024-03-04"]),
        ("in July 2024", ["2024-07"]),
        ("in autumn 2019, the spring of 2020, fall 2021", ["2019-23", "2020-21", "2021-23"]),
        ("from January 2022 until 30 August 2024", ["2022-01", "2024-08-30"]),
        ("since 2020, and again in 2020", ["2020"]),
        ("on 31 February 2024", []),
        ("on 3 March, last month, in the twenties", []),
        ("2,024 tonnes, 2024-25, 20245 and 0999", []),
    ],
)
def test_what_is_said_in_full_is_read(text: str, dates: list[str]) -> None:
    """In the order of the text, each date once; what does not exist or lacks its year is none."""
    assert dates_said(text) == dates
