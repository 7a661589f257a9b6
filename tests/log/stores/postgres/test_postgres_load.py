"""What `benchmarks/shared_writers.py` tells at length, with little work: nothing is lost or missed."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

import shared_writers
from effort import LONG
from killed_writers import killed
from postgres_server import Server, running_server
from shared_writers import (
    check_whole,
    contended,
    followed,
    missed_by_a_serial,
    ring_seconds,
)

EACH = 200 if LONG else 10


def test_writers_that_contend_lose_nothing(server: Server, home: Path) -> None:
    """Eight writers at once leave one chain without a gap, with all that was acknowledged to them."""
    address = server.laid_out()
    hashes, _ = contended(address, 8, EACH)
    assert check_whole(address, hashes) == 8 * EACH


def test_followers_miss_nothing_where_a_serial_misses(server: Server, home: Path) -> None:
    """Two followers see every line; one of a table that numbers before it commits does not."""
    address = server.laid_out()
    total = 4 * EACH * 5
    assert followed(address, total, 2, lambda: contended(address, 4, EACH, 5)) == [0, 0]
    assert missed_by_a_serial(server, 4, 60) > 0


def test_an_append_is_heard(server: Server, home: Path) -> None:
    """A follower need not look by itself: it hears long before the five seconds are over."""
    address = server.laid_out()
    contended(address, 1, 1)
    assert ring_seconds(address, 5)[-1] < 4


def test_what_was_acknowledged_survives_kills(home: Path) -> None:
    """A server process that is killed takes nothing along, and the unknown is decided by a look."""
    with running_server() as own:
        survived = killed(own.laid_out(), 200 if LONG else 2)
    assert survived.acknowledged >= survived.kills >= 2
    assert survived.there <= survived.unknown


def test_a_check_that_can_fail(server: Server, home: Path) -> None:
    """What was acknowledged and is not there would be told, and so would what nobody wrote."""
    address = server.laid_out()
    hashes, _ = contended(address, 1, 2)
    with pytest.raises(AssertionError, match="an acknowledged line is not there"):
        check_whole(address, hashes | {"0" * 64})
    with pytest.raises(AssertionError, match="a line is there that nobody wrote"):
        check_whole(address, set())


def test_the_command_prints_the_figures(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each figure is a line."""
    monkeypatch.setattr(shared_writers, "figures", lambda server, part: [f"{part} parts"])
    monkeypatch.setattr(shared_writers, "running_server", nullcontext)
    monkeypatch.setattr("sys.argv", ["shared_writers.py", "--quick"])
    shared_writers.main()
    assert capsys.readouterr().out == "10 parts\n"
