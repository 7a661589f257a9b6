"""`factledger diff`: what changed, in the world or in the ledger."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click import unstyle

from cli_tools import output_of, run, small_ledger, told_ledger

DIFF = """\
What changed from 30 June 2022 (end of June 2022) to 30 April 2023 (end of April 2023), recorded from #12 to #19

The world changed
  happened          The Prime Minister of Japan visited Ukraine · 21 March 2023 · #9 visit · gazette:28-57 · from 21 March 2023

We learnt
  now definite      The relationship between Japan and Ukraine is a partnership · since 2022 · #16 · letter, l. 1

We corrected
  gone              Japan spoke by telephone with Ukraine 7 times · since 2022, until 2024 · counts 7, itemised here: none · #11 calls · gazette:229-273
                    #17 takes back #11: counted twice
  replaced          Japan visited Ukraine · 22 March 2023 · #14 · letter, l. 1
                    before: The Prime Minister of Japan visited Ukraine · 21 March 2023 · #9 visit · gazette:28-57
                    #14 corrects #9, misdated: the day after

A source was withdrawn
  gone              Ito Aiko is Foreign Minister of Japan · start unknown · #10 minister · gazette:275-316
                    #15 disputes #10, citing letter
                    #18 source gazette is withdrawn: printed in error

Erased
  redacted          #12 was redacted by #19 on 2024-12-01: asked for (the editor)

before: valid 2022-06-30 (end of 2022-06) · recorded up to #12 of 2024-12-01T09:00:00.000000Z · published at any time · head 750edb4c769eff6f
after:  valid 2023-04-30 (end of 2023-04) · recorded up to #19 of 2024-12-01T09:00:00.000000Z · published at any time · head b5832d839c0fe6f7
why one of these: factledger why 9
"""
WHOLE = ("diff", "2022-06", "2023-04", "--recorded", "12..19")


def test_difference_reads_in_groups_with_reasons(tmp_path: Path) -> None:
    """The world, what was learnt, corrected, withdrawn and erased, each with what changed it."""
    assert output_of(told_ledger(tmp_path), *WHOLE, "--long") == DIFF


READ = """\
What happened
  21 March 2023: The Prime Minister of Japan visited Ukraine [1]

We learnt
  The relationship between Japan and Ukraine has been a partnership since 2022 [2]

We corrected
  gone: Possibly by then, Japan spoke by telephone with Ukraine 7 times, 2022 to 2024 [1]
      by #17 takes back #11: counted twice
  replaced: Japan visited Ukraine, 22 March 2023 [2]
      before: The Prime Minister of Japan visited Ukraine · 21 March 2023 · #9 visit · gazette:28-57
      by #14 corrects #9, misdated: the day after

A source was withdrawn
  gone: Possibly, Ito Aiko is Foreign Minister of Japan [1]
      by #15 disputes #10, citing letter
      by #18 source gazette is withdrawn: printed in error

Erased
  redacted   #12 was redacted by #19 on 2024-12-01: asked for (the editor)

