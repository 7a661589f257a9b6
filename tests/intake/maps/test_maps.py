"""Maps: what is wrong with one is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from factledger import Refused
from factledger.intake import read_map
from factledger.intake.maps.map_file import parse_map


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("row = 5", "row: wanted a table [[row]], found 5"),
        ("rows = 5", "rows: unknown key; did you mean 'row'?"),
        ("[row]\nxyz = 1", "row.xyz: unknown key; one of actor, approximate, claim, disputed, key, note, operation, reason, recorded, repeated, retraction, series, source"),
        ("x", "not TOML: Expected '=' after a key in a key/value pair (at end of document)"),
        ("[row]", "row.key: missing; the reference of maps says what it holds"),
        ('[row]\nkey = "a"', "row.claim: missing; the reference of maps says what it holds"),
        ('[row]\nkey = "a"\nclaim = {kind = "state"}', "row.claim.type: missing; a claim says its kind and its type"),
        ('[row]\nkey = "a"\nclaim = {kind = "state", type = "x", label = "y"}', "row.claim.label: leave it out; the importer writes it"),
        ('[row]\nkey = "{"\nclaim = {kind = "state", type = "x"}', "row.key: a '{' stands alone; write {column}, {{ or }}"),
        ('[input]\nformat = "xls"', "input.format: 'xls' is not one of csv, jsonl, xlsx, gdelt, wikidata, ftm"),
        ('[edition]\ngone = "x"', "edition.gone: 'x' is not one of keep, retract, close"),
        ('[edition]\ngone = "close"', "edition.until: goes with gone = 'close', and says when what is gone had ended, as [2024..2025] does"),
        ('[edition]\nof = 5', "edition.of: wanted ids of sources, found [5]"),
        ('[row]\nkey = "a"\nrepeated = "x"\nclaim = {kind = "state", type = "x"}', "row.repeated: wanted 'skip', found 'x'"),
        ('[row]\nkey = "a"\nclaim = {kind = "state", type = "x", value = { start = "{a}" }}', "row.claim.value: 'start' is for the dates of a claim"),
        ('[row]\nkey = "a"\nclaim = {kind = "state", type = "x", since = { is = "{a}", format = "%Y-%U" }}', "row.claim.since.format: a week in '%Y-%U' has no day; write '%u' for it"),
        ('ledger = 5', "ledger: wanted a table [ledger], found 5"),
        ('[input]\nformat = 5', "input.format: wanted text, found 5"),
        ('[input]\ndelimiter = "::"', "input.delimiter: wanted one character, found '::'"),
        ('[ledger]\norigin = ""', "ledger.origin: wanted text, found ''"),
        ('[[source]]\ntitle = "x"', "source.id: missing; every declaration has one"),
        ('source = [5]', "source: wanted a table [[source]], found 5"),
        ('[[row.actor]]\ncategory = "person"', "row.actor[0].id: missing; every declaration has one"),
        ('[row]\nkey = "a"\nrecorded = "{at}"\nseries = "b"\nclaim = {kind = "state", type = "x"}',
         "row.series: what was recorded then cannot end by a later row; give until"),
        ('[columns]\nx = { a = "b" }', "columns.x: wanted text, or cases"),
    ],
)  # fmt: skip
def test_map_that_is_wrong(text: str, fault: str) -> None:
    """What is wrong with a map is told with the place of its key, before any row is read."""
    if "[row]" not in text and not text.startswith(("row", "x")):
        row = '[row]\nkey = "{id}"\nclaim = { kind = "state", type = "x" }\n'
        text = f"{text}\n{row}"
    with pytest.raises(Refused) as refused:
        parse_map(text, "m.toml")
    assert str(refused.value) == f"m.toml: import-map: {fault}"


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (None, "cannot read the map: no such file or directory; name a TOML file"),
        (b"\xff", "the map is not UTF-8; save it as UTF-8"),
    ],
)
def test_map_that_cannot_be_read(tmp_path: Path, raw: bytes | None, fault: str) -> None:
    """A map that is missing or in another encoding is told so."""
    path = tmp_path / "m.toml"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(Refused) as refused:
        read_map(str(path))
    assert str(refused.value) == f"{path}: import-map: {fault}"
