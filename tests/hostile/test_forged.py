"""Ledgers that a forger hashed: every hash is right, and what they say is anything."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import click
import pytest

from cli_tools import run, small_ledger
from effort import LONG
from factledger.cli.blame import blamed, reading
from factledger.errors import NotFound
from hostile_tools import forged

AT_GAZETTE = [{"source": "gazette", "locator": "l"}]
MORE: list[dict[str, Any]] = [
    {"kind": "retract", "target": 9, "reason": "r"},
    {"kind": "close", "target": 10, "until": "2025", "citations": AT_GAZETTE},
    {"kind": "corroborate", "target": 9, "citations": AT_GAZETTE},
    {"kind": "dispute", "target": 9, "citations": AT_GAZETTE},
    {"kind": "identify", "verdict": "same", "reason": "x", "actors": ["JPN", "UKR"]},
    {"kind": "identify", "verdict": "same", "reason": "x", "claims": [9, 10]},
    {"kind": "withdraw", "source": "gazette", "reason": "r"},
    {"kind": "redact", "target": 9, "reason": "r", "authority": "a"},
    {"kind": "note", "text": "n", "label": "l", "citations": AT_GAZETTE},
    {"kind": "type", "id": "t1", "shape": "state", "key": ["actor"], "required": ["actor"]},
]
JUNK: list[Any] = [
    None, True, 0, -1, 1, 5, 9, 10**15, 2**53 - 1, 2**63, 2**64, 10**30, 1.5, "", "x", "JPN", "gazette",
    "..", "2020", "[..2020]", "\x1b", [], [1], ["a"], {}, {"a": 1}, [[]], [{}], [None], "a" * 5000,
    {"lower": 1}, {"role": "actor", "actor": "JPN"}, [{"role": "actor", "actor": "ZZZ"}], -5, 99, "9999",
]  # fmt: skip
FIELDS = [
    "until",
    "since",
    "when",
    "value",
    "label",
    "backfilled",
    "count",
    "copy_of",
    "of",
    "inferred",
    "about",
    "record",
    "target",
]
COMMANDS = (
    ("log",), ("asof", "2023-04-01"), ("asof", "2023", "--all", "--format", "json"),
    ("asof", "2021", "--between", "JPN", "UKR"), ("asof", "2021", "--actor", "JPN", "--format", "csv"),
    ("asof", "2020", "--published", "2020"), ("check",), ("verify",), ("export", "--format", "csv"),
    ("show", "visit"), ("why", "9"), ("why", "10", "--asof", "2023"), ("log", "--format", "tsv"),
)  # fmt: skip


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Return the bodies of the small ledger, without its first."""
    folder = tmp_path_factory.mktemp("small")
    small_ledger(folder).close()
    lines = (folder / "ledger.jsonl").read_bytes().splitlines()
    return [json.loads(line)["body"] for line in lines[1:]]


def changed(value: Any, random: Random) -> Any:
    """Return a value with something in it taken out, moved or replaced by junk."""
    if isinstance(value, dict) and value and random.random() < 0.8:
        key, how = random.choice(list(value)), random.random()
        if how < 0.15:
            return {k: v for k, v in value.items() if k != key}
        if how < 0.35:
            return {**value, random.choice(FIELDS): random.choice(JUNK)}
        return {**value, key: changed(value[key], random)}
    if isinstance(value, list) and value and random.random() < 0.6:
        at = random.randrange(len(value))
        return [*value[:at], changed(value[at], random), *value[at + 1 :]]
    return random.choice(JUNK)


def answered(words: tuple[str, ...], address: str) -> None:
    """Assert that a command answers, or says in a line what is wrong; never a traceback."""
    said = run(*words, "-l", address)
    assert said.code in (0, 1)
    if said.code and not said.out:
        assert len(said.err.splitlines()) == 1
        assert said.err.startswith((address, "Error: "))


