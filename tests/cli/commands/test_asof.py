"""`factledger asof`: the view as text and in machine formats, and why one is empty."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import attrs
import pytest

from cli_tools import AT, GAZETTE, ROOT, entropy, inside, run, small_ledger, told_ledger
from factledger import (
    Actor,
    Assessment,
    Citation,
    Close,
    Corroborate,
    Dispute,
    Event,
    Identify,
    Ledger,
    Participant,
    Source,
    State,
    Tally,
)
from factledger.dates.wording import languages
from factledger.output.formats.views import STANDING_HEAD
from factledger.records.claims import Count
from factledger.views.plain.objects import view_object

VIEW = """\
What stood on 30 April 2023 (end of April 2023)

Offices
  possible   Ito Aiko is Foreign Minister of Japan · start unknown · #10 minister · gazette:275-316

Sanctions
  definite   Japan sanctioned Russia · 2014 or 2022 · #12 sanctions · gazette, page 2
  presumed   Japan has sanctions against Russia · as last said for 31 December 2022 · follows from #12 · gazette, page 2

Contacts
  possible   Japan spoke by telephone with Ukraine 7 times · since 2022, until 2024 · counts 7, itemised here: none · #11 calls · gazette:229-273
  definite   The Prime Minister of Japan visited Ukraine · 21 March 2023 · #9 visit · gazette:28-57

