"""`factledger types`: the types that a claim can have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_tools import busy_ledger, output_of, run, small_ledger
from factledger import Ledger
from factledger.ledger import ledger
from factledger.records.vocabulary import shipped


def of_version_one(folder: Path) -> Ledger:
    """Return a ledger that was begun with the first vocabulary."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "NEWEST", 1)
        return Ledger.create(folder / "old.jsonl", origin="old")


def test_types_are_listed_with_what_they_need(tmp_path: Path) -> None:
    """Each type of the ledger stands below its shape, with its roles, its modes and how it reads."""
    listed = output_of(busy_ledger(tmp_path), "types")
    assert "\n  bare-talk\n" in listed
    assert "States\n" in listed
    assert "  office · needs holder, post · one value at a time\n    {holder} is {post}\n" in listed


def test_without_a_ledger_the_newest_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no ledger is, the types are those that a new one would have."""
    monkeypatch.chdir(tmp_path)
    found = json.loads(run("types", "--format", "json").out)
    assert [one["id"] for one in found] == [*shipped().types]


def test_a_type_of_a_later_vocabulary_is_a_draft(tmp_path: Path) -> None:
    """What is printed of a type that a ledger lacks can be appended, and then it is known."""
    old, draft = of_version_one(tmp_path), tmp_path / "types.toml"
    draft.write_text(output_of(old, "types", "came-into-force"), encoding="utf-8")
    assert output_of(old, "append", str(draft)) == "added #2-#3\n"
    assert output_of(old, "types", "in-force").startswith("# the ledger knows it")


def test_a_type_of_a_later_vocabulary_is_said_to_be_one(tmp_path: Path) -> None:
    """A claim of a type that only a later vocabulary has is refused with the way to declare it."""
    old, draft = of_version_one(tmp_path), tmp_path / "draft.toml"
    draft.write_text('[[event]]\ntype = "founded"\nwhen = "2020"\n', encoding="utf-8")
    refused = run("append", str(draft), "-l", old.address)
    assert refused.code == 1
    assert (
        "type-declared: unknown type 'founded'; it is of a later vocabulary than the one that this "
        "ledger was begun with; append before what 'factledger types founded' prints"
    ) in refused.err


@pytest.mark.parametrize(
    ("name", "advice"),
    [("ofice", "did you mean 'office'?"), ("zzz", "one of ACCUSE, AGREE")],
)
def test_an_unknown_type_is_told(tmp_path: Path, name: str, advice: str) -> None:
    """A type that nobody has is told with the one that was probably meant, or with where to look."""
    told = run("types", name, "-l", small_ledger(tmp_path).address)
    assert told.code == 2
    assert f"no type {name!r}; {advice}" in told.err
