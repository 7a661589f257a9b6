"""The contract of a store finds what breaks it, under pytest and under unittest."""

from __future__ import annotations

import io
import unittest
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from factledger.errors import Busy
from factledger.log.lines import Line, make_lines
from factledger.log.stores import Store
from factledger.log.stores.base import PATIENCE, check_expected
from factledger.log.stores.memory import MemoryStore
from factledger.testing import StoreContract


class Unchecked(MemoryStore):
    """A store that lets anyone append, whichever head they saw."""

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[MemoryStore]:
        """Pass over what is expected."""
        with super().writing(timeout=timeout) as writer:
            yield writer


class Unlocked(MemoryStore):
    """A store that lets two append at once."""

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[MemoryStore]:
        """Wait for nobody."""
        check_expected(expect, self.head)
        yield self


class Impatient(MemoryStore):
    """A store that waits for nobody, and refuses instead."""

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[MemoryStore]:
        """Refuse who comes second, at once."""
        if self._lock.locked():
            raise Busy(self.address, timeout)
        with super().writing(expect=expect, timeout=timeout) as writer:
            yield writer


class Unforgiving(MemoryStore):
    """A store that keeps the right to append from everyone once somebody gave up."""

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[MemoryStore]:
        """Give the right back only where nothing went wrong."""
        if not self._lock.acquire(timeout=0.01):
            raise Busy(self.address, timeout)
        check_expected(expect, self.head)
        yield self
        self._lock.release()


class Following(MemoryStore):
    """A store whose readings go on into what is appended meanwhile."""

    def read(self, start: int = 1) -> Iterator[Line]:
        """Look for the next line when it is asked for."""
        number = max(start, 1)
        while number <= len(self._lines):
            yield self._lines[number - 1]
            number += 1


class FromZero(MemoryStore):
    """A store that counts its lines from 0."""

    def read(self, start: int = 1) -> Iterator[Line]:
        """Begin one line late."""
        yield from super().read(start + 1 if start > 1 else start)


class Single(MemoryStore):
    """A store that makes a batch of each record."""

    def append(self, bodies: Sequence[bytes], *, at: str, salts: Sequence[bytes]) -> list[Line]:
        """Append the records one by one."""
        pairs = zip(bodies, salts, strict=True)
        return [
            line for b, s in pairs for line in super(Single, self).append([b], at=at, salts=[s])
        ]


class Hashing(MemoryStore):
    """A store that hashes the lines of another anew."""

    def restore(self, lines: Sequence[Line]) -> None:
        """Make new lines of their bodies."""
        for line in lines:
            self.append([line.body or b""], at=line.at, salts=[line.salt or b""])


class Keeping(MemoryStore):
    """A store that does not erase the newest line."""

    def erase(self, entries: Collection[int], *, timeout: float = PATIENCE) -> None:
        """Erase all but the newest."""
        super().erase({n for n in entries if n < len(self._lines)}, timeout=timeout)


class Toggling(MemoryStore):
    """A store that brings back what is erased a second time."""

    def erase(self, entries: Collection[int], *, timeout: float = PATIENCE) -> None:
        """Keep a copy, and put it in the place of what is erased already."""
        kept: dict[int, Line] = self.__dict__.setdefault("kept", {})
        before = list(self._lines)
        super().erase(entries, timeout=timeout)
        for line in before:
            if line.seq in entries and line.body is None and line.seq in kept:
                self._lines[line.seq - 1] = kept[line.seq]
            kept.setdefault(line.seq, line)


class Torn(MemoryStore):
    """A store that leaves a part of a batch that was refused."""

    def append(self, bodies: Sequence[bytes], *, at: str, salts: Sequence[bytes]) -> list[Line]:
        """Make each line by itself, and then the batch."""
        if len(bodies) < 2 or all(b"\n" not in body for body in bodies):
            return super().append(bodies, at=at, salts=salts)
        self._lines += make_lines(self.head, at=at, bodies=bodies[:1], salts=salts[:1])
        return super().append(bodies, at=at, salts=salts)


