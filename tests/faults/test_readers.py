"""Readers beside writers: each is answered, and truly; and nobody who reads keeps another from writing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest

from effort import LONG
from factledger import CONTACTS, Ledger
from factledger.cli.commands.verify import storage_faults
from factledger.errors import LogError
from factledger.ledger.auditing import soundness
from factledger.ledger.copying import bring_up, copy_into
from factledger.log.lines import chain
from factledger.log.stores import open_store, sqlite
from factledger.log.stores.locks import locked
from faults.machine import environment, scratch
from faults.oracle import Broken
from faults.plan import STORES, Case

PAIRS = 2000 if LONG else 1100  # more than are fetched at once
FIRST = 4 + PAIRS  # the first claim
ROUNDS = 20 if LONG else 2
VERIFIED = 20 if LONG else 3
# A reader that takes a ledger for a large one, and asks all the while, until nobody listens.
READER = """
import sys, traceback
from select import select
from factledger import Ledger
from factledger.ledger import indexed_store

indexed_store._BEHIND = 20
address, first, right = sys.argv[1], int(sys.argv[2]), {*map(int, sys.argv[3].split(","))}
asked, wrong = 0, []
kept = Ledger.open(address)
view = kept.as_of("2021")
def ask():
    with Ledger.open(address) as ledger:
        yield ledger.as_of("2021").count("event"), right
        yield ledger.as_of("2021").between("a", "p7").count("event"), {1}
    kept.refresh()
    yield kept.as_of("2021").between("a", "p9").count("event"), {1}
    for number in range(20):
        number = 5 + (20 * asked + number) % 100
        found = view.between("a", f"p{number}").numbers("event")
        yield [*found], [[first + number]]
print("ready", flush=True)
while not select([sys.stdin], [], [], 0)[0]:
    try:
        wrong += [f"{found} for {wanted}" for found, wanted in ask() if found not in wanted]
    except Exception:
        wrong.append(traceback.format_exc().splitlines()[-1])
    asked += 1
print(asked, *wrong[:3], sep="; ")
"""
# A writer that appends without a pause, and erases now and then, until nobody listens.
WRITER = """
import sys
from select import select
from factledger import Ledger

with Ledger.open(sys.argv[1]) as ledger:
    number = 0
    while not select([sys.stdin], [], [], 0)[0]:
        number += 1
        [made] = ledger.append(
            {"kind": "actor", "id": f"q{number}", "category": "person", "names": ["Q"]}, timeout=60
        )
        if number == 1:
            print("ready", flush=True)
        if number % 10 == 0:
            ledger.redact(made.number, reason="r", authority="a", leave_traces=True, timeout=60)