[1] The Gazette, November 2024
[2] A letter, 20 November 2024
before: valid 2022-06-30"""


def test_difference_reads_as_an_editor_prints_it(tmp_path: Path) -> None:
    """What happened comes first, by date; then what was learnt, corrected, withdrawn and erased."""
    ledger = told_ledger(tmp_path)
    said = output_of(ledger, *WHOLE)
    assert said.partition("\n\n")[2].startswith(READ)
    refs = output_of(ledger, *WHOLE, "--refs").splitlines()
    assert refs[refs.index("We learnt") + 2] == "      #16 · letter, l. 1"


def test_what_only_aged_is_a_number(tmp_path: Path) -> None:
    """It is listed where it is asked for."""
    ledger = small_ledger(tmp_path)
    words = ("diff", "2014-06-01", "2022-12-31")
    said = output_of(ledger, *words)
    assert "\n1 line only aged: --aged\n" in said
    aged = output_of(ledger, *words, "--aged")
    assert "\nOnly aged\n  became definite: Japan sanctioned Russia, 2014 or 2022 [1]\n" in aged
    assert "--aged" not in aged


def test_no_meaning_is_in_the_colour_alone(tmp_path: Path) -> None:
    """In colour the same words are said."""
    ledger = told_ledger(tmp_path)
    coloured = run(*WHOLE, "--long", "-l", ledger.address, env={"FORCE_COLOR": "1"}).out
    assert coloured != DIFF
    assert unstyle(coloured) == DIFF


def test_difference_of_what_was_known_going_back(tmp_path: Path) -> None:
    """Seen backwards the groups say so, and what counts no longer is not published yet."""
    ledger = told_ledger(tmp_path)
    back = output_of(
        ledger, "diff", "--long", "2023-04-01", "2022-04-01", "--published", "2024-12..2023"
    )
    assert back.splitlines()[:7] == [
        "What changed from 1 April 2023 to 1 April 2022, published from 31 December 2024 to 31 December 2023",
        "",
        "The world changed, going back",
        "  became possible   The relationship between Japan and Ukraine is a partnership · since 2022 · #16 · letter, l. 1 · was definite · from 31 December 2022",
        "  not yet           Japan visited Ukraine · 22 March 2023 · #14 · letter, l. 1 · was definite · from 22 March 2023",
        "",
        "We learnt, going back",
    ]
    assert "                    not published by then: letter\n" in back
    there = output_of(ledger, "diff", "--long", "2023-04-01", "--published", "2023..2024-12")
    assert "We learnt\n" in there
    assert "                    published by then: letter\n" in there
    since = output_of(
        ledger, "diff", "--long", "2023-04-01", "--published", "2023..2024-12", "--recorded", "13"
    )
    assert "published from 31 December 2023 to 31 December 2024\n" in since
    again = output_of(ledger, "diff", "--long", "2023-04-01", "--recorded", "19..16")
    assert "A source was withdrawn, going back\n  now contested     Ito Aiko" in again


def test_difference_of_a_relationship_or_an_actor(tmp_path: Path) -> None:
    """What is asked about is named, and nothing else is told."""
    ledger = told_ledger(tmp_path)
    pair = output_of(ledger, *WHOLE, "--between", "JPN", "UKR")
    assert pair.startswith(DIFF.splitlines()[0] + " for Japan and Ukraine\n")
    assert "A source was withdrawn" not in pair
    assert "A source was withdrawn" in output_of(ledger, *WHOLE, "--actor", "ito-aiko")


def test_nothing_differs(tmp_path: Path) -> None:
    """Where nothing differs that is said, and the exit code is 0 also when it is asked for."""
    ledger = small_ledger(tmp_path)
    words = ("diff", "2023-04-01", "2023-04-02")
    assert output_of(ledger, *words, "--exit-code").splitlines()[:2] == [
        "What changed from 1 April 2023 to 2 April 2023",
        "Nothing differs.",
    ]
    assert "\nNothing differs.\n" in output_of(ledger, *words, "--long")
    differing = run("diff", "2022-01-01", "2023-04-01", "--exit-code", "-l", ledger.address)
    assert (differing.code, differing.err) == (1, "")
    assert "What happened" in differing.out
    assert run("diff", "2022-01-01", "2023-04-01", "-l", ledger.address).code == 0


def test_json_of_a_difference(tmp_path: Path) -> None:
    """The object has both places, and each group of steps with the standing on both sides."""
    ledger = told_ledger(tmp_path)
    found = json.loads(output_of(ledger, *WHOLE, "--format", "json"))
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
    assert python.to_dict() == found


def test_csv_of_a_difference(tmp_path: Path) -> None:
    """Each step is a row, with the standing before and after it."""
    text = output_of(told_ledger(tmp_path), *WHOLE, "--format", "csv")
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
