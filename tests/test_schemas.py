"""The schemas: up to date, and everything that goes in and out is as they say."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cli_tools import DEMO, run
from factledger import Ledger, View
from factledger.records.codec import to_body
from factledger.records.kinds import KINDS
from schema_pages import FOLDER, schemas, text_of
from web_tools import asked

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
MADE = schemas()


@cache
def checker(name: str) -> Draft202012Validator:
    """Return what checks values against a schema."""
    return Draft202012Validator(MADE[name])


def faults(name: str, value: Any) -> list[str]:
    """Return what a schema finds wrong with a value."""
    return [f"{error.json_path}: {error.message}" for error in checker(name).iter_errors(value)]


@pytest.mark.parametrize("name", MADE)
def test_a_schema_is_made_from_the_code(name: str) -> None:
    """`python tests/schema_pages.py` changes nothing, and each schema is one."""
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == text_of(MADE[name])
    Draft202012Validator.check_schema(MADE[name])


COMMANDS = {
    "asof 2023-04-01 --all": "asof",
    "diff 2022-06-01 2024-12-01": "diff",
    "diff 2023-04-01 --recorded 60..75": "diff",
    "why 31 --asof 2023-04-01 --steps 3": "why",
    "why 2": "why",
    "disputes": "disputes",
    "timeline": "timeline",
    "show 31": "entry",
    "log": "log",
    "vintages 2023-04-01 --between JPN UKR": "vintages",
    "suggest": "suggest",
    "search kishida": "search",
    "holders jpn-prime-minister": "holders",
}


@pytest.mark.parametrize("words", COMMANDS)
def test_what_a_command_prints_is_as_its_schema_says(words: str) -> None:
    """The JSON of each command has every key of its schema, and no other."""
    said = run(*words.split(), "-l", DEMO, "--format", "json")
    assert said.code == 0, said.err
    assert faults(COMMANDS[words], json.loads(said.out)) == []


@pytest.mark.parametrize("command", ["gaps", "overlaps", "disputes"])
def test_what_is_told_of_three_voices_is_as_its_schema_says(command: str) -> None:
    """Gaps, overlaps and disputes, of a ledger that has them."""
    voices = str(ROOT / "ledgers" / "three-voices")
    said = json.loads(run(command, "-l", voices, "--format", "json").out)
    assert faults(command, said) == []


@pytest.mark.parametrize("series", [(), ("--series", "contacts", "--per", "year")])
def test_what_plot_writes_is_as_its_schema_says(series: tuple[str, ...], tmp_path: Path) -> None:
    """The JSON of a picture is that of lanes, and of a series that of curves."""
    file = tmp_path / "plot.json"
    assert run("plot", "-l", DEMO, "-o", str(file), *series).code == 0
    assert faults("series" if series else "timeline", json.loads(file.read_text())) == []


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/index.json?asof=2023-04-01", "asof"),
        ("/actor/JPN.json?asof=2023-04-01", "asof"),
        ("/between/JPN/UKR.json?asof=2023-04-01", "asof"),
        ("/day/2023-03-21.json", "asof"),
        ("/difference.json?from=2022&to=2024", "diff"),
        ("/disputes.json", "disputes"),
        ("/search.json?q=kishida", "search"),
        ("/source/neo-japan-ukraine.json", "search"),
        ("/sources.json", "log"),
        ("/actors.json", "log"),
        ("/entries.json", "log"),
    ],
)
def test_the_json_of_a_page_is_as_its_schema_says(address: str, name: str) -> None:
    """A server gives what the command gives, under the same keys."""
    with Ledger.open(DEMO) as ledger:
        reply = asked(ledger, address)
    assert (reply.status, reply.type) == (200, "application/json")
    assert faults(name, json.loads(reply.body)) == []


def test_a_line_of_asof_is_a_standing() -> None:
    """Each line of `--format jsonl` is one standing."""
    lines = run("asof", "2023-04-01", "-l", DEMO, "--format", "jsonl").out.splitlines()
    assert lines
    assert [fault for line in lines for fault in faults("standing", json.loads(line))] == []


def test_a_key_that_no_schema_has_is_a_fault() -> None:
    """A view with one key more, or one less, is not as the schema says."""
    view = dict(demo_view().to_dict())
    assert faults("asof", view) == []
    assert faults("asof", {**view, "more": 1}) != []
    assert faults("asof", {k: v for k, v in view.items() if k != "head"}) != []


def demo_view() -> View:
    """Return what stood in the ledger of the examples."""
    with Ledger.open(DEMO) as ledger:
        return ledger.as_of("2023-04-01")


def test_every_record_is_as_the_schema_says() -> None:
    """Each record of the ledger of the examples, as its line has it."""
    with Ledger.open(DEMO) as ledger:
        bodies = [to_body(entry.record) for entry in ledger.entries() if entry.record]
    assert [fault for body in bodies for fault in faults("record", body)] == []
    assert faults("record", {**bodies[1], "more": 1}) != []


# --- the pages


def blocks(language: str) -> list[tuple[str, str]]:
    """Return the examples of a language in the pages, each with its place."""
    pattern = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return [
        (f"{page.name}:{i}", text)
        for page in PAGES
        for i, text in enumerate(pattern.findall(page.read_text(encoding="utf-8")))
    ]


OF_OTHERS = {"mcpServers", "annotations"}  # in what other programs write or read


def values_of(text: str) -> list[Any]:
    """Return the JSON values of an example, one after the other."""
    found, rest = [], text.strip()
    while rest:
        value, end = json.JSONDecoder().raw_decode(rest)
        found.append(value)
        rest = rest[end:].lstrip()
    return found


@pytest.mark.parametrize(("place", "text"), blocks("json"), ids=lambda value: value[:40])
def test_each_example_of_json_is_as_a_schema_says(place: str, text: str) -> None:
    """What has a kind is a draft or a record; the others are lines of a log."""
    for value in values_of(text):
        if not OF_OTHERS.isdisjoint(value):
            continue
        body = value.get("body", value)
        assert "kind" in body, place
        assert min(map(len, (faults("draft", body), faults("record", body)))) == 0, place


def drafts_in(text: str) -> list[dict[str, Any]]:
    """Return the records of a draft in TOML, with its dates as JSON has them."""
    document = json.loads(json.dumps(tomllib.loads(text), default=str))
    return [
        {"kind": kind, **table}
        for kind, tables in document.items()
        if kind in KINDS and kind != "ledger"  # a map begins with it
        for table in (tables if isinstance(tables, list) else [tables])
    ]


@pytest.mark.parametrize(("place", "text"), blocks("toml"), ids=lambda value: value[:40])
def test_each_example_of_a_draft_is_as_its_schema_says(place: str, text: str) -> None:
    """Also with its shorthand: roles as keys, a quote beside them, labels for numbers."""
    for table in islice(drafts_in(text), 50):
        assert faults("draft", table) == [], place
