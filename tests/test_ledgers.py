"""The ledgers that ship with the project: they verify, answer as written down, and keep no word."""

from __future__ import annotations

import json
import os
import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from factledger import Ledger, Status, read_drafts

ROOT = Path(__file__).parent.parent
JAPAN_UKRAINE = ROOT / "ledgers" / "japan-ukraine"
ROWS = [f"c{i:02d}" for i in range(1, 47)]


def lines() -> list[dict[str, Any]]:
    """Return the lines of the article's ledger."""
    return [json.loads(line) for line in (JAPAN_UKRAINE / "ledger.jsonl").read_bytes().splitlines()]


def test_the_article_has_a_record_for_every_row() -> None:
    """Each of the 46 rows of the article's reading is one record, under its own label."""
    labels = Counter(line["body"].get("label") for line in lines())

    assert [label for label in ROWS if labels[label] != 1] == []


def test_the_article_ledger_is_sound() -> None:
    """Every hash of the article's ledger verifies, and no check finds a problem."""
    with Ledger.open(JAPAN_UKRAINE) as ledger:
        assert ledger.verify() == ()
        assert ledger.check() == ()


def test_the_article_ledger_keeps_no_word_of_its_source() -> None:
    """Every citation of the article is sealed: it has a place and a hash, and no quote."""
    citations = [c for line in lines() for c in line["body"].get("citations", ())]

    assert len(citations) == 46
    assert {tuple(sorted(c)) for c in citations} == {("end", "sealed", "source", "start")}
    assert "quote" not in (JAPAN_UKRAINE / "article.toml").read_text(encoding="utf-8")


def test_the_draft_makes_the_ledger() -> None:
    """Appending the article's draft to an empty ledger gives the records of the ledger, in order."""
    copy = Ledger.create("memory:", origin="copy")

    copy.append(*read_drafts(str(JAPAN_UKRAINE / "article.toml")), unproved=True)

    with Ledger.open(JAPAN_UKRAINE) as ledger:
        assert [e.record for e in copy.entries(2)] == [e.record for e in ledger.entries(2)]


def test_the_demo_is_the_ledger_of_the_article() -> None:
    """The ledger that ships in the wheel is the article's, byte for byte."""
    shipped = ROOT / "src" / "factledger" / "demo" / "ledger.jsonl"

    assert shipped.read_bytes() == (JAPAN_UKRAINE / "ledger.jsonl").read_bytes()


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    """Return what the ledger of the article answers, by the file that it is written down in."""
    return dict(runpy.run_path(str(JAPAN_UKRAINE / "make_expected.py"))["answers"]())


@pytest.mark.parametrize("name", sorted(p.name for p in (JAPAN_UKRAINE / "expected").iterdir()))
def test_the_article_ledger_answers_as_written_down(name: str, answers: dict[str, str]) -> None:
    """The views and the projection of the article are those of its folder `expected`."""
    assert answers[name] == (JAPAN_UKRAINE / "expected" / name).read_text(encoding="utf-8")


def test_no_answer_is_written_down_that_is_not_given(answers: dict[str, str]) -> None:
    """The folder `expected` holds the answers that are compared, and no others."""
    assert {p.name for p in (JAPAN_UKRAINE / "expected").iterdir()} == set(answers)


def test_counts_of_the_article_on_the_first_of_april_2023() -> None:
    """On 2023-04-01 the article gives 12 definite, 13 possible and 9 not-yet claims."""
    with Ledger.open(JAPAN_UKRAINE) as ledger:
        stated = [s for s in ledger.as_of("2023-04-01").every if not s.derived]
    claims = Counter(s.status for s in stated if s.claim.shape != "assessment")

    assert claims == {Status.DEFINITE: 12, Status.POSSIBLE: 13, Status.NOT_YET: 9}


def test_both_tellings_of_the_visit_are_one_event_with_one_source() -> None:
    """Kishida's visit stands once, cited twice, and has the support of one publisher."""
    with Ledger.open(JAPAN_UKRAINE) as ledger:
        (visit,) = ledger.as_of("2023-04-01").events("CONSULT", mode="visit")
        numbers = {visit.number, *visit.also}

        assert numbers == {ledger.find("c07").number, ledger.find("c39").number}
    assert (len(visit.citations), visit.support) == (2, 1)


def test_the_public_of_2023_knew_nothing_of_the_article() -> None:
    """Nothing stands on 2023-04-01 as published by then: the article is of 2024."""
    with Ledger.open(JAPAN_UKRAINE) as ledger:
        assert ledger.as_of("2023-04-01", published="2023-04-01").every == ()


@pytest.mark.skipif(
    "FACTLEDGER_ARTICLE" not in os.environ,
    reason="the article may not be copied; whoever holds it names it in FACTLEDGER_ARTICLE",
)
def test_the_article_proves_every_citation() -> None:
    """The text of the article holds all 46 passages where the ledger says."""
    text = Path(os.environ["FACTLEDGER_ARTICLE"]).read_bytes().decode("utf-8")
    with Ledger.open(JAPAN_UKRAINE) as ledger:
        difference, verdicts = ledger.verify_text("neo-japan-ukraine", text)

    assert difference is None
    assert len(verdicts) == 46
    assert [v for v in verdicts if v.fault] == []
