"""Many writers at once: one chain, and every record of each is in it, in its order."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from factledger.log.lines import Line
from factledger.log.stores import create_store, open_store
from faults.machine import LONG, environment, scratch
from faults.oracle import Broken
from faults.plan import STORES, Case

WRITERS = 8
RECORDS = 200 if LONG else 30
WRITER = """
import sys, time
from faults.flaws import plant
from factledger.log.canonical import canonical
from factledger.log.stores import open_store
from store_faults import AT, salts

address, name, count, *flaws = sys.argv[1:]
for flaw in flaws:
    plant(flaw)
with open_store(address) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(count)):
        with store.writing(timeout=120) as writer:
            time.sleep(0.002)  # in which another could do what the lock forbids
            body = canonical({"kind": "note", "n": number, "text": name})
            writer.append([body], at=AT, salts=salts(1))
        time.sleep(0.02)  # in which another may come first
"""


def write_at_once(store: str, flaw: str = "", records: int = RECORDS) -> int:
    """Let writers append at once, and judge what is there; return how many records there are."""
    with scratch() as folder:
        address = Case("append", store).address(folder)
        with create_store(address) as made, made.writing() as writer:
            writer.append(
                [b'{"kind":"ledger"}'], at="2026-11-23T19:00:00.000000Z", salts=[bytes(16)]
            )
        commands = [
            [
                sys.executable,
                "-c",
                WRITER,
                address,
                f"w{i}",
                str(records),
                *([flaw] if flaw else []),
            ]
            for i in range(WRITERS)
        ]
        errors = _all_at_once(commands)
        if failed := [error for error in errors if error]:
            raise Broken(f"a writer failed: {failed[0]}")
        with open_store(address) as opened:
            try:
                _judge([*opened.read()][1:], records)
            except Broken:
                raise
            except Exception as error:
                raise Broken(f"the ledger does not read: {error}") from error
    return WRITERS * records


def _all_at_once(commands: list[list[str]]) -> list[str]:
    """Let processes begin at the same time; return what each said of an error."""
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(
            command, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )
        for command in commands
    ]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate()[1] for process in running]


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
