"""The command line as a process: pipes, terminals, signals, full disks and other writers."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from cli_tools import DEMO, ONE_MORE, finished, process, run, small_ledger
from factledger import Actor, Ledger
from factledger.cli import main, unraised

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


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


CLOSED = "the output: Bad file descriptor; the answer is incomplete"
NO_INPUT = "cannot read the draft: bad file descriptor; name a file, or - for standard input"


@pytest.mark.parametrize(
    ("closed", "words", "code", "err"),
    [
        ((0,), ("log",), 0, ""),
        ((0,), ("append", "-"), 1, f"<stdin>: draft-readable: {NO_INPUT}\n"),
        ((0,), ("import", "-", "--map", "missing.toml"), 1, None),
        ((0,), ("redact", "9", "--reason", "r", "--authority", "a"), 2, None),
        ((1,), ("log",), 1, f"Error: cannot write {CLOSED}\n"),
        ((1,), ("export",), 1, f"Error: cannot write {CLOSED}\n"),
        ((1,), ("asof", "2023", "--format", "json"), 1, f"Error: cannot write {CLOSED}\n"),
        ((1,), ("--help",), 1, f"Error: cannot write {CLOSED}\n"),
        ((2,), ("log",), 0, ""),
        ((2,), ("show", "nothing"), 1, ""),
        ((0, 1, 2), ("log",), 1, ""),
    ],
)
def test_closed_streams_are_no_reason_for_a_traceback(
    closed: tuple[int, ...], words: tuple[str, ...], code: int, err: str | None, tmp_path: Path
) -> None:
    """A daemon may start a command without its standard streams: it works, or says so in a line."""
    small_ledger(tmp_path).close()

    def close() -> None:
        for number in closed:
            os.close(number)

    found, _, said = finished(*words, preexec_fn=close, cwd=tmp_path)
    assert found == code
    assert said == err if err is not None else len(said.splitlines()) == 1


def test_a_ledger_takes_the_place_of_no_closed_stream(tmp_path: Path) -> None:
    """What is written to a stream that was closed comes into no file that was opened since."""
    small_ledger(tmp_path).close()
    draft = tmp_path / "draft.json"
    draft.write_bytes(ONE_MORE)
    code, _, _ = finished(
        "append", str(draft), "-l", str(tmp_path), preexec_fn=lambda: os.closerange(0, 3)
    )
    assert code == 1  # what was added could not be said
    with Ledger.open(tmp_path) as ledger:
        assert len(ledger) == 13
        assert ledger.verify() == ()


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


def test_what_nobody_can_catch_is_no_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error in what is thrown away, as where memory runs out, adds no line to those of a command."""

    class Thrown:
        def __del__(self) -> None:
            raise MemoryError

    monkeypatch.setattr(sys, "unraisablehook", unraised)
    Thrown()
    assert capsys.readouterr().err == ""


def test_leaving_calls_what_asked_to_be_called(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A process ends with the code of its command, its output written and its exit calls made."""
    called: list[object] = []
    monkeypatch.setattr("atexit._run_exitfuncs", lambda: called.append("exit calls"))
    monkeypatch.setattr("os._exit", called.append)
    monkeypatch.setattr("gc.set_threshold", lambda objects: None)
    monkeypatch.setattr(sys, "argv", ["factledger", "nonsense"])
    monkeypatch.setattr(sys, "unraisablehook", None)

    main()

    assert called == ["exit calls", 2]
    assert "no command 'nonsense'" in capsys.readouterr().err
