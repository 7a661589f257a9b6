"""The command line as a process: pipes, terminals, signals, full disks and other writers."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import sys
import time
from pathlib import Path

import pytest

from cli_tools import ROOT, process, run, small_ledger
from factledger import Actor
from factledger.cli.outcome import outcome

DEMO = str(ROOT / "ledgers/japan-ukraine")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def finished(*words: str, **options: object) -> tuple[int, str, str]:
    """Return the code and the two outputs of a process that ran to its end."""
    with process(*words, **options) as running:
        out, err = running.communicate(timeout=60)
    return running.returncode, (out or b"").decode(), (err or b"").decode()


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


@pytest.mark.parametrize(("lines", "paged"), [("10", True), ("1000", False)])
def test_long_output_goes_through_the_pager(lines: str, paged: bool, tmp_path: Path) -> None:
    """In a terminal that it does not fit, output is given to the pager; else it is printed."""
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\nsed "s/^/| /"\n')
    pager.chmod(0o755)
    said = on_terminal(100, "log", "-l", DEMO, LINES=lines, PAGER=str(pager))
    assert len(said.splitlines()) >= 75
    assert all(line.startswith("| ") == paged for line in said.splitlines())


def test_module_runs_as_the_command() -> None:
    """`python -m factledger` is the command."""
    code, out, _ = finished("--version")
    assert (code, out.split(",")[0]) == (0, "factledger")


def test_pipe_gets_whole_lines_without_colour() -> None:
    """A pipe gets the view as it is read, each standing on one line, and no colour."""
    code, out, err = finished("asof", "2023-04-01", "-l", DEMO)
    assert (code, err) == (0, "")
    assert COLOUR.search(out) is None
    assert any(len(line) > 150 for line in out.splitlines())


def test_terminal_gets_colour_and_lines_that_fit() -> None:
    """A terminal gets lines of its width, and colour besides the words of the statuses."""
    said = on_terminal(70, "asof", "2023-04-01", "-l", DEMO)
    plain = COLOUR.sub("", said)
    assert "\x1b[33mpossible\x1b[0m" in said
    assert max(map(len, plain.splitlines())) <= 70
    words = finished("asof", "2023-04-01", "-l", DEMO)[1].split()
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


@pytest.mark.parametrize("words", [("log",), ("log", "-f", "json"), ("asof", "2023"), ("--help",)])
def test_reader_that_goes_away_is_no_error(words: tuple[str, ...]) -> None:
    """Where the reader has seen enough, nothing is said; the code is that of a closed pipe."""
    reading, writing = os.pipe()
    os.close(reading)
    code, _, err = finished(*words, stdout=writing, env={**os.environ, "FACTLEDGER": DEMO})
    os.close(writing)
    assert (code, err) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", [("log",), ("export",), ("--help",), ("log", "-f", "csv")])
def test_output_that_cannot_be_written(words: tuple[str, ...]) -> None:
    """A full disk behind standard output is told in one line, and the code is 1."""
    env = {**os.environ, "FACTLEDGER": DEMO}
    with Path("/dev/full").open("wb") as full:
        code, _, err = finished(*words, stdout=full, env=env)
    told = "Error: cannot write the output: No space left on device; the answer is incomplete\n"
    assert (code, err) == (1, told)


def test_text_that_the_terminal_cannot_show_is_escaped(tmp_path: Path) -> None:
    """Where the output has a narrow encoding, what it lacks is written as an escape."""
    small_ledger(tmp_path).append(Actor(id="snow", category="group", names=["\N{SNOWMAN}"]))
    env = {**os.environ, "PYTHONIOENCODING": "latin-1", "FACTLEDGER": str(tmp_path)}
    code, out, err = finished("log", "-n", "1", env=env)
    assert (code, err) == (0, "")
    assert out.endswith("snow  \\u2603 (group)\n")


def test_machine_formats_are_utf_8_everywhere() -> None:
    """JSON stays JSON, whatever the encoding of the output."""
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "FACTLEDGER": DEMO}
    with process("log", "-f", "json", env=env) as running:
        out, _ = running.communicate(timeout=60)
    assert out.decode("utf-8").startswith("[")


def test_interrupt_ends_in_a_word(tmp_path: Path) -> None:
    """Ctrl-C while waiting for another writer ends with code 130, and nothing is written."""
    small_ledger(tmp_path).close()
    before = (tmp_path / "ledger.jsonl").read_bytes()
    (tmp_path / "draft.json").write_text('{"kind": "retract", "target": 9, "reason": "x"}')
    lock = (tmp_path / "ledger.jsonl.lock").open("a")
    with lock, process("append", str(tmp_path / "draft.json"), "-l", str(tmp_path)) as running:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wait_for_open(running.pid, "ledger.jsonl.lock")
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (130, b"interrupted\n")
    assert (tmp_path / "ledger.jsonl").read_bytes() == before


def wait_for_open(pid: int, name: str) -> None:
    """Wait until a process has opened a file of that name; at most a minute."""
    for _ in range(6000):
        if any(path.name == name for path in open_files(pid)):
            return
        time.sleep(0.01)
    raise AssertionError(f"{name} was never opened")


def open_files(pid: int) -> list[Path]:
    """Return the files that a process holds open, as far as the system tells."""
    folder = Path(f"/proc/{pid}/fd")
    if not folder.exists():
        pytest.skip("the system does not tell what a process has opened")
    found = []
    for fd in folder.iterdir():
        try:
            found.append(fd.readlink())
        except OSError:  # closed meanwhile
            continue
    return found


def test_ledger_that_another_writes_is_busy(tmp_path: Path) -> None:
    """A writer that does not let go is told, and nothing is written."""
    small_ledger(tmp_path).close()
    draft = b'{"kind": "retract", "target": 9, "reason": "x"}'
    with (tmp_path / "ledger.jsonl.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = run("append", "-", "--wait", "0", "-l", str(tmp_path), stdin=draft)
    path = tmp_path.resolve() / "ledger.jsonl"
    assert (said.code, said.err) == (
        1,
        f"{path}: another process is writing (waited 0 s); nothing was written, try again\n",
    )


def test_damaged_line_is_named(tmp_path: Path) -> None:
    """A line that is not what was acknowledged is named, and the code is 1."""
    small_ledger(tmp_path).close()
    path = tmp_path.resolve() / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Ito Aiko", b"Ito Akio", 1))
    said = run("log", "-l", str(tmp_path))
    assert said.code == 1
    assert said.err.startswith(f"{path}:8: damaged: ")
    assert said.err.endswith("nothing was changed, restore the file from a copy\n")
    assert said.err.count("\n") == 1


def test_newer_format_is_refused(tmp_path: Path) -> None:
    """A ledger of a later version is named as such, with what to do."""
    from factledger.log.stores import create_store

    path = tmp_path.resolve() / "ledger.jsonl"
    body = b'{"format":99,"kind":"ledger","origin":"x","vocabulary":1}'
    with create_store(str(path)) as store, store.writing() as writer:
        writer.append([body], at="2024-12-01T09:00:00.000000Z", salts=[bytes(16)])
    said = run("asof", "2023-04-01", "-l", str(tmp_path))
    assert (said.code, said.err) == (
        1,
        f"{path}:1: format 99 is newer than format 1, the newest that this version reads; "
        "install a newer factledger\n",
    )


def test_full_disk_under_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full refuses the append in one line; the ledger is as it was."""
    small_ledger(tmp_path).close()
    path = tmp_path.resolve() / "ledger.jsonl"
    before = path.read_bytes()

    def full(fd: int, data: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    draft = b'{"kind": "retract", "target": 9, "reason": "x"}'
    said = run("append", "-", "-l", str(tmp_path), stdin=draft)
    monkeypatch.undo()
    assert (said.code, said.err) == (
        1,
        f"{path}: cannot write: no space left on device; nothing was written\n",
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "words", [("asof",), ("log", "-f", "yaml"), ("asof", "2023", "--betwen", "A", "B")]
)
def test_misuse_is_one_line_and_code_2(words: tuple[str, ...]) -> None:
    """Whatever is misused, one line says so and points to the help."""
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Error: ")
    assert said.err.endswith(f"('factledger {words[0]} --help' tells more)\n")
    assert said.err.count("\n") == 1


def test_fault_of_our_own_keeps_its_traceback() -> None:
    """What nobody foresaw is not hidden behind a friendly line."""
    with pytest.raises(ZeroDivisionError):
        outcome(lambda: sys.exit(1 // 0))


def test_completion_is_asked_of_the_command() -> None:
    """The shell's script asks the command itself, which knows its verbs."""
    env = {
        **os.environ,
        "_FACTLEDGER_COMPLETE": "fish_complete",
        "COMP_WORDS": "factledger as",
        "COMP_CWORD": "as",
    }
    code, out, _ = finished(env=env)
    assert (code, out) == (0, "plain,asof\tShow what stood on a date.\n")
