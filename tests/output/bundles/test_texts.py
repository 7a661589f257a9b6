"""The texts that a bundle carries: those that are kept and may be passed on, and no other."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from factledger import Ledger
from factledger.output.bundles import verify
from factledger.output.bundles.bundle import Handover, bundle_files, sources_of
from factledger.output.bundles.texts import may_be_passed_on, texts_at_hand

TEXT = "Ada Lorn visited Ombra.\n"
STATED: dict[str, dict[str, Any]] = {
    "free": {"licence": "CC-BY-4.0"},
    "unstated": {},
    "leave": {"licence": "with leave of the Gazette"},
    "sealed": {"policy": "sealed", "licence": "CC0-1.0"},
    "elsewhere": {"licence": "CC0-1.0"},
    "other": {"licence": "https://creativecommons.org/publicdomain/zero/1.0/"},
}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a ledger of six sources with the same text; of the last another one is kept."""
    made = Ledger.create(tmp_path / "x", origin="example")
    hashed = hashlib.sha256(TEXT.encode()).hexdigest()
    for name, stated in STATED.items():
        made.append({"kind": "source", "id": name, "title": name, "sha256": hashed, **stated})
        made.texts.keep(name, TEXT)
    made.texts.keep("other", "Another text.\n")
    made.texts.forget("elsewhere")
    outside = tmp_path / "outside.txt"
    outside.write_text(TEXT)
    made.texts.refer("elsewhere", outside)
    return made


def bundle(ledger: Ledger, folder: Path, *, texts: bool = True) -> Path:
    """Return the folder of a bundle of a whole ledger."""
    for name, data in bundle_files(ledger, Handover(ledger.checkpoint(), texts=texts)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_only_what_may_be_passed_on_comes_along(ledger: Ledger, tmp_path: Path) -> None:
    """A sealed text never, nor one without a licence that lets anybody pass it on; each reason is told."""
    found = texts_at_hand(ledger, sources_of(ledger, range(1, len(ledger) + 1)))
    assert {one.source.id: one.why for one in found} == {
        "free": None,
        "unstated": "no licence is stated",
        "leave": "the licence 'with leave of the Gazette' is not known to let it be passed on",
        "sealed": "it is sealed",
        "elsewhere": "the ledger keeps no text of it",
        "other": "what is kept is not the text that was cited",
    }
    folder = bundle(ledger, tmp_path / "b")
    assert [p.name for p in (folder / "texts").iterdir()] == ["free.txt"]
    assert (folder / "texts" / "free.txt").read_text() == TEXT
    assert not (bundle(ledger, tmp_path / "c", texts=False) / "texts").exists()


def test_a_licence_that_was_withdrawn_keeps_the_text_back(ledger: Ledger) -> None:
    """The source counts as it is declared now, not as it was at first."""
    hashed = hashlib.sha256(TEXT.encode()).hexdigest()
    anew = {"kind": "source", "id": "free", "title": "free", "sha256": hashed}
    ledger.append({"kind": "correct", "target": 2, "reason": "misread", "record": anew})
    [found] = texts_at_hand(ledger, sources_of(ledger, [2]))
    assert found.why == "no licence is stated"


def test_the_crate_names_the_licence_of_each_text(ledger: Ledger, tmp_path: Path) -> None:
    """The file refers to its licence and to its source, which are both described."""
    crate = json.loads((bundle(ledger, tmp_path / "b") / "ro-crate-metadata.json").read_text())
    graph = {entity["@id"]: entity for entity in crate["@graph"]}
    file = graph["texts/free.txt"]
    assert graph[file["license"]["@id"]]["name"] == "CC-BY-4.0"
    assert graph[file["encodesCreativeWork"]["@id"]]["identifier"] == "free"
    assert "license" not in graph["ledger.jsonl"]


def test_the_script_compares_the_texts_with_their_hashes(ledger: Ledger, tmp_path: Path) -> None:
    """A text that was changed fails, even if the list of hashes was made again."""
    folder = bundle(ledger, tmp_path / "b")
    assert "texts: 1, with the hashes that their sources state" in [*verify.verify(str(folder))]
    path, sums = folder / "texts" / "free.txt", folder / "SHA256SUMS"
    was = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text("Ada Lorn stayed at home.\n")
    changed = hashlib.sha256(path.read_bytes()).hexdigest()
    sums.write_text(sums.read_text().replace(was, changed))
    with pytest.raises(verify.Failed, match=r"texts/free.txt is not the text"):
        [*verify.verify(str(folder))]


@pytest.mark.parametrize(
    ("licence", "open_"),
    [
        ("CC0-1.0", True),
        ("cc by-nc-nd 4.0", True),
        ("Public domain", True),
        ("https://creativecommons.org/licenses/by/4.0/", True),
        ("OGL-UK-3.0", True),
        ("proprietary", False),
        ("© The Gazette", False),
        ("not in the public domain", False),
        ("mitigated", False),
    ],
)
def test_licences_that_let_anybody_pass_a_text_on_are_known(licence: str, open_: bool) -> None:
    """Names of SPDX, their addresses and the public domain; of any other nothing is known."""
    assert may_be_passed_on(licence) is open_
