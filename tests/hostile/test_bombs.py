"""How work grows with records that are cheap to write: twice as many, at most three times the work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli_tools import run
from effort import LONG
from factledger import Ledger
from factledger.testing import ACTORS, TYPES
from growth_tools import Work, assert_grows_evenly
from hostile.bombs import BOMBS, CLAIM, Records, doubted_claims, labels, taken_back
from ledgers import ledger

SIZE = 60 if LONG else 20
Bomb = Callable[[int], Records]


def made(bomb: Bomb, count: int) -> Ledger:
    """Return a ledger in memory with a bomb of a size."""
    found = ledger()
    found.append(*bomb(count))
    return found


def appending(bomb: Bomb, count: int) -> Work:
    """Return the work of appending it as one batch."""
    found, records = ledger(), list(bomb(count))
    return lambda: found.append(*records)


def appending_singly(bomb: Bomb, count: int) -> Work:
    """Return the work of appending it record by record."""
    found, records = ledger(), list(bomb(count))

    def work() -> None:
        for record in records:
            found.append(record)

    return work


def asking(bomb: Bomb, count: int) -> Work:
    """Return the work of asking what stood, and who says so."""
    found = made(bomb, count)
    return lambda: [(s.sentence, s.publishers) for s in found.as_of("2022-06-01").standings]


def changing(bomb: Bomb, count: int) -> Work:
    """Return the work of telling every change."""
    found = made(bomb, count)
    return lambda: list(found.changes())


def checking(bomb: Bomb, count: int) -> Work:
    """Return the work of every check on every entry."""
    return made(bomb, count).check


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("work", [appending, asking, changing, checking])
def test_twice_the_records_are_at_most_three_times_the_work(
    work: Callable[[Bomb, int], Work], bomb: Bomb
) -> None:
    """No kind of record is cheap to write, and the dearer for all that follows, the more there are."""
    assert_grows_evenly(lambda count: work(bomb, count), SIZE)


@pytest.mark.parametrize("bomb", [labels, taken_back, doubted_claims])
def test_a_label_that_is_used_again_is_no_dearer(bomb: Bomb) -> None:
    """Who appends one record at a time, under one label, looks at no retired bearer of it again."""
    assert_grows_evenly(lambda count: appending_singly(bomb, count), 60, most=2.5)


@pytest.mark.parametrize("bomb", BOMBS if LONG else BOMBS[::3])
@pytest.mark.parametrize("words", [("verify",), ("why", str(CLAIM)), ("log", "-n", "3")])
@pytest.mark.parametrize("name", ["ledger.jsonl", "ledger.db"] if LONG else ["ledger.db"])
def test_commands_grow_with_the_file(
    name: str, words: tuple[str, ...], bomb: Bomb, tmp_path: Path
) -> None:
    """Twice the records are at most three times the work to open, to verify and to tell of."""

    def work(count: int) -> Work:
        path = tmp_path / f"{count}-{name}"
        if not path.exists():
            with Ledger.create(path, origin="growth") as found:
                found.append(*ACTORS, *TYPES)
                found.append(*bomb(count))
        return lambda: run(*words, "-l", str(path))

    assert_grows_evenly(work, SIZE)
