"""The table of kinds and keys: what it says is what the classes say, and what a newer version adds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import attrs
import pytest

from cli_tools import run, small_ledger
from factledger import Ledger, NewerFormat
from factledger.checks import problems
from factledger.log.canonical import encoded
from factledger.log.stores import create_store, open_store
from factledger.records.forms import KEYS, unknown_part
from factledger.records.kinds import KINDS, class_of

COMMANDS = [("asof", "2023-04-01"), ("log",), ("check",), ("verify",), ("why", "9"), ("export",)]
NEWER = {
    "kind 'annul'": {"kind": "annul", "target": 9},
    "key 'because' of kind 'retract'": {
        "because": "x", "kind": "retract", "reason": "r", "target": 9
    },
    "key 'certainty' of kind 'event'": {
        "kind": "correct", "reason": "refined", "target": 9,
        "record": {"certainty": 1, "kind": "event", "type": "CONSULT", "when": "2023"}},
    "key 'salted' of kind 'source'": {"id": "n", "kind": "source", "salted": True, "title": "N"},
}  # fmt: skip


def test_the_table_says_what_the_classes_say() -> None:
    """Whoever adds a kind or a key to a class adds it to the table."""
    assert list(KEYS) == list(KINDS)
    for kind, keys in KEYS.items():
        assert keys - {"kind"} == {field.name for field in attrs.fields(class_of(kind))}


@pytest.mark.parametrize(
    "body", [{"kind": "retract", "target": 1}, {"kind": "correct", "record": 5}]
)
def test_what_is_known_is_not_judged_here(body: dict[str, object]) -> None:
    """Whether a record has what it needs is asked elsewhere."""
    assert unknown_part(body) is None


@pytest.fixture(params=["ledger.jsonl", "ledger.db"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a small ledger is, in a store of each kind."""
    small_ledger(tmp_path).close()
    if request.param.endswith(".db"):
        assert run("copy", str(tmp_path), str(tmp_path / request.param)).code == 0
    return str(tmp_path / request.param)


@pytest.mark.parametrize("part", NEWER)
def test_what_a_newer_version_wrote_is_not_passed_over(part: str, address: str) -> None:
    """An older version would show what it takes back: every command names the entry, and what to do."""
    with open_store(address) as store, store.writing() as writer:
        writer.append([encoded(NEWER[part])], at="2999-01-01T00:00:00.000000Z", salts=[bytes(16)])
    with pytest.raises(NewerFormat, match=r"install a newer factledger$") as raised:
        Ledger.open(address)
    assert (raised.value.line, raised.value.found, raised.value.known) == (13, part, 1)
    told = f"{address}:13: {part} is not known to this version, which reads format 1"
    for words in COMMANDS:
        said = run(*words, "-l", address)
        assert (said.code, said.out) == (1, "")
        assert said.err == f"{told}; install a newer factledger\n"


def test_an_open_ledger_meets_a_newer_line_as_well(address: str) -> None:
    """Who reads on behind what another version appends is told, too."""
    with Ledger.open(address) as ledger:
        with open_store(address) as store, store.writing() as writer:
            body = encoded(NEWER["kind 'annul'"])
            writer.append([body], at="2999-01-01T00:00:00.000000Z", salts=[bytes(16)])
        with pytest.raises(NewerFormat, match=":13: kind 'annul'"):
            ledger.refresh()


def test_a_header_of_a_newer_version(tmp_path: Path) -> None:
    """A key that the first record does not have yet is told as such."""
    header = {"format": 1, "kind": "ledger", "origin": "x", "salted": True, "vocabulary": 1}
    with create_store(str(tmp_path / "ledger.jsonl")) as store, store.writing() as writer:
        writer.append([encoded(header)], at="2020-01-01T00:00:00.000000Z", salts=[bytes(16)])
    with pytest.raises(NewerFormat, match=":1: key 'salted' of kind 'ledger' is not known"):
        Ledger.open(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        (b'"role":"actor"', b'"role":"viewer"'),
        (b'"actor":"JPN","role"', b'"actor":"JPN","by":"x","role"'),
        (b'"when":"2023-03-21"', b'"when":"Y170000"'),
    ],
)
def test_a_word_that_is_not_known_may_be_of_a_newer_version(
    change: tuple[bytes, bytes], tmp_path: Path
) -> None:
    """An unknown role, key or form of a date is an error where it is asked for, and says what it may be."""
    small_ledger(tmp_path / "old").close()
    with (
        open_store(str(tmp_path / "old")) as origin,
        create_store(str(tmp_path / "ledger.jsonl")) as store,
        store.writing() as writer,
    ):
        bodies = [(line.body or b"").replace(*change) for line in origin.read()]
        writer.append(bodies, at="2025-01-01T00:00:00.000000Z", salts=[bytes(16)] * len(bodies))
    with Ledger.open(tmp_path) as ledger:
        told = [p.message for p in problems(ledger.index, str) if p.check == "record-form"]
    assert told
    assert all("or install a newer factledger" in message for message in told)
    said = run("asof", "2023-04-01", "-l", str(tmp_path))
    assert (said.code, said.err.count("or install a newer factledger")) == (1, 1)


def test_the_index_of_another_table_counts_as_none() -> None:
    """A version with other kinds or keys makes an index of another shape: this one reads the lines."""
    sql = (Path(class_of.__code__.co_filename).parents[1] / "index/index.sql").read_text()
    [number] = re.findall(r"one     INTEGER PRIMARY KEY CHECK \(one = (\d+)\)", sql)
    digest = FORMS_OF_INDEX[int(number)]
    found = json.dumps({kind: sorted(keys) for kind, keys in KEYS.items()}, sort_keys=True)
    assert hash_of(found) == digest, "raise the number in index.sql, and note the new hash here"


def hash_of(text: str) -> str:
    """Return the beginning of the SHA-256 of a text."""
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()[:16]


# From 5 to 6 denials and counts of none got other spans, under the same kinds and keys.
FORMS_OF_INDEX = {6: "1614ddd8fb602cba"}
