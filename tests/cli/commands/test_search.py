"""`factledger search`: the entries in which words are."""

from __future__ import annotations

import json

import pytest

from cli_tools import DEMO, run


def test_search_lists_the_newest_entries_with_their_sentences() -> None:
    """Number, kind, label and sentence; then what they are about."""
    said = run("search", "kishida", "visited", "-l", DEMO)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("3 entries\n  #59 state c42 · ")
    assert "  by actor: Ukraine 3, Fumio Kishida 2" in said.out


def test_search_keeps_to_facets() -> None:
    """An actor is named by id or name; a year is that of a date."""
    words = ("kishida", "--actor", "ukraine", "--year", "2023", "--type", "CONSULT")
    assert run("search", *words, "-l", DEMO).out.startswith("2 entries\n")
    none = run("search", "kishida", "--year", "1999", "-l", DEMO)
    assert (none.code, none.out) == (0, "Nothing was found: all words must be in one entry.\n")


def test_search_counts_by_what_entries_have() -> None:
    """A source is of a year, and names nobody."""
    said = run("search", "eastern", "--kind", "source", "-l", DEMO)
    assert [line.strip() for line in said.out.splitlines() if "  by " in line] == [
        "by year: 2024 1"
    ]


def test_search_says_when_it_took_beginnings() -> None:
    """Where no entry has the words as they are, those count that begin so."""
    assert "with words that begin so" in run("search", "kishid", "-l", DEMO).out


def test_search_says_which_entry_no_longer_stands() -> None:
    """One that was corrected names the entry that did."""
    found = json.loads(run("search", "kishida", "-l", DEMO, "--format", "json").out)
    assert [e["entry"] for e in found["entries"]] == sorted(
        (e["entry"] for e in found["entries"]), reverse=True
    )


def test_search_for_no_word_is_refused() -> None:
    """Blanks and marks alone are no word."""
    for text in ("", " ", "…!"):
        said = run("search", text, "-l", DEMO)
        assert (said.code, "holds no word" in said.err) == (2, True)


@pytest.mark.parametrize("facet", ["--kind", "--type", "--source", "--actor"])
@pytest.mark.parametrize("word", ["", "nosuch"])
def test_a_facet_that_nothing_can_have_is_refused(facet: str, word: str) -> None:
    """An empty word, or a misspelled one, is no facet without entries, and never every facet."""
    said = run("search", "visited", facet, word, "-l", DEMO)
    assert (said.code, said.out) == (1 if facet == "--actor" else 2, "")
    assert f"{facet[2:]} {word!r}" in said.err


def test_a_misspelled_facet_is_told_with_the_nearest() -> None:
    """Who wrote a type or a source wrongly is told which may have been meant."""
    assert "did you mean 'CONSULT'?" in run("search", "visited", "--type", "CONSUL", "-l", DEMO).err
    assert "did you mean 'event'?" in run("search", "visited", "--kind", "events", "-l", DEMO).err
