"""What was erased is nowhere: not in the file, not beside it, whichever SQLite wrote it, however it ended."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from effort import LONG
from factledger import Ledger, NotErased, OutcomeUnknown
from factledger.index.fingerprints import content_hash, short_hash
from factledger.ledger.auditing.index_audit import index_faults
from factledger.ledger.copying import bring_up, copy_into
from factledger.log.lines import Line, salt_text
from factledger.log.stores import create_store, open_store, sqlite
from factledger.log.stores import sqlite_file as connecting
from factledger.testing.clock import seeded
from faults.machine import scratch
from faults.oracle import Broken
from faults.other_sqlite import Connection

PEOPLE = 120
ERASED = (5, 64, 65, 110)  # people; each is declared by one entry and named by the next
BATCHES = (1, PEOPLE)  # people that one append takes in
STEP = 1 if LONG else 17
Connect = Callable[[Path], Any]


def old_connected(path: Path) -> sqlite3.Connection:
    """Return a connection as an earlier version made it, where SQLite overwrites nothing."""
    connection = connecting.connected(path)
    connection.execute("PRAGMA secure_delete = OFF")
    return connection


def usual_connected(path: Path) -> sqlite3.Connection:
    """Return a connection as it is made now."""
    return connecting.connected(path)


MAKERS: dict[str, Connect] = {
    "usual": usual_connected, "other": Connection, "old": old_connected,
}  # fmt: skip


@contextmanager
def connecting_by(connect: Connect) -> Iterator[None]:
    """Let stores connect in some way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "connected", connect)
        yield


def people(path: Path, batch: int) -> None:
    """Make a ledger of people, some of whom are to be erased."""
    with Ledger.create(path, origin="o", entropy=seeded()) as ledger:
        ledger.append(
            {"kind": "source", "id": "s", "title": "S"},
            {"kind": "actor", "id": "a", "category": "person", "names": ["A"]},
        )
        for first in range(0, PEOPLE, batch):
            drafts = [draft for n in range(first, first + batch) for draft in person(n)]
            ledger.append(*drafts)


def person(number: int) -> list[dict[str, Any]]:
    """Return the declaration of a person and a claim that names them, of different lengths."""
    name = f"secretive-{number}-"
    claim = {"kind": "event", "type": "CONSULT", "mode": "visit", "source": "s", "locator": "1"}
    return [
        {"kind": "actor", "id": f"{name}x", "category": "person", "names": [name * (number % 9 + 1)]},
        {**claim, "when": "2020", "actor": "a", "recipient": f"{name}x", "label": f"{name}y"},
    ]  # fmt: skip


def entries(number: int) -> tuple[int, int]:
    """Return the two entries of a person."""
    return 4 + 2 * number, 5 + 2 * number


TO_ERASE = tuple(entry for number in ERASED for entry in entries(number))


def secrets(path: Path) -> list[bytes]:
    """Return what is not to be found any more: names, salts, hashes by which content is found."""
    with open_store(str(path)) as store:
        lines = [line for line in store.read() if line.seq in TO_ERASE]
    names = [f"secretive-{number}-".encode() for number in ERASED]
    return [*names, *(found for line in lines for found in _secrets(line))]


def _secrets(line: Line) -> Iterator[bytes]:
    assert line.salt
    assert line.body
    yield from (line.salt, salt_text(line.salt))
    if b'"kind":"actor"' in line.body:
        yield str(short_hash(content_hash({"kind": "actor"}, line.body))).encode()


def redact(path: Path) -> None:
    """Erase them."""
    with Ledger.open(path) as ledger:
        ledger.redact(*TO_ERASE, reason="r", authority="a", leave_traces=True)


def judge_erased(folder: Path, sought: list[bytes]) -> None:
    """Raise Broken where something that was erased stands in a file of a folder."""
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for secret in sought:
            if secret in data:
                raise Broken(f"{path.name} holds {secret!r} {data.count(secret)} times")


def judge_ledger(path: Path) -> None:
    """Raise Broken unless a ledger is whole, as is its index."""
    with Ledger.open(path) as ledger:
        faults = [*ledger.verify(), *ledger.check()]
    with open_store(str(path)) as store:
        faults += index_faults(store)
    if faults:
        raise Broken(str(faults))


def erase_written_by(maker: str, eraser: str, batch: int = 1) -> None:
    """Let one SQLite write a ledger and one erase from it, and judge what is there from then on."""
    with scratch() as folder:
        path = folder / "x.db"
        with connecting_by(MAKERS[maker]):
            people(path, batch)
        sought = secrets(path)
        with connecting_by(MAKERS[eraser]):
            redact(path)
            judge_erased(folder, sought)
            for after in (_vacuum, _reindex, _append, _copy):
                after(path)
                judge_erased(folder, sought)
        judge_ledger(path)