valid 2023-04-30 (end of 2023-04) · recorded up to #12 of 2024-12-01T09:00:00.000000Z · published at any time · head HEAD
why one of these: factledger why 10
"""
KEYS = [
    "entry", "label", "shape", "group", "type", "mode", "value", "count", "status", "polarity",
    "modality", "attributed_to", "told_to", "told_when", "hedge", "condition", "sentence", "participants", "contexts", "when", "since",
    "until", "end_planned", "attested", "because", "also", "alone", "contested_by", "differs", "support",
    "publishers", "inferred", "citations",
]  # fmt: skip


def asof(ledger: Ledger, *words: str) -> str:
    """Return what `asof` says of a ledger, its head made readable."""
    said = run("asof", *words, "--long", "-l", ledger.address)
    assert (said.code, said.err) == (0, "")
    return said.out.replace(f"head {ledger.head[:16]}", "head HEAD")


def test_view_reads_in_groups_of_sentences(tmp_path: Path) -> None:
    """Each line has the status in words, the sentence, its dates, the entry and where it is said."""
    assert asof(small_ledger(tmp_path), "2023-04") == VIEW


def test_json_has_exactly_the_keys_that_are_promised(tmp_path: Path) -> None:
    """The object and each standing have the documented keys, in their order, and no others."""
    ledger = small_ledger(tmp_path)
    view = json.loads(asof(ledger, "2023-04-01", "--published", "2024-12", "--format", "json"))
    assert list(view) == ["valid", "recorded", "published", "head", "standings", "redacted"]
    assert view["recorded"] == {"entry": 12, "at": "2024-12-01T09:00:00.000000Z"}
    assert (view["valid"], view["published"], view["head"]) == (
        "2023-04-01",
        "2024-12-31",
        ledger.head,
    )
    assert all(list(standing) == KEYS for standing in view["standings"])
    assert [s["entry"] for s in view["standings"]] == [10, 12, 12, 11, 9]


def test_json_of_an_event_and_of_a_state(tmp_path: Path) -> None:
    """What is absent is null; an end is `..` where it is open and the empty text where it is unknown."""
    view = json.loads(asof(small_ledger(tmp_path), "2023-04-01", "--format", "json"))
    office, *_, visit = view["standings"]
    assert visit == {
        "entry": 9,
        "label": "visit",
        "shape": "event",
        "group": "contacts",
        "type": "CONSULT",
        "mode": "visit",
        "value": None,
        "count": None,
        "status": "definite",
        "polarity": "asserted",
        "modality": "actual",
        "attributed_to": [],
        "told_to": [],
        "told_when": None,
        "hedge": None,
        "condition": None,
        "sentence": "The Prime Minister of Japan visited Ukraine",
        "participants": [
            {
                "role": "actor",
                "actor": "jpn-prime-minister",
                "name": "Prime Minister of Japan",
                "of": "JPN",
                "of_name": "Japan",
                "as_said": None,
            },
            {
                "role": "recipient",
                "actor": "UKR",
                "name": "Ukraine",
                "of": None,
                "of_name": None,
                "as_said": None,
            },
        ],
        "contexts": [],
        "when": "2023-03-21",
        "since": None,
        "until": None,
        "end_planned": False,
        "attested": None,
        "because": None,
        "also": [],
        "alone": "definite",
        "contested_by": [],
        "differs": [],
        "support": 1,
        "publishers": visit["publishers"],
        "inferred": [],
        "citations": [
            {
                "source": "gazette",
                "start": 28,
                "end": 57,
                "sealed": None,
                "quote": GAZETTE[28:57],
                "locator": None,
                "publisher": visit["citations"][0]["publisher"],
                "published": visit["citations"][0]["published"],
                "hedge": None,
            }
        ],
    }
    assert (office["when"], office["since"], office["until"]) == (None, "", "..")


def test_json_of_a_derived_and_presumed_state(tmp_path: Path) -> None:
    """A state that an event began names it, and the last day for which it is attested."""
    view = json.loads(asof(small_ledger(tmp_path), "2023-04-01", "--format", "json"))
    derived = view["standings"][2]
    assert (derived["because"], derived["attested"], derived["label"]) == (12, "2022-12-31", None)


def test_json_can_be_had_in_python(tmp_path: Path) -> None:
    """The object of a view is that of the command line."""
    ledger = small_ledger(tmp_path)
    printed = json.loads(asof(ledger, "2023-04-01", "--format", "json"))
    assert view_object(ledger.as_of("2023-04-01")) == printed


def test_json_lines_hold_one_standing_each(tmp_path: Path) -> None:
    """The lines of `jsonl` are the standings of `json`."""
    ledger = small_ledger(tmp_path)
    lines = asof(ledger, "2023-04-01", "--format", "jsonl").splitlines()
    view = json.loads(asof(ledger, "2023-04-01", "--format", "json"))
    assert [json.loads(line) for line in lines] == view["standings"]


def test_csv_is_flat_and_runs_no_formula(tmp_path: Path) -> None:
    """A cell that a spreadsheet would run as a formula is defused; several values share a cell."""
    ledger = small_ledger(tmp_path)
    ledger.append(
        Event(
            type="CONSULT",
            text="=HYPERLINK(1)",
            when="2023",
            participants=[Participant(role="actor", actor="JPN")],
            citations=[Citation(source="gazette", locator="page 3")],
        )
    )
    rows = list(csv.DictReader(io.StringIO(asof(ledger, "2024-01-01", "-f", "csv"))))
    assert tuple(rows[0]) == STANDING_HEAD
    assert set(rows[0]) - {"quotes"} == set(KEYS) - {"count", "contexts"}
    assert rows[-2]["sentence"] == "'=HYPERLINK(1)"
    assert rows[-1]["participants"] == "actor:jpn-prime-minister; recipient:UKR"


def test_tab_separated_rows_have_no_header(tmp_path: Path) -> None:
    """`tsv` is one row a standing, with full dates, for the tools of a pipe."""
    rows = asof(small_ledger(tmp_path), "2023-04-01", "--format", "tsv").splitlines()
    assert rows[-1].split("\t")[:6] == ["9", "visit", "event", "CONSULT", "visit", "definite"]


@pytest.mark.parametrize(
    ("words", "entries"),
    [
        (["--between", "JPN", "UKR"], [11, 9]),
        (["--actor", "RUS"], [12, 12]),
        (["--recorded", "10"], [10, 9]),
        (["--recorded", "#10"], [10, 9]),
        (["--recorded", "2024-11-30"], []),
        (["--published", "2024-11-15"], [10, 12, 12, 11, 9]),
        (["--all", "--actor", "ito-aiko"], [10]),
    ],
)
def test_options_narrow_the_view(tmp_path: Path, words: list[str], entries: list[int]) -> None:
    """Each option asks about a part, or as of less knowledge."""
    said = asof(small_ledger(tmp_path), "2023-04-01", "--format", "json", *words)
    assert [s["entry"] for s in json.loads(said)["standings"]] == entries


def test_all_shows_what_is_over_or_to_come(tmp_path: Path) -> None:
    """With `--all` a view also has what is not yet, and says so."""
    ledger = small_ledger(tmp_path)
    assert "not-yet" not in asof(ledger, "2010")
    assert "  not-yet    The Prime Minister of Japan visited Ukraine" in asof(
        ledger, "2010", "--all"
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ["2023-04-01", "--published", "2023-04-01"],
            "No source in this ledger was published by 1 April 2023; the first is gazette, of November 2024.",
        ),
        (
            ["2023-04-01", "--recorded", "8"],
            "Nothing was recorded by then: the first claim is #9 of 2024-12-01.",
        ),
        (["2023-04-01", "--between", "UKR", "RUS"], "No claim between Ukraine and Russia."),
        (["2023-04-01", "--actor", "stranger"], "No claim in which A stranger takes part."),
        (
            ["2010", "--between", "JPN", "UKR"],
            "Nothing stood on that date (2 not yet); --all shows them.",
        ),
    ],
)
def test_empty_view_says_why(tmp_path: Path, words: list[str], why: str) -> None:
    """Where nothing is shown, the cut that leaves nothing is named."""
    ledger = small_ledger(tmp_path)
    ledger.append(Actor(id="stranger", category="person", names=["A stranger"]))
    assert asof(ledger, *words).splitlines()[1] == why


def test_empty_ledger_says_so(tmp_path: Path) -> None:
    """A ledger without claims says how to add some."""
    with Ledger.create(tmp_path, origin="empty") as ledger:
        said = asof(ledger, "2023")
    assert said.splitlines()[1] == "The ledger holds no claim yet; 'factledger append' adds some."


def told(folder: Path) -> Ledger:
    """Return a ledger of two undated and three dated sources, to be told of a person."""
    ledger = Ledger.create(folder, origin="told", clock=lambda: AT, entropy=entropy)
    ledger.append(
        Source(id="a", title="A", publisher="P", published="2020"),
        Source(id="b", title="B", publisher="Q", published="2021"),
        Source(id="undated", title="U"),
        Actor(id="AAA", category="country", names=["Aland"]),
        Actor(id="BBB", category="country", names=["Bland"]),
    )
    return ledger


def level(source: str, value: str, **more: object) -> State:
    """Return the level of the relationship between the two countries, as a source has it."""
    parties = [Participant(role="party", actor=actor) for actor in ("AAA", "BBB")]
    fields: dict[str, object] = {"since": "2019", "until": "..", **more}
    return State(
        type="relationship-level",
        value=value,
        participants=parties,
        citations=[Citation(source=source, locator="p. 1")],
        **fields,  # type: ignore[arg-type]
    )


def test_contradiction_is_marked_on_both_sides(tmp_path: Path) -> None:
    """Two claims that contradict one another each name the other, and the view asks why."""
    ledger = told(tmp_path)
    ledger.append(level("a", "strategic partnership"), level("b", "rivalry"))
    said = asof(ledger, "2019-12-31")
    assert "strategic partnership · since 2019 · #7 · a, p. 1 · contested by #8" in said
    assert "rivalry · since 2019 · #8 · b, p. 1 · contested by #7" in said
    assert said.endswith("why one of these: factledger why 7\n")


def test_support_and_identity_are_told(tmp_path: Path) -> None:
    """What independent publishers say twice is one standing with two sources."""
    ledger = told(tmp_path)
    ledger.append(level("a", "partnership", label="level"), level("b", "partnership"))
    ledger.append(Identify(claims=[7, 8], verdict="same", reason="both tell of one treaty"))
    assert "#7 level (also #8) · a, p. 1, b, p. 1 · 2 sources" in asof(ledger, "2020-06-01")


def test_end_that_came_later_is_told(tmp_path: Path) -> None:
    """A state that was closed shows its end, and one that a source only reports names who said so."""
    ledger = told(tmp_path)
    ledger.append(
        level("a", "partnership", attributed_to=["AAA"]),
        Close(target=7, until="[2020..2021]", citations=[Citation(source="b", locator="p. 2")]),
    )
    assert "since 2019, until some time between 2020 and 2021 · #7 · a, p. 1" in asof(
        ledger, "2019-12-31"
    )


def test_state_that_an_event_explains_names_it(tmp_path: Path) -> None:
    """A stated state whose start an event gives says with which entry it began."""
    ledger = told(tmp_path)
    parties = [Participant(role="party", actor=actor) for actor in ("AAA", "BBB")]
    upgrade = Event(
        type="relationship-upgrade",
        value="partnership",
        when="2019-05",
        participants=parties,
        citations=[Citation(source="a", locator="p. 1")],
    )
    ledger.append(upgrade, level("b", "partnership"))
    assert "#8, began with #7" in asof(ledger, "2020-06-01")


def test_withdrawn_claims_leave_an_empty_view(tmp_path: Path) -> None:
    """Where all claims were taken back, the view says that none is left."""
    from factledger import Retract

    ledger = told(tmp_path)
    ledger.append(level("a", "partnership"), Retract(target=7, reason="misread"))
    assert asof(ledger, "2020").splitlines()[1].startswith("No claim is left: all were retracted")


def test_published_cut_that_leaves_sources_without_claims(tmp_path: Path) -> None:
    """Where sources were published but none that a claim cites, that is said."""
    ledger = told(tmp_path)
    ledger.append(level("b", "partnership"))
    said = asof(ledger, "2020", "--published", "2020-06-30")
    assert said.splitlines()[1] == "No claim has a source that was published by 30 June 2020."


def test_only_judgements_leave_an_empty_view(tmp_path: Path) -> None:
    """Judgements stay out of a view unless they are asked for, and what ended is counted."""
    ledger = told(tmp_path)
    ledger.append(
        Assessment(
            type="evaluative", when="2019", citations=[Citation(source="a", locator="p. 1")]
        ),
        level("a", "partnership", until="2019-06"),
    )
    assert asof(ledger, "2020-12").splitlines()[1] == (
        "Nothing stood on that date (1 ended, 1 assessment); --all shows them."
    )
    assert "Assessments\n  definite   A judgement is passed" in asof(ledger, "2020-12", "--all")


def test_contacts_are_counted_beside_the_sources_count(tmp_path: Path) -> None:
    """What is itemised and what a source counts stand side by side and are never added."""
    ledger = told(tmp_path)
    who = [Participant(role="actor", actor="AAA"), Participant(role="recipient", actor="BBB")]
    cited = [Citation(source="b", locator="p. 1")]
    ledger.append(
        Event(type="CONSULT", mode="phone", when="2020-01-05", participants=who, citations=cited),
        Event(type="CONSULT", mode="phone", when="2020~", participants=who, citations=cited),
        Event(type="CONSULT", mode="phone", when="2020-03", participants=who, citations=cited,
              polarity="denied"),
        Event(type="CONSULT", mode="phone", when="2020-04", participants=who, citations=cited,
              modality="planned"),
        Event(type="CONSULT", when="2020", participants=who, citations=cited),
        Tally(type="CONSULT", mode="phone", count=Count(lower=2, upper=4), since="2019",
              until="2020", participants=who, citations=cited),
        Tally(type="CONSULT", mode="visit", count=Count(lower=0, upper=0), since="2019",
              until="2020", participants=who, citations=cited),
        Event(type="CONSULT", mode="phone", when="2018-12", participants=who, citations=cited),
    )  # fmt: skip
    said = asof(ledger, "2020-12-31").splitlines()

    (calls,) = (line for line in said if "· #12 ·" in line)
    assert "counts 2 to 4, itemised here: #8, #7" in calls
    (visits,) = (line for line in said if "· #13 ·" in line)
    assert "itemised" not in visits


def test_corroboration_and_dispute_show(tmp_path: Path) -> None:
    """Another source for a claim is counted, one against it contests it."""
    ledger = told(tmp_path)
    ledger.append(
        level("a", "partnership"),
        Corroborate(target=7, citations=[Citation(source="b", locator="p. 2")]),
        Dispute(target=7, citations=[Citation(source="b", locator="p. 3")]),
    )
    assert "2 sources · contested by #9" in asof(ledger, "2020-06-01")


def test_hidden_characters_are_made_visible(tmp_path: Path) -> None:
    """What a ledger holds cannot act on a terminal: its control characters are shown as escapes."""
    ledger = told(tmp_path)
    with inside(tmp_path):
        ledger.append(level("a", "partnership", text="plain \N{SNOWMAN}"))
        assert "plain ☃" in asof(ledger, "2020-06-01")


def test_every_key_is_explained() -> None:
    """The page of the reference names each key of the object, in its order."""
    page = (ROOT / "docs/reference/asof-json.md").read_text(encoding="utf-8")
    cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = [word.strip(" `") for cell in cells for word in cell.split(",")]
    assert named == ["valid", "recorded", "published", "head", "standings", "redacted", *KEYS]


def test_entries_that_a_standing_speaks_for_are_in_every_format(tmp_path: Path) -> None:
    """A claim that two entries tell is one standing; text and machine formats name the other entry."""
    ledger = small_ledger(tmp_path)
    told = ledger.entry(10).record
    assert isinstance(told, State)
    second = attrs.evolve(told, label="again", text="He is the minister.")
    ledger.append(
        second,
        Identify(claims=[10, 13], verdict="same", reason="one office"),
        texts={"gazette": GAZETTE},
    )
    assert "#13 again (also #10)" in asof(ledger, "2023-04-01")
    view = json.loads(asof(ledger, "2023-04-01", "--format", "json"))
    assert [s["also"] for s in view["standings"] if s["entry"] == 13] == [[10]]
    for words in (("asof", "2023-04-01"), ("timeline",), ("vintages", "2023-04-01", "--actor", "JPN"), ("diff", "2023-04-01", "2023-04-01", "--recorded", "9..14")):  # fmt: skip
        flat = run(*words, "-l", ledger.address, "--format", "csv").out
        rows = list(csv.DictReader(flat.splitlines()))
        name = "after_" if words[0] == "diff" else ""
        assert "10" in {r[f"{name}also"] for r in rows if r[f"{name}entry"] == "13"}, words
        whole = run(*words, "-l", ledger.address, "--format", "json").out
        assert re.search(r'"also": \[\s*10\s*\]', whole), words


# --- as a reader reads it

DIGEST = """\
What stood on 30 April 2023 (end of April 2023), from 1 source

