"""`factledger diff`, `vintages` and `why --steps`: what changed, in the world or in the ledger."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click import unstyle

from cli_tools import run, small_ledger
from factledger import (
    Citation,
    Correct,
    Dispute,
    Event,
    Ledger,
    Participant,
    Retract,
    Source,
    State,
    Withdraw,
)
from factledger.output.formats.differences import difference_object

PAGE = [Citation(source="letter", locator="l. 1")]


def told_ledger(folder: Path) -> Ledger:
    """Return the small ledger with a correction, a dispute, a retraction, a withdrawal, an erasure.

    #13 is a letter, #14 corrects the visit, #15 disputes the office, #16 is a relationship, #17
    takes the calls back, #18 withdraws the gazette, #19 erases #12.
    """
    ledger = small_ledger(folder)
    visit = Event(
        type="CONSULT",
        mode="visit",
        when="2023-03-22",
        participants=[
            Participant(role="actor", actor="JPN"),
            Participant(role="recipient", actor="UKR"),
        ],
        citations=PAGE,
    )
    relationship = State(
        type="relationship-level",
        value="partnership",
        since="2022",
        until="..",
        participants=[Participant(role="party", actor=name) for name in ("JPN", "UKR")],
        citations=PAGE,
    )
    ledger.append(
        Source(id="letter", title="A letter", published="2024-11-20"),
        Correct(target=9, reason="misdated", record=visit, note="the day after"),
        Dispute(target=10, citations=PAGE),
        relationship,
        Retract(target=11, reason="counted twice"),
    )
    ledger.append(Withdraw(source="gazette", reason="printed in error"))
    ledger.redact(12, reason="asked for", authority="the editor")
    return ledger


def said(ledger: Ledger, *words: str) -> str:
    """Return what a command says of a ledger, in which nothing goes wrong."""
    found = run(*words, "-l", ledger.address)
    assert (found.code, found.err) == (0, "")
    return found.out


# --- diff

DIFF = """\
What changed from 2022-06-30 (end of 2022-06) to 2023-04-30 (end of 2023-04), recorded from #12 to #19

The world changed
  happened          Prime Minister of Japan visited Ukraine · 2023-03-21 · #9 visit · gazette:28-57 · from 2023-03-21

We learnt
  now definite      The relationship between Japan and Ukraine is a partnership · since 2022 · #16 · letter, l. 1

We corrected
  gone              7 times: Japan spoke by telephone with Ukraine · since 2022, until 2024 · counts 7, itemised here: none · #11 calls · gazette:229-273
                    #17 takes back #11: counted twice
  replaced          Japan visited Ukraine · 2023-03-22 · #14 · letter, l. 1
                    before: Prime Minister of Japan visited Ukraine · 2023-03-21 · #9 visit · gazette:28-57
                    #14 corrects #9, misdated: the day after

A source was withdrawn
  gone              Ito Aiko is Foreign Minister of Japan · start unknown · #10 minister · gazette:275-316
                    #15 disputes #10, citing letter
                    #18 source gazette is withdrawn: printed in error

Erased
  redacted          #12 was redacted by #19 on 2024-12-01: asked for (the editor)

