"""Write what the ledger should answer into `expected/`; the tests hold the answers against it.

Run it after a change that is meant to change answers, and read the difference:

    python ledgers/japan-ukraine/make_expected.py && git diff ledgers/japan-ukraine/expected
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from factledger import CONTACTS, Ledger
from factledger.cli.group import cli as command

HERE = Path(__file__).parent
DATES = ("2014-06-01", "2022-06-15", "2023-03-10", "2023-04-01", "2024-10-15", "2024-12-31")


def answers() -> Iterator[tuple[str, str]]:
    """Yield the name of each file in `expected/`, and what should be in it."""
    for date in DATES:
        yield f"{date}.json", printed("asof", date, "--all", "--format", "json")
    yield "2023-04-01.txt", printed("asof", "2023-04-01")
    yield "contacts.json", contacts()


def printed(*arguments: str) -> str:
    """Return what a command prints about this ledger."""
    result = CliRunner().invoke(command, [*arguments, "-l", str(HERE)], catch_exceptions=False)
    return result.stdout


def contacts() -> str:
    """Return the contacts of Japan and Ukraine on each day of 2014-2024 that changed them."""
    with Ledger.open(HERE) as ledger:
        days = ledger.series(CONTACTS, "2014-01-01", "2024-12-31", between=("JPN", "UKR"))
        found = [
            {"day": str(day), "contacts": {mode: as_json(c) for mode, c in contacts.items()}}
            for day, contacts in days
        ]
    return json.dumps(found, indent=2) + "\n"


def as_json(found: object) -> dict[str, object]:
    """Return the contacts of one mode as a JSON object."""
    return {name: getattr(found, name) for name in ("definite", "possible", "tallies")}


if __name__ == "__main__":
    for name, text in answers():
        (HERE / "expected" / name).write_text(text, encoding="utf-8")
