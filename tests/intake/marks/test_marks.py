"""What was marked elsewhere becomes a claim, a note, or a refusal that is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factledger.citations.folding import Found
from factledger.intake.drafts import parse_drafts
from factledger.intake.marks.drafted import Drafted, drafted
from factledger.intake.marks.mark import MarkedPassage, fields_of_tags, from_utf16, placed
from factledger.intake.marks.web_annotations import web_marks
from factledger.records.vocabulary import shipped

TEXT = (
    "😀 She came.\r\nShe went to Kyiv on 3 May 2023. 外交部长访问了东京。 Then she came, and came."
)


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    """Return the selector of words and of what stands beside them."""
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def hypothesis(*selectors: Any, **fields: Any) -> dict[str, Any]:
    """Return an annotation as Hypothes.is exports it."""
    held = {"source": "https://example.org", "selector": list(selectors)}
    return {"user": "acct:anna@example.org", "text": "", "tags": [], "target": [held], **fields}


def draft(*annotations: Any) -> Drafted:
    """Return the draft of an export of Hypothes.is."""
    document = {"export_userid": "acct:anna", "annotations": list(annotations)}
    return drafted(web_marks(document, "m.json"), TEXT, "s", shipped())


def test_every_mark_is_a_claim_a_note_or_told() -> None:
    """Tags that say type and date make a claim; without them it is a note; what is not there is told."""
    tags = ["type:CONSULT/visit", "when:2023-05-03", "actor:JPN", "recipient:UKR", "read later"]
    done = draft(
        hypothesis(quote("She went to Kyiv on 3 May 2023"), tags=tags, text="a visit\nat last"),
        hypothesis(quote("访问了东京"), tags=["type:CONSULT"], text="who?"),
        hypothesis(quote("She came")),
        hypothesis(quote("She stayed")),
        hypothesis(tags=["note of the page"]),
        hypothesis(quote("came")),
        hypothesis(quote("She wen"), text="cut"),
        hypothesis(quote("访问了"), tags=["type:AGREE", "when:2023", "actor:A", "actor:B"]),
    )
    assert (done.claims, done.notes) == (2, 2)
    assert [f"{p.where} {p.check}" for p in done.refused] == [
        "m.json: mark 4 quote-found", "m.json: mark 5 quote-found", "m.json: mark 6 quote-single",
        "m.json: mark 7 quote-whole",
    ]  # fmt: skip
    found = parse_drafts("\n".join(done.lines).encode(), "d.toml", Path())
    assert [p.body["kind"] for p in found] == ["event", "note", "note", "event"]
    assert found[0].body == {
        "kind": "event", "type": "CONSULT", "mode": "visit", "when": "2023-05-03",
        "participants": [{"role": "actor", "actor": "JPN"}, {"role": "recipient", "actor": "UKR"}],
        "citations": [{"source": "s", "quote": "She went to Kyiv on 3 May 2023"}],
    }  # fmt: skip
    assert found[1].body["text"] == "who?"
    assert [p["actor"] for p in found[3].body["participants"]] == ["A", "B"]
    lines = "\n".join(done.lines)
    assert "# m.json: mark 1, marked by anna\n" in lines
    assert "# a visit at last\n" in lines
    assert '# to do, to make a claim of it: when\n#   type = "CONSULT"\n' in lines
    assert (
        "# m.json: mark 7: not taken: quote-whole: the mark cuts the word 'went'\n#   cut" in lines
    )


@pytest.mark.parametrize(
    ("mark", "place"),
    [
        (MarkedPassage("", "came", prefix="😀 She ", suffix="."), (6, 10)),
        (MarkedPassage("", "came", prefix="Then she "), (65, 69)),
        (MarkedPassage("", "came", hint=7), (6, 10)),  # in UTF-16 the face counts twice
        (MarkedPassage("", "She came.\nShe went"), (2, 21)),
        (MarkedPassage("", "came", hint=8), None),
        (MarkedPassage("", "came", prefix="nowhere", hint=999), None),
    ],
)
def test_a_mark_is_placed_by_its_words_then_by_what_is_beside_then_by_its_hint(
    mark: MarkedPassage, place: tuple[int, int] | None
) -> None:
    """A hint counts in UTF-16, and only where the words stand exactly there."""
    found = placed(mark, TEXT)
    assert ((found.start, found.end) if isinstance(found, Found) else None) == place


def test_words_that_stand_there_twice_are_cited_by_their_offsets() -> None:
    """So that the draft proves what was marked, and nothing else."""
    done = draft(hypothesis(quote("came", "Then she ", ", and")))
    [found] = parse_drafts("\n".join(done.lines).encode(), "d.toml", Path())
    assert found.body["citations"] == [{"source": "s", "start": 65, "end": 69}]
    assert "# came" in done.lines


def test_tags_of_no_field_say_nothing() -> None:
    """Nor do fields without a value; an actor more makes a list."""
    tags = [
        "colour:red",
        "when:",
        "when",
        "actor:A",
        "actor:B",
        "actor:C",
        "when:2020",
        "when:2021",
    ]
    assert fields_of_tags(tags) == {"actor": ["A", "B", "C"], "when": "2021"}
    assert from_utf16("a", 1) == 1
    assert from_utf16("a", 2) is None
