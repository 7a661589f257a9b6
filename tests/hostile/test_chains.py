"""Records in a row, each about the one before: as long as anybody likes, and in a circle."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from cli_tools import run
from factledger import Correct, Ledger
from growth_tools import Work, assert_grows_evenly
from hostile_tools import forged
from ledgers import FIRST_NUMBER as S
from ledgers import event, ledger, level, source

DEEP = sys.getrecursionlimit() + 100
CLAIM = S + 1


def corrected(count: int) -> Ledger:
    """Return a ledger with one claim that was corrected so many times in a row."""
    found = ledger(source(), level("0"))
    for i in range(count):
        found.append(Correct(target=CLAIM + i, reason="misread", record=level(str(i + 1))))
    return found


def copied(count: int) -> Ledger:
    """Return a ledger with a claim from a story that was copied so many times in a row."""
    found = ledger(source("s0", published="2022-06-01", publisher="The First"))
    found.append(
        *(source(f"s{i}", "2022-06-01", copy_of=f"s{i - 1}") for i in range(1, count + 1)),
        event("CONSULT", "2021-06", actor="JPN", recipient="UKR", sources=[f"s{count}"]),
        event("CONSULT", "2021-07", actor="JPN", recipient="UKR", sources=["s1"]),
    )
    return found


def test_a_claim_may_be_corrected_very_often() -> None:
    """A difference leads from the first reading of a claim to its last, however many lie between."""
    found = corrected(DEEP)
    before, after = ("2022-01-01", CLAIM), ("2022-01-01", len(found))
    (step,) = found.difference(before, after).steps
    assert step.before is not None
    assert (step.before.number, step.standing.number) == (CLAIM, CLAIM + DEEP)


def test_a_story_may_be_copied_very_often() -> None:
    """Who is behind a story, and what bears on it, is found through all its copies."""
    found = copied(DEEP)
    (standing, _) = found.as_of("2022-01-01").standings
    assert standing.publishers == ("The First",)
    assert len(found.steps(standing.number, "2022-01-01")) == 1
    assert len(found.vintages("2022-01-01", between=("JPN", "UKR"))) == 1


@pytest.mark.parametrize("make", [corrected, copied])
def test_a_row_twice_as_long_is_at_most_three_times_the_work(make: Any) -> None:
    """What stands is found in one way along the row."""

    def work(count: int) -> Work:
        found = make(count)
        return lambda: [standing.publishers for standing in found.as_of("2022-01-01").standings]

    assert_grows_evenly(work, 150)


@pytest.mark.parametrize("first", [3, 4, 5])
def test_corrections_in_a_circle_have_an_end(first: int, tmp_path: Path) -> None:
    """A forger can let corrections name themselves, or one another: no command goes on for ever."""
    claim = {
        "kind": "event", "type": "CONSULT", "when": "2021", "citations": [{"source": "s", "locator": "1"}],
    }  # fmt: skip
    bodies = [
        {"kind": "source", "id": "s", "title": "S"},
        {"kind": "correct", "target": first, "reason": "misread", "record": claim},
        {"kind": "correct", "target": 3, "reason": "misread", "record": claim},
        {"kind": "correct", "target": 4, "reason": "misread", "record": claim},
    ]
    path = forged(tmp_path / "forged", bodies)
    for words in (
        ("asof", "2022"),
        ("why", "3", "--steps"),
        ("why", "5"),
        ("diff", "--recorded", "2..5", "2022"),
        ("vintages", "2022"),
        ("check",),
    ):
        assert run(*words, "-l", str(path)).code in (0, 1, 2), words
