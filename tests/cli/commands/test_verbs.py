"""The other verbs: what each prints, and the code with which it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli_tools import AT, GAZETTE, ROOT, entropy, inside, run, small_ledger
from factledger import (
    Actor,
    Citation,
    Close,
    Correct,
    Corroborate,
    Dispute,
    Event,
    Identify,
    Inferred,
    Ledger,
    Note,
    Participant,
    Redact,
    Retract,
    Source,
    State,
    Type,
    Withdraw,
)

VISIT = """\
[[event]]
label = "second-visit"
type = "CONSULT"
mode = "visit"
actor = "JPN"
recipient = "UKR"
when = "2024"
source = "gazette"
locator = "page 3"
"""


def busy_ledger(folder: Path) -> Ledger:
    """Return a ledger that holds a record of every kind."""
    ledger = small_ledger(folder)
    cited = [Citation(source="letter", locator="l. 1")]
    visit = ledger.entry(9).record
    assert isinstance(visit, Event)
    ledger.append(
        Source(id="letter", title="A letter"),
        Type(id="treaty-talk", shape="event", sentence="{actor} spoke of a treaty"),
        Type(id="bare-talk", shape="event"),
        Correct(
            target=9,
            reason="misdated",
            record=Event(
                type="CONSULT",
                mode="visit",
                label="visit",
                when="2023-03-22",
                participants=visit.participants,
                citations=cited,
                inferred=[
                    Inferred(field="when", reason="from the day before", as_said="yesterday")
                ],
            ),
        ),
        Close(target=10, until="2024", citations=cited),
        Corroborate(target=16, citations=cited, note="in other words"),
        Dispute(target=16, citations=cited),
        Identify(actors=["JPN", "RUS"], verdict="different", reason="two countries"),
        Identify(claims=[16, 12], verdict="unsure", reason="told together"),
        Note(text="No claim: a rhetorical question", citations=cited),
        Retract(target=11, reason="counted twice"),
        Withdraw(source="letter", reason="forged"),
        Redact(target=11, reason="asked for by the person", authority="court order"),
    )
    return ledger


# --- init


def test_init_makes_a_ledger_that_git_leaves_alone(tmp_path: Path) -> None:
    """A new folder has a ledger of one entry, and tells git not to touch its lines."""
    with inside(tmp_path):
        said = run("init", "notes", "--title", "Our notes")
    assert (said.code, said.out) == (0, "made notes, with entry #1\n")
    attributes = (tmp_path / "notes/.gitattributes").read_text()
    assert attributes == "ledger.jsonl* -text merge=binary\n"
    header = Ledger.open(tmp_path / "notes").header
    assert header is not None
    assert (header.origin, header.title) == ("notes", "Our notes")


@pytest.mark.parametrize(
    ("folder", "origin"), [("our notes", "our-notes"), ("日本", "ledger"), ("v1.2_x", "v1.2_x")]
)
def test_init_names_the_origin_after_the_folder(tmp_path: Path, folder: str, origin: str) -> None:
    """What an identifier cannot hold becomes a hyphen; where nothing is left it is `ledger`."""
    run("init", str(tmp_path / folder))
    header = Ledger.open(tmp_path / folder).header
    assert header is not None
    assert header.origin == origin


@pytest.mark.parametrize("verb", ["init", "demo"])
def test_name_of_a_folder_cannot_act_on_the_terminal(tmp_path: Path, verb: str) -> None:
    """What the user named is shown with its control characters as escapes."""
    with inside(tmp_path):
        said = run(verb, "a\x1b[2Jb")
    assert (said.code, "a\\x1b[2Jb" in said.out, "\x1b" in said.out) == (0, True, False)


def test_init_keeps_what_git_attributes_say(tmp_path: Path) -> None:
    """A .gitattributes that is there gains a line, once."""
    (tmp_path / ".gitattributes").write_text("*.png binary\n")
    run("init", str(tmp_path), "--origin", "mine")
    again = "*.png binary\nledger.jsonl* -text merge=binary\n"
    assert (tmp_path / ".gitattributes").read_text() == again


# --- append


def test_append_prints_the_new_numbers(tmp_path: Path) -> None:
    """New entries are told as a run; appending the same again finds them there."""
    ledger = small_ledger(tmp_path)
    (tmp_path / "draft.toml").write_text(VISIT)
    with inside(tmp_path):
        assert run("append", "draft.toml").out == "added #13\n"
        assert run("append", "draft.toml").out == "already there: #13\n"
    ledger.refresh()
    assert len(ledger) == 13


def test_append_takes_several_drafts_as_one_batch(tmp_path: Path) -> None:
    """The records of all files are one batch, in the order of the files; known ones are told apart."""
    ledger = small_ledger(tmp_path)
    (tmp_path / "a.toml").write_text(VISIT)
    (tmp_path / "b.json").write_text('{"kind": "retract", "target": "second-visit", "reason": "x"}')
    with inside(tmp_path):
        assert run("append", "a.toml", "b.json").out == "added #13-#14\n"
    ledger.refresh()
    assert {entry.batch for entry in ledger.entries(13)} == {13}


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    """A trial tells the numbers that the entries would have, and leaves the file as it is."""
    small_ledger(tmp_path).close()
    before = (tmp_path / "ledger.jsonl").read_bytes()
    with inside(tmp_path):
        said = run("append", "-", "--dry-run", stdin=VISIT.encode())
    assert said.out == "would add #13\n"
    assert (tmp_path / "ledger.jsonl").read_bytes() == before


def test_append_reads_standard_input(tmp_path: Path) -> None:
    """A dash is standard input, and its problems have its name and line."""
    small_ledger(tmp_path).close()
    with inside(tmp_path):
        said = run("append", "-", stdin=VISIT.replace("JPN", "JPX").encode())
    assert said.err == "<stdin>:1: actor-declared: unknown actor 'JPX'; did you mean 'JPN'?\n"
    assert said.code == 1


def test_append_tells_what_no_draft_can(tmp_path: Path) -> None:
    """Drafts that cannot be read are all told, before anything is looked at in the ledger."""
    small_ledger(tmp_path).close()
    (tmp_path / "bad.json").write_bytes(b"{")
    with inside(tmp_path):
        said = run("append", "nowhere.toml", "bad.json")
    assert [line.partition(" ")[0] for line in said.err.splitlines()] == [
        "nowhere.toml:",
        "bad.json:1:",
    ]


def test_append_of_an_empty_draft_says_so(tmp_path: Path) -> None:
    """A draft without records is no mistake."""
    small_ledger(tmp_path).close()
    with inside(tmp_path):
        assert run("append", "-", stdin=b"# nothing\n").out == "the drafts hold no record\n"


def test_text_belongs_to_the_only_source_of_the_drafts(tmp_path: Path) -> None:
    """A text without a name is that of the one source that the drafts declare."""
    ledger = small_ledger(tmp_path)
    (tmp_path / "letter.txt").write_text("Dear reader, we met on 3 May 2024.")
    draft = '[[source]]\nid = "letter"\ntitle = "A letter"\n'
    draft += VISIT.replace('"gazette"', '"letter"').replace(
        'locator = "page 3"', 'quote = "we met"'
    )
    with inside(tmp_path):
        said = run("append", "-", "--text", "letter.txt", stdin=draft.encode())
    assert (said.out, said.err) == ("added #13-#14\n", "")
    ledger.refresh()
    assert ledger.entry(14).record.citations[0].start == 13  # type: ignore[union-attr]


def test_unproved_takes_a_quote_without_its_text(tmp_path: Path) -> None:
    """With --unproved a citation is kept as it is given."""
    small_ledger(tmp_path).close()
    draft = VISIT.replace('locator = "page 3"', 'quote = "never seen"')
    with inside(tmp_path):
        assert run("append", "-", "--unproved", stdin=draft.encode()).out == "added #13\n"


@pytest.mark.parametrize("by_number", [True, False])
def test_append_at_the_expected_head(tmp_path: Path, by_number: bool) -> None:
    """The head can be named by its hash or by the number of the last entry."""
    ledger = small_ledger(tmp_path)
    expected = "12" if by_number else ledger.head
    with inside(tmp_path):
        assert run("append", "-", "--expect", expected, stdin=VISIT.encode()).code == 0
        assert run("append", "-", "--expect", expected, stdin=VISIT.encode()).code == 1


# --- log, show


def test_log_tells_every_kind_of_record(tmp_path: Path) -> None:
    """Each entry is one line: number, day, kind, name, and what it says or does."""
    ledger = busy_ledger(tmp_path)
    ledger._kept.store.erase([11])
    said = run("log", "-l", str(tmp_path))
    assert said.out.splitlines() == [
        "#1    2024-12-01  ledger      ledger small: A small ledger",
        "#2    2024-12-01  source      gazette  Two capitals, The Gazette, 2024-11",
        "#3    2024-12-01  actor       JPN  Japan (country)",
        "#4    2024-12-01  actor       UKR  Ukraine (country)",
        "#5    2024-12-01  actor       RUS  Russia (country)",
        "#6    2024-12-01  actor       jpn-prime-minister  Prime Minister of Japan (post of JPN)",
        "#7    2024-12-01  actor       jpn-foreign-minister  Foreign Minister of Japan (post of JPN)",
        "#8    2024-12-01  actor       ito-aiko  Ito Aiko (person)",
        "#9    2024-12-01  event       visit  Prime Minister of Japan visited Ukraine",
        "#10   2024-12-01  state       minister  Ito Aiko is Foreign Minister of Japan",
        "#11   2024-12-01  redacted    its content was erased",
        "#12   2024-12-01  event       sanctions  Japan sanctioned Russia",
        "#13   2024-12-01  source      letter  A letter",
        "#14   2024-12-01  type        treaty-talk  {actor} spoke of a treaty",
        "#15   2024-12-01  type        bare-talk  event",
        "#16   2024-12-01  correct     visit  corrects #9, misdated: Prime Minister of Japan visited Ukraine",
        "#17   2024-12-01  close       ends #10, until 2024",
        "#18   2024-12-01  corroborate backs #16, citing letter: in other words",
        "#19   2024-12-01  dispute     disputes #16, citing letter",
        "#20   2024-12-01  identify    JPN and RUS are different: two countries",
        "#21   2024-12-01  identify    #16 and #12 are perhaps the same, perhaps not: told together",
        "#22   2024-12-01  note        No claim: a rhetorical question",
        "#23   2024-12-01  retract     takes back #11: counted twice",
        "#24   2024-12-01  withdraw    source letter is withdrawn: forged",
        "#25   2024-12-01  redact      erases #11: asked for by the person (court order)",
    ]  # fmt: skip


@pytest.mark.parametrize(("limit", "first"), [("1", 12), ("3", 10), ("99", 1)])
def test_log_limit_keeps_the_newest(tmp_path: Path, limit: str, first: int) -> None:
    """A limit leaves the newest entries, still in the order of the log."""
    small_ledger(tmp_path).close()
    rows = run("log", "--limit", limit, "-f", "tsv", "-l", str(tmp_path)).out.splitlines()
    assert [row.split("\t")[0] for row in rows] == [str(n) for n in range(first, 13)]


def test_machine_formats_of_the_log_say_the_same(tmp_path: Path) -> None:
    """JSON, JSON lines and CSV hold the same entries; a redacted one has no record."""
    ledger = busy_ledger(tmp_path)
    ledger._kept.store.erase([11])
    as_json = json.loads(run("log", "-f", "json", "-l", str(tmp_path)).out)
    as_lines = run("log", "-f", "jsonl", "-l", str(tmp_path)).out.splitlines()
    rows = list(csv.DictReader(io.StringIO(run("log", "-f", "csv", "-l", str(tmp_path)).out)))
    assert [json.loads(line) for line in as_lines] == as_json
    assert as_json[10]["record"] is None
    assert [row["kind"] for row in rows] == [
        (e["record"] or {"kind": "redacted"})["kind"] for e in as_json
    ]
    assert rows[1]["text"] == "Two capitals"
    assert (rows[8]["citations"], rows[11]["citations"]) == ("gazette:28-57", "gazette, page 2")
    assert (rows[15]["target"], rows[15]["type"], rows[15]["when"]) == (
        "9",
        "CONSULT",
        "2023-03-22",
    )


@pytest.mark.parametrize("name", ["9", "#9", "visit"])
def test_show_takes_a_number_or_a_label(tmp_path: Path, name: str) -> None:
    """The whole entry is shown, its parts indented."""
    ledger = small_ledger(tmp_path)
    assert run("show", name, "-l", str(tmp_path)).out == (
        "#9 recorded 2024-12-01T09:00:00.000000Z\n"
        "  batch  #2\n"
        f"  hash   {ledger.entry(9).hash}\n"
        "\n"
        "  kind          event\n"
        "  type          CONSULT\n"
        "  when          2023-03-21\n"
        "  mode          visit\n"
        "  participants\n"
        "    - role   actor\n"
        "      actor  jpn-prime-minister\n"
        "      of     JPN\n"
        "    - role   recipient\n"
        "      actor  UKR\n"
        "  label         visit\n"
        "  citations\n"
        "    - source  gazette\n"
        "      start   28\n"
        "      end     57\n"
        "      quote   visited Kyiv on 21 March 2023\n"
    )


def test_show_of_other_kinds(tmp_path: Path) -> None:
    """A correction shows what it puts in place, a list of words is one line, the erased is gone."""
    ledger = busy_ledger(tmp_path)
    ledger._kept.store.erase([11])
    folder = str(tmp_path)
    assert "  record\n    kind          event\n" in run("show", "16", "-l", folder).out
    assert "  names     Japan\n" in run("show", "3", "-l", folder).out
    gone = "was redacted by #25 on 2024-12-01: asked for by the person (court order)"
    assert run("show", "11", "-l", folder).out.endswith(f"\n\n  {gone}\n")
    assert json.loads(run("show", "11", "-f", "json", "-l", folder).out)["record"] is None


def test_label_that_resembles_none_points_to_the_log(tmp_path: Path) -> None:
    """Where no label is near, the way to find one is told."""
    small_ledger(tmp_path).close()
    said = run("show", "quux", "-l", str(tmp_path))
    assert said.err == "Error: the entry 'quux': not found; 'factledger log' lists the entries\n"


# --- why

WHY = """\
#16 correct visit, recorded 2024-12-01T09:00:00.000000Z
  corrects #9, misdated: Prime Minister of Japan visited Ukraine
  CONSULT/visit, asserted, actual
  actor: Prime Minister of Japan (jpn-prime-minister) of Japan
  recipient: Ukraine (UKR)
  when: 2023-03-22

