"""Tests of what is safe to show, of wrapping, of slugs and of suggestions."""

from __future__ import annotations

from typing import Final
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factledger.text import (
    columns,
    hidden_characters,
    is_slug,
    nearest,
    show,
    spreadsheet_cell,
    wrapped,
)

HIDDEN: Final = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
HOSTILE = st.text(
    st.characters() | st.characters(categories=HIDDEN) | st.sampled_from("\x1b[]\u202e\n")
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Øst-Timor 東", "Øst-Timor 東", id="plain"),
        pytest.param("no\u00a0break", "no\u00a0break", id="no-break space"),
        pytest.param("a\nb\tc\rd", r"a\nb\tc\rd", id="line feed, tab, carriage return"),
        pytest.param("\x1b]52;c;aGk=\x07", r"\x1b]52;c;aGk=\x07", id="clipboard write"),
        pytest.param("\x1b[2J\x1b[1;1HOK", r"\x1b[2J\x1b[1;1HOK", id="screen overwrite"),
        pytest.param("\x9b31m", r"\x9b31m", id="C1 control sequence"),
        pytest.param("bad\b\b\bgood", r"bad\x08\x08\x08good", id="backspaces"),
        pytest.param("a\u202eb\u2066c", r"a\u202eb\u2066c", id="bidirectional overrides"),
        pytest.param("a\u200bb\ufeff\u00ad", r"a\u200bb\ufeff\xad", id="marks without width"),
        pytest.param("a\u2028b\u2029c", r"a\u2028b\u2029c", id="separators"),
        pytest.param("\ud800", r"\ud800", id="lone surrogate"),
        pytest.param("\U000e0041\U0010ffff", r"\U000e0041\U0010ffff", id="tags and unassigned"),
    ],
)
def test_hidden_characters_are_shown_as_escapes(text: str, shown: str) -> None:
    """What hides or acts is shown as an escape, the rest as it is."""
    assert show(text) == shown


@settings(max_examples=500)
@given(HOSTILE)
def test_shown_text_hides_nothing(text: str) -> None:
    """No text leaves `show` with a character of a hidden category."""
    assert not [c for c in show(text) if category(c) in HIDDEN]
    assert hidden_characters(show(text)) == []


@given(HOSTILE)
def test_shown_text_may_keep_its_line_feeds(text: str) -> None:
    """With `newlines` the line feeds stay, and nothing else that hides."""
    assert show(text, newlines=True) == "\n".join(map(show, text.split("\n")))


@given(st.text(st.characters(exclude_categories=HIDDEN)))
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    """A text without a hidden character is shown unchanged, backslashes included."""
    assert show(text) == text


def test_hidden_characters_are_told_with_offset_and_name() -> None:
    """The hidden characters of a text are told in order, each by offset, code point and name."""
    assert hidden_characters("a\u202eb\n\ue000") == [
        (1, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (3, "U+000A"),
        (4, "U+E000"),
    ]


@given(HOSTILE)
def test_a_text_is_shown_unchanged_exactly_if_it_hides_nothing(text: str) -> None:
    """`hidden_characters` and `show` agree on what hides."""
    assert (show(text) == text) == (hidden_characters(text) == [])


@pytest.mark.parametrize("text", ["JPN", "a", "0", "kishida-fumio", "a.b_c-d", "x" * 100])
def test_slug(text: str) -> None:
    """A slug is 1 to 100 ASCII letters, digits, dots, underscores and hyphens."""
    assert is_slug(text)


@pytest.mark.parametrize(
    "text", ["", "-a", ".a", "_a", "a b", "a/b", "a\n", "é", "٥", "a\u200b", "Ａ", "x" * 101]
)
def test_not_a_slug(text: str) -> None:
    """Other letters, a leading mark, white space, and more than 100 characters make no slug."""
    assert not is_slug(text)


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("NRO", "NOR"),
        ("nor", "NOR"),
        ("chl", "CHL"),
        ("Norwey", "NOR"),
        ("REPUBLIC OF CHILE", "CHL"),
        ("zzz", None),
        ("", None),
    ],
)
def test_nearest_known_word(word: str, answer: str | None) -> None:
    """The nearest known word is found by its spelling or by a display name, whatever the case."""
    names = [("Norway", "NOR"), ("Republic of Chile", "CHL")]

    assert nearest(word, ["NOR", "CHL"], names=names) == answer


@given(st.permutations(["ab", "ac", "AB", "b", "abc"]))
def test_suggestion_does_not_depend_on_the_order(known: list[str]) -> None:
    """The same words in another order give the same suggestion."""
    assert nearest("aB", known) == "AB"
    assert nearest("abd", known) == nearest("abd", sorted(known))
    assert nearest("lima", [], names=[("Lima", word) for word in known]) == "AB"


def test_a_known_word_wins_over_an_equal_display_name() -> None:
    """A spelling that is both a known word and the name of another answers with the word."""
    assert nearest("gea", ["geo"], names=[("geo", "zzz")]) == "geo"
    assert nearest("gea", ["geo"], names=[("geo", "aaa")]) == "geo"


@pytest.mark.parametrize("first", "=+-@\t\r\n\0＝＋－＠")
def test_formula_is_defused_for_a_spreadsheet(first: str) -> None:
    """A text that a spreadsheet would run gets an apostrophe in front."""
    assert spreadsheet_cell(first + "1") == "'" + first + "1"


@pytest.mark.parametrize("text", ["", "1=1", "Lima", " =1", "'=1"])
def test_other_text_goes_to_a_spreadsheet_unchanged(text: str) -> None:
    """A text that a spreadsheet would not run stays as it is."""
    assert spreadsheet_cell(text) == text


@given(st.text(max_size=80), st.integers(2, 30))
def test_wrapped_words_are_all_there(text: str, width: int) -> None:
    """Wrapping loses nothing but blanks, and no line is too wide."""
    lines = list(wrapped(text, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns(line) <= width or len(line) == 1 for line in lines)


@pytest.mark.parametrize(("text", "width"), [("Kyiv", 4), ("日本", 4), ("e\u0301", 1), ("é", 1)])
def test_columns_of_a_text(text: str, width: int) -> None:
    """A wide character takes two columns, a mark on the one before none."""
    assert columns(text) == width


def test_a_word_is_found_among_very_many() -> None:
    """Of many words, those that share the most pairs of letters are compared; a slip is found."""
    known = [f"minister-of-{name}-{number}" for number in range(99) for name in ("trade", "labour")]
    assert nearest("minister-of-labuor-42", known) == "minister-of-labour-42"
    assert nearest("Zürich", [*known, "zurich"]) == "zurich"
    assert nearest("xyz", known) is None
