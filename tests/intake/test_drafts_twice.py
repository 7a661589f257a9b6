"""A draft that is appended again changes nothing, whatever came in between."""

from __future__ import annotations

import re
from pathlib import Path

from cli_tools import inside, run

TUTORIAL = Path(__file__).resolve().parents[2] / "docs/tutorial/a-visit-and-its-correction.md"
FILE = re.compile(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BOTH = """\
default_source = "gazette"

[[source]]
id = "gazette"
title = "Two ministers"

[[actor]]
id = "VES"
category = "country"
names = ["Vessia"]

[[event]]
label = "z"
type = "CONSULT"
actor = "VES"
when = "2020"
locator = "p. 9"

[[correct]]
target = "z"
reason = "misread"

[correct.record]
kind = "event"
label = "z"
type = "CONSULT"
actor = "VES"
when = "2019"
source = "gazette"
locator = "p. 9"
"""


def test_the_drafts_of_the_tutorial_can_be_appended_twice(tmp_path: Path) -> None:
    """First, second and third, with a dispute and a correction, and all of them as one batch."""
    for name, text in FILE.findall(TUTORIAL.read_text(encoding="utf-8")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    drafts = ["first.toml", "second.toml", "third.toml"]
    with inside(tmp_path):
        run("init", "story")
        assert [run("append", d, "-l", "story").out for d in drafts] == [
            "added #2-#7\n", "added #8-#9\n", "added #10-#11\n"
        ]  # fmt: skip
        before = Path("story/ledger.jsonl").read_bytes()
        assert [run("append", d, "-l", "story").out for d in drafts] == [
            "already there: #2-#7\n", "already there: #8-#9\n", "already there: #10-#11\n"
        ]  # fmt: skip
        assert run("append", *drafts, "-l", "story").out == "already there: #2-#11\n"
        assert Path("story/ledger.jsonl").read_bytes() == before


def test_a_draft_with_a_claim_and_its_correction_can_be_appended_again(tmp_path: Path) -> None:
    """Each is there, though the label stands for the corrected claim now."""
    (tmp_path / "both.toml").write_text(BOTH, encoding="utf-8")
    with inside(tmp_path):
        run("init", "l")
        assert run("append", "both.toml", "-l", "l").out == "added #2-#5\n"
        assert run("append", "both.toml", "-l", "l").out == "already there: #2-#5\n"