Inferred, not said
  when: from the day before (said: 'yesterday')

Said in
  letter, l. 1: A letter

Later entries about it
  #18 of 2024-12-01 backs #16, citing letter: in other words
  #19 of 2024-12-01 disputes #16, citing letter
  #21 of 2024-12-01 #16 and #12 are perhaps the same, perhaps not: told together

How it stands
  on no date: every source that says so was withdrawn
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
        "    from 2014-01-01: possible\n"
        "    from 2022-12-31: definite\n"
        "  Japan has sanctions against Russia (follows from #12; said by 1 publisher: The Gazette)\n"
        "    from 2014-01-01: possible\n"
        "    from 2022-12-31: definite\n"
        "    from 2023-01-01: presumed\n"
        "\n"
        "On 2023-04-01\n"
        "  definite · Japan sanctioned Russia · 2014 or 2022\n"
        "  presumed · Japan has sanctions against Russia · last attested 2022-12-31\n"
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
    assert "from 2019-12-31: definite, contested by #8" in said
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


# --- check, verify


def test_check_of_a_sound_ledger_is_silent(tmp_path: Path) -> None:
    """Nothing wrong, nothing said."""
    busy_ledger(tmp_path).close()
    said = run("check", "-l", str(tmp_path))
    assert (said.code, said.out, said.err) == (0, "", "")


