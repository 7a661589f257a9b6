"""Claims as FollowTheMoney statements: what is told, what is left out, and that it comes back."""

from __future__ import annotations

import csv
from pathlib import Path

from cli_tools import run
from factledger import Ledger, State
from factledger.intake import import_rows, read_map
from factledger.output.formats.tables.ftm_statements import FTM_COLUMNS, ftm_statements

OURS = Path(__file__).parents[4] / "ledgers" / "japan-ukraine"


def small() -> Ledger:
    """Return a ledger with an office that ended, a membership, a visit, and what has no statements."""
    ledger = Ledger.create("memory:", origin="small")
    cited = {"source": "list", "locator": "p. 1"}
    ledger.append(
        {"kind": "source", "id": "list", "title": "A list"},
        {"kind": "actor", "id": "VES", "category": "country", "names": ["Vessia"]},
        {"kind": "actor", "id": "mayor", "category": "post", "names": ["Mayor"], "of": "VES"},
        {"kind": "actor", "id": "ann", "category": "person", "names": ["Ann", "A. Ash"]},
        {"kind": "actor", "id": "club", "category": "organization", "names": ["The Club"]},
        {"kind": "actor", "id": "hall", "category": "place", "names": ["Hall"]},
        {"kind": "state", "type": "office", "label": "o1", "holder": "ann", "post": "mayor", "since": "2010-05", "until": "..", **cited},
        {"kind": "close", "target": "o1", "until": "2014", **cited},
        {"kind": "state", "type": "membership", "holder": "ann", "party": "club", "since": "2001~", "until": "", **cited},
        {"kind": "event", "type": "CONSULT", "mode": "visit", "actor": "ann", "recipient": "VES", "location": "hall", "when": "2012-03-04", **cited},
        {"kind": "event", "type": "CONSULT", "actor": "ann", "recipient": "club", "when": "2013", "polarity": "denied", **cited},
        {"kind": "event", "type": "CONSULT", "actor": "ann", "recipient": "club", "when": "2013", "modality": "planned", **cited},
        {"kind": "state", "type": "stance", "holder": "ann", "topic": "club", "value": "for", "since": "2013", "until": "", **cited},
    )  # fmt: skip
    return ledger


def test_entities_and_their_statements() -> None:
    """Who takes part comes before the claim; an end that was recorded is told; only plain dates are."""
    rows = [dict(zip(FTM_COLUMNS, row, strict=True)) for row in ftm_statements(small().belief())]
    told = [(r["schema"], r["entity_id"], r["prop"], r["value"]) for r in rows if r["prop"] != "id"]
    assert told == [
        ("Person", "ann", "name", "Ann"),
        ("Person", "ann", "name", "A. Ash"),
        ("Position", "mayor", "name", "Mayor"),
        ("Occupancy", "o1", "holder", "ann"),
        ("Occupancy", "o1", "post", "mayor"),
        ("Occupancy", "o1", "startDate", "2010-05"),
        ("Occupancy", "o1", "endDate", "2014"),
        ("Organization", "club", "name", "The Club"),
        ("Membership", "claim-10", "organization", "club"),
        ("Membership", "claim-10", "member", "ann"),
        ("Country", "VES", "name", "Vessia"),
        ("Event", "claim-11", "name", "Ann visited Vessia in Hall"),
        ("Event", "claim-11", "date", "2012-03-04"),
        ("Event", "claim-11", "involved", "ann"),
        ("Event", "claim-11", "involved", "VES"),
        ("Event", "claim-11", "location", "hall"),
    ]
    assert {r["dataset"] for r in rows} == {"list"}
    assert len({r["id"] for r in rows}) == len(rows)
    assert {r["prop_type"] for r in rows} == {"id", "name", "date", "entity"}


def test_statements_come_back_by_the_shipped_map(tmp_path: Path) -> None:
    """Offices and memberships that are exported are imported as they were."""
    path = tmp_path / "statements.csv"
    with path.open("w", encoding="utf-8", newline="") as into:
        csv.writer(into).writerows([FTM_COLUMNS, *ftm_statements(small().belief())])
    again = Ledger.create("memory:", origin="again")
    import_rows(again, read_map("ftm"), str(path))
    states = [e.record for e in again.entries() if isinstance(e.record, State)]
    assert [(s.label, s.type, str(s.since), str(s.until)) for s in states] == [
        ("o1", "office", "2010-05", "2014"),
        ("claim-10", "membership", "", ""),
    ]


def test_export_writes_statements() -> None:
    """The command writes them as CSV, with the header."""
    lines = run("export", "--format", "ftm", "-l", str(OURS)).out.splitlines()
    assert (lines[0], len(lines)) == (",".join(FTM_COLUMNS), 88)
