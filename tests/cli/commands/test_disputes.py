"""`factledger disputes`: both sides of what cannot be right together."""

from __future__ import annotations

import json
from pathlib import Path

from cli_tools import output_of, small_ledger, told_ledger

DISPUTED = """\
1 in dispute

On every day
  #10 minister Ito Aiko is Foreign Minister of Japan, as last said in November 2024
      The Gazette, November 2024: “Ito Aiko is the Foreign Minister of Japan”
  #15 disputes #10
      A letter, 20 November 2024: l. 1

recorded up to #17 of 2024-12-01T09:00:00.000000Z · published at any time · head """
CUT = ("--recorded", "17")


def test_a_dispute_is_told_with_both_sides(tmp_path: Path) -> None:
    """Each side has its entry, its words and, below, publisher, date and quote or place."""
    told, _, head = output_of(told_ledger(tmp_path), "disputes", *CUT).rpartition(" ")
    assert (f"{told} ", len(head.strip())) == (DISPUTED, 16)


def test_a_dispute_between_two_on_a_date(tmp_path: Path) -> None:
    """The heading says whom and which date the question is about."""
    words = ("disputes", *CUT, "--asof", "2023-04", "--actor", "ito-aiko")
    told = output_of(told_ledger(tmp_path), *words)
    assert (
        told.splitlines()[0] == "1 in dispute about Ito Aiko on 30 April 2023 (end of April 2023)"
    )


def test_nothing_in_dispute_is_told(tmp_path: Path) -> None:
    """Where nothing is in dispute, that is the answer."""
    told = output_of(small_ledger(tmp_path), "disputes")
    assert told.splitlines()[0] == "Nothing in dispute"


def test_disputes_for_programs(tmp_path: Path) -> None:
    """In JSON a dispute has its days, null where there is none, and its sides with what they cite."""
    found = json.loads(output_of(told_ledger(tmp_path), "disputes", *CUT, "--format", "json"))
    (dispute,) = found["disputes"]
    assert (found["recorded"]["entry"], dispute["since"], dispute["until"]) == (17, None, None)
    claim, record = dispute["sides"]
    assert (claim["entry"], claim["standing"]["entry"], record["standing"]) == (10, 10, None)
    assert claim["citations"][0]["quote"] == "Ito Aiko is the Foreign Minister of Japan"
    assert (record["citations"][0]["locator"], record["citations"][0]["publisher"]) == (
        "l. 1",
        None,
    )


def test_asof_shows_only_what_is_contested(tmp_path: Path) -> None:
    """With --contested a view shows what is in dispute on the date, and says so where nothing is."""
    ledger = told_ledger(tmp_path)
    shown = output_of(ledger, "asof", "2023-04-01", *CUT, "--contested", "--format", "tsv")
    assert [row.split("\t")[0] for row in shown.splitlines()] == ["10"]
    told = output_of(ledger, "asof", "1900", "--contested")
    assert "Nothing is in dispute on that date." in told.splitlines()
