"""`factledger suggest`: a draft of what is likely one thing."""

from __future__ import annotations

import json
from pathlib import Path

from cli_tools import output_of, run, small_ledger
from factledger import Citation, Event, Ledger, Participant, Source

DRAFT = """\
# #9 visit The Prime Minister of Japan visited Ukraine (21 March 2023)
# #14 The Prime Minister of Japan visited Ukraine (March 2023)
[[identify]]
claims = ["#9", "#14"]
verdict = "same"
reason = "The Gazette, November 2024 and The Courier, 2024 tell of the same participants, at times that can be the same"
"""


def told_twice(folder: Path) -> Ledger:
    """Return the small ledger, in which a second newspaper tells of the visit."""
    ledger = small_ledger(folder)
    ledger.append(
        Source(id="courier", title="A visit", publisher="The Courier", published="2024"),
        Event(
            type="CONSULT",
            mode="visit",
            when="2023-03",
            participants=[
                Participant(role="actor", actor="jpn-prime-minister", of="JPN"),
                Participant(role="recipient", actor="UKR"),
            ],
            citations=[Citation(source="courier", locator="p. 1")],
        ),
    )
    return ledger


def test_a_suggestion_is_a_draft(tmp_path: Path) -> None:
    """What is printed can be appended as it stands, and then nothing is left to suggest."""
    ledger = told_twice(tmp_path)
    draft = output_of(ledger, "suggest", "--between", "JPN", "UKR")
    assert draft == DRAFT
    assert run("append", "-", "-l", ledger.address, stdin=draft.encode()).code == 0
    left = output_of(ledger, "suggest")
    assert left == "# No two claims of different publishers are likely one thing.\n"


def test_nothing_is_suggested_of_what_came_later(tmp_path: Path) -> None:
    """As recorded or published before the second newspaper, no two claims are one thing."""
    ledger = told_twice(tmp_path)
    assert output_of(ledger, "suggest", "--recorded", "14") == DRAFT
    for cut in (("--recorded", "13"), ("--published", "2023")):
        assert output_of(ledger, "suggest", *cut).startswith("# No two claims")


def test_suggestions_for_programs(tmp_path: Path) -> None:
    """In JSON a suggestion is its two entries, the reason, and how they stand."""
    (found,) = json.loads(output_of(told_twice(tmp_path), "suggest", "-n", "5", "-f", "json"))
    assert (found["claims"], found["exact"]) == ([9, 14], False)
    assert [standing["entry"] for standing in found["standings"]] == [9, 14]
    assert found["reason"].startswith("The Gazette, November 2024 and The Courier, 2024 tell of")


def test_several_suggestions_are_parted_by_a_blank_line(tmp_path: Path) -> None:
    """Each pair stands below what the two say; `--limit` bounds how many there are."""
    ledger = told_twice(tmp_path)
    third = ledger.entry(14).record
    assert isinstance(third, Event)
    ledger.append(
        Source(id="herald", title="Again", publisher="The Herald", published="2024"),
        Event(
            type=third.type, mode=third.mode, when="2023-03", participants=third.participants,
            citations=[Citation(source="herald", locator="p. 1")],
        ),
    )  # fmt: skip
    whole = output_of(ledger, "suggest")
    assert len(whole.split("\n\n")) == 2
    assert output_of(ledger, "suggest", "--limit", "1") == whole.split("\n\n")[0] + "\n"


def test_what_lies_near_is_told_with_what_it_would_mean(tmp_path: Path) -> None:
    """With `--near` the reason says how many days lie between, and that one thing would be in dispute."""
    ledger = told_twice(tmp_path)
    ledger.append(
        {
            "kind": "correct", "target": 14, "reason": "misdated",
            "record": {"kind": "event", "type": "CONSULT", "mode": "visit", "when": "2023-03-25",
                       "participants": [{"role": "actor", "actor": "jpn-prime-minister", "of": "JPN"},
                                        {"role": "recipient", "actor": "UKR"}],
                       "citations": [{"source": "courier", "locator": "p. 1"}]},
        }
    )  # fmt: skip
    assert output_of(ledger, "suggest").startswith("# No two claims")
    near = output_of(ledger, "suggest", "--near", "4")
    assert near.endswith('4 days apart, so as one thing their dates are in dispute"\n')
    (found,) = json.loads(output_of(ledger, "suggest", "--near", "4", "-f", "json"))
    assert found["apart"] == 4
