"""Many writers at once: one chain, and every record of each is in it, in its order."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from effort import LONG
from factledger.log.lines import Line
from factledger.log.stores import create_store, open_store
from faults.machine import environment, scratch
from faults.oracle import Broken
from faults.plan import STORES, Case

WRITERS = 8
RECORDS = 200 if LONG else 10
# Each writer is a child of its own, which opens the store and begins once all are there.
WRITER_PROCESSES = """
import os, sys, time, traceback
from faults.flaws import plant
from factledger.log.canonical import canonical
from factledger.log.stores import open_store
from store_faults import AT, salts

address, writers, count, *flaws = sys.argv[1:]
for flaw in flaws:
    plant(flaw)

def write(name):
    with open_store(address) as store:
        os.read(start, 1)
        for number in range(int(count)):
            with store.writing(timeout=120) as writer:
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


def write_at_once(store: str, flaw: str = "", records: int = RECORDS) -> int:
    """Let writers append at once, and judge what is there; return how many records there are."""
    with scratch() as folder:
        address = Case("append", store).address(folder)
        with create_store(address) as made, made.writing() as writer:
            writer.append(
                [b'{"kind":"ledger"}'], at="2026-11-23T19:00:00.000000Z", salts=[bytes(16)]
            )
        command = [sys.executable, "-c", WRITER_PROCESSES, address, str(WRITERS), str(records)]
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
