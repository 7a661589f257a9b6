"""A file that was changed behind the ledger's back: by rot, by accident, on purpose."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest

from effort import LONG
from factledger.errors import FactledgerError
from factledger.log.lines import Head, Line, make_lines
from factledger.log.stores import create_store, open_store
from faults.machine import scratch
from faults.oracle import Broken
from faults.plan import ENDS, STORES, WANTED, ledger_file
from store_faults import AT, encoded

STEP = {"jsonl": 1 if LONG else 16, "sqlite": 3 if LONG else 256}
_NAMES = {"jsonl": "ledger.jsonl", "sqlite": "ledger.db"}
_LAST = len(encoded(WANTED[:4]))  # where the last batch begins


def small_file(store: str) -> bytes:
    """Return the file of a ledger, of a SQLite file in small pages: there is less to try."""
    data = ledger_file(store, WANTED)
    if store == "sqlite":
        with scratch() as folder:
            path = folder / "small.db"
            path.write_bytes(data)
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                connection.execute("PRAGMA page_size = 512")
                connection.execute("VACUUM")
            data = path.read_bytes()
    return data


def found_in(path: Path, data: bytes) -> list[Line] | None:
    """Return the lines of a file with these bytes, None if it is refused; it is left as it is."""
    path.write_bytes(data)
    try:
        with open_store(str(path)) as store:
            return list(store.read())
    except FactledgerError:
        if path.read_bytes() != data:
            raise Broken("refused, and yet touched") from None
        return None


def flip_bits(store: str, step: int | None = None) -> int:
    """Flip every `step`-th bit of a ledger, one at a time; return how many."""
    data = small_file(store)
    bits = range(0, 8 * len(data), step or STEP[store])
    with scratch() as folder:
        for bit in bits:
            bad = bytearray(data)
            bad[bit // 8] ^= 1 << bit % 8
            found = found_in(folder / _NAMES[store], bytes(bad))
            unfinished = store == "jsonl" and bit // 8 >= _LAST and found == WANTED[:4]
            if not (found is None or unfinished or (store == "sqlite" and found == WANTED)):
                raise Broken(f"bit {bit} flipped, and nothing is said")
    return len(bits)


@pytest.mark.parametrize("store", STORES)
def test_bits(store: str, record_property: Callable[[str, object], None]) -> None:
    """A flipped bit is found, or is not of the log.

    In the last batch of a file of lines it may look like an append that never finished: then that
    batch is not there, and its bytes are kept. In a SQLite file a bit may be of no use.
    """
    record_property("flipped bits", flip_bits(store))


@pytest.mark.parametrize("store", STORES)
def test_truncation(store: str, record_property: Callable[[str, object], None]) -> None:
    """A file cut off anywhere is refused, or holds whole batches from the beginning.

    That batches are missing at the end of a file of lines, only a head or a checkpoint kept
    elsewhere shows. A SQLite file may lack its end without lacking a line.
    """
    data = small_file(store)
    sizes = range(0, len(data), 1 if LONG else 16)
    with scratch() as folder:
        for size in sizes:
            found = found_in(folder / _NAMES[store], data[:size])
            whole = [WANTED[:end] for end in ENDS] if store == "jsonl" else [WANTED]
            if found is not None and found not in whole:
                raise Broken(f"cut off after {size} bytes, {len(found)} lines are read")
    record_property("truncations", len(sizes))


# --- lines ----------------------------------------------------------------------------------------


def orders() -> list[list[Line]]:
    """Return the lines of the plan with one missing, one doubled, or two exchanged."""
    lines, places = WANTED, range(len(WANTED))
    missing = [[*lines[:i], *lines[i + 1 :]] for i in places[:-1]]
    doubled = [[*lines[: i + 1], *lines[i:]] for i in places]
    swapped = [
        [*lines[:i], lines[j], *lines[i + 1 : j], lines[i], *lines[j + 1 :]]
        for i, j in combinations(places, 2)
    ]
    return missing + doubled + swapped


def file_of(store: str, lines: list[Line], folder: Path) -> bytes:
    """Return a file that holds lines in an order that no store would write."""
    if store == "jsonl":
        return encoded(lines)
    path = folder / "made.db"
    path.write_bytes(ledger_file("sqlite", WANTED))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        rows = {row[0]: row[1:] for row in connection.execute("SELECT * FROM record").fetchall()}
        connection.execute("DELETE FROM record")
        connection.executemany(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)",
            [(place, *rows[line.seq]) for place, line in enumerate(lines, 1)],
        )
    return path.read_bytes()


@pytest.mark.parametrize("store", STORES)
def test_lines_out_of_place(store: str, record_property: Callable[[str, object], None]) -> None:
    """Lines taken out, doubled or exchanged are found."""
    with scratch() as folder:
        for lines in orders():
            if found_in(folder / _NAMES[store], file_of(store, lines, folder)) is not None:
                raise Broken(f"the order {[line.seq for line in lines]} is taken for a ledger")
    record_property("orders of lines", len(orders()))


def other_spellings() -> None:
    """Raise Broken if lines that say the same in other bytes are taken for the lines."""
    raw = encoded(WANTED)
    spellings = [
        raw.replace(b"\n", b"\r\n"),
        raw.replace(b"\n", b" \n"),
        raw.replace(b'{"at"', b' {"at"'),
        raw.replace(b'"seq":', b'"seq": '),
        b"\xef\xbb\xbf" + raw,
    ]
    with scratch() as folder:
        for spelling in spellings:
            if found_in(folder / "ledger.jsonl", spelling) is not None:
                raise Broken("another spelling is taken for the line")


def test_other_spellings() -> None:
    """A line that says the same in other bytes is not that line."""
    other_spellings()


def forged() -> list[Line]:
    """Return the plan with one body changed and everything after it hashed anew."""
    lines: list[Line] = []
    for first, last in ((1, 1), (2, 3), (4, 4), (5, 7)):
        some = WANTED[first - 1 : last]
        contents = [(line.body or b"").replace(b'"n":3,', b'"n":8,') for line in some]
        keys = [line.salt or b"" for line in some]
        after = lines[-1].head if lines else Head(0, "0" * 64, "")
        lines += make_lines(after, at=AT, bodies=contents, salts=keys)
    return lines


@pytest.mark.parametrize("store", STORES)
def test_a_ledger_hashed_anew_is_not_found_by_its_chain(store: str) -> None:
    """Who may write the file can write all of it anew, and the chain fits: it does not tell.

    The hash of any later line, kept elsewhere, does; and so does a checkpoint.
    """
    lines = forged()
    with scratch() as folder:
        address = str(folder / _NAMES[store])
        with create_store(address) as made, made.writing() as writer:
            writer.restore(lines)
        with open_store(address) as opened:
            assert list(opened.read()) == lines
    kept = WANTED[-1].hash
    assert [line.seq for line in lines if line.hash != WANTED[line.seq - 1].hash] == [3, 4, 5, 6, 7]
    assert kept not in [line.hash for line in lines]


# --- statements of another program ----------------------------------------------------------------

STATEMENTS = (
    "INSERT OR REPLACE INTO record VALUES (3, 2, '{}', '', NULL, zeroblob(32))",
    'REPLACE INTO record SELECT 2, batch, body, salt, "commit", hash FROM record WHERE seq = 3',
    "UPDATE record SET body = '{}'",
    "DELETE FROM record",
    "UPDATE batch SET at = '2000'",
    "DELETE FROM batch",
)


def other_statements(statements: Iterable[str] = STATEMENTS) -> None:
    """Raise Broken if a program that keeps the triggers can change a line."""
    with scratch() as folder:
        for number, statement in enumerate(statements):
            path = folder / f"{number}.db"
            with create_store(str(path)) as made, made.writing() as writer:
                writer.restore(WANTED)
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                try:
                    connection.execute(statement)
                except sqlite3.Error:
                    continue
            raise Broken(f"the file takes {statement!r}")


def test_statements_of_another_program() -> None:
    """What changes or replaces a line is refused by the SQLite file itself."""
    other_statements()