def test_check_tells_each_problem_with_its_place(tmp_path: Path) -> None:
    """Each problem is a line that begins with file and line, and the code is 1."""
    ledger = small_ledger(tmp_path)
    ledger._kept.store.erase([11])
    said = run("check", "-l", str(tmp_path))
    place = f"{tmp_path.resolve()}/ledger.jsonl:11"
    reason = "its content is missing, and no redact record says that it was erased"
    assert (said.code, said.out) == (1, f"{place}: redaction: {reason}\n")


def test_unfinished_append_is_noted(tmp_path: Path) -> None:
    """What an append left that never finished is told on standard error; the ledger is sound."""
    small_ledger(tmp_path).close()
    with (tmp_path / "ledger.jsonl").open("ab") as file:
        file.write(b'{"at":"2024')
    for verb in ("check", "verify"):
        said = run(verb, "-l", str(tmp_path))
        assert said.code == 0
        assert "note: 11 bytes of an unfinished append after entry 12, ignored" in said.err


def test_verify_sums_up(tmp_path: Path) -> None:
    """The number of entries and the head say which ledger was verified."""
    ledger = small_ledger(tmp_path)
    said = run("verify", "-l", str(tmp_path))
    assert (said.code, said.out) == (0, f"12 entries verified, head {ledger.head}\n")


