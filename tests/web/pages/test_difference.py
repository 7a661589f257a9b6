"""The page of a difference: what the world did, and what was learnt, corrected and erased."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_tools import run, small_ledger
from factledger import Ledger
from web_tools import ARTICLE, asked, dangers, hostile, page, plain


def test_two_dates_tell_what_the_world_did() -> None:
    """Between two dates the page tells what began, ended or became definite, each with its entry."""
    with Ledger.open(ARTICLE) as ledger:
        text = page(ledger, "/difference?from=2022-01-01&to=2023-04-01&between=Japan&between=UKR")
        said = plain(text)
        assert "What changed from 1 January 2022 to 1 April 2023 for Japan and Ukraine" in said
        assert "1 steps: the world changed 1" in said
        assert "1 more only became surer, or less sure, as time passed" in said
        assert "became definite" in said
        assert "visited Ukraine in March 2023" in said
        assert 'href="/entry/56?asof=2023-04-01"' in text


def test_json_is_what_diff_prints() -> None:
    """The twin of the page is what `factledger diff --format json` prints."""
    with Ledger.open(ARTICLE) as ledger:
        found = asked(ledger, "/difference.json?from=2022&to=2023&between=JPN&recorded=40..75")
    printed = run("diff", "2022", "2023", "--actor", "JPN", "--recorded", "40..75", "-l", str(ARTICLE), "--format", "json")  # fmt: skip
    assert json.loads(found.body) == json.loads(printed.out)


def test_knowledge_is_told_from_the_world(tmp_path: Path) -> None:
    """What was learnt, corrected and erased stands under its own heading, with its reason."""
    with small_ledger(tmp_path) as ledger:
        ledger.append({"kind": "retract", "target": 9, "reason": "not in the text"})
        ledger.redact(10, reason="a court ordered it", authority="the court")
        said = plain(page(ledger, "/difference?from=2024-06-01&recorded=12..14"))
        assert "We corrected ✕" in said or "We corrected" in said
        assert "takes back #9: not in the text" in said
        assert "Erased in between" in said
        assert "a court ordered it (the court)" in said
        said = plain(page(ledger, "/difference?from=2024-06-01&published=2020..2025"))
        assert "published by then: gazette" in said
        assert "was possible" in plain(page(ledger, "/difference?from=2022-06-01&to=2024-12-31"))


def test_nothing_to_compare_is_said() -> None:
    """Without a date there is a form, with one date and nothing else nothing differs."""
    with Ledger.open(ARTICLE) as ledger:
        assert "What changed between two answers" in plain(page(ledger, "/difference"))
        assert "Nothing differs." in plain(page(ledger, "/difference?to=2023-04-01"))
        assert "Nothing differs." in plain(page(ledger, "/difference?from=2023-04-01"))


@pytest.mark.parametrize(
    ("query", "status", "line"),
    [
        ("from=spring&to=2023", 400, "'spring' is not a date"),
        ("from=2023&recorded=5..", 400, "'5..' lacks an end: write both, as in A..B"),
        ("from=2023&recorded=1..900", 404, "entry #900: not found"),
        ("from=2023&asof=2022", 400, "asof: no such parameter here"),
        ("from=2023&between=JPX", 404, "did you mean 'JPN'?"),
    ],
)
def test_mistake_is_a_page_of_one_line(query: str, status: int, line: str) -> None:
    """What cannot be compared says why, and what to write."""
    with Ledger.open(ARTICLE) as ledger:
        assert line in plain(page(ledger, f"/difference?{query}", status))
        assert asked(ledger, "/difference.json").status == 400


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """Reasons, names and claims of a hostile ledger do nothing on this page either."""
    with hostile(tmp_path) as ledger:
        for query in (
            "from=2020&to=2023",
            "from=2023&recorded=2..10",
            "from=2023&published=2020..2024",
        ):
            assert dangers(page(ledger, f"/difference?{query}")) == []
