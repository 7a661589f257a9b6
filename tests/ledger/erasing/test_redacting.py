"""Content that is erased: recorded first, then taken out, and finished where it was cut short."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from factledger import Actor, Ledger, NotErased, WriteRefused
from factledger.errors import LogError
from factledger.ledger.erasing import redacting
from factledger.ledger.indexed_store import IndexedStore
from factledger.log.stores.placing.begun_files import begun_path


@pytest.fixture(params=["ledger.jsonl", "ledger.db"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    """A ledger whose second entry names a person."""
    made = Ledger.create(tmp_path / request.param, origin="o")
    made.append(Actor(id="ada", category="person", names=["Ada Lorn"]))
    return made


@pytest.mark.parametrize(
    ("where", "step", "fault", "told"),
    [
        (IndexedStore, "erase", LogError("busy"), "busy"),
        (
            IndexedStore,
            "erase",
            OSError(errno.EMFILE, "Too many open files"),
            "too many open files",
        ),
        (IndexedStore, "erase", MemoryError(), "not enough memory"),
        (redacting, "_forget_texts", WriteRefused("t", "read-only"), "read-only"),
    ],
)
def test_what_was_cut_short_is_finished_without_a_second_record(
    where: object,
    step: str,
    fault: Exception,
    told: str,
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who is told that content is recorded as erased and still there does it again, and it is gone."""

    def fails(*_: object) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(where, step, fails)
        with pytest.raises(NotErased, match=f"#2 recorded as erased and still there: {told}"):
            ledger.redact(2, reason="r", authority="a")
    assert (len(ledger), ledger.entry(2).record is None) == (3, False)
    assert [entry.number for entry in ledger.redact(2, reason="r", authority="a")] == [3]
    assert (len(ledger), ledger.entry(2).record is None) == (3, True)


def test_what_killed_processes_had_begun_goes_with_what_is_erased(
    ledger: Ledger, tmp_path: Path
) -> None:
    """An export or pages that were never finished hold what is erased: they are deleted, and nothing else."""
    pages, export = begun_path(tmp_path / "pages"), begun_path(tmp_path / "x.json")
    pages.mkdir()
    for path in (export, pages / "index.html", tmp_path / "x.part"):
        path.write_text("Ada Lorn")
    ledger.redact(2, reason="r", authority="a")
    assert not pages.exists()
    assert not export.exists()
    assert (tmp_path / "x.part").exists()


def test_nothing_is_erased_while_others_are_kept_from_writing(ledger: Ledger) -> None:
    """Inside `with ledger.writing()` nothing is recorded either."""
    with ledger.writing(), pytest.raises(WriteRefused, match="not erased inside"):
        ledger.redact(2, reason="r", authority="a")
    assert len(ledger) == 2
