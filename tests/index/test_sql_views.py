"""The views for people who open a ledger with SQLite: readable, and agreeing with the ledger."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli_tools import run, small_ledger
from factledger import Ledger
from factledger.index.tables import VIEWS
from factledger.log.stores import open_store
from factledger.log.stores.sqlite_schema import statements
from needed import program

UKRAINE = {"kind": "actor", "id": "UKR", "category": "country", "names": ["Ukraine", "Україна"]}
NAMES = ("entries", "claims", "relationships", "actors", "sources")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the small ledger in SQLite, with a correction and a retraction behind it."""
    small_ledger(tmp_path / "small").close()
    run("copy", str(tmp_path / "small"), str(tmp_path / "x.db"))
    with Ledger.open(tmp_path / "x.db") as ledger:
        visit = ledger.entry(9).record
        assert visit is not None
        body = json.loads(next(x for x in ledger.lines() if b'"seq":9}' in x))["body"]
        del body["label"]
        ledger.append(
            {
                "kind": "correct",
                "target": 9,
                "reason": "misdated",
                "record": {**body, "when": "2023-03-22"},
            },
            {"kind": "retract", "target": 11, "reason": "not what it says"},
            {"kind": "correct", "target": 4, "reason": "refined", "record": UKRAINE},
            unproved=True,
        )
    return tmp_path / "x.db"


@pytest.fixture
def rows(path: Path) -> Iterator[Any]:
    """Return what gives the rows of a view by a column."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row

        def by(key: str, view: str) -> dict[Any, dict[str, Any]]:
            query = f"SELECT {key} AS wanted, * FROM {view}"
            found = [dict(row) for row in connection.execute(query)]
            return {row.pop("wanted"): row for row in found}

        yield by


def test_claims_read_as_sentences_with_dates(rows: Any) -> None:
    """A claim is one row: what, who, when, whence; open ends are NULL, what retired it is named."""
    claims = rows("number", "claims")
    assert sorted(claims) == [9, 10, 11, 12, 13]
    assert {key: claims[9][key] for key in ("shape", "type", "mode", "label", "retired_by")} == {
        "shape": "event", "type": "CONSULT", "mode": "visit", "label": "visit", "retired_by": 13,
    }  # fmt: skip
    assert claims[9]["actors"] == "actor jpn-prime-minister, recipient UKR"
    assert claims[9]["quote"] == "visited Kyiv on 21 March 2023"
    assert (claims[9]["sources"], claims[9]["recorded_at"][:10]) == ("gazette", "2024-12-01")
    assert (claims[9]["possible_from"], claims[9]["definite_from"]) == ("2023-03-21", "2023-03-21")
    assert (claims[13]["possible_from"], claims[13]["retired_by"]) == ("2023-03-22", None)
    assert (claims[9]["definite_until"], claims[9]["ended_from"]) == (None, None)
    assert (claims[10]["possible_from"], claims[10]["others_bear"]) == (None, 1)
    assert (claims[11]["retired_by"], claims[12]["locator"]) == (14, "page 2")
    assert (claims[12]["possible_from"], claims[12]["definite_from"]) == (
        "2014-01-01",
        "2022-12-31",
    )


def test_actors_and_sources_as_declared_last(rows: Any) -> None:
    """Each id is one row, that of its newest declaration."""
    actors = rows("id", "actors")
    assert len(actors) == 6
    assert (actors["UKR"]["number"], actors["UKR"]["names"]) == (15, '["Ukraine","Україна"]')
    assert actors["jpn-prime-minister"]["of_actor"] == "JPN"
    source = rows("id", "sources")["gazette"]
    assert (source["title"], source["published"], source["policy"]) == (
        "Two capitals", "2024-11", "verbatim",
    )  # fmt: skip


def test_relationships_count_what_nothing_retired(rows: Any) -> None:
    """Two actors are one row, in alphabetical order."""
    found = rows("one || ' ' || other", "relationships")
    assert found["UKR jpn-prime-minister"] == {
        "one": "UKR", "other": "jpn-prime-minister", "events": 1, "states": 0, "tallies": 0,
        "first_claim": 13, "newest_claim": 13,
    }  # fmt: skip
    assert "ito-aiko jpn-foreign-minister" in found


def test_entries_are_the_whole_log(rows: Any, path: Path) -> None:
    """Every entry is one row, with its kind, its target and its hash; what is erased says so."""
    entries = rows("number", "entries")
    with Ledger.open(path) as ledger:
        assert {n: row["hash"] for n, row in entries.items()} == {
            entry.number: entry.hash for entry in ledger.entries()
        }
    assert (entries[13]["kind"], entries[13]["target"]) == ("correct", 9)
    assert entries[9]["written_at"] is None
    with open_store(str(path)) as store:
        store.erase([9])
    again = rows("number", "entries")[9]
    assert (again["kind"], again["body"]) == ("redacted", None)


def expressions() -> list[str]:
    """Return the SQL of the columns of `claims` that tell days."""
    text = "".join(statements(VIEWS))
    wanted = [line.strip() for line in text.splitlines() if "1721424.5" in line]
    return [line.partition(" END")[0] + " END" for line in wanted]


@given(st.integers(-1_000_000_000, 1_000_000_000))
def test_day_numbers_become_iso_dates(day: int) -> None:
    """A day of the years 1 to 9999 is its ISO date; one outside, or none at all, is NULL."""
    connection = sqlite3.connect(":memory:")
    for day_tried in (day, day % 3_652_059 + 1, 1, 3_652_059, 3_652_060, -366):
        known = date.fromordinal(day_tried).isoformat() if 1 <= day_tried <= 3_652_059 else None
        if -365 <= day_tried < 1:
            continue
        for each in expressions():
            query = f"SELECT {each} FROM (SELECT ? AS first, ? AS sure, ? AS until, ? AS gone)"
            assert connection.execute(query, (day_tried,) * 4).fetchone() == (known,)
    connection.close()


def test_the_views_are_made_anew_with_the_index(path: Path) -> None:
    """What someone changed in a view is as it was after `reindex`."""
    with sqlite3.connect(path) as connection:
        connection.execute("DROP VIEW claims")
        connection.execute("DROP VIEW actors")
        connection.execute("CREATE VIEW actors AS SELECT 1")
    connection.close()
    assert run("reindex", "-l", str(path)).code == 0
    with sqlite3.connect(path) as connection:
        for name in NAMES:
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] >= 1
    connection.close()


def test_the_log_is_written_out_with_the_shell(path: Path, tmp_path: Path) -> None:
    """Who has nothing but the sqlite3 shell gets the lines, byte for byte, and they verify."""
    words = [
        program("sqlite3", "sqlite3"),
        "-readonly",
        str(path),
        "SELECT line FROM line ORDER BY seq",
    ]
    out = subprocess.run(words, capture_output=True, check=True).stdout
    (tmp_path / "out.jsonl").write_bytes(out)
    assert run("verify", "-l", str(tmp_path / "out.jsonl")).out.startswith("15 entries verified")


def test_a_claim_names_what_took_it_back_first_also_where_that_was_undone(path: Path) -> None:
    """The views know of no undoing: the claim stands again, and `others_bear` tells to ask elsewhere."""
    with Ledger.open(path) as ledger:
        ledger.append({"kind": "retract", "target": 13, "reason": "it was right"})
        assert ledger.belief().retired_by(9) is None
    with closing(sqlite3.connect(path)) as connection:
        [row] = connection.execute("SELECT retired_by, others_bear FROM claims WHERE number = 9")
    assert row == (13, 1)
