"""`factledger gaps`: when nobody is known to have held a post."""

from __future__ import annotations

import json
from pathlib import Path

from cli_tools import ROOT, run
from factledger import Ledger

VOICES = str(ROOT / "ledgers" / "three-voices")


def test_gaps_lie_between_holders(tmp_path: Path) -> None:
    """Of one post or of all, with the number of days."""
    with Ledger.create(tmp_path / "l", origin="o") as ledger:
        people = [{"role": "holder", "actor": "A"}, {"role": "post", "actor": "P"}]
        ledger.append(
            {"kind": "source", "id": "s", "title": "S", "published": "2023"},
            {"kind": "actor", "id": "A", "category": "person", "names": ["Ann"]},
            {"kind": "actor", "id": "T", "category": "organization", "names": ["Town"]},
            {"kind": "actor", "id": "P", "category": "post", "names": ["Reeve"], "of": "T"},
            *(
                {
                    "kind": "state", "type": "office", "participants": people, "since": since,
                    "until": until, "citations": [{"source": "s", "locator": since}],
                }
                for since, until in (("2020-01-01", "2020-03-31"), ("2020-05-01", "2020-06-30"))
            ),
        )  # fmt: skip
    for words in (("reeve",), ()):
        said = run("gaps", *words, "-l", str(tmp_path / "l"))
        assert said.out == "Reeve\n  April 2020 · 30 days\n"
    said = run("gaps", "-l", str(tmp_path / "l"), "--format", "json")
    assert json.loads(said.out) == [
        {"post": "P", "from": "2020-04-01", "to": "2020-04-30", "possibly": []}
    ]
    assert run("gaps", "-l", VOICES).out == "None.\n"