def test_verify_proves_citations_against_a_text(tmp_path: Path) -> None:
    """A text proves the citations of its source, which need not be named."""
    small_ledger(tmp_path).close()
    with inside(tmp_path):
        said = run("verify", "--text", "gazette.txt")
    assert said.out.splitlines()[1:] == ["3 citations of gazette proved (3 quoted)"]


def test_verify_of_sealed_citations(tmp_path: Path) -> None:
    """Sealed citations are proved by whoever holds the text; a source without any has none."""
    ledger = Ledger.create(tmp_path, origin="x", clock=lambda: AT, entropy=entropy)
    ledger.append(
        Source(id="gazette", title="G", policy="sealed"),
        Source(id="other", title="O"),
        Actor(id="JPN", category="country", names=["Japan"]),
        Event(
            type="CONSULT", when="2023", participants=[Participant(role="actor", actor="JPN")],
            citations=[Citation(source="gazette", quote="visited Kyiv on 21 March 2023")],
        ),
        texts={"gazette": GAZETTE, "other": "Other."},
    )  # fmt: skip
    (tmp_path / "gazette.txt").write_text(GAZETTE)
    (tmp_path / "other.txt").write_text("Other.")
    with inside(tmp_path):
        said = run("verify", "--text", "gazette.txt", "--text", "other=other.txt")
    assert said.out.splitlines()[1:] == [
        "1 citations of gazette proved (1 sealed)",
        "0 citations of other proved",
    ]


