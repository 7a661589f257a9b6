"""Dates in words: what a reader sees for each form of a date, and in whose language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given

from edtf_texts import texts
from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.dates.edtf import parse
from factledger.dates.wording import languages
from factledger.dates.wording.languages import LANGUAGE, wording_of
from factledger.dates.wording.told import (
    date_words,
    grouping_read,
    groupings,
    since_words,
    until_words,
)
from factledger.errors import NotFound

ENGLISH = Path(languages.__file__).with_name("en.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-03-15", "15 March 2024"),
        ("2024-03", "March 2024"),
        ("2024", "2024"),
        ("0087", "87 CE"),
        ("0000", "1 BCE"),
        ("-0043-03-15", "15 March 44 BCE"),
        ("2019-23", "autumn 2019"),
        ("2023-24", "winter 2023–24"),
        ("1999-24", "winter 1999–00"),
        ("2022-30", "summer 2022–23 (southern hemisphere)"),
        ("2023-33", "the first quarter of 2023"),
        ("1936-39", "the last four months of 1936"),
        ("2024-02~", "about February 2024"),
        ("2004?", "perhaps 2004"),
        ("2004-06-11%", "perhaps about 11 June 2004"),
        ("2004-06~-11", "11 June 2004 (year and month approximate)"),
        ("?2004-06-11", "11 June 2004 (year uncertain)"),
        ("2004-?06-~11", "11 June 2004 (month uncertain, day approximate)"),
        ("2004-%06-11", "11 June 2004 (month uncertain and approximate)"),
        ("198X", "the 1980s"),
        ("190X", "between 1900 and 1909"),
        ("19XX", "between 1900 and 1999"),
        ("-004X", "between 50 and 41 BCE"),
        ("000X", "between 1 BCE and 9 CE"),
        ("XXXX", "a year not known"),
        ("2004-XX", "some month of 2004"),
        ("2004-06-XX", "some day of June 2004"),
        ("2004-XX-XX", "some day of 2004"),
        ("2004-1X", "between October and December 2004"),
        ("2004-06-1X", "between 10 and 19 June 2004"),
        ("2004-06-3X", "30 June 2004"),
        ("1X98", "between 1098 and 1998 (1X98)"),
        ("156X-12-25", "between 25 December 1560 and 25 December 1569 (156X-12-25)"),
        ("[1413..1417]", "between 1413 and 1417"),
        ("[..1994-11]", "November 1994 or earlier"),
        ("[2014..]", "2014 or later"),
        ("[2014,2022]", "2014 or 2022"),
        ("[2024-01-17,2024-01-18]", "17 or 18 January 2024"),
        ("{2024-01,2024-03}", "January and March 2024"),
        ("[2014,2016..2018]", "2014 or between 2016 and 2018"),
        ("{2014,2016..2018}", "2014 and 2016 to 2018"),
        ("2021-05-02/2021-05-05", "2 to 5 May 2021"),
        ("2021-05-02/2021-06-05", "2 May to 5 June 2021"),
        ("2021-05-02/2022-06-05", "2 May 2021 to 5 June 2022"),
        ("2021-05/2021-06-05", "May 2021 to 5 June 2021"),
        ("2022-02/2022-04", "February to April 2022"),
        ("2021-23/2022-21", "autumn 2021 to spring 2022"),
        ("2019~/2021", "about 2019 to 2021"),
        ("-0050/-0040", "51 to 41 BCE"),
        ("-0050/0040", "51 BCE to 40 CE"),
        ("2020-02-29/2020-02-29", "29 February 2020"),
        ("2022/..", "from 2022 on"),
        ("../2022", "up to 2022"),
        ("2022/", "from 2022 to a day not known"),
        ("/2022", "until 2022, from a day not known"),
        ("../..", "without beginning or end"),
        ("/", "on days not known"),
        ("/..", "on days not known"),
        ("..", "open"),
        ("", "unknown"),
    ],
)  # fmt: skip
def test_date_is_told_in_words(text: str, words: str) -> None:
    """A date reads as an editor would print it, and what the words blur stands beside them."""
    assert date_words(text) == words


def test_date_is_told_whatever_holds_it() -> None:
    """A day, a parsed date and its text read the same; the ends of time are open."""
    assert date_words(Day.parse("2024-03-15")) == date_words(parse("2024-03-15")) == "15 March 2024"
    assert {date_words(BEGINNING), date_words(FOREVER)} == {"open"}


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2019-23", "since autumn 2019", "until autumn 2019"),
        ("2024-02~", "since about February 2024", "until about February 2024"),
        ("[1413..1417]", "since some time between 1413 and 1417", "until some time between 1413 and 1417"),
        ("19XX", "since some time between 1900 and 1999", "until some time between 1900 and 1999"),
    ],
)  # fmt: skip
def test_ends_are_told_in_words(text: str, since: str, until: str) -> None:
    """A beginning and an end read as parts of a sentence, also where they are a window."""
    assert (since_words(text), until_words(text)) == (since, until)


@given(texts())
def test_every_date_has_words(text: str) -> None:
    """No date of the profile is told in EDTF alone: at most in brackets, beside its words."""
    told = re.sub(r"\([^()]*\)", "", date_words(text))
    assert told
    assert not re.search(r"[0-9]-[0-9X]|[~%X\[\]{}]|\?|\.\.", told)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1936-39", ["1936-39"]),
        ("2019-21/2020-22~", ["2019-21", "2020-22~"]),
        ("[2019-21,2019-05-21]", ["2019-21"]),
        ("-0050-21", ["-0050-21"]),
        ("2019-05-21", []),
        ("2019-12", []),
    ],
)
def test_parts_of_a_year_are_found(text: str, found: list[str]) -> None:
    """Seasons and other parts of a year are found in any date; a day 21 is none."""
    assert groupings(parse(text)) == found


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1936-39", "1936-39 is the last four months of 1936; a period is written 1936/1939"),
        ("2022-23", "2022-23 is autumn 2022; a period is written 2022/2023"),
        ("2023-21", "2023-21 is spring 2023"),
        ("2022-23~", "2022-23~ is about autumn 2022"),
    ],
)
def test_part_of_a_year_is_read_aloud(text: str, read: str) -> None:
    """Who wrote two years hears that one season was read, and how to write the years."""
    assert grouping_read(text) == read


def test_reader_chooses_a_language(tmp_path: Path) -> None:
    """A file with the same keys tells dates in another language."""
    german = tmp_path / "de.toml"
    german.write_text(ENGLISH.replace('"March"', '"März"').replace('"{day} ', '"{day}. '), "utf-8")
    assert date_words("2024-03-15", str(german)) == "15. März 2024"
    token = LANGUAGE.set(str(german))
    try:
        assert since_words("2024-03") == "since März 2024"
    finally:
        LANGUAGE.reset(token)
    assert date_words("2024-03") == "March 2024"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "months = [",
        "months = []\n[parts]\n[forms]",
        ENGLISH.replace("39 =", "49 ="),
        ENGLISH.replace("since =", "sence ="),
        ENGLISH.replace('"since {date}"', '"since {day}"'),
        ENGLISH.replace('"since {date}"', "7"),
    ],
)
def test_language_lacks_no_word(text: str, tmp_path: Path) -> None:
    """A file that lacks a word, or asks for a part that a date does not give, is refused."""
    file = tmp_path / "xx.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(NotFound, match="the words of the language"):
        wording_of(str(file))


def test_the_word_that_a_language_lacks_is_named(tmp_path: Path) -> None:
    """Who translates the forms learns which one is still to be done, not only that one is."""
    file = tmp_path / "xx.toml"
    file.write_text(ENGLISH.replace("up_to =", "uptoo ="), "utf-8")
    with pytest.raises(NotFound, match=r"^'up_to' among the words of the language"):
        wording_of(str(file))


@pytest.mark.parametrize("language", ["xx", "no/such.toml", "\0"])
def test_language_that_is_not_there_is_refused(language: str) -> None:
    """An unknown language is told, with what there is."""
    with pytest.raises(NotFound, match="English is 'en'"):
        wording_of(language)