class Trusting(MemoryStore):
    """A store that passes over what would not read back, and says nothing."""

    def append(self, bodies: Sequence[bytes], *, at: str, salts: Sequence[bytes]) -> list[Line]:
        """Append nothing where a body holds a line feed."""
        if any(b"\n" in body for body in bodies):
            return []
        return super().append(bodies, at=at, salts=salts)


class Nameless(MemoryStore):
    """A store that is not named in its errors."""

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[MemoryStore]:
        """Say that something was busy, and not what."""
        if not self._lock.acquire(timeout=timeout):
            raise Busy("", timeout)
        try:
            check_expected(expect, self.head)
            yield self
        finally:
            self._lock.release()


class Behind(MemoryStore):
    """A store that does not show its newest line, once it holds many."""

    def read(self, start: int = 1) -> Iterator[Line]:
        """Leave out the last of many."""
        found = list(super().read(start))
        yield from found[:-1] if len(self._lines) > 15 else found


AGREES, TAKES_TURNS = "test_it_agrees_with_a_list", "test_a_writer_waits_for_the_one_before"
COPIES, ANSWERS = (
    "test_a_copy_has_the_lines_of_the_original",
    "test_a_ledger_in_it_answers_as_one_in_memory",
)
BROKEN: list[tuple[Callable[[], Store], str]] = [
    (Unchecked, AGREES),
    (Unlocked, "test_one_writer_at_a_time"),
    (Unlocked, TAKES_TURNS),
    (Impatient, TAKES_TURNS),
    (Unforgiving, AGREES),
    (Following, AGREES),
    (FromZero, AGREES),
    (Single, AGREES),
    (Hashing, COPIES),
    (Behind, ANSWERS),
    (Keeping, AGREES),
    (Toggling, "test_erasing_twice_is_erasing_once"),
    (Torn, "test_a_batch_that_does_not_read_back_is_not_there"),
    (Trusting, "test_a_batch_that_does_not_read_back_is_not_there"),
    (Nameless, "test_one_writer_at_a_time"),
]


def contract_of(make: Callable[[], Store]) -> StoreContract:
    """Return the contract for a store in memory."""

    class Mine(StoreContract):
        lasting = False
        # The same examples each time: a planted fault is not to be found by luck.
        tries = settings(
            StoreContract.tries, max_examples=100, phases=[Phase.generate], derandomize=True
        )

        def open(self, folder: Path) -> Store:
            return make()

    return Mine()


@pytest.mark.parametrize(
    ("make", "name"), BROKEN, ids=[f"{getattr(m, '__name__', m)}: {name}" for m, name in BROKEN]
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_store_that_breaks_the_contract_is_found_out(
    make: Callable[[], Store], name: str
) -> None:
    """Each way in which a store can go wrong fails the test that is there for it."""
    with pytest.raises((AssertionError, Busy)):
        getattr(contract_of(make), name)()


class Fleeting(StoreContract):
    """A store that forgets when it is closed, and is said to last."""

    def open(self, folder: Path) -> Store:
        """Return another store each time."""
        return MemoryStore()


def test_a_store_that_forgets_is_found_out() -> None:
    """What was appended is there when the store is opened again, or the contract is broken."""
    with pytest.raises(AssertionError):
        Fleeting().test_what_was_appended_is_there_when_it_is_opened_again()


def test_who_says_nothing_of_how_a_store_is_opened_is_told() -> None:
    """The contract by itself opens no store."""
    with pytest.raises(NotImplementedError, match="say how your store is opened"):
        StoreContract().test_erasing_twice_is_erasing_once()


def test_the_contract_runs_under_unittest_too() -> None:
    """With `unittest.TestCase` beside it, plain unittest finds and runs its tests."""

    class Mine(StoreContract, unittest.TestCase):
        lasting = False
        tries = settings(StoreContract.tries, max_examples=4)

        def open(self, folder: Path) -> Store:
            return MemoryStore()

    tests = unittest.defaultTestLoader.loadTestsFromTestCase(Mine)
    done = unittest.TextTestRunner(stream=io.StringIO()).run(tests)
    assert done.testsRun == 8
    assert done.wasSuccessful()
