"""What every fault is tried on: one plan of batches, four ways to carry it out, two stores."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TypeAlias

import attrs

from factledger.errors import FactledgerError, OutcomeUnknown, WriteRefused
from factledger.ledger import copying
from factledger.ledger.copying import copy_into, opened_or_made
from factledger.log.lines import Line
from factledger.log.stores import Store, open_store
from store_faults import AT, bodies, encoded, log, salts

SIZES = (1, 2, 1, 3)
WANTED = log(*SIZES)
ENDS = {0, 1, 3, 4, 7}  # after how many lines a batch is whole
STORES = ("jsonl", "sqlite")
OPERATIONS = ("create", "append", "recover", "copy")
TRIES = 3
_NAMES = {"jsonl": "ledger.jsonl", "sqlite": "ledger.db"}
_UNFINISHED = encoded(WANTED[3:4])[:-40]  # of an append that never ended

Files: TypeAlias = dict[str, bytes]  # what is in a folder, by path from there
Told = Callable[[str], object]


@attrs.frozen
class Case:
    """One operation on one kind of store; what it is to end in is the same for all."""

    operation: str
    store: str

    def __str__(self) -> str:
        return f"{self.operation}-{self.store}"

    def address(self, root: Path) -> str:
        """Return where the ledger is that is made or grows."""
        folder = {"create": "new/deep", "copy": "copy"}.get(self.operation, "")
        return str(root / folder / _NAMES[self.store])

    def origin(self, root: Path) -> str:
        """Return where the ledger is that is copied: one of the other kind."""
        return str(root / _NAMES["sqlite" if self.store == "jsonl" else "jsonl"])

    @property
    def held(self) -> int:
        """How many lines were acknowledged before."""
        return {"append": 1, "recover": 3}.get(self.operation, 0)

    @property
    def unfinished(self) -> bytes:
        """The bytes that an earlier append left behind, which are never to be lost."""
        return _UNFINISHED if (self.operation, self.store) == ("recover", "jsonl") else b""

    def start(self) -> Files:
        """Return what is there before."""
        return dict(_start(self))

    def run(self, root: Path, told: Told) -> None:
        """Carry out the operation to its end; `told` hears what was acknowledged or refused."""
        if self.operation == "copy":
            _persist(lambda: _copy(self.origin(root), self.address(root), told), told)
        else:
            _persist(lambda: _fill(self.address(root), told), told)


CASES = [Case(operation, store) for store in STORES for operation in OPERATIONS]


def _persist(act: Callable[[], object], told: Told) -> None:
    """Do it until it is done, as a patient user: what failed is looked at anew and tried again."""
    for _ in range(TRIES):
        try:
            act()
        except OutcomeUnknown:
            told("unknown")
        except FactledgerError as error:
            told(f"refused {error}")
        else:
            return


def _copy(origin: str, target: str, told: Told) -> None:
    usual, copying.AT_ONCE = copying.AT_ONCE, 2
    try:
        with open_store(origin) as given, opened_or_made(target)[0] as made:
            copy_into(given, made, lambda seq: told(f"done {seq}"))
    finally:
        copying.AT_ONCE = usual


def _fill(address: str, told: Told) -> None:
    with opened_or_made(address)[0] as store:
        refusals = 0
        while refusals < TRIES:
            try:
                if not append_next(store, told):
                    return
            except WriteRefused as error:
                refusals += 1
                told(f"refused {error}")


def append_next(store: Store, told: Told) -> bool:
    """Append the batch that comes next, unless all are there; say so once it is acknowledged."""
    with store.writing() as writer:
        seq = writer.head.seq
        if seq >= len(WANTED):
            return False
        count = WANTED[seq].last - seq
        writer.append(bodies(count, seq + 1), at=AT, salts=salts(count, seq + 1))
        told(f"done {seq + count}")
        return True


# --- what is there before -------------------------------------------------------------------------


@cache
def _start(case: Case) -> Files:
    if case.operation == "create":
        return {}
    if case.operation == "copy":
        kind = "sqlite" if case.store == "jsonl" else "jsonl"
        return {_NAMES[kind]: ledger_file(kind, WANTED)}
    whole = {_NAMES[case.store]: ledger_file(case.store, WANTED[: case.held])}
    if case.operation == "append":
        return whole
    if case.store == "jsonl":
        return {_NAMES["jsonl"]: whole[_NAMES["jsonl"]] + _UNFINISHED}
    return _left_by_a_commit(whole[_NAMES["sqlite"]])


@cache
def _database(count: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        with opened_or_made(str(path))[0] as store, store.writing() as writer:
            writer.restore(WANTED[:count])
        return path.read_bytes()


def ledger_file(store: str, lines: list[Line]) -> bytes:
    """Return the file of a ledger that holds the first lines of the plan."""
    return encoded(lines) if store == "jsonl" else _database(len(lines))


def _left_by_a_commit(database: bytes) -> Files:
    """Return a SQLite file with pages of a commit that never ended, and the journal to undo it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, _NAMES["sqlite"])
        path.write_bytes(database)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for statement in (
                "PRAGMA journal_mode = TRUNCATE", "PRAGMA cache_size = 1", "BEGIN IMMEDIATE",
                "INSERT INTO batch VALUES (4, 90, '2026-11-23T19:00:00.000000Z')",
            ):  # fmt: skip
                connection.execute(statement)
            rows = [
                (seq, 4, f'{{"n":"{seq:0999d}"}}', "A" * 22, None, bytes(32))
                for seq in range(4, 91)
            ]
            connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)", rows)
            left = read_files(Path(folder))
    assert left[_NAMES["sqlite"]] != database
    assert any(left[_NAMES["sqlite"] + "-journal"])
    return left


def read_files(root: Path) -> Files:
    """Return what is in a folder and below, but for locks, which hold nothing."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def write_files(root: Path, files: Files) -> None:
    """Put files into a folder."""
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