Sanctions
  Japan has had sanctions against Russia since 2014 or 2022, as last said then [1]
  Japan sanctioned Russia, 2014 or 2022 [1]

Contacts
  Possibly by then, Japan spoke by telephone with Ukraine 7 times, 2022 to 2024 [1]
  The Prime Minister of Japan visited Ukraine, 21 March 2023 [1]

1 more is possible and has no known beginning or end: --possible
[1] The Gazette, November 2024
valid 2023-04-30 (end of 2023-04) · recorded up to #12 of 2024-12-01T09:00:00.000000Z · published at any time · head HEAD
entries and places: --refs; every line: --long; why: factledger why 10
"""


def digest(ledger: Ledger, *words: str) -> str:
    """Return what `asof` says of a ledger to a reader, its head made readable."""
    said = run("asof", *words, "-l", ledger.address)
    assert (said.code, said.err) == (0, "")
    return said.out.replace(f"head {ledger.head[:16]}", "head HEAD")


def test_view_reads_as_an_editor_prints_it(tmp_path: Path) -> None:
    """Certain lines bear no word, dates are words, sources numbers, and what is vague is counted."""
    assert digest(small_ledger(tmp_path), "2023-04") == DIGEST


def test_view_lists_what_is_vague_where_asked(tmp_path: Path) -> None:
    """With --possible it has a section of its own, and nothing is counted."""
    said = digest(small_ledger(tmp_path), "2023-04", "--possible")
    assert (
        "Possible, with no known beginning or end\n  Foreign Minister of Japan: possibly Ito Aiko [1]\n"
        in said
    )
    assert "--possible" not in said


def test_view_has_entries_and_places_where_asked(tmp_path: Path) -> None:
    """With --refs each line has them below it."""
    said = digest(small_ledger(tmp_path), "2023-04", "--refs", "--type", "CONSULT/visit")
    assert said.splitlines()[3:5] == [
        "  The Prime Minister of Japan visited Ukraine, 21 March 2023 [1]",
        "      #9 visit · gazette:28-57",
    ]


def test_view_tells_disputes_first_and_what_was_erased_last(tmp_path: Path) -> None:
    """Below what is in dispute stands the other side; what was erased is told as not known."""
    ledger = told_ledger(tmp_path)
    said = digest(ledger, "2024-12", "--recorded", "15")
    assert said.splitlines()[0].endswith(" · 1 in dispute")
    assert said.splitlines()[2:5] == [
        "In dispute",
        "  Ito Aiko is Foreign Minister of Japan, as last said in November 2024 [1]",
        "    but: another source disputes it [2]",
    ]
    assert "\nNot known any more\n  redacted   #12 was redacted by #19" in digest(ledger, "2024-12")


def test_view_takes_names_for_ids(tmp_path: Path) -> None:
    """A name of one actor stands for its id."""
    ledger = small_ledger(tmp_path)
    named = digest(ledger, "2023-04", "--between", "japan", "Ukraine")
    assert named == digest(ledger, "2023-04", "--between", "JPN", "UKR")
    assert named.startswith("Japan and Ukraine on 30 April 2023")


def test_part_of_a_view_can_be_nothing(tmp_path: Path) -> None:
    """Where nothing of what is wanted stands, that is said, and nothing else is advised."""
    said = digest(small_ledger(tmp_path), "2023-04", "--group", "aid")
    assert said.splitlines()[1] == "Nothing of aid stood on that date."
    assert "factledger why" not in said


def test_date_before_our_era_is_no_option(tmp_path: Path) -> None:
    """It needs no `--` before it, and is told as a year BCE."""
    address = small_ledger(tmp_path).address
    for date in ("-0043-03-15", "\N{MINUS SIGN}0043-03-15"):
        assert run("asof", date, "-l", address).out.startswith("What stood on 15 March 44 BCE\n")
    said = run("diff", "-0043", "2023", "--published", "-0001..2024", "-l", address).out
    assert said.startswith(
        "What changed from 31 December 44 BCE (end of 44 BCE) to 31 December 2023"
    )


def test_dates_are_told_in_the_readers_language(tmp_path: Path) -> None:
    """A variable names it; one that is not there is an error of one line, and does not stay."""
    address = small_ledger(tmp_path).address
    english = Path(languages.__file__).with_name("en.toml").read_text("utf-8")
    (tmp_path / "de.toml").write_text(english.replace('"April"', '"avril"'), "utf-8")
    spoken: dict[str, str | None] = {"FACTLEDGER_LANGUAGE": str(tmp_path / "de.toml")}
    assert "on 30 avril 2023" in run("asof", "2023-04", "-l", address, env=spoken).out
    assert "on 30 April 2023" in run("asof", "2023-04", "-l", address).out
    wrong = run("asof", "2023-04", "-l", address, env={"FACTLEDGER_LANGUAGE": "xx"})
    assert (wrong.code, wrong.err.count("\n")) == (1, 1)
    assert "English is 'en'" in wrong.err


def test_doubt_of_a_draft_is_told(tmp_path: Path) -> None:
    """A hedge in a draft, of a claim or of another source, stands with what it doubts."""
    ledger = small_ledger(tmp_path)
    ledger.close()
    (tmp_path / "doubt.toml").write_text(
        """
