"""What a terminal gets: lines that fit, colour, a pager."""

from __future__ import annotations

import os
import pty
import re
import select
from pathlib import Path

import pytest

from cli_tools import DEMO, finished, process
from factledger.cli.terminal import Layout

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(columns: int, *words: str, **env: str) -> str:
    """Return what a command writes to a terminal of that width."""
    ours, theirs = pty.openpty()
    plain = {n: v for n, v in os.environ.items() if n not in ("NO_COLOR", "FORCE_COLOR")}
    wide = {**plain, "COLUMNS": str(columns), "TERM": "xterm", "LINES": "1000", **env}
    with process(*words, stdin=theirs, stdout=theirs, env=wide) as running:
        os.close(theirs)
        found = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                found += os.read(ours, 1 << 16)
            except OSError:  # Linux says so when the other end is closed
                break
        running.wait(60)
    os.close(ours)
    return found.decode().replace("\r\n", "\n")


def test_lines_break_between_words() -> None:
    """A line that does not fit is broken between words and indented; a long word stands alone."""
    assert list(Layout(12).wrapped("- to and fro and on", 2)) == ["- to and fro", "  and on"]
    assert list(Layout(6).wrapped("a incomprehensible b", 2)) == ["a", "  incomprehensible", "  b"]
    assert list(Layout(10).wrapped("日本 日本 日本", 0)) == ["日本 日本", "日本"]
    assert list(Layout().wrapped("x" * 500, 2)) == ["x" * 500]


@pytest.mark.parametrize(("lines", "paged"), [("10", True), ("1000", False)])
def test_long_output_goes_through_the_pager(lines: str, paged: bool, tmp_path: Path) -> None:
    """In a terminal that it does not fit, output is given to the pager; else it is printed."""
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\nsed "s/^/| /"\n')
    pager.chmod(0o755)
    said = on_terminal(100, "log", "-l", DEMO, LINES=lines, PAGER=str(pager))
    assert len(said.splitlines()) >= 75
    assert all(line.startswith("| ") == paged for line in said.splitlines())


def test_terminal_gets_colour_and_lines_that_fit() -> None:
    """A terminal gets lines of its width, and colour besides the words of the statuses."""
    said = on_terminal(70, "asof", "2023-04-01", "--long", "-l", DEMO)
    plain = COLOUR.sub("", said)
    assert "\x1b[33mpossible\x1b[0m" in said
    assert max(map(len, plain.splitlines())) <= 70
    words = finished("asof", "2023-04-01", "--long", "-l", DEMO)[1].split()
    assert plain.split() == words


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_terminal_without_colour(env: dict[str, str]) -> None:
    """NO_COLOR and a dumb terminal take the colour away, and no word."""
    assert COLOUR.search(on_terminal(70, "why", "c09", "-l", DEMO, **env)) is None


def test_colour_can_be_forced_into_a_pipe() -> None:
    """FORCE_COLOR colours what goes into a pipe."""
    env = {**os.environ, "FORCE_COLOR": "1"}
    assert COLOUR.search(finished("log", "-n", "1", "-l", DEMO, env=env)[1])


def test_terminal_wraps_the_log() -> None:
    """The log is wrapped below its texts."""
    lines = on_terminal(60, "log", "-n", "3", "-l", DEMO, NO_COLOR="1").splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[1].startswith(" " * 30)
