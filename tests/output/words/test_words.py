"""Words for people: dates, the ends of a state."""

from __future__ import annotations

from typing import Any

import pytest

import ledgers
from cli_tools import AT, entropy
from factledger import (
    Actor,
    Citation,
    Event,
    Ledger,
    Participant,
    Source,
    State,
)
from factledger.dates.edtf import parse
from factledger.output.words.dates import in_words, known_dates, standing_dates
from factledger.output.words.standings import place_of


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


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2021-05-03", "2021-05-03", "on 3 May 2021"),
        ("2021-01-01", "2021-12-31", "for all of 2021"),
        ("2021-02-01", "2021-02-28", "for all of February 2021"),
        ("2021", "2021", "within 2021"),
        ("2021-02-01", "2021-03-28", "from 1 February 2021 until 28 March 2021"),
        ("[2021-02..2021-03]", "[2021-02..2021-03]",
         "from some time between February and March 2021 until some time between February and March 2021"),
    ],
)  # fmt: skip
def test_a_period_is_told_as_a_day_or_a_year_where_it_is_just_that(
    since: str, until: str, words: str
) -> None:
    """Two days that are one, or all of a month or a year, are told as such; two vague ends are not."""
    found = ledgers.ledger(ledgers.source(published="2023"), ledgers.office("p1", since, until))
    (track,) = found.as_of("2021-02-15").tracks
    assert known_dates(track.standings[-1]) == words


@pytest.mark.parametrize(
    ("name", "category", "sentence"),
    [
        ("foreign ministry of Kesh", "organization", "The foreign ministry of Kesh visited Lund"),
        ("Foreign Office", "organization", "Foreign Office visited Lund"),
        ("two ministries", "organization", "Two ministries visited Lund"),
        ("friends of Kesh", "group", "Friends of Kesh visited Lund"),
    ],
)
def test_an_organization_in_common_words_has_an_article(
    name: str, category: Any, sentence: str
) -> None:
    """As the title of a post has one; a name in capitals stands as it is."""
    found = Ledger.create("memory:", origin="o")
    found.append(
        Source(id="s", title="S", published="2023"),
        Actor(id="a", category=category, names=[name]),
        Actor(id="b", category="place", names=["Lund"]),
    )
    who = [Participant(role="actor", actor="a"), Participant(role="recipient", actor="b")]
    cited = [Citation(source="s", locator="p. 1")]
    visit = Event(type="CONSULT", mode="visit", when="2022", participants=who, citations=cited)
    found.append(visit)
    assert found.as_of("2023").standings[0].sentence == sentence


@pytest.mark.parametrize(
    ("citation", "place"),
    [
        (Citation(source="s", start=3, end=9), "s:3-9"),
        (Citation(source="s", quote="they met", locator="p. 7"), "s, p. 7"),
        (Citation(source="s", quote="they\n met"), "s, “they met”"),
        (Citation(source="s", quote="the first leader of the country to travel there"),
         "s, “the first leader of the country to…”"),
        (Citation(source="s", quote="x" * 50), f"s, “{'x' * 40}…”"),
    ],
)  # fmt: skip
def test_a_citation_without_a_place_is_told_by_its_first_words(
    citation: Citation, place: str
) -> None:
    """Characters come first, then the locator; a long quote is cut between two words."""
    assert place_of(citation) == place
