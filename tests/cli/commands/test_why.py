"""`factledger why`: what a claim rests on, what was done to it, and how it stands."""

from __future__ import annotations

import json
from pathlib import Path

from cli_tools import AT, busy_ledger, entropy, output_of, run, small_ledger, told_ledger
from factledger import (
    Actor,
    Citation,
    Event,
    Identify,
    Ledger,
    Participant,
    Source,
    State,
)
from factledger.output.formats.differences import account_object

WHY = """\
#16 correct visit, recorded 2024-12-01T09:00:00.000000Z
  corrects #9, misdated: The Prime Minister of Japan visited Ukraine
  CONSULT/visit, asserted, actual
  actor: Prime Minister of Japan (jpn-prime-minister) of Japan
  recipient: Ukraine (UKR)
  when: 22 March 2023

Inferred, not said
  when: from the day before (said: 'yesterday')

Said in
  letter, l. 1: A letter

Later entries about it
  #18 of 2024-12-01 backs #16, citing letter: in other words
  #19 of 2024-12-01 disputes #16, citing letter
  #21 of 2024-12-01 #16 and #12 are perhaps the same, perhaps not: told together

Readings of the claim
  #9 event: stands
  #16 correct: has no ground
Said about the claim
  #18 corroborate: has no ground
  #19 dispute: has no ground
  #21 identify: counts

How it stands
  on no date: every source of it was withdrawn, and #9 stands again
"""


def test_why_tells_the_history_of_a_claim(tmp_path: Path) -> None:
    """The claim, its inferences, its sources and what later entries did to it."""
    busy_ledger(tmp_path).close()
    assert run("why", "visit", "-l", str(tmp_path)).out == WHY


def test_why_tells_the_turns_of_a_claim_and_of_what_it_begins(tmp_path: Path) -> None:
    """Each day on which a standing turns is told, also of a state that follows from the event."""
    small_ledger(tmp_path).close()
    said = run("why", "12", "--asof", "2023-04-01", "-l", str(tmp_path)).out
    assert said.partition("How it stands\n")[2] == (
        "  Japan sanctioned Russia (said by 1 publisher: The Gazette)\n"
        "    from 1 January 2014: possible\n"
        "    from 31 December 2022: definite\n"
        "  Japan has sanctions against Russia (follows from #12; said by 1 publisher: The Gazette)\n"
        "    from 1 January 2014: possible\n"
        "    from 31 December 2022: presumed\n"
        "\n"
        "On 1 April 2023\n"
        "  definite · Japan sanctioned Russia · 2014 or 2022\n"
        "  presumed · Japan has sanctions against Russia · as last said for 31 December 2022\n"
    )


def test_why_of_contradicting_and_of_joined_claims(tmp_path: Path) -> None:
    """Rivals are named with the days on which they contest, and claims that are one with their names."""
    ledger = Ledger.create(tmp_path, origin="x", clock=lambda: AT, entropy=entropy)
    parties = [Participant(role="party", actor=actor) for actor in ("AAA", "BBB")]
    sources = [Source(id=i, title=i, publisher=f"{i} press", published="2020") for i in ("a", "b")]

    def level(source: str, value: str, since: str = "2019") -> State:
        return State(
            type="relationship-level", value=value, since=since, until="..", participants=parties,
            citations=[Citation(source=source, locator="p. 1")],
        )  # fmt: skip

    ledger.append(
        *sources,
        *(Actor(id=i, category="country", names=[i]) for i in ("AAA", "BBB")),
        level("a", "partnership"),
        level("b", "partnership"),
        level("b", "rivalry", ".."),
        Event(
            type="relationship-upgrade",
            value="alliance",
            when="2020",
            participants=parties,
            citations=[Citation(source="a", locator="p. 9")],
        ),
        level("b", "alliance", "2020"),
        Identify(claims=[6, 7], verdict="same", reason="one treaty"),
    )
    said = run("why", "6", "--asof", "2019-12-31", "-l", str(tmp_path)).out
    assert "(the same as #7; said by 2 publishers: a press, b press)" in said
    assert "from 31 December 2019: contested by #8" in said
    assert said.endswith("· since 2019 · contested by #8\n")
    assert "from the beginning: definite" in run("why", "8", "-l", str(tmp_path)).out
    assert "began with #9" in run("why", "10", "-l", str(tmp_path)).out


def test_why_of_a_retracted_claim_names_the_retraction(tmp_path: Path) -> None:
    """A claim that was taken back stands on no date, and the entry that took it back is named."""
    busy_ledger(tmp_path).close()
    said = run("why", "11", "-l", str(tmp_path)).out
    assert said.endswith("How it stands\n  on no date: #23 takes back #11: counted twice\n")


def test_why_of_what_is_no_claim(tmp_path: Path) -> None:
    """A declaration has its history and no standing; what quotes shows its words."""
    busy_ledger(tmp_path).close()
    actor = run("why", "3", "-l", str(tmp_path)).out
    assert "How it stands" not in actor
    office = run("why", "10", "-l", str(tmp_path)).out
    assert '    "Ito Aiko is the Foreign Minister of Japan"\n' in office
    assert "  since: unknown\n" in office