def test_verify_tells_which_citations_a_changed_text_breaks(tmp_path: Path) -> None:
    """A changed text is told by its hash, then each citation that moved or is gone; code 1."""
    small_ledger(tmp_path).close()
    changed = "News. " + GAZETTE.replace("seven times", "eight times")
    (tmp_path / "changed.txt").write_text(changed)
    with inside(tmp_path):
        said = run("verify", "--text", "gazette=changed.txt")
    lines = [line.replace(f"{tmp_path.resolve()}/", "") for line in said.out.splitlines()[1:]]
    assert said.code == 1
    assert lines[0].startswith("source gazette: source-text: the text has the SHA-256 ")
    assert lines[0].endswith("; 0 of 3 citations stand in it at their place")
    assert lines[1:] == [
        "ledger.jsonl:9: citation-proved: gazette: its words moved to 34-63",
        "ledger.jsonl:10: citation-proved: gazette: its words moved to 281-322",
        "ledger.jsonl:11: citation-proved: gazette: 229-273 does not hold the words that were cited",
    ]


def test_verify_of_a_text_that_is_not_the_one_but_holds_all(tmp_path: Path) -> None:
    """A text with another hash in which every passage stands is told, and is no success."""
    small_ledger(tmp_path).close()
    (tmp_path / "longer.txt").write_text(GAZETTE + "An afterword.")
    with inside(tmp_path):
        said = run("verify", "--text", "gazette=longer.txt")
    assert said.code == 1
    assert said.out.splitlines()[1].endswith("; 3 of 3 citations stand in it at their place")


