"""Citations proved against a text: found there, once, whole, not negated, and dated with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from factledger.citations.proving import prove, text_hash
from factledger.citations.quotes import seal

TEXT = (
    "The ministers met in Aville on 3 May 2020. They did not sign. Two met in Aville. "
    "A week ago the talks ended. The treaty was never in force."
)
EVENT: dict[str, Any] = {"kind": "event", "when": "2020"}


def faults(
    citation: dict[str, Any], claim: dict[str, Any] = EVENT, text: str | None = TEXT
) -> list[str]:
    """Return what is wrong with a citation, as `check: message`."""
    proved = prove({"source": "s", **citation}, claim, text, sealed=False)
    return [": ".join(fault) for fault in proved.faults]


def test_quote_gets_its_place() -> None:
    """A quote that is found gets start and end; what made it single is no longer needed."""
    citation = {"source": "s", "quote": "met in Aville", "suffix": "on 3 May", "locator": "p. 1"}
    proved = prove(citation, {"kind": "note"}, TEXT, sealed=False)
    assert proved.faults == ()
    assert proved.citation == {
        "source": "s", "locator": "p. 1", "start": 14, "end": 27, "quote": "met in Aville",
    }  # fmt: skip


@pytest.mark.parametrize("given", [{"quote": "met in Aville on"}, {"start": 14, "end": 30}])
def test_sealed_source_keeps_no_word(given: dict[str, Any]) -> None:
    """Under the policy sealed the words become a seal, whether quoted or pointed at."""
    proved = prove({"source": "s", **given}, {"kind": "note"}, TEXT, sealed=True)
    assert proved.citation == {
        "source": "s", "start": 14, "end": 30, "sealed": seal("met in Aville on"),
    }  # fmt: skip


def test_place_alone_gets_its_words() -> None:
    """A citation by its place is given the words that stand there."""
    proved = prove({"source": "s", "start": 14, "end": 30}, {"kind": "note"}, TEXT, sealed=False)
    assert proved.citation["quote"] == "met in Aville on"


def test_stated_seal_is_compared() -> None:
    """A seal that the passage has is kept; one that stands elsewhere, or nowhere, is refused."""
    stated = {"start": 14, "end": 30, "sealed": seal("met in Aville on")}
    assert faults(stated, {"kind": "note"}) == []
    assert faults({**stated, "start": 13, "end": 29}) == [
        "quote-found: the sealed passage is not at 13-29: its words stand at 14-30"
    ]
    assert faults({**stated, "sealed": seal("another text")})[0].startswith(
        "quote-found: the sealed passage is not at 14-30: the sealed passage of 14-30"
    )


@pytest.mark.parametrize(
    ("citation", "fault"),
    [
        ({"quote": "met in Bville"}, "quote-found: the quote 'met in Bville' is not in the text"),
        ({"quote": "met in Aville"}, "quote-single: the quote 'met in Aville' stands in the text 2 times"),
        ({"quote": "inisters met in Aville on"}, "quote-whole: the quote cuts the word 'ministers'; quote whole words"),
        ({"start": 140, "end": 160}, "quote-found: 140-160 is no place in a text of 139 characters"),
        ({"start": 20, "end": 20}, "quote-found: 20-20 is no place in a text of 139 characters"),
        ({"start": -1, "end": 20}, "quote-found: -1-20 is no place in a text of 139 characters"),
    ],
)  # fmt: skip
def test_citation_that_does_not_hold(citation: dict[str, Any], fault: str) -> None:
    """What is not there, there twice, or cut is refused, with what to do."""
    [found] = faults(citation)
    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        ({"kind": "event"}, ['quote-negation: the sentence of the quote says \'not\' outside it; quote that too, or say polarity = "asserted" or "denied"']),
        ({"kind": "withdraw"}, ["quote-negation: the sentence of the quote says 'not' outside it; quote that too"]),
        *(({"kind": kind}, ["quote-negation: the sentence of the quote says 'not' outside it; quote that too, or say in note how it is meant"])
          for kind in ("close", "corroborate", "dispute")),
        *(({"kind": kind, "note": "they did later"}, []) for kind in ("close", "corroborate", "dispute")),
        ({"kind": "withdraw", "note": "r"}, ["quote-negation: the sentence of the quote says 'not' outside it; quote that too"]),
        ({"kind": "note"}, []),
        ({"kind": "event", "polarity": "denied"}, []),
        ({"kind": "event", "inferred": [{"field": "polarity", "reason": "r"}]}, []),
        ({"kind": "event", "inferred": "no list", "polarity": "asserted"}, []),
    ],
)  # fmt: skip
def test_negated_sentence_asks_for_an_answer(claim: dict[str, Any], fault: list[str]) -> None:
    """A negation outside the quote is answered by a polarity where there is one, else by quoting it."""
    assert faults({"quote": "They did", "suffix": "not"}, claim) == fault


def test_negation_inside_the_quote_is_seen() -> None:
    """Who quotes the negation has seen it."""
    assert faults({"quote": "They did not sign"}, {"kind": "event"}) == []


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        ({"kind": "event", "when": "2020-04"}, ["relative-date: the quote dates itself by 'ago'; say in inferred why when is '2020-04'"]),
        ({"kind": "event", "when": "2020-04", "inferred": [{"field": "when", "reason": "r"}, 5]}, []),
        ({"kind": "close", "until": "2020-04"}, ["relative-date: the quote dates itself by 'ago'; say in note why until is '2020-04'"]),
        ({"kind": "close", "until": "2020-04", "note": "a week before"}, []),
        ({"kind": "corroborate"}, []),
    ],
)  # fmt: skip
def test_relative_date_asks_for_its_reason(claim: dict[str, Any], fault: list[str]) -> None:
    """A date worked out from relative words says why, where the record can say so."""
    assert faults({"quote": "A week ago the talks ended"}, claim) == fault


@pytest.mark.parametrize("citation", [{"quote": "q"}, {"start": 1, "end": 2}])
def test_citation_without_the_text_is_not_proved(citation: dict[str, Any]) -> None:
    """Words and places need the text; a locator does not."""
    assert faults(citation, text=None) == [
        "quote-proved: the text of source 's' is needed to prove this citation; give it with --text, "
        "or take it unproved with --unproved"
    ]
    assert faults({"locator": "p. 1"}, text=None) == []
    assert faults({"locator": "p. 1"}) == []


@pytest.mark.parametrize(
    "citation",
    [{"quote": 5}, {"quote": "q", "prefix": 5}, {"start": 1.5, "end": 2}, {"start": True, "end": 2},
     {"start": "1", "end": "2"}, {"start": 1}, {"quote": "q", "end": 2}],
)  # fmt: skip
def test_citation_of_bad_form_is_left_to_the_form(citation: dict[str, Any]) -> None:
    """What is no text, no number or half a place is not looked for: its form is the fault."""
    proved = prove(citation, EVENT, TEXT, sealed=True)
    assert (proved.citation, proved.faults) == (citation, ())


def test_hash_of_a_text_is_that_of_its_bytes() -> None:
    """The hash is SHA-256 of the UTF-8 bytes, as `sha256sum` gives it."""
    assert text_hash("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
