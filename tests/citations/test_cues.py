"""Tests of the cues in and around a quote: negations, cut words, relative dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.citations.cues import cut_word, negation_cue, relative_cue, sentence_around


def marked(text: str) -> tuple[str, int, int]:
    """Return a text without the brackets around its quote, and where the quote stands."""
    before, quote, after = text.replace("]", "[").split("[")
    return before + quote + after, len(before), len(before + quote)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("He left. She [stayed] here. Why?", "She stayed here."),
        ("[He] left", "He left"),
        ("She stayed. [He] left", "He left"),
        ("It was Mr... The [king] left.", "The king left."),
        ("He left. She [stayed.] Why?", "She stayed."),
        ("He left. She [stayed. Why] not?", "She stayed. Why not?"),
        ("He said: “No.” She [stayed]! Why?", "She stayed!"),
        ("It grew… The [king] left.", "The king left."),
        ("It grew… and the [king] left.", "It grew… and the king left."),
        ("At 5 p.m. the [king] left.", "At 5 p.m. the king left."),
        ("Dr. Olsen met J. R. [Vega] of St. Olav on Sept. 3. He left.",
         "Dr. Olsen met J. R. Vega of St. Olav on Sept. 3."),
        ("He left (late.) “She [stayed].”", "“She stayed.”"),
        ("In 2021. 300 men [left].", "300 men left."),
        ("A headline\n\nThe [king] left\n \nMore", "The king left"),
        ("They have not\nMet [the king]", "They have not\nMet the king"),
        ("Version 2.5 [works]", "Version 2.5 works"),
        ("No!!! She [stayed]", "She stayed"),
    ],
)  # fmt: skip
def test_sentence_of_a_passage(text: str, sentence: str) -> None:
    """A sentence goes from stop to stop, over abbreviations and single line breaks."""
    text, start, end = marked(text)
    low, high = sentence_around(text, start, end)

    assert text[low:high] == sentence


@given(st.text(st.sampled_from("aB .!?…\n\"'"), max_size=40), st.data())
def test_sentence_holds_its_passage(text: str, data: st.DataObject) -> None:
    """The sentence of a passage never leaves out a part of the passage."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = sentence_around(text, start, end)

    assert 0 <= low <= start <= end <= high <= len(text)


def test_sentence_is_looked_for_near_the_passage() -> None:
    """Without any stop a sentence reaches 2,000 code points to each side."""
    assert sentence_around("a" * 9000, 4000, 5000) == (2000, 7000)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Oslo has not [taken a hard line].", "not"),
        ("Oslo has not\n[taken a hard line].", "not"),
        ("Oslo has n\u00adot [taken a hard line].", "not"),
        ("Oslo [has] not taken a hard line.", "not"),
        ("Oslo didn’t [take a hard line].", "didn't"),
        ("Oslo [did]n't take a hard line.", "didn't"),
        ("Oslo cannot [take part].", "cannot"),
        ("NEVER had [the two met].", "NEVER"),
        ("No minister [visited Lima].", "No"),
        ("None of them [visited Lima].", "None"),
        ("Nobody [visited Lima].", "Nobody"),
        ("Nothing shows that [he paid].", "Nothing"),
        ("Neither Chile nor [Peru signed].", "Neither"),
        ("They left without [signing the treaty].", "without"),
        ("He remained non-[aligned].", "non"),
        ("He hardly [visited Lima].", "hardly"),
        ("He denied that [he paid].", "denied"),
        ("The denial that [he paid] came late.", "denial"),
        ("She refused to [sign the treaty].", "refused"),
        ("She rejected [the offer of Chile].", "rejected"),
        ("They failed to [sign the treaty].", "failed to"),
        ("He ruled out [a visit].", "ruled out"),
        ("He wrote rather than [visited Lima].", "rather than"),
        ("They are yet to [sign the treaty].", "yet to"),
        ("It is false that [he paid].", "false"),
        ("[He paid], which is untrue.", "untrue"),
        ("He denied that [he had not paid].", "denied"),
    ],
)
def test_negation_outside_the_quote_is_a_cue(text: str, cue: str) -> None:
    """A negation in the sentence of the quote, but outside the quote, is a cue."""
    assert negation_cue(*marked(text)) == cue


