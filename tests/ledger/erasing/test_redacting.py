"""Content that is erased: recorded first, then taken out, and finished where it was cut short."""

from __future__ import annotations

from pathlib import Path

import pytest

from factledger import Actor, Ledger, NotErased, WriteRefused
from factledger.errors import LogError
from factledger.ledger.indexed_store import IndexedStore


@pytest.fixture(params=["ledger.jsonl", "ledger.db"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    """A ledger whose second entry names a person."""
    made = Ledger.create(tmp_path / request.param, origin="o")
    made.append(Actor(id="ada", category="person", names=["Ada Lorn"]))
    return made


def test_what_was_cut_short_is_finished_without_a_second_record(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is told that content is recorded as erased and still there does it again, and it is gone."""

    def fails(*_: object) -> None:
        raise LogError("busy")

    with monkeypatch.context() as patched:
        patched.setattr(IndexedStore, "erase", fails)
        with pytest.raises(NotErased):
            ledger.redact(2, reason="r", authority="a")
    assert (len(ledger), ledger.entry(2).record is None) == (3, False)
    assert [entry.number for entry in ledger.redact(2, reason="r", authority="a")] == [3]
    assert (len(ledger), ledger.entry(2).record is None) == (3, True)


def test_nothing_is_erased_while_others_are_kept_from_writing(ledger: Ledger) -> None:
    """Inside `with ledger.writing()` nothing is recorded either."""
    with ledger.writing(), pytest.raises(WriteRefused, match="not erased inside"):
        ledger.redact(2, reason="r", authority="a")
    assert len(ledger) == 2
