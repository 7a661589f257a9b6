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


@pytest.mark.parametrize(
    "text",
    [
        "signed before 2014", "after 12 March 2019", "by the end of May 2020", "no later than 5 May 2020",
        "in the week before 5 June 2021", "on the eve of 5 June 2021",
        "5 to 7 May 2020", "on 17 and 18 January 2024", "in May or June 2019", "May 5 and June 7, 2020",
        "from January until 30 August 2024", "2 May 2019-5 June 2019", "on 2 May 2019 or a day later",
        "on 3 May 1451 (Old Style)", "on 3 May 1451 in the Old Style", "on 3 May 1451 O.S.",
        "exported 1500 tonnes", "about 1500 people", "$1999", "12/03/2019", "12.03.2019",
        "1998-2004", "2014–16", "2023/24", "the winter of 2019-20", "pre-2019", "the 1900s",
    ],
)  # fmt: skip
def test_what_another_word_moves_is_no_date(text: str) -> None:
    """A date is not taken out of words that speak of other days, of more of them, or of no date at all."""
    assert dates_said(text) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("since about 2011", "2011~"), ("around the summer of 2011", "2011-22~"), ("perhaps in 2014", "2014?"),
        ("in the early 1690s", "169X"), ("in 412 BCE", "-0411"), ("in 1 B.C.", "0000"), ("in 1200 BC", "-1199"),
        ("on 12 Mar 2019", "2019-03-12"), ("in Sept. 2019", "2019-09"), ("mid-2019", "2019"),
        ("in 2019 ministers met", "2019"), ("the 2019 treaty", "2019"), ("in 1066, his last year", "1066"),
    ],
)  # fmt: skip
def test_what_qualifies_a_date_is_read_with_it(text: str, date: str) -> None:
    """About and perhaps, decades, years before our era and months cut short are read as they are meant."""
    assert dates_said(text) == [date]
