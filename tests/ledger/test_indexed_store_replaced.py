"""A ledger whose file is replaced, or is used by two threads, while it is open."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cli_tools import small_ledger
from factledger import Actor, Damaged, Ledger, NotFound, Refused, WriteRefused
from factledger.ledger.copying import bring_up, copy_into, opened_or_made
from factledger.log.stores import Store, create_store, open_store


@pytest.fixture(params=["ledger.jsonl", "ledger.db"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a small ledger, in each store in a file."""
    small_ledger(tmp_path / "made").close()
    return copied(str(tmp_path / "made"), tmp_path / request.param)


def copied(origin: str, target: Path) -> str:
    """Return the address of a copy of a ledger, with its index."""
    with open_store(origin) as source, opened_or_made(str(target))[0] as store:
        copy_into(source, store)
        bring_up(store)
    return str(target)


def grown(ledger: Ledger) -> int:
    """Append an actor to a ledger; return the number of its entry."""
    return ledger.append(somebody(len(ledger)))[0].number


def somebody(number: int) -> Actor:
    """Return an actor that no ledger has yet."""
    return Actor(id=f"new-{number}", category="person", names=(f"New {number}",))


def test_a_longer_file_in_its_place_is_read_on(address: str, tmp_path: Path) -> None:
    """Who holds a ledger open answers from the file that took its place, and appends to it."""
    with Ledger.open(address) as ledger:
        size = len(ledger)
        newer = copied(address, Path(address).with_name(f"newer-{Path(address).name}"))
        with Ledger.open(newer) as other:
            grown(other)
        os.replace(newer, address)
        ledger.refresh()
        assert len(ledger) == size + 1
        assert grown(ledger) == size + 2
        assert [entry.number for entry in ledger.entries()] == [*range(1, size + 3)]
        assert ledger.as_of("2023").standings
    with Ledger.open(address) as again:
        assert len(again) == size + 2


def test_a_file_in_its_place_is_noticed_by_who_appends_first(address: str) -> None:
    """A writer goes on behind the newest entry of the file that is there now."""
    with Ledger.open(address) as ledger:
        size = len(ledger)
        newer = copied(address, Path(address).with_name(f"newer-{Path(address).name}"))
        with Ledger.open(newer) as other:
            grown(other)
        os.replace(newer, address)
        with pytest.raises(Refused):
            ledger.append({"kind": "retract", "target": 999, "reason": "r"})
        assert grown(ledger) == size + 2


def test_an_older_file_in_its_place_is_damage(address: str) -> None:
    """Neither read from nor appended to is a file that lacks the newest entry that was read."""
    older = Path(address).with_name("older")
    shutil.copy(address, older)
    with Ledger.open(address) as ledger:
        grown(ledger)
        os.replace(older, address)
        for act in (ledger.refresh, lambda: grown(ledger)):
            with pytest.raises(Damaged, match="the file was replaced, and the entry read before"):
                act()


def test_a_file_that_is_gone_is_told(address: str) -> None:
    """A ledger that was taken away while it was open is not found any more."""
    with Ledger.open(address) as ledger:
        Path(address).rename(f"{address}.elsewhere")
        for act in (ledger.refresh, lambda: grown(ledger)):
            with pytest.raises(NotFound, match="the ledger was there before; restore it"):
                act()
        Path(f"{address}.elsewhere").rename(address)
        assert grown(ledger) == len(ledger)


def test_of_six_that_make_a_ledger_one_has_made_it(address: str) -> None:
    """Who makes a ledger where another makes one is refused, unless it was the first."""
    target = str(Path(address).with_name(f"new-{Path(address).name}"))

    def make(number: int) -> bool:
        try:
            Ledger.create(target, origin=f"o{number}").close()
        except WriteRefused as refused:
            return "a ledger is there already" not in str(refused)
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(make, range(6))) == [False] * 5 + [True]
    with Ledger.open(target) as made:
        assert len(made) == 1


def test_a_ledger_that_was_begun_meanwhile_is_not_made_again(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where another wrote the first record after the file was there, the second is refused."""
    target = str(Path(address).with_name(f"new-{Path(address).name}"))

    def twice(place: str) -> Store:
        monkeypatch.undo()
        store = create_store(place)
        Ledger.create(place, origin="first").close()
        return store

    monkeypatch.setattr("factledger.ledger.ledger.create_store", twice)
    with pytest.raises(WriteRefused, match="a ledger is there already"):
        Ledger.create(target, origin="second")


def test_another_thread_waits_while_one_appends(tmp_path: Path) -> None:
    """A ledger with tables is not read while another thread tries what may be refused, and is then."""
    small_ledger(tmp_path / "made").close()
    address = copied(str(tmp_path / "made"), tmp_path / "x.db")
    with Ledger.open(address) as ledger, ThreadPoolExecutor(1) as thread:
        with ledger._kept.trial():
            asked = thread.submit(lambda: ledger.as_of("2023").standings)
            with pytest.raises(TimeoutError):
                asked.result(timeout=0.2)
        assert asked.result() == ledger.as_of("2023").standings