def test_why_tells_the_steps_to_a_standing(tmp_path: Path) -> None:
    """Each entry that changed how a claim stood on the date, with how it stood before and after."""
    ledger = told_ledger(tmp_path)
    told = output_of(ledger, "why", "10", "--asof", "2023-04-01", "--steps", "9")
    assert told.partition("Step by step\n")[2] == (
        "  #10 Ito Aiko is Foreign Minister of Japan\n"
        "    nothing → possible: Ito Aiko is Foreign Minister of Japan\n"
        "  #15 disputes #10, citing letter\n"
        "    possible → contested by #15: Ito Aiko is Foreign Minister of Japan\n"
        "  #18 source gazette is withdrawn: printed in error\n"
        "    contested by #15 → nothing: Ito Aiko is Foreign Minister of Japan\n"
    )
    last = output_of(ledger, "why", "14", "--asof", "2023-04-01", "--steps", "1")
    assert last.endswith(
        "Step by step, the last 1 of 2\n"
        "  #14 corrects #9, misdated: the day after\n"
        "    definite → definite, replaced: Japan visited Ukraine\n"
    )
    assert "Step by step" not in output_of(
        ledger, "why", "3", "--asof", "2023-04-01", "--steps", "1"
    )


def test_steps_of_what_was_erased_name_the_erasing(tmp_path: Path) -> None:
    """Of a correction that was erased, only the erasing is left to tell of."""
    ledger = told_ledger(tmp_path)
    (order,) = ledger.redact(16, reason="asked for", authority="the editor")
    told = output_of(ledger, "why", "16", "--asof", "2023-04-01", "--steps", "3")
    assert "redacted" in told
    assert order.number == 20


def test_steps_lead_to_a_date() -> None:
    """Steps without a date lead nowhere."""
    found = run("why", "3", "--steps", "1")
    assert found.code == 2
    assert "--steps needs --asof DATE" in found.err


def test_why_lists_the_readings_of_a_corrected_claim(tmp_path: Path) -> None:
    """A correction says what it keeps when it is appended, and why lists the readings."""
    draft = tmp_path / "draft.toml"
    draft.write_text(
        'default_source = "s"\n[[source]]\nid = "s"\ntitle = "S"\npublished = "2022"\n'
        '[[actor]]\nid = "a"\ncategory = "person"\nnames = ["A"]\n'
        '[[actor]]\nid = "p"\ncategory = "post"\nnames = ["P"]\nof = "a"\n'
        '[[state]]\nlabel = "o"\ntype = "office"\nholder = "a"\npost = "p"\nsince = "2010"\n'
        'until = ".."\nlocator = "p. 1"\n[[close]]\ntarget = "o"\nuntil = "2012"\nlocator = "p. 2"\n'
        '[[correct]]\ntarget = "o"\nreason = "misread"\n[correct.change]\nsince = 2009-01-01\n',
        encoding="utf-8",
    )
    run("init", str(tmp_path / "led"))
    appended = run("append", str(draft), "-l", str(tmp_path / "led"))
    assert "note: #7 corrects the claim #5: keeps #6 close" in appended.err
    assert "#7 correct: stands, changes since" in run("why", "o", "-l", str(tmp_path / "led")).out


def test_why_in_json_is_one_object(tmp_path: Path) -> None:
    """The record, its chain with what became of each entry, the quotes, the turns, and how it stood."""
    with busy_ledger(tmp_path) as ledger:
        account = account_object(ledger.entry(9), ledger.belief(), ledger.changes(entry=9))
    found = json.loads(run("why", "9", "-l", str(tmp_path), "--format", "json").out)
    assert found == account
    assert found["record"]["kind"] == "event"
    assert [(t["entry"], t["state"]) for t in found["readings"]] == [
        (9, "stands"), (16, "has no ground"),
    ]  # fmt: skip
    assert {t["kind"] for t in found["said"]} == {"corroborate", "dispute", "identify"}
    assert found["citations"][0]["source"] == found["record"]["citations"][0]["source"]
    assert {t["entry"] for t in found["turns"]} == {9}
    assert (found["valid"], found["standings"], found["steps"]) == (None, None, None)
    then = ("--asof", "2023-04-01", "--steps", "1", "-f", "json")
    dated = json.loads(run("why", "9", "-l", str(tmp_path), *then).out)
    assert dated["valid"] == "2023-04-01"
    assert dated["standings"][0]["entry"] == 9
    assert len(dated["steps"]) == 1


def test_why_in_json_of_what_is_no_claim(tmp_path: Path) -> None:
    """A declaration has no readings; what holds from the beginning turns on no day."""
    busy_ledger(tmp_path).close()
    actor = json.loads(run("why", "3", "-l", str(tmp_path), "-f", "json").out)
    assert (actor["readings"], actor["said"], actor["turns"]) == ([], [], [])
    days = [
        turn["day"]
        for n in range(9, 16)
        for turn in json.loads(run("why", str(n), "-l", str(tmp_path), "-f", "json").out)["turns"]
    ]
    assert None in days
