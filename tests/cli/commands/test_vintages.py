"""`factledger vintages`: which answers were given when."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli_tools import output_of, run, small_ledger, told_ledger

VINTAGES = """\
From #12 of 2024-12-01T09:00:00.000000Z
  possible   Ito Aiko is Foreign Minister of Japan · start unknown · #10 minister · gazette:275-316

From #17 of 2024-12-01T09:00:00.000000Z
  contested  Ito Aiko is Foreign Minister of Japan · start unknown · #10 minister · gazette:275-316 · contested by #15

From #18 of 2024-12-01T09:00:00.000000Z
  unknown
"""
MINISTER = ("vintages", "2023-04-01", "--post", "jpn-foreign-minister")


def test_vintages_tell_what_was_answered_and_from_when_on(tmp_path: Path) -> None:
    """Each answer stands below the entry from which on it was given."""
    assert output_of(told_ledger(tmp_path), *MINISTER) == VINTAGES


def test_no_vintage_is_told_too(tmp_path: Path) -> None:
    """Where the ledger never had an answer, that is the answer."""
    words = ("vintages", "1900", "--between", "JPN", "UKR")
    told = output_of(small_ledger(tmp_path), *words)
    assert told == "At no time had the ledger an answer about 1900.\n"


def test_vintages_for_programs(tmp_path: Path) -> None:
    """In JSON a vintage is its entry and its standings; in CSV each standing is a row."""
    ledger = told_ledger(tmp_path)
    found = json.loads(output_of(ledger, *MINISTER, "--format", "json"))
    assert [(v["recorded"]["entry"], len(v["standings"])) for v in found] == [
        (12, 1),
        (17, 1),
        (18, 0),
    ]
    rows = list(csv.reader(io.StringIO(output_of(ledger, *MINISTER, "--format", "csv"))))
    assert [row[0] for row in rows] == ["recorded", "12", "17", "18"]
    assert rows[0][2:4] == ["entry", "label"]
    assert rows[3][2:] == [""] * (len(rows[0]) - 2)


@pytest.mark.parametrize("words", [[], ["--between", "A", "B", "--post", "C"]])
def test_vintages_are_of_one_question(words: list[str]) -> None:
    """What is asked about the date must be said, and once."""
    found = run("vintages", "2023", *words)
    assert found.code == 2
    assert "give --between A B, or --actor A, or --post POST" in found.err
