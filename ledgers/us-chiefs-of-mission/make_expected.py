"""Write what the ledger should answer into `expected/`; the tests hold the answers against it.

Build the ledger first, as the README says. Run this after a change that is meant to change answers,
and read the difference:

    python ledgers/us-chiefs-of-mission/make_expected.py && git diff ledgers/us-chiefs-of-mission
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from factledger import Ledger

HERE = Path(__file__).parent
QUESTIONS = (
    ("japan", "2016-03-15", "2016-03-31"),
    ("japan", "2018-03-15", "2019-12-31"),
    ("nicaragua", "2016-01-01", "2016-09-01"),
    ("nicaragua", "2016-01-01", "2019-12-31"),
    ("france", "1788-06-01", "2015-12-31"),
    ("france", "1788-06-01", "2016-12-31"),
)


def answers(address: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each file in `expected/`, and what should be in it."""
    with Ledger.open(address) as ledger:
        for territory, day, recorded in QUESTIONS:
            found = [*standings(ledger, f"us-chief-of-mission-{territory}", day, recorded)]
            text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
            yield f"{territory}-{day}-as-of-{recorded}.json", text


def standings(ledger: Ledger, post: str, day: str, recorded: str) -> Iterator[dict[str, str]]:
    """Yield who held a post on a day or was named to it by then, as recorded by another day."""
    for standing in ledger.as_of(day, recorded=recorded).standings:
        if post in standing.claim.actors("post"):
            yield {
                "label": str(standing.claim.label),
                "status": str(standing.status),
                "sentence": standing.sentence,
                "source": standing.claim.citations[0].source,
                "locator": str(standing.claim.citations[0].locator),
            }


if __name__ == "__main__":
    for name, text in answers(str(HERE)):
        (HERE / "expected" / name).write_text(text, encoding="utf-8")
