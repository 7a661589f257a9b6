"""Bundles: what is in them, that they are RO-Crates, and that the same ledger gives the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rocrate.rocrate import ROCrate

from cli_tools import DEMO
from factledger import Checkpoint, JointProof, Ledger, NotFound, NotProved, read_proof
from factledger.output.bundles.bundle import Handover, bundle_files
from factledger.output.bundles.selection import Selection

COMMON = {"README.md", "SHA256SUMS", "ledger.checkpoint", "ro-crate-metadata.json", "sources.json", "verify.py"}  # fmt: skip
CHOICES = {
    "whole": (Selection(), {"ledger.jsonl", "report.md"}),
    "entries": (Selection(entries=(29, 31)), {"entries.jsonl", "entries.proof", "entries.md"}),
    "actor": (Selection(sides=("CHN",)), {"entries.jsonl", "entries.proof", "report.md"}),
    "two": (Selection(sides=("JPN", "UKR")), {"entries.jsonl", "entries.proof", "report.md"}),
}


@pytest.fixture
def ledger() -> Ledger:
    """Return a ledger of one article."""
    return Ledger.open(DEMO)


@pytest.mark.parametrize("choice", CHOICES)
def test_a_bundle_has_lines_words_and_how_to_verify_them(choice: str, ledger: Ledger) -> None:
    """Which files it has says what was chosen; made again, it is the same to the byte."""
    selection, own = CHOICES[choice]
    asked = Handover(ledger.checkpoint(), selection)
    files = dict(bundle_files(ledger, asked))
    assert files.keys() == COMMON | own
    assert dict(bundle_files(ledger, asked)) == files


@pytest.mark.parametrize("choice", CHOICES)
def test_a_bundle_is_an_ro_crate(choice: str, ledger: Ledger, tmp_path: Path) -> None:
    """A program of others reads it; all that version 1.2 requires of its root is there."""
    for name, data in bundle_files(ledger, Handover(ledger.checkpoint(), CHOICES[choice][0])):
        (tmp_path / name).write_bytes(data)
    crate = ROCrate(tmp_path)
    listed = {entity.id for entity in crate.data_entities}
    assert listed == {p.name for p in tmp_path.iterdir()} - {"ro-crate-metadata.json", "SHA256SUMS"}
    assert crate.version == "1.2"
    graph = {e["@id"]: e for e in metadata(tmp_path)["@graph"]}
    root = graph["./"]
    assert {"@type", "name", "description", "datePublished", "license"} <= root.keys()
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    for part in (*root["hasPart"], *root["citation"], root["license"]):
        assert graph[part["@id"]]["@type"]
        assert graph[part["@id"]]["name"]


def metadata(folder: Path) -> Any:
    """Return the metadata of a crate."""
    return json.loads((folder / "ro-crate-metadata.json").read_bytes())


def test_a_licence_is_as_it_was_given(ledger: Ledger) -> None:
    """Where none is, the crate says so."""
    address = "https://creativecommons.org/licenses/by/4.0/"
    for licence, named in ((address, address), (None, "#licence")):
        files = dict(bundle_files(ledger, Handover(ledger.checkpoint(), licence=licence)))
        graph = json.loads(files["ro-crate-metadata.json"])["@graph"]
        assert graph[1]["license"] == {"@id": named}


def test_whoever_has_a_selection_gets_the_answers_of_the_ledger(ledger: Ledger) -> None:
    """An entry comes with its source, its actors, and all that can bear on it."""
    files = dict(
        bundle_files(ledger, Handover(ledger.checkpoint(), Selection(sides=("JPN", "UKR"))))
    )
    proof = read_proof(files["entries.proof"])
    assert isinstance(proof, JointProof)
    numbers = {line.seq for line in proof.lines}
    view = ledger.as_of("2023-04-01").between("JPN", "UKR")
    assert {n for standing in view.standings for n in (standing.number, *standing.also)} <= numbers
    assert {1, *(ledger.index.declarations("actor", "JPN"))} <= numbers


def test_the_report_is_of_the_date_and_knows_what_the_checkpoint_covers(ledger: Ledger) -> None:
    """Without a date it is that on which the newest entry of it was recorded."""
    files = dict(bundle_files(ledger, Handover(ledger.checkpoint(), date="2023-04-01")))
    assert b"# What stood on 1 April 2023" in files["report.md"]
    newest = dict(bundle_files(ledger, Handover(ledger.checkpoint())))
    assert b"# What stood on 24 November 2026" in newest["report.md"]


def test_entries_in_sentences_are_all_that_is_said_where_numbers_were_chosen(
    ledger: Ledger,
) -> None:
    """A report would tell of entries that are not handed over."""
    files = dict(bundle_files(ledger, Handover(ledger.checkpoint(), Selection(entries=(29,)))))
    assert b"- #29 Fumio Kishida visited Ukraine" in files["entries.md"]


def test_an_entry_behind_the_checkpoint_is_not_handed_over(ledger: Ledger) -> None:
    """And it is named."""
    with pytest.raises(NotFound, match="entry #76: not found; the checkpoint is of 75 entries"):
        list(bundle_files(ledger, Handover(ledger.checkpoint(), Selection(entries=(76,)))))


def test_a_checkpoint_of_other_entries_makes_no_bundle(ledger: Ledger) -> None:
    """Neither of the whole ledger nor of a selection."""
    own = ledger.checkpoint()
    false = Checkpoint(own.origin, own.size, bytes(32), own.note)
    for selection, _ in CHOICES.values():
        with pytest.raises(NotProved, match="rewritten: "):
            list(bundle_files(ledger, Handover(false, selection)))
