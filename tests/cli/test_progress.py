"""How far a long work is, on a terminal: the line, when it is written, and what is left of it."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli_tools import run
from factledger.cli.progress import STAYS, Progress, lasting, resumable
from factledger.log.canonical import canonical
from factledger.log.lines import START, Line, make_lines
from factledger.log.stores import create_store
from store_faults import AT, salts


class Terminal(io.StringIO):
    """A terminal that keeps all that was written to it."""

    def __init__(self, is_one: bool = True) -> None:
        super().__init__()
        self.is_one = is_one

    def isatty(self) -> bool:
        """Say whether it is a terminal at all."""
        return self.is_one


def shown(written: str) -> list[str]:
    """Return the lines that a terminal shows in the end: what comes after a return goes over it."""
    lines = []
    for row in written.split("\n"):
        cells = ""
        for part in row.split("\r"):
            cells = part + cells[len(part) :]
        lines.append(cells.rstrip())
    return lines


def test_the_line_tells_count_rate_and_time_left() -> None:
    """At a thousand a second, nine thousand more take nine seconds."""
    now = [100.0]
    terminal = Terminal()
    with Progress(
        "rows", 10_000, file=terminal, clock=lambda: now[0], columns=lambda: 80
    ) as progress:
        progress.at(50)
        assert terminal.getvalue() == ""
        now[0] = 101.0
        progress.at(1000)
        assert shown(terminal.getvalue()) == ["rows 1,000 of 10,000, 1,000 a second, 9 s left"]
        now[0] = 101.05
        progress.add(50)
        assert terminal.getvalue().count("\r") == 1
        now[0] = 110.5
        progress.add(8950)
        assert shown(terminal.getvalue()) == ["rows 10,000 of 10,000, 952 a second, 1 s left"]
    assert shown(terminal.getvalue()) == [""]


def test_what_was_there_before_is_no_work() -> None:
    """A work that goes on is as fast as what it does now."""
    progress = Progress("rows", 100, begin=80, file=Terminal(), clock=lambda: 0.0)
    progress.at(90)
    assert progress.line(1.0) == "rows 90 of 100, 10 a second, 1 s left"


def test_without_a_total_there_is_no_time_left() -> None:
    """Where nobody knows how much there is, the count and the rate are told; at first no time."""
    progress = Progress("rows", file=Terminal(), clock=lambda: 0.0)
    progress.add(5)
    assert progress.line(1.0) == "rows 5, 5 a second"
    assert Progress("rows", 5, file=Terminal(), clock=lambda: 0.0).line(1.0) == (
        "rows 0 of 5, 0 a second"
    )


def test_a_shorter_line_leaves_nothing_of_the_longer() -> None:
    """What was written before is written over, on terminals that know no more than a return."""
    now = [0.0]
    terminal = Terminal()
    progress = Progress("rows", 9, file=terminal, clock=lambda: now[0], columns=lambda: 80)
    for now[0], done in ((1000.0, 1), (1001.0, 9)):
        progress.at(done)
    assert shown(terminal.getvalue()) == ["rows 9 of 9, 0 a second, 1 s left"]


def test_the_line_never_wraps() -> None:
    """A narrow terminal gets what fits before its last column, one without columns nothing."""
    for width, fits in ((12, "rows 5, 5 a"), (1, ""), (0, "")):
        now, terminal = [0.0], Terminal()
        progress = Progress("rows", file=terminal, clock=lambda: now[0], columns=lambda: width)  # noqa: B023
        now[0] = 1.0
        progress.at(5)
        assert shown(terminal.getvalue()) == [fits]


def test_a_pipe_gets_nothing() -> None:
    """Where standard error is no terminal, nothing is written, however long it takes."""
    now = [0.0]
    pipe = Terminal(is_one=False)
    with Progress("rows", 10, file=pipe, clock=lambda: now[0]) as progress:
        now[0] = 99.0
        progress.at(5)
    assert pipe.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (3599.6, "1 h 0 min"),
        (90_000, "25 h 0 min"),
    ],
)
def test_time_left_in_words(seconds: float, words: str) -> None:
    """Seconds, then minutes, then hours; never none."""
    assert lasting(seconds) == words


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
    """Ctrl-C in a copying: the line is gone, one line tells what stays, 130; then it goes on."""
    with create_store(str(tmp_path / "one")) as store, store.writing() as writer:
        writer.restore(many(4000))
    ours, theirs = pty.openpty()
    words = ("copy", str(tmp_path / "one"), str(tmp_path / "two.db"))
    with subprocess.Popen([sys.executable, "-c", SLOWLY, *words], stderr=theirs) as running:
        os.close(theirs)
        said = read_until(ours, re.compile(rb"copied entries [0-9,]+ of 4,000, [0-9,]+ a second"))
        running.send_signal(signal.SIGINT)
        said += read_until(ours, re.compile(rb"behind it\r\n"))
    os.close(ours)
    assert running.returncode == 130
    assert shown(said.decode().replace("\r\n", "\n")) == [f"interrupted: {STAYS}", ""]
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
