"""Words for people: dates, the ends of a state."""

from __future__ import annotations

import pytest

from cli_tools import AT, entropy
from factledger import (
    Actor,
    Citation,
    Ledger,
    Participant,
    Source,
    State,
)
from factledger.dates.edtf import parse
from factledger.output.words.dates import in_words, standing_dates


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023-03-21", "21 March 2023"),
        ("2024-11?", "perhaps November 2024"),
        ("2023-21", "spring 2023"),
        ("[..1994-11]", "November 1994 or earlier"),
        ("[2014..]", "2014 or later"),
        ("[2014,2022]", "2014 or 2022"),
        ("[2014, 2016..2018]", "2014 or between 2016 and 2018"),
        ("{2014,2016..2018}", "2014 and 2016 to 2018"),
        ("2022-02/2022-04", "February to April 2022"),
        ("2022/..", "from 2022 on"),
        ("/2022", "until 2022, from a day not known"),
    ],
)
def test_date_in_words(text: str, words: str) -> None:
    """Dates, sets and intervals are words."""
    try:
        date = parse(text)
    except ValueError:
        date = parse(text.replace(" ", ""))
    assert in_words(date) == words


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2019", "..", "since 2019"),
        ("2019", "2020", "since 2019, until 2020"),
        ("2019", "", "since 2019, end unknown"),
        ("", "..", "start unknown"),
        ("", "2020", "until 2020"),
        ("", "", "start unknown, end unknown"),
        ("..", "..", "since before all record"),
        ("..", "2020", "since before all record, until 2020"),
    ],
)
def test_ends_of_a_state_in_words(since: str, until: str, words: str) -> None:
    """What is known of start and end is said; an unknown start only where nothing else is."""
    ledger = Ledger.create("memory:", origin="x", clock=lambda: AT, entropy=entropy)
    ledger.append(
        Source(id="s", title="S", published="2024"),
        Actor(id="A", category="country", names=["A"]),
        Actor(id="B", category="country", names=["B"]),
        State(
            type="sanctions",
            since=since,
            until=until,
            participants=[
                Participant(role="actor", actor="A"),
                Participant(role="recipient", actor="B"),
            ],
            citations=[Citation(source="s", locator="l")],
        ),
    )
    [standing] = ledger.as_of("2019-06").every
    assert standing_dates(standing) == words
