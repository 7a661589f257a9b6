"""`factledger timeline`: bars along time, as text and in machine formats."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

from cli_tools import run, small_ledger

PICTURE = """\
From 2021-01-01 to 2024-12-31

2021     2022      2023      2024
┼────────┼─────────┼─────────┼──────────

"""


def timeline(folder: Path, *words: str) -> str:
    """Return what `timeline` says of the small ledger."""
    said = run("timeline", *words, "-l", str(folder))
    assert (said.code, said.err) == (0, "")
    return said.out


def test_picture_has_lanes_and_says_how_much_was_known(tmp_path: Path) -> None:
    """Lanes by group, each bar beside its words, then what the characters mean and what was known."""
    ledger = small_ledger(tmp_path)
    said = timeline(tmp_path, "--from", "2021", "--to", "2024")
    assert said.startswith(PICTURE)
    assert (
        "                      ●                   The Prime Minister of Japan visited Ukraine"
        in said
    )
    assert "◂━━━" not in said
    assert said.endswith(f"published at any time · head {ledger.head[:16]}\n")


def test_relationship_or_actor_can_be_asked_for(tmp_path: Path) -> None:
    """`--between` and `--actor` leave their claims; both at once are refused."""
    small_ledger(tmp_path)
    assert "for Japan and Russia" in timeline(tmp_path, "--between", "JPN", "RUS")
    assert "Russia" not in timeline(tmp_path, "--actor", "UKR")
    said = run("timeline", "--between", "JPN", "RUS", "--actor", "UKR", "-l", str(tmp_path))
    assert (said.code, "two questions" in said.err) == (2, True)


def test_period_must_not_end_before_it_begins(tmp_path: Path) -> None:
    """`--from` after `--to` is a misuse."""
    small_ledger(tmp_path)
    said = run("timeline", "--from", "2024", "--to", "2023", "-l", str(tmp_path))
    assert (said.code, "--from 2024 is after --to 2023" in said.err) == (2, True)


def test_period_begins_with_the_first_day_of_a_coarse_date(tmp_path: Path) -> None:
    """`--from 2023` is its first day and `--to 2023` its last; a day is itself."""
    small_ledger(tmp_path)
    for first, last, wanted in (
        ("2023", "2023", "From 2023-01-01 to 2023-12-31"),
        ("2023-02", "2023-Q2", "From 2023-02-01 to 2023-06-30"),
        ("2023-02-03", "2023-02-04", "From 2023-02-03 to 2023-02-04"),
    ):
        assert timeline(tmp_path, "--from", first, "--to", last).startswith(wanted)


def test_nothing_to_be_seen_is_said(tmp_path: Path) -> None:
    """An empty answer is an answer."""
    small_ledger(tmp_path)
    said = timeline(tmp_path, "--between", "UKR", "RUS", "--from", "2024")
    assert "No claim is to be seen in that time." in said


def test_json_gives_stretches_with_none_for_open_ends(tmp_path: Path) -> None:
    """Each bar has its stretches, as the statuses are, and its citations."""
    small_ledger(tmp_path)
    found = json.loads(timeline(tmp_path, "--format", "json", "--published", "2024-12"))
    assert list(found) == ["from", "to", "recorded", "published", "head", "lanes", "redacted"]
    assert (found["from"], found["to"]) == ("2014-01-01", "2024-12-31")
    bars = {bar["label"]: bar for lane in found["lanes"] for bar in lane["bars"]}
    assert bars["visit"]["stretches"] == [
        {
            "from": "2023-03-21",
            "to": None,
            "status": "definite",
            "alone": "definite",
            "contested_by": [],
        }
    ]
    assert bars["visit"]["citations"][0]["source"] == "gazette"
    assert bars["minister"]["stretches"][0]["from"] is None


def test_csv_has_a_row_a_stretch(tmp_path: Path) -> None:
    """The rows say the same as the JSON, one stretch a row."""
    small_ledger(tmp_path)
    rows = list(csv.DictReader(io.StringIO(timeline(tmp_path, "--format", "csv"))))
    visit = next(row for row in rows if row["label"] == "visit")
    assert (visit["group"], visit["from"], visit["to"]) == ("contacts", "2023-03-21", "")


def test_narrow_encoding_gets_ascii(tmp_path: Path) -> None:
    """Where the output cannot write lines, the picture is made of ASCII."""
    small_ledger(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "factledger", "timeline", "-l", str(tmp_path)],
        env={"PYTHONIOENCODING": "ascii"}, capture_output=True, check=True,
    )  # fmt: skip
    assert b"=== definite  --- presumed  ... possible" in done.stdout


def test_what_was_erased_is_said(tmp_path: Path) -> None:
    """An erased entry has no bar, and is told below the picture and in the JSON."""
    small_ledger(tmp_path)
    words = ("--reason", "personal data", "--authority", "a court", "--yes", "-l", str(tmp_path))
    assert run("redact", "9", *words).code == 0
    assert "Not known any more\n  redacted   #9 was redacted" in timeline(tmp_path)
    assert json.loads(timeline(tmp_path, "--format", "json"))["redacted"][0]["entry"] == 9
