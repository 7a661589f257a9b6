"""Sealed passages: at their place, where they moved to, or missing; and how long they are looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given

from citations.letters import LETTERS, passages
from factledger import Refused
from factledger.citations import passages as searched
from factledger.citations.folding import FoldedText, Found
from factledger.citations.passages import SealedPassages
from factledger.citations.quotes import Missing, Repeated, find, seal, sealed_at
from factledger.citations.seals import SealKey
from growth_tools import Work, assert_grows_evenly
from ledgers import ledger, source

KEY = SealKey(bytes(range(32)))


def located(text: FoldedText | str, sealed: str, start: int, end: int) -> Found | Missing:
    """Return where one sealed passage of a text stands."""
    return SealedPassages(text).locate(sealed, start, end)


@given(passages(), LETTERS)
def test_sealed_passage_is_located(passage: tuple[FoldedText, int, int], before: str) -> None:
    """A sealed passage is located at its stated position, and after an insertion before it."""
    text, i, j = passage
    found = find(text.text[i:j], text)
    place = found.places[0] if isinstance(found, Repeated) else found
    assert isinstance(place, Found)
    sealed = sealed_at(text.original, place.start, place.end)
    longer = before + ". " + text.original

    assert located(text, sealed, place.start, place.end) == place
    moved = located(longer, sealed, place.start, place.end)
    assert isinstance(moved, Found)
    assert sealed_at(longer, moved.start, moved.end) == sealed


@pytest.mark.parametrize(
    ("text", "stated", "found"),
    [
        ("he left. no. he left.", (13, 20), Found(13, 20)),
        ("But he left. no. he left.", (0, 7), Found(4, 11)),
        ("But he left. no. he left.", (15, 22), Found(17, 24)),
        ("x he left he left", (6, 13), Found(2, 9)),
        ("he  left, he left", (0, 8), Found(0, 8)),
        ("he left", (-7, 0), Found(0, 7)),
        ("he left", (4, 11), Found(0, 7)),
        ("he leftx", (-8, -1), Found(0, 7)),
        ("x he left", (0, 8), Found(1, 9)),
        ("he left\u00ad.", (0, 8), Found(0, 8)),
    ],
)
def test_seal_is_located_where_stated_or_nearest(
    text: str, stated: tuple[int, int], found: Found
) -> None:
    """A seal is located where it was stated, else at the nearest place, the earlier of two."""
    assert located(text, seal("he left"), *stated) == found


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("he is left", (0, 7)),
        ("he left", (0, 6)),
        ("he left", (7, 0)),
        ("he left", (0, 0)),
        ("", (0, 7)),
    ],
)
def test_changed_passage_is_missing(text: str, stated: tuple[int, int]) -> None:
    """A seal whose passage was changed, or whose length is wrong, is missing, and says so."""
    assert str(located(text, seal("he left"), *stated)) == (
        f"the sealed passage of {stated[0]}-{stated[1]} is not in the text; "
        "check that this is the text that was cited"
    )


def test_seal_is_not_located_out_of_bounds_or_in_a_part_of_a_character() -> None:
    """Neither an end beyond the text, nor an empty passage, nor a cut character is a place."""
    assert isinstance(located("he left", seal("he left"), 0, 9), Missing)
    assert isinstance(located("ab", seal(""), 1, 1), Missing)
    assert isinstance(located("…b", seal("..b"), 0, 2), Missing)


def test_seals_of_all_kinds_are_looked_for_in_one_walk() -> None:
    """Passages of one length are found together, sealed with a key or plain, and each by itself as well."""
    text = "Later: he left. Then she came."
    asked = [(seal("he left"), 7), (seal("she came", KEY), 8), (seal("we came", KEY), 7)]
    found = SealedPassages(text, KEY)
    found.expect(asked)
    places = [found.locate(sealed, 0, length) for sealed, length in asked]
    assert places[:2] == [Found(7, 14), Found(21, 29)]
    assert isinstance(places[2], Missing)
    alone = [SealedPassages(text, KEY).locate(sealed, 0, length) for sealed, length in asked]
    assert alone == places


def test_lost_seals_are_looked_for_up_to_a_number_of_passages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Past that number a passage counts as lost, unless it stands at its place."""
    monkeypatch.setattr(searched, "SEARCHED_IN_ALL", 10)
    found = SealedPassages("Later: he left.")
    assert isinstance(found.locate(seal("and came"), 0, 8), Missing)
    assert isinstance(found.locate(seal("he left"), 0, 7), Missing)
    assert found.locate(seal("he left"), 7, 14) == Found(7, 14)


def test_what_is_not_searched_any_more_is_found_where_others_moved_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A beginning that was made longer moves all passages alike: one that was searched tells of the others."""
    monkeypatch.setattr(searched, "SEARCHED_IN_ALL", 7)
    found = SealedPassages("Later he left. Then she came. And we wept.")
    assert found.locate(seal("he left"), 0, 7) == Found(6, 13)
    assert found.locate(seal("she came"), 14, 22) == Found(20, 28)
    assert isinstance(found.locate(seal("we wept"), 33, 40), Missing)  # it moved by 1 alone


def cited_wrongly(count: int) -> Iterator[dict[str, object]]:
    """Yield citations whose passages the text does not hold, of a few lengths."""
    for i in range(count):
        start, length = i, 20 + i % 3
        yield {"source": "s", "start": start, "end": start + length, "sealed": seal(f"lost {i}")}


TEXT = "Another text than the one that was cited. " * 20


def citing(count: int) -> list[dict[str, object]]:
    """Return claims that cite what the text does not hold."""
    who = [{"role": "actor", "actor": "JPN"}, {"role": "recipient", "actor": "UKR"}]
    claim = {"kind": "event", "type": "CONSULT", "when": "2021", "participants": who}
    return [
        {**claim, "text": f"t{i}", "citations": [c]} for i, c in enumerate(cited_wrongly(count))
    ]


def verifying(count: int) -> Work:
    """Return the work of verifying citations against another text."""
    made = ledger(source(policy="sealed"))
    made.append(*citing(count), unproved=True)
    return lambda: made.verify_text("s", TEXT)


def appending(count: int) -> Work:
    """Return the work of refusing claims with seals that the text does not hold."""
    made, claims = ledger(source(policy="sealed")), citing(count)

    def refused() -> None:
        with pytest.raises(Refused, match="the sealed passage is not at 0-20"):
            made.append(*claims, texts={"s": TEXT})

    return refused


@pytest.mark.parametrize("work", [verifying, appending])
def test_twice_the_lost_seals_are_no_more_than_twice_the_work(work: Callable[[int], Work]) -> None:
    """However many citations a text does not hold, it is walked through once for each length."""
    assert_grows_evenly(work, 30, most=2)
