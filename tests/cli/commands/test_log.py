"""`factledger log`: one line an entry, and the same for programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli_tools import busy_ledger, run, small_ledger


def test_log_tells_every_kind_of_record(tmp_path: Path) -> None:
    """Each entry is one line: number, day, kind, name, and what it says or does."""
    ledger = busy_ledger(tmp_path)
    ledger._kept.store.erase([11])
    said = run("log", "-l", str(tmp_path))
    assert said.out.splitlines() == [
        "#1    2024-12-01  ledger      ledger small: A small ledger",
        "#2    2024-12-01  source      gazette  Two capitals, The Gazette, November 2024",
        "#3    2024-12-01  actor       JPN  Japan (country)",
        "#4    2024-12-01  actor       UKR  Ukraine (country)",
        "#5    2024-12-01  actor       RUS  Russia (country)",
        "#6    2024-12-01  actor       jpn-prime-minister  Prime Minister of Japan (post of JPN)",
        "#7    2024-12-01  actor       jpn-foreign-minister  Foreign Minister of Japan (post of JPN)",
        "#8    2024-12-01  actor       ito-aiko  Ito Aiko (person)",
        "#9    2024-12-01  event       visit  The Prime Minister of Japan visited Ukraine",
        "#10   2024-12-01  state       minister  Ito Aiko is Foreign Minister of Japan",
        "#11   2024-12-01  redacted    its content was erased",
        "#12   2024-12-01  event       sanctions  Japan sanctioned Russia",
        "#13   2024-12-01  source      letter  A letter",
        "#14   2024-12-01  type        treaty-talk  {actor} spoke of a treaty",
        "#15   2024-12-01  type        bare-talk  event",
        "#16   2024-12-01  correct     visit  corrects #9, misdated: The Prime Minister of Japan visited Ukraine",
        "#17   2024-12-01  close       ends #10, until 2024",
        "#18   2024-12-01  corroborate backs #16, citing letter: in other words",
        "#19   2024-12-01  dispute     disputes #16, citing letter",
        "#20   2024-12-01  identify    Japan and Russia are different: two countries",
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


def test_who_recorded_nothing_is_said_to_have_recorded_nothing(tmp_path: Path) -> None:
    """A name that no entry bears gives no rows, and a line on standard error, in every form."""
    small_ledger(tmp_path).close()
    said = run("log", "--by", "nobody", "-l", str(tmp_path), "-f", "json")
    assert (said.code, json.loads(said.out)) == (0, [])
    assert said.err == f"{tmp_path}/ledger.jsonl: nobody of the name 'nobody' recorded anything\n"