@pytest.mark.parametrize(
    "text",
    [
        "Oslo has [taken a hard line].",
        "Oslo [has not taken a hard line].",
        "Oslo [didn’t take a hard line].",
        "Lima did not. Oslo has [taken a hard line]. Quito never did.",
        "Oslo [took a hard line].\n\nNo comment",
        "Not only Oslo [took a hard line].",
        "He read paper No. 5 and [left].",
        "The persona non grata [left].",
        "He nodded knowingly at the notary and [left].",
        "He failed, and [left].",
    ],
)
def test_no_negation_is_no_cue(text: str) -> None:
    """A negation in the quote, in another sentence, or in no sense of the word, is no cue."""
    assert negation_cue(*marked(text)) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They were un[happy with it].", "unhappy"),
        ("an il[legal visit]", "illegal"),
        ("They [visit]ed Lima.", "visited"),
        ("some 1,[500 men]", "1,500"),
        ("some 1\u00a0[500 men]", "1\u00a0500"),
        ("[1].5 percent", "1.5"),
        ("in 20[21]", "2021"),
        ("They [were happy].", None),
        ("[Chile]’s minister", None),
        ("the Chile-[Peru] border", None),
        ("in 2021, [500 men] left", None),
        ("[Lima]", None),
        *((f"some 12{space}[500 men]", f"12{space}500") for space in " \u00a0\u2009\u202f\u3000"),
        ("some 1 [500 000 men]", "1 500 000"),
        ("[1 200].5 km", "1 200.5"),
        ("in 2021 [500 men] left", None),
        ("on 12 [2020 men]", None),
        ("at -[5 degrees]", "-5"),
        ("at −[5 degrees]", "−5"),
        ("a fall, +[5 percent]", "+5"),
        ("at [-5 degrees]", None),
        ("pages 3-[5]", None),
        ("Covid-[19]", None),
        ("外交部长于2019年5月2日[访问了东京]，并会见了首相。", None),
        ("于20[19年5月]2日", "2019"),
        ("รัฐมนตรี[เยือนโตเกียว]เมื่อวันที่ 2", None),
        ("ລັດຖະມົນຕີ[ຢ້ຽມຢາມ]ໂຕກຽວ", None),
        ("រដ្ឋមន្ត្រី[បានទៅ]តូក្យូ", None),
        ("大臣は[パリ]を訪れた", None),
        ("the 東京 sum[mit]", "summit"),
    ],
)
def test_word_or_number_that_the_quote_cuts(text: str, word: str | None) -> None:
    """A quote that begins or ends within a word or number is told with that word."""
    assert cut_word(*marked(text)) == word


@pytest.mark.parametrize(
    ("quote", "cue"),
    [
        ("They met yesterday", "yesterday"),
        ("took office last month", "last month"),
        ("took office last\nmonth, in June 2021", "last month"),
        ("earlier This Year", "This Year"),
        ("in recent months", "recent months"),
        ("over the past three years", "past three years"),
        ("two years ago", "ago"),
        ("will meet next week", "next week"),
        ("met last Tuesday, 3 March 2020", "last Tuesday"),
        ("the week before", "week before"),
        ("two days later", "days later"),
        ("signed in September", "September"),
        ("signed on September 23", "September"),
        ("signed on Monday", "Monday"),
        ("signed in May", "May"),
        ("signed on 3 May", "May"),
        ("signed on May 3", "May"),
        ("signed in September 2021", None),
        ("signed on Monday, 3 May 2021", None),
        ("They may march. May he stay?", None),
        ("Ms May sat in the chair", None),
        ("for three decades", None),
        ("sent 5 ships in 2021", None),
        ("", None),
    ],
)
def test_relative_date_in_a_quote(quote: str, cue: str | None) -> None:
    """Words that date from the day of the source, or a month without a year, are a cue."""
    assert relative_cue(quote) == cue