source = [{ id = "times", title = "T", publisher = "The Times", published = 2024-12-01 }]
[[event]]
type = "CONSULT"
mode = "meeting"
actor = ["JPN", "RUS"]
when = "2023-02"
hedge = "reportedly"
locator = "p. 1"
[[corroborate]]
target = "visit"
hedge = "probably"
condition = "if the ministry is right"
locator = "p. 2"
[[event]]
type = "CONSULT"
mode = "visit"
actor = "JPN"
recipient = "RUS"
when = "2023-03"
modality = "planned"
condition = "if the talks go on"
attributed_to = ["UKR"]
told_to = ["RUS"]
told_when = 2023-02-01
locator = "p. 3"
""",
        "utf-8",
    )
    assert run("append", str(tmp_path / "doubt.toml"), "-l", str(tmp_path)).code == 0
    said = run("asof", "2023-04", "-l", str(tmp_path)).out
    assert "  Reportedly, Japan and Russia met, February 2023 [" in said
    assert "visited Ukraine, 21 March 2023 [1 2: “if the ministry is right, probably”]" in said
    planned = "Ukraine says to Russia (1 February 2023) that if the talks go on, Japan was to visit Russia"
    said = run("asof", "2023-04", "--long", "-l", str(tmp_path)).out
    assert planned in said
    [number] = re.findall(r"#(\d+)", next(line for line in said.splitlines() if planned in line))
    assert "  told to: Russia\n" in run("why", number, "-l", str(tmp_path)).out
