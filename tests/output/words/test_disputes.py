"""What is in dispute in words: days, speakers and cited words."""

from __future__ import annotations

import pytest

from factledger import Citation, Dispute, Retract, contradictions
from factledger.dates.days import BEGINNING, Day
from factledger.output.words.disputes import contested_days, side_sentence
from factledger.output.words.sources import cited_words, source_in_words
from factledger.views.agreement.contradictions import Contradiction, Side
from ledgers import FIRST_NUMBER as N
from ledgers import cited, ledger, office, source

TWO = (source("s", publisher="S", published="2021-06-10"), source("t", published=None))


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2021-03-01", "2021-03-09", "1 to 9 March 2021"),
        ("2021-03-01", "2021-03-01", "On 1 March 2021"),
        ("2021-03-01", None, "From 1 March 2021 on"),
        (None, "2021-03-01", "Up to 1 March 2021"),
        (None, None, "On every day"),
    ],
)
def test_the_days_of_a_dispute(since: str | None, until: str | None, words: str) -> None:
    """Both bounds are included; one that is missing is not named."""
    first = Day.parse(since) if since else BEGINNING
    assert contested_days(Contradiction(first, Day.parse(until) if until else None, ())) == words


def test_a_side_names_its_speaker_first() -> None:
    """What a source only reports is told with who said it before what was said, and with its dates."""
    found = ledger(
        *TWO,
        office("p1", "2019", until="2021-12-31", label="one", attributed_to=["JPN"]),
        office("p2", "2021-03-01", until="2022-01-31", sources=("t",)),
    )
    view = found.as_of("2030")
    (one,) = contradictions(view)
    said = [side_sentence(side, view) for side in one.sides]
    assert [words.split(" ", 1)[1] for words in said] == [
        "one Jpn says that P1 was pm from 2019, planned until 31 December 2021",
        "P2 was pm from 1 March 2021 until 31 January 2022",
    ]


def test_a_dispute_that_was_erased_meanwhile_is_told_as_erased() -> None:
    """Whoever looks at a ledger while another erases an entry of it meets no error."""
    found = ledger(*TWO, office(), Dispute(target=N + 2, note="no", citations=cited("t")))
    view = found.as_of("2030")
    (told,) = contradictions(view)
    _, bare = (side_sentence(side, view) for side in told.sides)
    assert bare == f"#{N + 3} disputes #{N + 2}: no"
    found.append(Retract(target=N + 3, reason="r"))
    found.redact(N + 3, reason="r", authority="a")
    gone = Side(N + 3, None, ())
    assert side_sentence(gone, found.as_of("2030")) == f"#{N + 3} its content was erased"


def test_a_source_is_its_publisher_and_date_or_its_title() -> None:
    """A source without publisher or date is told by what it has; one that is not declared by its id."""
    belief = ledger(*TWO).as_of("2030").belief
    told = [source_in_words(name, belief) for name in ("s", "t", "nobody")]
    assert told == ["S, 10 June 2021", "Story, no date", "nobody, not known any more"]


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        (Citation(source="s", quote="was there"), "“was there”"),
        (Citation(source="s", start=3, end=9, sealed="ab" * 32), "characters 3-9, sealed"),
        (Citation(source="s", locator="p. 1"), "p. 1"),
    ],
)
def test_a_citation_is_its_words_or_their_place(citation: Citation, words: str) -> None:
    """Sealed words are told by their place."""
    assert cited_words(citation) == words
