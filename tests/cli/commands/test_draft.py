"""`factledger draft`: marks of other programs become a draft that `append` takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_tools import inside, run, small_ledger

TEXT = "Dear reader, we met on 21 March 2023. A letter."


def mark(exact: str, *tags: str) -> dict[str, object]:
    """Return an annotation with words and tags."""
    return {"target": [{"selector": [{"type": "TextQuoteSelector", "exact": exact}]}], "tags": tags}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small ledger, with a letter, whose text it keeps, and marks of it."""
    small_ledger(tmp_path).close()
    (tmp_path / "letter.txt").write_text(TEXT)
    tags = ("type:CONSULT/visit", "when:2023-03-21", "actor:JPN", "recipient:UKR")
    marks = [mark("we met", *tags), mark("A letter"), mark("no such words")]
    (tmp_path / "marks.json").write_text(json.dumps({"annotations": marks}))
    with inside(tmp_path):
        run("source", "add", "letter.txt", "--title", "A letter", "--licence", "CC0-1.0")
    return tmp_path


def test_a_draft_of_marks_can_be_appended(folder: Path) -> None:
    """What was not taken is told; the rest is proved by the text that the ledger keeps."""
    with inside(folder):
        said = run("draft", "marks.json", "--source", "letter", "-o", "draft.toml")
        assert (said.code, said.out) == (1, "3 marks: 1 claim, 1 note, 1 not taken\n")
        told = "marks.json: mark 3: quote-found: the quote 'no such words' is not"
        assert said.err.startswith(told)
        assert run("append", "draft.toml").out == "added #14-#15\n"
        assert run("verify").out.splitlines()[1] == "2 citations of letter proved (2 quoted)"
        out = json.loads(run("export", "-f", "annotations").out)
        assert [a["target"]["selector"][0]["exact"] for a in out["items"]][-2:] == [
            "we met",
            "A letter",
        ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.csv", "quote,type,when,actor\nwe met,CONSULT,2023-03-21,JPN\n"),
        ("m.tsv", "quote\ttype\twhen\tactor\nwe met\tCONSULT\t2023-03-21\tJPN\n"),
        ("m.ann", "T1\tMeet 13 19\twe met\n"),
        ("m.json", json.dumps(mark("we met"))),
    ],
)
def test_each_kind_of_file_is_read_by_its_ending(folder: Path, name: str, content: str) -> None:
    """With a text that is given, no ledger is needed."""
    (folder / name).write_text(content)
    with inside(folder):
        said = run("draft", name, "--source", "letter", "--text", "letter.txt")
    assert said.code == 0
    assert 'quote = "we met"' in said.out
    assert said.err.startswith("1 mark: ")


@pytest.mark.parametrize(
    ("content", "told"),
    [("{", "m.json: draft-readable: not JSON: "), ("[" * 100_000, "m.json: draft-readable: not JSON: it is nested too deep"), ("{}", "it holds no annotation")],
)  # fmt: skip
def test_what_holds_no_marks_is_told(folder: Path, content: str, told: str) -> None:
    """In one line, and no draft is written."""
    (folder / "m.json").write_text(content)
    with inside(folder):
        said = run("draft", "m.json", "--source", "letter")
    assert (said.code, said.out) == (1, "")
    assert told in said.err


def test_a_text_is_needed(folder: Path) -> None:
    """Kept by the ledger, or given."""
    with inside(folder):
        said = run("draft", "marks.json", "--source", "gazette")
    assert said.code == 2
    assert "the ledger keeps no text of 'gazette'; give it with --text" in said.err