before: valid 2022-06-30 (end of 2022-06) · recorded up to #12 of 2024-12-01T09:00:00.000000Z · published at any time · head ef833ababfe4626f
after:  valid 2023-04-30 (end of 2023-04) · recorded up to #19 of 2024-12-01T09:00:00.000000Z · published at any time · head e3fdb4647f6589c4
why one of these: factledger why 9
"""
WHOLE = ("diff", "2022-06", "2023-04", "--recorded", "12..19")


def test_difference_reads_in_groups_with_reasons(tmp_path: Path) -> None:
    """The world, what was learnt, corrected, withdrawn and erased, each with what changed it."""
    assert said(told_ledger(tmp_path), *WHOLE) == DIFF


def test_no_meaning_is_in_the_colour_alone(tmp_path: Path) -> None:
    """In colour the same words are said."""
    ledger = told_ledger(tmp_path)
    coloured = run(*WHOLE, "-l", ledger.address, env={"FORCE_COLOR": "1"}).out
    assert coloured != DIFF
    assert unstyle(coloured) == DIFF


def test_difference_of_what_was_known_going_back(tmp_path: Path) -> None:
    """Seen backwards the groups say so, and what counts no longer is not published yet."""
    ledger = told_ledger(tmp_path)
    back = said(ledger, "diff", "2023-04-01", "2022-04-01", "--published", "2024-12..2023")
    assert back.splitlines()[:7] == [
        "What changed from 2023-04-01 to 2022-04-01, published from 2024-12-31 to 2023-12-31",
        "",
        "The world changed, going back",
        "  became possible   The relationship between Japan and Ukraine is a partnership · since 2022 · #16 · letter, l. 1 · was definite · from 2022-12-31",
        "  not yet           Japan visited Ukraine · 2023-03-22 · #14 · letter, l. 1 · was definite · from 2023-03-22",
        "",
        "We learnt, going back",
    ]
    assert "                    not published by then: letter\n" in back
    there = said(ledger, "diff", "2023-04-01", "--published", "2023..2024-12")
    assert "We learnt\n" in there
    assert "                    published by then: letter\n" in there
    since = said(ledger, "diff", "2023-04-01", "--published", "2023..2024-12", "--recorded", "13")
    assert "published from 2023-12-31 to 2024-12-31\n" in since
    again = said(ledger, "diff", "2023-04-01", "--recorded", "19..16")
    assert "A source was withdrawn, going back\n  now possible      Ito Aiko" in again


def test_difference_of_a_relationship_or_an_actor(tmp_path: Path) -> None:
    """What is asked about is named, and nothing else is told."""
    ledger = told_ledger(tmp_path)
    pair = said(ledger, *WHOLE, "--between", "JPN", "UKR")
    assert pair.startswith(DIFF.splitlines()[0] + " for Japan and Ukraine\n")
    assert "A source was withdrawn" not in pair
    assert "A source was withdrawn" in said(ledger, *WHOLE, "--actor", "ito-aiko")


def test_nothing_differs(tmp_path: Path) -> None:
    """Where nothing differs that is said, and the exit code is 0 also when it is asked for."""
    ledger = small_ledger(tmp_path)
    words = ("diff", "2023-04-01", "2023-04-02")
    assert said(ledger, *words, "--exit-code").splitlines()[:2] == [
        "What changed from 2023-04-01 to 2023-04-02",
        "Nothing differs.",
    ]
    differing = run("diff", "2022-01-01", "2023-04-01", "--exit-code", "-l", ledger.address)
    assert (differing.code, differing.err) == (1, "")
    assert "The world changed" in differing.out
    assert run("diff", "2022-01-01", "2023-04-01", "-l", ledger.address).code == 0


def test_json_of_a_difference(tmp_path: Path) -> None:
    """The object has both places, and each group of steps with the standing on both sides."""
    ledger = told_ledger(tmp_path)
    found = json.loads(said(ledger, *WHOLE, "--format", "json"))
    assert list(found) == [
        "before", "after", "world", "learnt", "corrected", "withdrawn", "erased", "redacted",
    ]  # fmt: skip
    assert found["before"] == {
        "valid": "2022-06-30",
        "recorded": {"entry": 12, "at": "2024-12-01T09:00:00.000000Z"},
        "published": None,
        "head": ledger.entry(12).hash,
    }
    taken, replaced = found["corrected"]
    assert list(replaced) == ["kind", "leg", "day", "by", "sources", "before", "after"]
    assert replaced["by"] == [{"entry": 14, "kind": "correct", "reason": "misdated"}]
    assert (replaced["before"]["entry"], replaced["after"]["entry"]) == (9, 14)
    assert (taken["kind"], taken["after"]) == ("gone", None)
    assert found["world"][0]["day"] == "2023-03-21"
    assert [r["entry"] for r in found["redacted"]] == [12]
    python = ledger.difference(("2022-06", 12), ("2023-04", 19))
    assert difference_object(python) == found


def test_csv_of_a_difference(tmp_path: Path) -> None:
    """Each step is a row, with the standing before and after it."""
    text = said(told_ledger(tmp_path), *WHOLE, "--format", "csv")
    header, *rows = csv.reader(io.StringIO(text))
    steps = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(s["group"], s["kind"], s["day"], s["by"], s["reason"]) for s in steps] == [
        ("world", "happened", "2023-03-21", "9", ""),
        ("learnt", "now definite", "", "16", ""),
        ("corrected", "gone", "", "17", "counted twice"),
        ("corrected", "replaced", "", "14", "misdated"),
        ("withdrawn", "gone", "", "15; 18", "printed in error"),
    ]
    assert steps[3]["before_when"] == "2023-03-21"
    assert steps[3]["after_sentence"] == "Japan visited Ukraine"
    assert steps[1]["before_sentence"] == ""


MISUSES: list[tuple[list[str], str]] = [
    (["2023"], "one date and one state of knowledge give one answer; add a second date, or "
     "--recorded A..B, or --published A..B"),
    (["2023", "--recorded", "3..3"], "one date and one state of knowledge give one answer"),
    (["2023", "--recorded", "3.."], "'3..' lacks an end: write both, as in A..B"),
    (["2023", "--recorded", "3..then"], "'then' is neither an entry nor an instant"),
    (["2023", "2024", "--between", "A", "B", "--actor", "C"], "--between and --actor ask two questions"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "fault"), MISUSES, ids=[" ".join(w) for w, _ in MISUSES])
def test_misuse_is_told_in_a_line(words: list[str], fault: str, tmp_path: Path) -> None:
    """What cannot be compared is misuse, with what to write instead."""
    ledger = small_ledger(tmp_path)
    found = run("diff", *words, "-l", ledger.address)
    assert (found.code, found.out) == (2, "")
    assert fault in found.err
    assert found.err.count("\n") == 1


# --- vintages

VINTAGES = """\
From #12 of 2024-12-01T09:00:00.000000Z
  possible   Ito Aiko is Foreign Minister of Japan · start unknown · #10 minister · gazette:275-316

