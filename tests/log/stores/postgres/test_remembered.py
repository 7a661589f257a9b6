"""The newest head that a machine has seen, in a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from factledger.errors import LogError
from factledger.log.lines import START, Head
from factledger.log.stores.postgres.address import postgres_address
from factledger.log.stores.postgres.remembered import (
    accept_head,
    memory_path,
    remember,
    remembered_head,
)
from factledger.testing.store_model import AT

PLACE = postgres_address("postgresql://h/news/ukraine")
ONE, TWO = Head(1, "1" * 64, AT), Head(2, "2" * 64, AT)


def test_the_newest_head_is_remembered(home: Path) -> None:
    """An older one does not take its place; another ledger has a memory of its own."""
    assert remembered_head(PLACE) == START
    for head in (TWO, ONE):
        remember(PLACE, head)
        assert remembered_head(PLACE) == TWO
    assert remembered_head(postgres_address("postgresql://h/news/other")) == START
    assert memory_path(PLACE).parent == home / "state" / "factledger" / "heads"
    assert [path.name for path in memory_path(PLACE).parent.iterdir()] == [memory_path(PLACE).name]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"seq":"x","hash":"","at":""}', b"\xff"])
def test_what_is_no_memory_is_none(data: bytes, home: Path) -> None:
    """A file that somebody spoiled tells nothing, and the next head takes its place."""
    remember(PLACE, ONE)
    memory_path(PLACE).write_bytes(data)
    assert remembered_head(PLACE) == START
    remember(PLACE, ONE)
    assert remembered_head(PLACE) == ONE


def test_without_xdg_it_is_in_the_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder for state is the usual one."""
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(home))
    assert memory_path(PLACE).parent == home / ".local" / "state" / "factledger" / "heads"


def test_a_disk_that_refuses_forgets(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Noting is not worth failing for; accepting is, since somebody asked for it."""
    (home / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "file"))
    remember(PLACE, ONE)
    assert remembered_head(PLACE) == START
    with pytest.raises(LogError, match=r"cannot write: .* nothing was changed"):
        accept_head(PLACE, seen=START.hash, found=ONE)


def test_a_head_is_accepted_by_the_one_that_it_replaces(home: Path) -> None:
    """Who names another one has not read the refusal."""
    remember(PLACE, TWO)
    with pytest.raises(LogError, match=f"has seen the head {TWO.hash}, not {ONE.hash}"):
        accept_head(PLACE, seen=ONE.hash, found=ONE)
    accept_head(PLACE, seen=TWO.hash, found=ONE)
    assert remembered_head(PLACE) == ONE
