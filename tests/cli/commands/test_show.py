"""`factledger show`: one entry, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_tools import busy_ledger, run, small_ledger


@pytest.mark.parametrize("name", ["9", "#9", "visit", "@0407c76628", "@0407"])
def test_show_takes_a_number_or_a_label(tmp_path: Path, name: str) -> None:
    """The whole entry is shown, its parts indented; it is named by number, label or address."""
    ledger = small_ledger(tmp_path)
    assert run("show", name, "-l", str(tmp_path)).out == (
        "#9 recorded 2024-12-01T09:00:00.000000Z\n"
        "  address @0407c76628\n"
        "  batch   #2\n"
        f"  hash    {ledger.entry(9).hash}\n"
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
    erased = json.loads(run("show", "11", "-f", "json", "-l", folder).out)
    assert (erased["record"], erased["address"]) == (None, "")


def test_label_that_resembles_none_points_to_the_log(tmp_path: Path) -> None:
    """Where no label is near, the way to find one is told."""
    small_ledger(tmp_path).close()
    said = run("show", "quux", "-l", str(tmp_path))
    assert said.err == "Error: the entry 'quux': not found; 'factledger log' lists the entries\n"