def test_a_forged_ledger_ends_no_command_with_a_traceback(
    bodies: list[Any], tmp_path: Path
) -> None:
    """Whatever a forger says with hashes that fit, a command answers or names the entry to blame."""
    random = Random(7)
    for _ in range(600 if LONG else 40):
        told = [*bodies, *random.sample(MORE, 4)]
        for _ in range(random.randint(1, 3)):
            at = random.randrange(len(told))
            told[at] = changed(told[at], random)
        shutil.rmtree(tmp_path / "forged", ignore_errors=True)
        path = forged(tmp_path / "forged", told)
        address = str(path)
        if random.random() < 0.3 and run("copy", address, str(path.with_name("x.db"))).code == 0:
            address = str(path.with_name("x.db"))
        for words in random.sample(COMMANDS, 5):
            answered(words, address)


def cases() -> Iterator[tuple[dict[str, Any] | bytes, str]]:
    """Yield bodies on which a reader once failed, and a word of what is said of them."""
    yield {"kind": "source", "id": 5, "title": "T"}, ""
    yield {"kind": "retract", "target": "9", "reason": "r"}, ""
    yield {"kind": "actor", "id": None, "category": "person", "names": ["x"]}, ""
    yield b'{"kind":"note","text":"\xed\xa0\x80"}', ":13: damaged: its body is not a record"
    yield b'{"kind":"note","text":"\\ud800"}', ":13: damaged: its body is not a record"
    yield b'{"kind":"note","text":"t","text":"u"}', ""
    yield b'{"kind":"note","text":' + b"9" * 5000 + b"}", ":13: damaged: its body is not a record"
    yield b'{"kind":' + b"[" * 5000 + b"]" * 5000 + b"}", ":13: damaged: its body is not a record"
    yield b'{"kind":5}', ":13: damaged: its body is not a record"
    yield b'{"kind":"unheard-of"}', ""
    yield b"{}", ":13: damaged: its body is not a record"
    yield b'{"kind":"note"}}', ":13: damaged: its body is not a record"


@pytest.mark.parametrize(("body", "said"), list(cases()), ids=lambda value: str(value)[:40])
def test_an_entry_that_is_none_is_named(
    body: dict[str, Any] | bytes, said: str, bodies: list[Any], tmp_path: Path
) -> None:
    """A line whose hash is right and whose body is no record is told by its number."""
    path = forged(tmp_path, [*bodies, body])
    for words in COMMANDS:
        answered(words, str(path))
    found = run("check", "-l", str(path))
    assert found.code == 1
    assert f"{path}{said or ':13: '}" in found.out + found.err


def test_a_ledger_that_cannot_even_be_opened_is_blamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails in the opening, in a check or in SQLite's own look at the file is the ledger's."""
    small_ledger(tmp_path).close()
    assert run("copy", str(tmp_path), str(tmp_path / "x.db")).code == 0
    with click.Context(click.Command("log")) as context:
        reading(str(tmp_path / "x.db"))
        assert blamed(context) is None
        monkeypatch.setattr("factledger.log.stores.sqlite.SqliteStore.damage", lambda *_: "a page")
        assert "index-agrees: SQLite finds 'a page' in the file; if" in str(blamed(context))
        monkeypatch.setattr("factledger.checks.entry_faults", fail)
        assert "x.db:1: record-form: what it says cannot be made sense of; if" in str(
            blamed(context)
        )
        monkeypatch.setattr("factledger.ledger.ledger.Ledger.open", fail)
        assert "x.db: record-form: it cannot be made sense of; if" in str(blamed(context))
        reading(str(tmp_path / "ledger.jsonl"))
        assert "it cannot be made sense of; 'factledger check'" in str(blamed(context))
        monkeypatch.undo()
        reading(str(tmp_path / "nowhere.db"))
        assert isinstance(blamed(context), NotFound)
    reading("outside of a command")
    assert blamed(click.Context(click.Command("log"))) is None


def fail(*_: object, **__: object) -> None:
    """Fail as code does that meets what it does not expect."""
    raise KeyError("ours")


def test_a_fault_of_ours_is_not_blamed_on_a_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a command fails on a ledger that is fit, the fault is ours and is not hidden."""
    small_ledger(tmp_path).close()
    assert run("copy", str(tmp_path), str(tmp_path / "x.db")).code == 0

    monkeypatch.setattr("factledger.cli.commands.log.log_lines", fail)
    for address in (tmp_path, tmp_path / "x.db"):
        with pytest.raises(AssertionError, match="a fault of factledger: KeyError: 'ours'"):
            run("log", "-l", str(address))