def _vacuum(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("VACUUM")
    connection.close()


def _reindex(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.reindex()


def _append(path: Path) -> None:
    with Ledger.open(path) as ledger:
        for number in range(PEOPLE, PEOPLE + 20):
            ledger.append(*person(number))


def _copy(path: Path) -> None:
    with open_store(str(path)) as origin, create_store(str(path.with_name("copy.db"))) as copy:
        copy_into(origin, copy)
        bring_up(copy)


@pytest.mark.parametrize("batch", BATCHES)
@pytest.mark.parametrize("eraser", ["usual", "other"])
@pytest.mark.parametrize("maker", MAKERS)
def test_erased(maker: str, eraser: str, batch: int) -> None:
    """Names, salts and hashes of what was erased are nowhere, whichever SQLite wrote and erased it."""
    erase_written_by(maker, eraser, batch)


def test_the_other_sqlite_overwrites_nothing_by_itself(tmp_path: Path) -> None:
    """What is tried above is tried where SQLite has the flags of its makers."""
    (tmp_path / "x.db").touch()
    connection = Connection(tmp_path / "x.db")
    assert connection.overwrites == 0
    assert connection.execute("PRAGMA secure_delete").fetchone()[0] == 1
    connection.close()


# --- erasing that ends too soon -------------------------------------------------------------------


class Ending:
    """A connection that ends the process, or the erasing, at its n-th statement."""

    def __init__(self, path: Path, end: Callable[[], object]) -> None:
        self._given = connecting.connected(path)
        self._end = end

    def __getattr__(self, name: str) -> Any:
        return getattr(self._given, name)

    def execute(self, statement: str, values: Any = ()) -> sqlite3.Cursor:
        """Execute a statement, perhaps not."""
        if not statement.startswith(("SELECT", "PRAGMA", "WITH")):
            self._end()
        return self._given.execute(statement, values)

    def executemany(self, statement: str, rows: Any) -> sqlite3.Cursor:
        """Execute a statement for each row, perhaps not."""
        self._end()
        return self._given.executemany(statement, rows)


def ends_at(nth: int, act: Callable[[], object]) -> Callable[[], None]:
    """Return what does something when it is called for the n-th time."""
    calls = iter(range(1, nth))

    def counted() -> None:
        if next(calls, None) is None:
            act()

    return counted


def kill_erasing(maker: str = "old", step: int = STEP) -> int:
    """Kill an erasing before every `step`-th statement, do it again, and judge what is left."""
    with scratch() as folder:
        path = folder / "x.db"
        with connecting_by(MAKERS[maker]):
            people(path, 1)
        before, sought, kills = path.read_bytes(), secrets(path), 0
        while _killed(path, 1 + kills * step):
            kills += 1
            _judge_half(path, sought)
            redact(path)
            judge_erased(folder, sought)
            judge_ledger(path)
            path.write_bytes(before)
        return kills


def _killed(path: Path, nth: int) -> bool:
    """Return whether an erasing was killed before its n-th statement: it has as many."""
    child = os.fork()
    if not child:
        try:
            end = ends_at(nth, lambda: os.kill(os.getpid(), signal.SIGKILL))
            with connecting_by(lambda path: Ending(path, end)):
                redact(path)
        finally:
            sys.stderr.flush()
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _judge_half(path: Path, sought: list[bytes]) -> None:
    """Raise Broken where an erasing counts as done although something is left."""
    with Ledger.open(path) as ledger:
        gone = [ledger.entry(entry).record is None for entry in TO_ERASE]
        told = [fault.check for fault in ledger.verify()]
        said = len(ledger) > entries(PEOPLE)[0]
    if any(gone) and not all(gone):
        raise Broken("some is erased, and some is not")
    if all(gone):
        judge_erased(path.parent, sought)
    elif said and told != ["redaction"] * len(TO_ERASE):
        raise Broken(f"it is recorded as erased, it is there, and what is told is {told}")


def test_killed_while_erasing(record_property: Callable[[str, object], None]) -> None:
    """Killed at any statement, either all content is there, or nothing is left; once more ends it."""
    record_property("kills while erasing", kill_erasing())


def test_what_keeps_content_from_being_erased_says_what_is_so(tmp_path: Path) -> None:
    """The record is there, the content too, and the words say so, and how to finish."""
    path = tmp_path / "x.db"
    people(path, PEOPLE)
    count = entries(PEOPLE)[0] - 1
    with sqlite3.connect(path, isolation_level=None) as other, Ledger.open(path) as ledger:

        def held(given: sqlite3.Connection) -> None:
            other.execute("BEGIN")
            other.execute("SELECT * FROM record").fetchone()
            connecting.write_anew(given)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite, "write_anew", held)
            with pytest.raises(NotErased) as refused:
                ledger.redact(5, reason="r", authority="a", leave_traces=True, timeout=0.1)
        assert str(refused.value) == (
            f"{path}: #5 recorded as erased and still there: another process is at work on it "
            "(waited 0.1 s); 'factledger redact 5' finishes it"
        )
        assert refused.value.entries == (5,)
        assert len(ledger) == count + 1
        assert ledger.entry(5).record is not None
        assert [fault.check for fault in ledger.verify()] == ["redaction"]
        other.execute("ROLLBACK")
        ledger.redact(5, reason="r", authority="a")
        assert (len(ledger), ledger.entry(5).record, ledger.verify()) == (count + 1, None, ())
    other.close()


def test_an_erasing_whose_outcome_is_unknown_is_told_as_that(tmp_path: Path) -> None:
    """Where the disk fails while the erasing is confirmed, it may be done: nobody says that it is not."""
    people(tmp_path / "x.db", PEOPLE)
    with Ledger.open(tmp_path / "x.db") as ledger, pytest.MonkeyPatch.context() as patch:

        def erase(*_: object, **__: object) -> None:
            raise OutcomeUnknown(ledger.address, "disk I/O error")

        patch.setattr(ledger._kept.store, "erase", erase)
        with pytest.raises(OutcomeUnknown):
            ledger.redact(5, reason="r", authority="a", leave_traces=True)
