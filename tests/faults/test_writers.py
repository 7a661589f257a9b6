"""Many writers at once: one chain, and every record of each is in it, in its order."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest

from effort import LONG
from factledger.errors import Busy, OutcomeUnknown
from factledger.log.lines import Line
from factledger.log.stores import Store, create_store, open_store
from factledger.log.stores.jsonl import JsonlStore
from factledger.log.stores.sqlite import SqliteStore
from faults.machine import environment, scratch
from faults.oracle import Broken
from faults.plan import STORES, Case
from processes import child_that_lives
from store_faults import AT, append, bodies, salts

WRITERS = 8
FORKS = 5
RECORDS = 200 if LONG else 10
# Each writer is a child of its own, which opens the store and begins once all are there.
WRITER_PROCESSES = """
import os, sys, time, traceback
from contextlib import suppress
from faults.flaws import plant
from factledger.log.canonical import canonical
from factledger.log.stores import open_store
from store_faults import AT, salts

address, writers, count, tidied, *flaws = sys.argv[1:]
for flaw in flaws:
    plant(flaw)

def write(name):
    with open_store(address) as store:
        os.read(start, 1)
        for number in range(int(count)):
            with store.writing(timeout=120) as writer:
                if tidied:
                    with suppress(FileNotFoundError):
                        os.unlink(tidied)
                time.sleep(0.002)  # in which another could do what the lock forbids
                body = canonical({"kind": "note", "n": number, "text": name})
                writer.append([body], at=AT, salts=salts(1))
            time.sleep(0.02)  # in which another may come first

start, begin = os.pipe()
children = []
for number in range(int(writers)):
    children.append(os.fork())
    if children[-1] == 0:
        os.close(begin)
        try:
            write(f"w{number}")
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)
time.sleep(0.1)
os.close(begin)  # whoever reads is told now
for child in children:
    os.waitpid(child, 0)
"""


def write_at_once(
    store: str, flaw: str = "", records: int = RECORDS, *, tidied: bool = False
) -> int:
    """Let writers append at once, and judge what is there; return how many records there are.

    With `tidied`, each removes the lock beside the ledger while it writes.
    """
    with scratch() as folder:
        address = Case("append", store).address(folder)
        with create_store(address) as made, made.writing() as writer:
            writer.append(
                [b'{"kind":"ledger"}'], at="2026-11-23T19:00:00.000000Z", salts=[bytes(16)]
            )
        tidy = f"{address}.lock" if tidied else ""
        command = [
            sys.executable, "-c", WRITER_PROCESSES, address, str(WRITERS), str(records), tidy
        ]  # fmt: skip
        done = subprocess.run(
            [*command, *([flaw] if flaw else [])], env=environment(), capture_output=True, text=True
        )
        if done.stderr:
            raise Broken(f"a writer failed: {done.stderr}")
        with open_store(address) as opened:
            try:
                _judge([*opened.read()][1:], records)
            except Broken:
                raise
            except Exception as error:
                raise Broken(f"the ledger does not read: {error}") from error
    return WRITERS * records


def _judge(lines: list[Line], records: int) -> None:
    said: dict[str, list[int]] = {}
    for line in lines:
        body = json.loads(line.body or b"")
        said.setdefault(body["text"], []).append(body["n"])
    if said != {f"w{i}": list(range(records)) for i in range(WRITERS)}:
        raise Broken("a record is missing, doubled, or before another of its writer")


@pytest.mark.parametrize("store", STORES)
def test_writers(store: str, record_property: Callable[[str, object], None]) -> None:
    """Eight processes that append at once lose nothing, and write one chain."""
    record_property("records of eight writers", write_at_once(store))


@pytest.mark.parametrize("store", STORES)
def test_writers_whose_locks_are_tidied_away(
    store: str, record_property: Callable[[str, object], None]
) -> None:
    """Eight processes of which each removes the lock of the others lose nothing either."""
    record_property("records of eight writers", write_at_once(store, tidied=True))


def fork_while_writing(store: str) -> int:
    """Fork a process in each of some appends, which lives on, and judge whether one can go on."""
    with scratch() as folder, ExitStack() as lives:
        address = Case("append", store).address(folder)
        with create_store(address) as made:
            for number in range(FORKS):
                try:
                    with made.writing(timeout=0.1):
                        lives.enter_context(child_that_lives())
                except Busy as error:
                    raise Broken(f"fork {number} holds the lock: {error}") from error
    return FORKS


@pytest.mark.parametrize("store", STORES)
def test_forks(store: str, record_property: Callable[[str, object], None]) -> None:
    """Processes that are forked while somebody writes, and live on, hold up nobody."""
    record_property("processes forked while one writes", fork_while_writing(store))


def replace_while_writing(store: str) -> int:
    """Put another file in the place of a ledger before each acknowledgement, and judge that."""
    with scratch() as folder:
        address = Path(Case("append", store).address(folder))
        with create_store(str(address)) as made, made.writing() as writer:
            writer.append(bodies(1), at=AT, salts=salts(1))
        before = address.read_bytes()

        def replace(*_: object) -> None:
            part = address.with_name("part")
            part.write_bytes(before)
            part.replace(address)

        with opened_to_replace(store, str(address), replace) as opened:
            try:
                append(opened)
            except OutcomeUnknown:
                return 1
    raise Broken("what is in a file that lost its place was acknowledged")


def opened_to_replace(store: str, address: str, replace: Callable[..., None]) -> Store:
    """Return a store that does something once lines are written, and before they are durable."""
    if store == "jsonl":
        return JsonlStore(Path(address), sync=replace)
    opened = SqliteStore.open(address)
    opened.follow(SimpleNamespace(before_commit=replace, forget=lambda: None))
    return opened


@pytest.mark.parametrize("store", STORES)
def test_replaced(store: str, record_property: Callable[[str, object], None]) -> None:
    """A file that is replaced before the acknowledgement leaves the outcome unknown."""
    record_property("files replaced under a writer", replace_while_writing(store))
