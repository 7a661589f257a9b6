"""Tests of finding quotes word for word, and of seals."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given

from citations.letters import passages
from factledger.citations.folding import FoldedText, Found, fold_text
from factledger.citations.proving import prove
from factledger.citations.quotes import (
    Missing,
    Repeated,
    find,
    is_other_than,
    quoted_words,
    rejoined,
    seal,
    sealed_at,
    spanned,
)

TEXT = (
    "Norway and Chile signed the treaty in Oslo on 4 June 2021.\n"
    "It was the first visit of Chile’s foreign minister since 1998 – and, he said,\n"
    "“a begin\u00adning”. Seven\u00a0ships did not return to Bergen…\n"
)


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        pytest.param("signed the treaty in Oslo", "signed the treaty in Oslo", id="verbatim"),
        pytest.param("Chile's foreign", "Chile’s foreign", id="straight for curly apostrophe"),
        pytest.param('said, "a', "said,\n“a", id="straight for curly quotation mark"),
        pytest.param("2021. It\n  was\tthe", "2021.\nIt was the", id="wrapped over lines"),
        pytest.param("Seven ships", "Seven\u00a0ships", id="no-break space"),
        pytest.param("since 1998 - and", "since 1998 – and", id="hyphen for en dash"),
        pytest.param("since 1998 — and", "since 1998 – and", id="em dash for en dash"),
        pytest.param("a beginning", "a begin\u00adning", id="without the soft hyphen"),
        pytest.param("the\u200b first", "the first", id="with a mark without width"),
        pytest.param("to Bergen...", "to Bergen…", id="three dots for the ellipsis sign"),
        pytest.param("  Norway and ", "Norway and", id="with white space around"),
    ],
)
def test_quote_is_found_through_typesetting(quote: str, passage: str) -> None:
    """A quote that differs only by typesetting is found, at its place in the text as given."""
    found = find(quote, fold_text(TEXT))

    assert isinstance(found, Found)
    assert TEXT[found.start : found.end] == passage


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("Seven ships did return", id="negation dropped"),
        pytest.param("Eleven ships did not return", id="number changed"),
        pytest.param("on 4 June 2020", id="year changed"),
        pytest.param("on 14 June 2021", id="day changed"),
        pytest.param("the last visit", id="first to last"),
        pytest.param("Chile and Norway signed", id="actors swapped"),
        pytest.param("Norway and Chile ... foreign minister", id="spliced"),
        pytest.param("Norway and Chile signed the treaty. Seven ships", id="two sentences joined"),
        pytest.param("the king opened a bridge", id="invented"),
        pytest.param("norway and chile", id="case changed"),
        pytest.param("on ４ June", id="compatibility form"),
        pytest.param("to Bergen..", id="a part of the ellipsis sign"),
        pytest.param(" \n\u200b", id="empty"),
        pytest.param("", id="nothing"),
    ],
)
def test_falsified_quote_is_not_found(quote: str) -> None:
    """A quote that differs by a word, a number, a case or a splice is missing."""
    assert isinstance(find(quote, fold_text(TEXT)), Missing)


@pytest.mark.parametrize(
    ("prefix", "suffix", "place"),
    [
        ("1 May", "", Found(7, 14)),
        ("1 May ", "", Found(7, 14)),
        ("", "2022", Found(7, 14)),
        ("2 May", "", Found(28, 35)),
        ("", "2023.", Found(28, 35)),
        ("2  May", " 2023", Found(28, 35)),
    ],
)
def test_prefix_or_suffix_singles_out_a_repeated_quote(
    prefix: str, suffix: str, place: Found
) -> None:
    """Words directly beside the quote, white space apart, single out one of its places."""
    text = fold_text("1 May  in Oslo 2022, 2 May  in Oslo 2023.")

    assert find("in Oslo", text, prefix=prefix, suffix=suffix) == place


def test_repeated_quote_tells_its_places() -> None:
    """A quote that stands in the text several times is not settled but listed, in order, up to the fourth."""
    found = find("ab", fold_text("ab ab ab ab ab"))

    assert found == Repeated("ab", (Found(0, 2), Found(3, 5), Found(6, 8), Found(9, 11)))
    assert str(found) == (
        "the quote 'ab' stands in the text more than 3 times (0-2, 3-5, 6-8, ...); "
        "add a prefix or suffix that stands directly beside the one meant"
    )
    assert "(0-1, 2-3);" in str(find("a", fold_text("a a")))


def test_overlapping_places_are_all_counted() -> None:
    """Two places of a quote that overlap are two."""
    assert find("a a", fold_text("a a a")) == Repeated("a a", (Found(0, 3), Found(2, 5)))


def test_quote_in_other_surroundings_is_missing() -> None:
    """A quote that stands only beside other words than the prefix and suffix is missing, and says so."""
    missing = find("in Oslo", fold_text("met in Oslo"), prefix="left")

    assert str(missing) == (
        "the quote 'in Oslo' between this prefix and suffix is not in the text; "
        "it stands there beside other words"
    )


def test_prefix_and_suffix_at_the_edges_of_the_text() -> None:
    """Nothing stands before the first word and after the last."""
    assert isinstance(find("a", fold_text("a"), prefix="a"), Missing)
    assert isinstance(find("a", fold_text("a"), suffix="a"), Missing)


def test_missing_quote_is_answered_with_the_nearest_passage() -> None:
    """The message about a missing quote shows the passage that is nearest to it, as advice."""
    assert str(find("Seven ships did return to Bergen", fold_text(TEXT))) == (
        "the quote 'Seven ships did return to Bergen' is not in the text; "
        "the nearest passage is 'Seven ships did not return to Bergen'; "
        "copy it word for word, and cite two passages as two quotes"
    )


@pytest.mark.parametrize(
    ("quote", "text"),
    [("the king opened a bridge", TEXT), ("a quote", ""), ("a b", "b a."), ("a b", "a c.")],
)
def test_nothing_near_is_not_suggested(quote: str, text: str) -> None:
    """Where nothing is near, or nothing longer than two letters agrees, nothing is suggested."""
    assert str(find(quote, fold_text(text))) == (
        f"the quote {quote!r} is not in the text; "
        "copy it word for word, and cite two passages as two quotes"
    )


def test_messages_show_hidden_characters_and_stay_short() -> None:
    """A message escapes what hides in a quote, and shortens a long one."""
    message = str(find("a\u202eb" + " word" * 100, fold_text("")))

    assert "'a\\u202eb word word" in message
    assert "wor...' is not" in message


@pytest.mark.parametrize(
    ("quote", "text"), [("..", "a…."), ("..", ".…"), ("q", "q\u0301"), ("\u0301", "q\u0301")]
)
def test_part_of_a_character_is_not_found(quote: str, text: str) -> None:
    """A quote that would cut an ellipsis sign, or a letter from its accent, is missing."""
    assert isinstance(find(quote, fold_text(text)), Missing)


@given(passages())
def test_any_passage_is_found(passage: tuple[FoldedText, int, int]) -> None:
    """Any passage of whole characters is found, at places that fold to the same."""
    text, i, j = passage
    place = text.place(i, j)
    quote = text.original[place.start : place.end]

    found = find(quote, text)
    places = found.places if isinstance(found, Repeated) else (found,)

    for at in places:
        assert isinstance(at, Found)
        assert fold_text(text.original[at.start : at.end]).text.strip(" ") == fold_text(
            quote
        ).text.strip(" ")
        assert seal(quote) == sealed_at(text.original, at.start, at.end)
    assert text.text[i:j].strip(" ") == fold_text(quote).text.strip(" ")


def test_seal_is_the_hash_of_the_folded_stripped_quote() -> None:
    """A seal is the SHA-256, in hex, of the UTF-8 of the folded and stripped quote."""
    assert seal(" Chile’s\n offer ") == hashlib.sha256(b"Chile's offer").hexdigest()
    assert seal("\ud800") == hashlib.sha256(b"\xed\xa0\x80").hexdigest()


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("She … Kyiv", "She flew to Kyiv"),
        ("She…again", "She flew to Kyiv, then to Kyiv again"),
        ("She flew...Kyiv", "She flew to Kyiv"),
        ("He … left", "He had left"),
        ("to … again", None),  # "to" stands there twice
        ("She … He", None),  # the last words stand before the first
        ("She … ", None),
        (" … again", None),
        ("She … to … again", None),
        ("nowhere … again", None),
        ("She flew", None),
    ],
)
def test_a_quote_can_be_named_by_its_ends(quote: str, words: str | None) -> None:
    """By first words that stand there once, and the last words that come next."""
    text = "He had left. She flew to Kyiv, then to Kyiv again."
    found = spanned(quote, fold_text(text))
    assert (None if found is None else text[found.start : found.end]) == words
    assert quoted_words(quote, text) == (words or quote)


def test_the_ends_of_a_quote_are_near_each_other() -> None:
    """Words far away are not its end: a passage has a thousand characters at most."""
    assert spanned("A … Z", fold_text(f"A{' b' * 400} Z")) is not None
    assert spanned("A … Z", fold_text(f"A{' b' * 600} Z")) is None


BROKEN = [
    ("an agree-\nment on coope-\r\nration", "agreement on cooperation", "agree-\nment on coope-\r\nration"),
    ("a well-\nknown man", "well-known man", "well-\nknown man"),
    ("a well-\nknown man", "wellknown man", "well-\nknown man"),
    ("in 1990-\n2000 only", "1990-2000", "1990-\n2000"),
    ("the \ufb01nance of\ufb01ce", "finance office", "\ufb01nance of\ufb01ce"),
    ("the finance office", "the \ufb01nance of\ufb01ce", "the finance office"),
    ("an agree-\n ment", "agreement", "agree-\n ment"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "words"), BROKEN)
def test_a_quote_is_found_across_line_ends_and_ligatures(text: str, quote: str, words: str) -> None:
    """What is recorded are the words as the text has them."""
    found = rejoined(quote, fold_text(text))
    assert found is not None
    assert text[found.start : found.end] == words
    assert is_other_than(quote, words)
    proved = prove({"source": "s", "quote": quote}, {"kind": "event"}, text, sealed=False)
    assert (proved.citation["quote"], proved.faults) == (words, ())


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("an agree- ment", "agreement"),  # the line does not end there
        ("agree-\nment, and agree-\nment", "agreement"),  # which of the two is not said
        ("a of\ufb01ce", "of"),  # a ligature is not cut
        ("of\ufb01ce", "off"),
        ("so 12-\n34", "1234"),  # a number is not put together
        ("text", ""),
        ("text", "-" * 3000),
    ],
)
def test_nothing_else_is_put_together(text: str, quote: str) -> None:
    """A hyphen with a space, a choice between two, a part of a letter, a number."""
    assert rejoined(quote, fold_text(text)) is None or quote == "of"


UNSPACED = [
    ("外交部长于2019年5月2日访问了东京，并会见了首相。", "访问了东京"),
    ("外交部长于2019年5月2日访问了东京，并会见了首相。", "2019年5月2日访问了东京"),
    ("นายกรัฐมนตรีเดินทางเยือนโตเกียว", "เดินทางเยือน"),
    ("ນາຍົກລັດຖະມົນຕີຢ້ຽມຢາມໂຕກຽວ", "ຢ້ຽມຢາມ"),
    ("នាយករដ្ឋមន្ត្រីបានទៅទស្សនាតូក្យូ", "ទស្សនា"),
    ("首相は東京を訪問した。", "東京を訪問"),
]


@pytest.mark.parametrize(("text", "quote"), UNSPACED)
def test_a_part_of_a_sentence_without_spaces_is_proved(text: str, quote: str) -> None:
    """No word is cut where none can be told from the next."""
    proved = prove({"source": "s", "quote": quote}, {"kind": "event"}, text, sealed=False)
    assert proved.faults == ()
    assert text[proved.citation["start"] : proved.citation["end"]] == quote