print(number)
"""


def many(path: Path, pairs: int = PAIRS) -> None:
    """Make a ledger of claims of many relationships, each day of one turning it."""
    path.write_bytes(_many(path.suffix, pairs))


@cache
def _many(suffix: str, pairs: int) -> bytes:
    """Return the file of such a ledger, which is made once."""
    with scratch() as folder:
        path = folder / f"x{suffix}"
        _make_many(path, pairs)
        return path.read_bytes()


def _make_many(path: Path, pairs: int) -> None:
    with Ledger.create(path, origin="o") as ledger:
        claim = {"kind": "event", "type": "CONSULT", "mode": "visit", "source": "s", "locator": "1"}
        people = ("a", *(f"p{number}" for number in range(pairs)))
        ledger.append(
            {"kind": "source", "id": "s", "title": "S", "published": "2021"},
            *({"kind": "actor", "id": one, "category": "person", "names": [one]} for one in people),
        )
        day = "2020-{:02}-{:02}"
        dated = [(n, day.format(1 + n % 12, 1 + n // 12 % 28)) for n in range(pairs)]
        ledger.append(
            *({**claim, "when": when, "actor": "a", "recipient": f"p{n}"} for n, when in dated)
        )


@contextmanager
def beside(program: str, *arguments: str) -> Iterator[Callable[[], str]]:
    """Run a program beside the block; the function that is given ends it and returns what it says."""
    command = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(
        command, env=environment(), text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdin
        process.stdout.readline()
        yield lambda: process.communicate()[0].strip()
        process.stdin.close()


# --- what readers are told ------------------------------------------------------------------------


def _redacts(path: Path, number: int) -> None:
    with Ledger.open(path) as ledger:
        ledger.redact(FIRST + number, reason="r", authority="a")  # of p0, p1, and so on


def _reindexes(path: Path, number: int) -> None:
    with Ledger.open(path) as ledger:
        ledger.reindex()


def _copies(path: Path, number: int) -> None:
    erased = path.with_name("erased.db")
    if not erased.exists():
        erased.write_bytes(path.read_bytes())
    _redacts(erased, number)
    with open_store(str(erased)) as origin, open_store(str(path)) as copy:
        copy_into(origin, copy)
        bring_up(copy)


WORKS = {"redact": _redacts, "reindex": _reindexes, "copy": _copies}


def ask_meanwhile(work: str) -> int:
    """Let a process ask while another erases or makes the index anew; return how often it asked."""
    with scratch() as folder:
        path = folder / "x.db"
        many(path)
        right = ",".join(str(PAIRS - gone) for gone in range(ROUNDS + 1))
        with beside(READER, str(path), str(FIRST), right) as ended:
            for number in range(ROUNDS):
                WORKS[work](path, number)
            asked, *wrong = ended().split("; ")
    if wrong or not int(asked):
        raise Broken(f"of {asked} rounds of questions some failed: {wrong}")
    return int(asked)


@pytest.mark.parametrize("work", WORKS)
def test_readers(work: str, record_property: Callable[[str, object], None]) -> None:
    """Whoever asks while content is erased or the index made anew gets each answer, before or after."""
    record_property("rounds of questions beside a writer", ask_meanwhile(work))


# --- what keeps a writer waiting ------------------------------------------------------------------


READINGS: dict[str, Callable[[Ledger], Iterator[object]]] = {
    "series": lambda ledger: ledger.series(CONTACTS, "2020-01-02", "2021"),
    "changes": lambda ledger: ledger._changes(None, None, None, None),
    "of one": lambda ledger: ledger._changes(None, None, ("a", "p3"), None),
    "entries": lambda ledger: ledger.entries(),
    "lines": lambda ledger: ledger.lines(),
    "claims": lambda ledger: iter(ledger.index.claims),
}


def read_slowly(store: str, reading: str) -> None:
    """Take one value of a long answer, and let another write and erase before the next."""
    with scratch() as folder:
        path = Path(Case("append", store).address(folder))
        many(path)
        with Ledger.open(path) as slow, Ledger.open(path) as other:
            slow.settle()
            values = READINGS[reading](slow)
            next(values)
            try:
                actor = {"kind": "actor", "id": "late", "category": "person", "names": ["L"]}
                [made] = other.append(actor, timeout=0.1)
                other.redact(made.number, reason="r", authority="a", timeout=0.1)
            except LogError as error:
                raise Broken(f"nobody can write while {reading} is read: {error}") from error
            list(values)


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("store", STORES)
def test_slow_readers(store: str, reading: str) -> None:
    """Whoever takes its time between two values of an answer keeps nobody from writing or erasing."""
    read_slowly(store, reading)


# --- what is verified beside a writer -------------------------------------------------------------


def verify_meanwhile(store: str) -> int:
    """Verify, check and export a ledger while another process writes; return how often."""
    with scratch() as folder:
        path = Path(Case("append", store).address(folder))
        with Ledger.create(path, origin="o") as made:
            made.append({"kind": "source", "id": "s", "title": "S"})
        with beside(WRITER, str(path)) as ended:
            faults, rounds, size = list[object](), 0, 0
            while not faults and (rounds < VERIFIED or size < 10 * VERIFIED):
                rounds += 1
                with Ledger.open(path) as ledger:
                    size = len(ledger)
                    faults += _faults(ledger)
            written = ended()
        if faults or not written:
            raise Broken(f"beside a writer of {written} entries: {[*map(str, faults[:3])]}")
        return rounds


def _faults(ledger: Ledger) -> Iterator[object]:
    """Yield what each way to read the whole of a ledger finds wrong."""
    try:
        yield from storage_faults(ledger, anew=True)
        yield from ledger.check()
        checkpoint = ledger.checkpoint()
        yield from ledger.verify_checkpoint(checkpoint)
        if len(list(chain(ledger.lines()))) < checkpoint.size:
            yield "an export that lacks lines"
    except Exception as error:
        yield repr(error)


@pytest.mark.parametrize("store", STORES)
def test_verified(store: str, record_property: Callable[[str, object], None]) -> None:
    """A healthy ledger is found healthy, whoever appends and erases meanwhile."""
    record_property("verifications beside a writer", verify_meanwhile(store))


def verify_between(store: str) -> None:
    """Append and erase at a certain moment of a verification, and of a checking."""
    with scratch() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(Case("append", store).address(folder))
        many(path, 20)
        patch.setattr(soundness, "_AT_ONCE", 1)
        patch.setattr(sqlite, "_PAGE", 1)
        with Ledger.open(path) as ledger, Ledger.open(path) as other:
            _judge_sound(ledger, lambda at: at == 3 and _append(other))
            _judge_sound(ledger, lambda at: at == 3 and _redact(other, 9))
            _judge_sound(ledger, _slowly_erased(other, patch))
            _redact(other, 0)
            _judge_checked(ledger)


FIRST_OF_FEW = 24


def _judge_sound(ledger: Ledger, on_progress: Callable[[int], object]) -> None:
    if faults := ledger.verify(on_progress):
        raise Broken(f"others wrote meanwhile: {[*map(str, faults)]}")


def _judge_checked(ledger: Ledger) -> None:
    try:
        faults: object = ledger.check()
    except IndexError as error:
        faults = error
    if faults:
        raise Broken(f"checked after others erased something: {faults!r}")


def _append(other: Ledger) -> bool:
    return bool(other.append({"kind": "actor", "id": "late", "category": "person", "names": ["L"]}))


def _redact(other: Ledger, claim: int) -> bool:
    return bool(other.redact(FIRST_OF_FEW + claim, reason="r", authority="a"))


def _slowly_erased(other: Ledger, patch: pytest.MonkeyPatch) -> Callable[[int], object]:
    """Begin to erase, and go on once the last line was read; return what is told of the reading."""
    recorded, read = Event(), Event()
    count = len(other)
    erase = other._kept.store.erase

    def slowly(*given: Any, **named: Any) -> None:
        with locked(Path(other.address), 10):
            recorded.set()
            read.wait(10)
            sleep(0.2)
        erase(*given, **named)

    patch.setattr(other._kept.store, "erase", slowly)
    Thread(target=_redact, args=[other, 5]).start()
    recorded.wait(10)

    def on_progress(at: int) -> None:
        if at > count:
            read.set()

    return on_progress


@pytest.mark.parametrize("store", STORES)
def test_verified_between(store: str) -> None:
    """What is appended, recorded as erased or erased between two lines that are read is no fault."""
    verify_between(store)
