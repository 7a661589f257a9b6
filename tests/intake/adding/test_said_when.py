"""When, as people write it, in the form of a short claim."""

from __future__ import annotations

import pytest

from factledger.intake.adding.said_when import said_when

EVENTS = [
    ("2021-05-02", "2021-05-02"),
    ("2 May 2021", "2021-05-02"),
    ("c. 1983", "1983~"),
    ("between 1413 and 1417", "[1413..1417]"),
    ("16/08/1953", "1953-08-16"),
    (" 1930s ", "193X"),
    (".", "."),
    ("", ""),
]
PERIODS = [
    ("2019/2021", "2019/2021"),
    ("2019/..", "2019/.."),
    ("May 2019 / 2 June 2021", "2019-05/2021-06-02"),
    ("since 2019", "2019/.."),
    ("from March 2019", "2019-03/.."),
    ("until May 2021", "/2021-05"),
    ("from 2019 to May 2021", "2019/2021-05"),
    ("2019 – 2021", "2019/2021"),
    ("2023", "2023"),
    ("2 May 2021", "2021-05-02"),
    ("./..", "./.."),
]


@pytest.mark.parametrize(("text", "date"), EVENTS)
def test_one_date_is_read_as_it_is_written(text: str, date: str) -> None:
    """In everyday words, in EDTF, or as the sign for that of the quote."""
    assert said_when(text, lasting=False).text == date


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_a_period_is_read_as_it_is_written(text: str, period: str) -> None:
    """With a word for its beginning or end, with both, or as two dates."""
    assert said_when(text, lasting=True).text == period


def test_what_can_be_two_dates_is_asked_about() -> None:
    """With what to write for each."""
    told = said_when("03/04/1950", lasting=False).fault
    assert told == "when: '03/04/1950' can be 1950-04-03 or 1950-03-04; write one of them"


def test_what_is_no_date_is_refused_with_its_place() -> None:
    """With what to write instead."""
    assert "when: 'spring fever' is not a date" in str(
        said_when("spring fever", lasting=False).fault
    )
    assert "until: 'soon' is not a date" in str(said_when("2019/soon", lasting=True).fault)


def test_what_was_worked_out_is_said() -> None:
    """As the field inferred, with the words that were typed."""
    found = said_when("Michaelmas 1913", lasting=False)
    assert found.text == "1913-09-29"
    assert [(one["field"], one["as_said"]) for one in found.inferred] == [
        ("when", "Michaelmas 1913")
    ]
