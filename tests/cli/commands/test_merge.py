"""`factledger merge`: what is said of a colleague's ledger that is replayed into one's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli_tools import inside, run, small_ledger

VISIT = """\
[[event]]
label = "{}"
type = "CONSULT"
mode = "visit"
actor = "JPN"
recipient = "UKR"
when = "2024"
source = "gazette"
locator = "page {}"
"""


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Return a folder with two copies of a ledger, to each of which somebody appended."""
    small_ledger(tmp_path / "mine").close()
    shutil.copytree(tmp_path / "mine", tmp_path / "theirs")
    with inside(tmp_path):
        run("append", "-", "-l", "mine", stdin=VISIT.format("a", 3).encode())
        both = VISIT.format("a", 4) + VISIT.format("b", 3)
        run("append", "-", "-l", "theirs", stdin=both.encode())
    return tmp_path


def test_merge_says_what_is_new_and_what_was_there(two: Path) -> None:
    """The numbers are those of here; merging again adds nothing; notes name the place there."""
    theirs = two / "theirs/ledger.jsonl"
    with inside(two):
        dry = run("merge", "theirs", "-l", "mine", "--by", "Anna", "--dry-run")
        assert dry.out == "would add #14; already there: 1 entry\n"
        said = run("merge", "theirs", "-l", "mine", "--by", "Anna")
        assert said.out == "added #14; already there: 1 entry\n"
        assert said.err == f"{theirs}:13: note: leaves its label 'a' behind: #13 has it here\n"
        assert run("merge", "theirs", "-l", "mine").out == "already there: 2 entries\n"
        assert run("merge", "mine", "-l", "mine").out == "nothing to add\n"
        shown = run("log", "--by", "Anna", "-l", "mine").out
        today = json.loads(run("show", "14", "-f", "json", "-l", "mine").out)["record"]
        assert shown.startswith("#14 ")
        assert f", by Anna, recorded elsewhere on {today['first_recorded'][:10]}" in " ".join(
            shown.split()
        )
        assert run("log", "--by", "Anna", "-n", "1", "-l", "mine").out == shown
        assert run("log", "--by", "Bo", "-l", "mine").out == ""
        assert "  by Anna" not in run("show", "13", "-l", "mine").out
        assert ", by Anna, recorded elsewhere" in run("show", "14", "-l", "mine").out
        listed = run("log", "--addresses", "-l", "mine").out.splitlines()
        address = run("show", "14", "-l", "mine").out.splitlines()[1].split()[1]
        assert listed[-1 if listed[-1].startswith("#") else -2].split()[:2] == ["#14", address]


def test_merge_tells_what_it_cannot_take(two: Path) -> None:
    """Nothing is written, unless the rest is asked for; what was left out is told."""
    with inside(two):
        for side, title in (("mine", "A"), ("theirs", "B")):
            source = f'[[source]]\nid = "late"\ntitle = "{title}"\n'
            run("append", "-", "-l", side, stdin=source.encode())
        said = run("merge", "theirs", "-l", "mine")
        told = (
            "declared-once: source 'late' is declared in #14, otherwise; correct that entry instead"
        )
        assert (said.code, said.out, said.err) == (1, "", f"{two}/theirs/ledger.jsonl:15: {told}\n")
        said = run("merge", "theirs", "-l", "mine", "--leave-out")
        assert said.out == "added #15; already there: 1 entry\n"
        assert f"theirs/ledger.jsonl:15: left out: {told}\n" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere",), "nowhere"),
        (("mine", "--by", " "), "--by: wanted a name on one line, of at most 100 characters"),
    ],
)
def test_merge_is_told_what_it_is_asked(two: Path, words: tuple[str, ...], told: str) -> None:
    """A ledger that is not there and a name that is none are misuse."""
    with inside(two):
        said = run("merge", *words, "-l", "mine")
    assert said.code == 2
    assert told in said.err
