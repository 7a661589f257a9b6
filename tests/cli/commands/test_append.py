"""`factledger append`: drafts into the ledger, and what is said of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_tools import busy_ledger, inside, run, small_ledger

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


def test_dry_run_tells_what_append_tells(tmp_path: Path) -> None:
    """What a correction keeps, and every other note, is told before anything is written."""
    with busy_ledger(tmp_path):
        pass
    visit = {
        "kind": "event", "type": "CONSULT", "mode": "visit", "when": "2023-03-21",
        "actor": "jpn-prime-minister", "recipient": "UKR", "source": "letter", "locator": "l. 1",
    }  # fmt: skip
    draft = json.dumps({"kind": "correct", "target": 9, "reason": "misread", "record": visit})
    with inside(tmp_path):
        (tmp_path / "draft.json").write_text(draft)
        tried = run("append", "draft.json", "--dry-run", "--unproved")
        assert "note: #26 corrects the claim #9" in tried.err
        assert "keeps" in tried.err
        refused = run("append", "draft.json", "-", "--dry-run", stdin=b'{"kind": "x"}')
        assert "note:" not in refused.err
        assert run("append", "draft.json", "--unproved").err == tried.err


def test_json_tells_what_became_of_each_record(tmp_path: Path) -> None:
    """Which are new and which stood, with the numbers and addresses of their entries; a trial as well."""
    small_ledger(tmp_path).close()
    other = VISIT.replace("second-visit", "third-visit").replace("page 3", "page 4")
    with inside(tmp_path):
        run("append", "-", stdin=VISIT.encode())
        words = ("append", "-", "--format", "json")
        tried = json.loads(run(*words, "--dry-run", stdin=(VISIT + other).encode()).out)
        said = json.loads(run(*words, stdin=(VISIT + other).encode()).out)
        address = run("show", "14").out.splitlines()[1].split()[1]
    assert (tried.pop("written"), said.pop("written")) == (False, True)
    assert tried["records"] == said["records"]
    assert [(r["record"], r["entry"], r["new"], r["kind"], r["name"]) for r in said["records"]] == [
        (1, 13, False, "event", "second-visit"), (2, 14, True, "event", "third-visit")
    ]  # fmt: skip
    assert said["records"][1]["address"] == address
    assert (said["notes"], tried["head"] == said["head"]) == ([], False)


def test_json_tells_all_that_is_wrong(tmp_path: Path) -> None:
    """Form, names and quotes of all records at once, each with its record, field and suggestion."""
    small_ledger(tmp_path).close()
    bad = (
        '{"kind": "event", "type": "CONSLT", "actor": "JPX", "when": "2023-13", "source": "gazete", '
        '"locator": "p. 1", "participnats": []}\n'
        '{"kind": "event", "type": "CONSULT", "actor": "JPN", "when": "2023", "source": "gazette", '
        '"quote": "never said"}\n'
        "{}\n"
    )
    with inside(tmp_path):
        said = run("append", "-", "--text", "gazette=gazette.txt", "-f", "json", stdin=bad.encode())
        unread = run("append", "nowhere.toml", "-f", "json")
    assert (said.code, said.err, unread.code) == (1, "", 1)
    found = json.loads(said.out)
    assert not found["written"]
    told = [(p["record"], p["check"], p["field"], p["suggestion"]) for p in found["problems"]]
    assert told == [
        (1, "record-form", "when", None),
        (1, "record-form", "participnats", "participants"),
        (1, "type-declared", None, "CONSULT"),
        (1, "actor-declared", None, "JPN"),
        (1, "source-declared", None, "gazette"),
        (2, "quote-found", None, None),
        (3, "record-form", "kind", "note"),
    ]
    assert found["problems"][0]["where"] == "<stdin>:1"
    [problem] = json.loads(unread.out)["problems"]
    assert (problem["record"], problem["where"]) == (None, "nowhere.toml")
