"""How far a long work is, on a terminal: what the bar tells, and when it is drawn."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli_tools import run
from factledger.cli.progress import STAYS, Progress, resumable
from factledger.log.canonical import canonical
from factledger.log.lines import START, Line, make_lines
from factledger.log.stores import create_store
from store_faults import AT, salts

CURSOR = re.compile(r"\x1b\[\?25[lh]")  # hidden while a bar is drawn, and shown again


class Terminal(io.StringIO):
    """A terminal that keeps all that was written to it."""

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True


class Clock:
    """A clock that stands until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the instant."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give a clock for the bar and for what draws it."""
    clock = Clock()
    monkeypatch.setattr("factledger.cli.progress.monotonic", clock)
    monkeypatch.setattr(time, "time", clock)
    return clock


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Give a terminal of eighty columns as standard error."""
    found = Terminal()
    monkeypatch.setattr("factledger.cli.progress.sys", SimpleNamespace(stderr=found))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    return found


def shown(written: str) -> list[str]:
    """Return the lines that a terminal shows in the end: what comes after a return goes over it."""
    lines = []
    for row in CURSOR.sub("", written).split("\n"):
        cells = ""
        for part in row.split("\r"):
            cells = part + cells[len(part) :]
        lines.append(cells.rstrip())
    return lines


def told(line: str) -> str:
    """Return what a line tells, without its bar."""
    return " ".join(re.sub(r"\[[#-]*\]", "", line).split())


def test_the_bar_tells_count_share_rate_and_time_left(terminal: Terminal, clock: Clock) -> None:
    """At a thousand a second, nine thousand more take nine seconds."""
    with Progress("rows", 10_000) as progress:
        clock.now += 1
        progress.at(1000)
        (line,) = shown(terminal.getvalue())
        assert told(line) == "rows 1000/10000 10% 00:00:09 1,000 a second"
        assert re.search(r"\[#+-+\]", line)
        clock.now += 9.5
        progress.add(9000)
    assert told(shown(terminal.getvalue())[0]) == "rows 10000/10000 100% 952 a second"


def test_the_bar_is_drawn_at_most_ten_times_a_second(terminal: Terminal, clock: Clock) -> None:
    """What is told more often is seen with the next drawing, the last of it at the end."""
    with Progress("rows", 1000) as progress:
        for _ in range(64):
            clock.now += 1 / 64
            progress.add(1)
        assert terminal.getvalue().count("rows") == 9
        assert told(shown(terminal.getvalue())[0]).startswith("rows 63/1000")
    assert told(shown(terminal.getvalue())[0]).startswith("rows 64/1000")


def test_what_was_there_before_is_no_work(terminal: Terminal, clock: Clock) -> None:
    """A work that goes on counts, and is as fast as, what it does now."""
    with Progress("rows", 100, begin=80) as progress:
        clock.now += 1
        progress.at(90)
    assert told(shown(terminal.getvalue())[0]) == "rows 10/20 50% 00:00:01 10 a second"


def test_lines_that_are_read_twice_count_twice(terminal: Terminal, clock: Clock) -> None:
    """A second pass begins at the first line again; the bar goes on."""
    with Progress("rows") as progress:
        for done in (50, 100, 10, 60):
            clock.now += 1
            progress.at(done)
    assert told(shown(terminal.getvalue())[0]) == "rows 160 40 a second"


def test_without_a_total_there_is_no_time_left(terminal: Terminal, clock: Clock) -> None:
    """Where nobody knows how much there is, the count and the rate are told."""
    with Progress("rows") as progress:
        clock.now += 2
        progress.add(10)
    assert told(shown(terminal.getvalue())[0]) == "rows 10 5 a second"


def test_ten_million_fit_into_eighty_columns(terminal: Terminal, clock: Clock) -> None:
    """The bar takes what room is left, so that the line never wraps."""
    with Progress("compared entries", 10_000_000) as progress:
        clock.now += 2
        progress.at(1_234_567)
        clock.now += 200
        progress.at(9_999_999)
    lines = CURSOR.sub("", terminal.getvalue().removesuffix("\n")).split("\r")
    assert max(map(len, lines)) == 80
    assert told(shown(terminal.getvalue())[0]).endswith("99% 00:00:00 49,505 a second")


def test_what_is_done_at_once_gets_no_bar(terminal: Terminal, clock: Clock) -> None:
    """A bar that nobody can read is not drawn."""
    with Progress("rows", 10) as progress:
        clock.now += 0.05
        progress.at(10)
    assert terminal.getvalue() == ""


def test_a_dumb_terminal_gets_no_bar(
    terminal: Terminal, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a return or an escape means nothing, nothing is drawn over and over."""
    monkeypatch.setenv("TERM", "dumb")
    with Progress("rows", 10) as progress:
        clock.now += 99
        progress.at(5)
    assert terminal.getvalue() == ""


