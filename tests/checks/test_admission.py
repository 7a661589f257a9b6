"""What it takes to enter the log: references resolved, texts proved, nothing twice, all or none."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from cli_tools import AT, entropy
from factledger import (
    Actor,
    Citation,
    Correct,
    Event,
    Header,
    Identify,
    Ledger,
    Participant,
    Refused,
    Retract,
    Source,
)
from factledger.citations.proving import text_hash
from factledger.intake.drafts import parse_drafts
from factledger.log.stores import create_store
from factledger.records.vocabulary import NEWEST

TEXT = "The envoys met in Aville on 3 May 2020."
LOCATED = [Citation(source="s", locator="p. 1")]


def ledger() -> Ledger:
    """Return a ledger with a source (#2), two actors (#3, #4) and an event (#5) labelled talk."""
    found = Ledger.create("memory:", origin="x", clock=lambda: AT, entropy=entropy)
    found.append(
        Source(id="s", title="S"),
        Actor(id="AAA", category="country", names=["Aland"]),
        Actor(id="BBB", category="country", names=["Bland"]),
        talk(label="talk"),
        texts={"s": TEXT},
    )
    return found


def talk(**more: Any) -> Event:
    """Return an event that the source tells of."""
    who = [Participant(role="actor", actor="AAA")]
    given = {"type": "CONSULT", "when": "2020", "participants": who, "citations": LOCATED, **more}
    return Event(**given)


def draft(**fields: Any) -> dict[str, Any]:
    """Return the table of an event, as a draft writes it."""
    return {
        "kind": "event", "type": "CONSULT", "actor": "AAA", "when": "2020-05-03", "source": "s",
        "quote": "met in Aville on 3 May 2020", **fields,
    }  # fmt: skip


def refusal(found: Ledger, *records: Any, **options: Any) -> list[str]:
    """Return the problems for which an append is refused; nothing is written."""
    before = len(found)
    with pytest.raises(Refused) as refused:
        found.append(*records, **options)
    assert len(found) == before
    return list(map(str, refused.value.problems))


@pytest.mark.parametrize("reference", ["talk", "#5", "5", 5])
def test_entry_is_named_by_label_or_number(reference: object) -> None:
    """A target is a label, `#5`, `5` or the number itself."""
    [entry] = ledger().append({"kind": "retract", "target": reference, "reason": "r"})
    assert entry.record == Retract(target=5, reason="r")


def test_label_means_the_claim_that_stands_now() -> None:
    """A label means the first reading with it of the claim that has it now, whatever corrected it."""
    found = ledger()
    found.append(Correct(target=5, reason="misdated", record=talk(label="talk", when="2019")))
    assert found.append({"kind": "retract", "target": "talk", "reason": "r"})[0].record == Retract(
        target=5, reason="r"
    )
    assert found.belief().live(6) is None
    assert refusal(found, {"kind": "retract", "target": "talk", "reason": "again"}) == [
        "record 1: target-live: #6 was already retracted by #7; name the entry that stands now"
    ]


def test_later_records_of_a_batch_refer_to_earlier_ones() -> None:
    """A label is known from the record on that carries it, also in lists."""
    found = ledger()
    entries = found.append(
        draft(label="first"),
        {"kind": "identify", "claims": ["first", "#5"], "verdict": "unsure", "reason": "r"},
        {
            "kind": "assessment", "type": "causal", "source": "s", "locator": "p. 1", "when": "2020",
            "about": [{"role": "cause", "target": "first"}],
        },
        texts={"s": TEXT},
    )  # fmt: skip
    assert isinstance(entries[1].record, Identify)
    assert entries[1].record.claims == (6, 5)
    assert entries[2].record.about[0].target == 6  # type: ignore[union-attr]


def test_label_that_nothing_has() -> None:
    """An unknown label is refused, with a way to name the entry where no label is near."""
    assert refusal(ledger(), {"kind": "retract", "target": "quux", "reason": "r"}) == [
        "record 1: target-exists: no claim has the label 'quux'; write its label or #N"
    ]


def test_quote_is_proved_and_placed() -> None:
    """A quote gets its place in the text that is given."""
    [entry] = ledger().append(draft(), texts={"s": TEXT})
    [citation] = entry.record.citations  # type: ignore[union-attr]
    assert citation == Citation(source="s", start=11, end=38, quote="met in Aville on 3 May 2020")


def test_record_given_in_python_is_proved_too() -> None:
    """A citation of a record in Python is proved like that of a draft, also inside a correction."""
    found = ledger()
    quoting = talk(citations=[Citation(source="s", quote="in Aville on 3 May 2020")])
    [entry] = found.append(quoting, texts={"s": TEXT})
    assert entry.record.citations[0].start == 15  # type: ignore[union-attr]
    correct = Correct(
        target=5, reason="misread", record=talk(when="2020-05", citations=quoting.citations)
    )
    [entry] = found.append(correct, texts={"s": TEXT})
    assert entry.record.record.citations[0].start == 15  # type: ignore[union-attr]


def test_source_gets_the_hash_of_its_text() -> None:
    """A source whose text is given is recorded with its hash; another stated one is refused."""
    found = ledger()
    [entry] = found.append(Source(id="t", title="T"), texts={"t": "A text."})
    assert entry.record.sha256 == text_hash("A text.")  # type: ignore[union-attr]
    stated = Source(id="u", title="U", sha256="00" * 32)
    [problem] = refusal(found, stated, texts={"u": "A text."})
    assert problem.startswith("record 1: source-text: the text of source 'u' has the SHA-256 ")


def test_text_of_another_hash_proves_nothing() -> None:
    """A citation is not looked for in a text that is not the one that was cited."""
    assert refusal(ledger(), draft(), texts={"s": TEXT + " More."}) == [
        "record 1: source-text: the text given for source 's' does not have its SHA-256; "
        "give the text that was cited"
    ]


def test_unproved_citation_is_kept_as_given() -> None:
    """With `unproved` a quote is taken without its text; a text that is given still proves."""
    found = ledger()
    [entry] = found.append(draft(quote="never seen"), unproved=True)
    assert entry.record.citations[0].start is None  # type: ignore[union-attr]
    [problem] = refusal(found, draft(quote="not there"), unproved=True, texts={"s": TEXT})
    assert problem.startswith("record 1: quote-found")


def test_same_record_again_is_the_same_entry() -> None:
    """A record that stands already is not written again, whatever its label."""
    found = ledger()
    assert [e.number for e in found.append(talk(), talk(label="other"))] == [5, 5]
    header = Header(format=1, vocabulary=NEWEST, origin="x")
    assert found.append(header)[0].number == 1
    assert len(found) == 5


def test_a_ledger_is_not_begun_with_a_vocabulary_that_is_not_known() -> None:
    """Who reads it would have no types for it."""
    empty = Ledger(create_store("memory:"))
    [problem] = refusal(empty, Header(format=1, vocabulary=NEWEST + 1, origin="x"))
    assert problem == (
        f"record 1: ledger-first: vocabulary {NEWEST + 1} is not known; the newest is {NEWEST}"
    )
    assert len(empty) == 0


def test_record_that_was_taken_back_is_written_again() -> None:
    """What was retracted, or overruled by a later word on the same pair, is said anew."""
    found = ledger()
    found.append(Retract(target=5, reason="r"))
    assert found.append(talk())[0].number == 7
    same, apart = (
        Identify(actors=["AAA", "BBB"], verdict=verdict, reason="r")
        for verdict in ("same", "different")
    )
    numbers = [found.append(word)[0].number for word in (same, same, apart, same)]
    assert numbers == [8, 8, 9, 10]


def test_all_problems_of_a_batch_are_told() -> None:
    """Later records keep their numbers when an earlier one is refused; every problem is told."""
    problems = refusal(
        ledger(),
        draft(actor="AAC"),
        draft(label="second", quote="in Aville on 3 May 2020"),
        {"kind": "retract", "target": "second", "reason": "r"},
        {"kind": "retract", "target": "#9", "reason": "r"},
        {"kind": "evnt"},
        texts={"s": TEXT},
    )
    assert problems == [
        "record 1: actor-declared: unknown actor 'AAC'; did you mean 'AAA'?",
        "record 4: target-exists: there is no entry #9 before this one; the newest is #8",
        "record 5: record-form: kind: unknown kind 'evnt'; did you mean 'event'?",
    ]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (draft(citations=5), "record-form: citations[1]: wanted an object of source, start, end, quote, sealed, prefix, suffix, locator, found 5"),
        ({"kind": "withdraw", "citations": 5}, "record-form: citations: wanted a list, found 5"),
        ({"kind": "event", "citations": [{"source": 5}]}, "record-form: citations[0].source: wanted text, found 5"),
        ({"kind": "assessment", "about": [5]}, "record-form: about[0]: wanted an object of role, target, found 5"),
        ({"kind": "correct", "target": 5, "reason": "misread", "record": 5},
         "record-form: record: wanted an object, found 5"),
        (draft(value=2**60), "record-form: value: wanted text, found 1152921504606846976"),
        (draft(text="\ud800"), "record-form: lone surrogate '\\ud800' in a text"),
    ],
)  # fmt: skip
def test_bad_form_is_refused_without_a_traceback(body: dict[str, Any], problem: str) -> None:
    """Whatever a program writes, its form is refused in words."""
    assert f"record 1: {problem}" in refusal(ledger(), body, texts={"s": TEXT})


def test_drafts_are_left_as_they_were() -> None:
    """A trial resolves labels in a copy: the same draft can be appended afterwards."""
    found = ledger()
    table: dict[str, Any] = {
        "kind": "correct", "target": "talk", "reason": "refined",
        "record": {
            "kind": "assessment", "type": "causal", "when": "2020", "source": "s", "locator": "p. 1",
            "about": [{"role": "cause", "target": "talk"}],
        },
    }  # fmt: skip
    before = deepcopy(table)
    found.try_append(table)
    assert table == before


def test_draft_that_is_no_object_is_refused() -> None:
    """A record of a draft that is a number or a list has no form at all."""
    problems = refusal(ledger(), *parse_drafts(b'[{"kind": "ledger"}, 5]', "d", Path()))
    assert problems[-1] == "d: record 2: record-form: record: wanted an object, found 5"


def test_a_record_that_no_line_can_hold_is_refused_with_its_length() -> None:
    """A record is refused before it is written where its line would be longer than a line can be."""
    found = Ledger.create("memory:", origin="o")
    with pytest.raises(Refused, match=r"record-form: 1,048,\d+ bytes, and a record has at most"):
        found.append(Source(id="s", title="t" * 2**20))
