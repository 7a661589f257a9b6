"""Standings along time as rows of typed columns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_tools import DEMO, run


@pytest.fixture
def parts(tmp_path: Path) -> str:
    """Return the name of a folder for parts."""
    return str(tmp_path / "parts")


def test_rows_are_written_as_lines_or_as_parquet(tmp_path: Path, parts: str) -> None:
    """Each standing is a line, each of its turns a row of Parquet, and both say the same."""
    import duckdb
    import polars

    lines, table = tmp_path / "rows.jsonl", tmp_path / "rows.parquet"
    run("scale", "fold", DEMO, parts, "-o", str(lines))
    run("scale", "fold", DEMO, parts, "-o", str(table))
    assert run("scale", "fold", DEMO, parts, "-o", str(lines), "--force").code == 0
    rows = [json.loads(line) for line in lines.read_text().splitlines()]
    turns = [(row["number"], day, status) for row in rows for day, status, _ in row["steps"]]
    read = polars.read_parquet(table)
    found = zip(read["number"], read["day"], read["status"], strict=True)
    assert [(n, None if d is None else str(d), s) for n, d, s in found] == turns
    asked = f"SELECT count(*) FROM '{table}' WHERE status = 'definite' AND until IS NULL"
    with duckdb.connect() as asking:
        [(count,)] = asking.execute(asked).fetchall()
    assert count == sum(row["steps"][-1][1] == "definite" for row in rows)