From #17 of 2024-12-01T09:00:00.000000Z
  possible   Ito Aiko is Foreign Minister of Japan · start unknown · #10 minister · gazette:275-316 · contested by #15

From #18 of 2024-12-01T09:00:00.000000Z
  unknown
"""
MINISTER = ("vintages", "2023-04-01", "--post", "jpn-foreign-minister")


def test_vintages_tell_what_was_answered_and_from_when_on(tmp_path: Path) -> None:
    """Each answer stands below the entry from which on it was given."""
    assert said(told_ledger(tmp_path), *MINISTER) == VINTAGES


def test_no_vintage_is_told_too(tmp_path: Path) -> None:
    """Where the ledger never had an answer, that is the answer."""
    words = ("vintages", "1900", "--between", "JPN", "UKR")
    told = said(small_ledger(tmp_path), *words)
    assert told == "At no time had the ledger an answer about 1900.\n"


def test_vintages_for_programs(tmp_path: Path) -> None:
    """In JSON a vintage is its entry and its standings; in CSV each standing is a row."""
    ledger = told_ledger(tmp_path)
    found = json.loads(said(ledger, *MINISTER, "--format", "json"))
    assert [(v["recorded"]["entry"], len(v["standings"])) for v in found] == [
        (12, 1),
        (17, 1),
        (18, 0),
    ]
    rows = list(csv.reader(io.StringIO(said(ledger, *MINISTER, "--format", "csv"))))
    assert [row[0] for row in rows] == ["recorded", "12", "17", "18"]
    assert rows[0][2:4] == ["entry", "label"]
    assert rows[3][2:] == [""] * (len(rows[0]) - 2)


@pytest.mark.parametrize("words", [[], ["--between", "A", "B", "--post", "C"]])
def test_vintages_are_of_one_question(words: list[str]) -> None:
    """What is asked about the date must be said, and once."""
    found = run("vintages", "2023", *words)
    assert found.code == 2
    assert "give --between A B, or --actor A, or --post POST" in found.err


# --- why, step by step


def test_why_tells_the_steps_to_a_standing(tmp_path: Path) -> None:
    """Each entry that changed how a claim stood on the date, with how it stood before and after."""
    ledger = told_ledger(tmp_path)
    told = said(ledger, "why", "10", "--asof", "2023-04-01", "--steps", "9")
    assert told.partition("Step by step\n")[2] == (
        "  #10 Ito Aiko is Foreign Minister of Japan\n"
        "    nothing → possible: Ito Aiko is Foreign Minister of Japan\n"
        "  #15 disputes #10, citing letter\n"
        "    possible → possible, contested by #15: Ito Aiko is Foreign Minister of Japan\n"
        "  #18 source gazette is withdrawn: printed in error\n"
        "    possible, contested by #15 → nothing: Ito Aiko is Foreign Minister of Japan\n"
    )
    last = said(ledger, "why", "14", "--asof", "2023-04-01", "--steps", "1")
    assert last.endswith(
        "Step by step, the last 1 of 2\n"
        "  #14 corrects #9, misdated: the day after\n"
        "    definite → definite, replaced: Japan visited Ukraine\n"
    )
    assert "Step by step" not in said(ledger, "why", "3", "--asof", "2023-04-01", "--steps", "1")


def test_steps_of_what_was_erased_name_the_erasing(tmp_path: Path) -> None:
    """Of a correction that was erased, only the erasing is left to tell of."""
    ledger = told_ledger(tmp_path)
    (order,) = ledger.redact(16, reason="asked for", authority="the editor")
    told = said(ledger, "why", "16", "--asof", "2023-04-01", "--steps", "3")
    assert "redacted" in told
    assert order.number == 20


def test_steps_lead_to_a_date() -> None:
    """Steps without a date lead nowhere."""
    found = run("why", "3", "--steps", "1")
    assert found.code == 2
    assert "--steps needs --asof DATE" in found.err