def test_a_pipe_gets_nothing(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    """Where standard error is no terminal, nothing is written, however long it takes."""
    with Progress("rows", 10) as progress:
        clock.now += 99
        progress.at(5)
    assert capsys.readouterr().err == ""


def test_an_interruption_says_what_stays() -> None:
    """Who interrupts a work that can go on is told so; others pass."""
    with pytest.raises(KeyboardInterrupt, match=STAYS), resumable():
        raise KeyboardInterrupt
    with resumable():
        pass


# --- for real -----------------------------------------------------------------------------------

SLOWLY = """
from factledger.ledger import copying
from factledger.cli import main
copying.AT_ONCE = 1
main()
"""


def many(count: int) -> list[Line]:
    """Return the lines of a ledger with many batches of one actor each."""
    bodies = [canonical({"format": 1, "kind": "ledger", "origin": "o", "vocabulary": 1})]
    bodies += [
        canonical({"category": "person", "id": f"p{i}", "kind": "actor", "names": [f"P {i}"]})
        for i in range(1, count)
    ]
    lines: list[Line] = []
    for body in bodies:
        head = lines[-1].head if lines else START
        lines += make_lines(head, at=AT, bodies=[body], salts=salts(1, head.seq))
    return lines


def test_an_interrupted_copy_on_a_terminal(tmp_path: Path) -> None:
    """Ctrl-C in a copying: the bar stays as it was, one line tells what stays, 130; then it goes on."""
    with create_store(str(tmp_path / "one")) as store, store.writing() as writer:
        writer.restore(many(4000))
    ours, theirs = pty.openpty()
    words = ("copy", str(tmp_path / "one"), str(tmp_path / "two.db"))
    with subprocess.Popen([sys.executable, "-c", SLOWLY, *words], stderr=theirs) as running:
        os.close(theirs)
        said = read_until(ours, re.compile(rb"copied entries .* [0-9]+/4000 .* a second"))
        running.send_signal(signal.SIGINT)
        said += read_until(ours, re.compile(rb"behind it\r\n"))
    os.close(ours)
    assert running.returncode == 130
    bar, *rest = shown(said.decode().replace("\r\n", "\n"))
    assert re.match(r"copied entries .* [0-9]+/4000 ", bar)
    assert rest == [f"interrupted: {STAYS}", ""]
    again = run(*words)
    assert (again.code, again.err) == (0, "")
    found = re.match(r"copied #([0-9]+)-#4000 to ", again.out)
    assert found is not None
    assert int(found[1]) > 1
    assert run("verify", "--index", "-l", words[2]).out.startswith("4000 entries verified")
    assert run("copy", words[2], str(tmp_path / "three")).code == 0
    written = [(tmp_path / name / "ledger.jsonl").read_bytes() for name in ("one", "three")]
    assert written[0] == written[1]


def read_until(terminal: int, wanted: re.Pattern[bytes]) -> bytes:
    """Return what a terminal shows up to some words."""
    said = b""
    while not wanted.search(said):
        assert select.select([terminal], [], [], 60)[0], said
        said += os.read(terminal, 1 << 16)
    return said
