"""Citations checked again, by whoever holds the text of their source."""

from __future__ import annotations

import pytest

from cli_tools import AT, entropy
from factledger import (
    Actor,
    Citation,
    Correct,
    Event,
    Ledger,
    NotFound,
    Participant,
    Redact,
    Source,
)
from factledger.checks.citations import cited, hash_fault, source_of_text
from factledger.citations.proving import text_hash

TEXT = "The envoys met in Aville on 3 May 2020. The envoys parted in Bville on 5 May 2020."


def talk(quote: str, source: str = "s") -> Event:
    """Return an event whose citation quotes the text."""
    return Event(
        type="CONSULT",
        when="2020-05",
        participants=[Participant(role="actor", actor="AAA")],
        citations=[Citation(source=source, quote=quote)],
    )


def ledger(policy: str = "verbatim") -> Ledger:
    """Return a ledger with two events (#4 and, in the place of it, #5) that quote the source #2."""
    found = Ledger.create("memory:", origin="x", clock=lambda: AT, entropy=entropy)
    found.append(
        Source(id="s", title="S", policy=policy),
        Actor(id="AAA", category="country", names=["Aland"]),
        talk("met in Aville on 3 May 2020"),
        texts={"s": TEXT},
    )
    correct = Correct(target=4, reason="misread", record=talk("parted in Bville on 5 May 2020"))
    found.append(correct, texts={"s": TEXT})
    return found


@pytest.mark.parametrize("policy", ["verbatim", "sealed"])
def test_text_proves_all_that_was_cited_from_it(policy: str) -> None:
    """Each citation has a verdict, also of a corrected claim and of a correction; all stand."""
    changed, verdicts = ledger(policy).verify_text("s", TEXT)
    assert changed is None
    assert [(v.number, v.fault, v.moved) for v in verdicts] == [(4, None, False), (5, None, False)]


@pytest.mark.parametrize("policy", ["verbatim", "sealed"])
def test_moved_passage_and_lost_one_are_told_apart(policy: str) -> None:
    """An insertion moves what follows; a change inside a passage loses it."""
    changed, verdicts = ledger(policy).verify_text("s", f"Now: {TEXT.replace('Bville', 'Cville')}")
    assert changed is not None
    assert [(v.number, v.fault, v.moved) for v in verdicts] == [
        (4, "its words moved to 16-43", True),
        (5, "51-81 does not hold the words that were cited", False),
    ]


def test_changed_text_is_told_by_its_hash() -> None:
    """The stated hash and that of the text are both named; a source without a hash takes any text."""
    found = ledger()
    found.append(Source(id="bare", title="B"))
    assert hash_fault(found.index, "s", "other") == (
        f"the text has the SHA-256 {text_hash('other')}, the source states {text_hash(TEXT)}"
    )
    assert hash_fault(found.index, "bare", "anything") is None


def test_source_that_is_not_declared() -> None:
    """A text of an unknown source is not compared with anything."""
    with pytest.raises(NotFound, match="source 't': not found"):
        hash_fault(ledger().index, "t", TEXT)


def test_erased_and_other_entries_cite_nothing() -> None:
    """What is erased, or no record that cites, has no citations."""
    found = ledger()
    found.append(Redact(target=4, reason="r", authority="a"))
    found._kept.store.erase([4])
    again = Ledger(found._kept.store)
    assert [cited(again.index, number) for number in (2, 3, 4)] == [(), (), ()]
    assert [v.number for v in again.verify_text("s", TEXT)[1]] == [5]


def test_source_is_known_by_the_hash_of_its_text() -> None:
    """Of several sources the one whose hash the text has is meant; of one, that one."""
    found = ledger()
    assert source_of_text(found.index, "a changed text") == "s"
    found.append(Source(id="t", title="T"), texts={"t": "Another text."})
    assert source_of_text(found.index, "Another text.") == "t"
    with pytest.raises(NotFound, match=r"say which: --text SOURCE=FILE \(s, t\)"):
        source_of_text(found.index, "a changed text")


def test_no_source_has_a_hash() -> None:
    """Where no source has a hash, the source must be named."""
    bare = Ledger.create("memory:", origin="x", clock=lambda: AT, entropy=entropy)
    with pytest.raises(NotFound, match="none has a hash"):
        source_of_text(bare.index, TEXT)