def test_verify_asks_which_source_a_text_is_of(tmp_path: Path) -> None:
    """Where neither hash nor number of sources tells, the sources are listed."""
    ledger = small_ledger(tmp_path)
    ledger.append(Source(id="other", title="O"), texts={"other": "Other."})
    (tmp_path / "stray.txt").write_text("Stray.")
    with inside(tmp_path):
        said = run("verify", "--text", "stray.txt")
    assert said.err == (
        "Error: the source of this text: not found; say which: --text SOURCE=FILE (gazette, other)\n"
    )


# --- export, demo, completion


def test_export_is_the_ledger_byte_for_byte(tmp_path: Path) -> None:
    """The default export is a ledger of its own."""
    busy_ledger(tmp_path).close()
    said = run("export", "-l", str(tmp_path))
    assert said.out.encode() == (tmp_path / "ledger.jsonl").read_bytes()


@pytest.mark.parametrize("form", ["json", "csv"])
def test_export_in_other_formats_is_that_of_the_log(tmp_path: Path, form: str) -> None:
    """JSON and CSV are those of `log`, whole."""
    small_ledger(tmp_path).close()
    exported = run("export", "-f", form, "-l", str(tmp_path)).out
    assert exported == run("log", "-f", form, "-l", str(tmp_path)).out


def test_demo_writes_the_ledger_that_ships(tmp_path: Path) -> None:
    """The demo is found by the next command, and git leaves its lines alone."""
    with inside(tmp_path):
        said = run("demo")
        assert said.out == (
            "wrote ledgers/japan-ukraine: 75 entries; next: factledger asof 2023-04-01\n"
        )
        assert "Fumio Kishida visited Ukraine" in run("asof", "2023-04-01").out
    folder = tmp_path / "ledgers/japan-ukraine"
    assert (folder / ".gitattributes").read_text() == "ledger.jsonl* -text merge=binary\n"


def test_demo_in_a_folder_of_choice_says_how_to_name_it(tmp_path: Path) -> None:
    """Elsewhere the next command has to say where."""
    with inside(tmp_path):
        assert run("demo", "try").out.endswith("next: factledger asof 2023-04-01 -l try\n")


def test_demo_that_cannot_be_written(tmp_path: Path) -> None:
    """Where the disk refuses, that is told."""
    (tmp_path / "file").write_text("")
    with inside(tmp_path):
        said = run("demo", "file/x")
    assert (said.code, said.err) == (
        1,
        "file/x/ledger.jsonl: cannot write: not a directory; nothing was written\n",
    )


def test_demo_is_the_ledger_of_the_article() -> None:
    """What ships is byte for byte the ledger that the project keeps."""
    shipped = ROOT / "src/factledger/demo/ledger.jsonl"
    assert shipped.read_bytes() == (ROOT / "ledgers/japan-ukraine/ledger.jsonl").read_bytes()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_a_shell(shell: str) -> None:
    """Each script asks the command itself what can come next."""
    said = run("completion", shell)
    assert said.code == 0
    assert f"_FACTLEDGER_COMPLETE={shell}_complete" in said.out
