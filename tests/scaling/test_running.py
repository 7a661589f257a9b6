"""Tasks run once for each argument, wherever; a process that dies is started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from factledger.errors import LogError
from factledger.scaling import running
from factledger.scaling.running import here, on, workers


def double(number: int) -> int:
    """Return twice a number."""
    return 2 * number


def die_once(marker: str) -> str:
    """Kill this process, unless it was done before."""
    path = Path(marker)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return marker


def die(_: int) -> int:
    """Kill this process."""
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def refuse(number: int) -> int:
    """Fail."""
    raise LogError(f"number {number}")


def test_each_task_runs_once() -> None:
    """Here and on an executor, more tasks than are handed over at once each give one result."""
    wanted = [2 * n for n in range(300)]
    assert [*here(double, range(300))] == wanted
    with ThreadPoolExecutor(3) as pool:
        assert sorted(on(pool)(double, range(300))) == wanted


def test_an_error_of_a_task_is_that_of_the_run() -> None:
    """What a task raises ends the run, and no further task is begun."""
    begun = []

    def arguments() -> Iterable[int]:
        for number in range(10_000):
            begun.append(number)
            yield number

    with ThreadPoolExecutor(2) as pool, pytest.raises(LogError, match="number"):
        [*on(pool)(refuse, arguments())]
    assert len(begun) < 1000


def test_a_process_that_was_killed_is_started_again(tmp_path: Path) -> None:
    """A worker that is killed in a task costs nothing but time."""
    marks = [str(tmp_path / f"mark{n}") for n in range(2)]
    with workers(2) as run:
        assert sorted(run(die_once, marks)) == marks
        assert sorted(run(double, [1, 2])) == [2, 4]


def test_a_task_that_kills_every_process_is_given_up() -> None:
    """A task whose process dies each time ends in a line that says what to do."""
    with workers(1) as run, pytest.raises(LogError, match="died 4 times; what is done stays"):
        [*run(die, [1])]


STARTER = """
import os, sys
from factledger.scaling.running import workers

def whose(_):
    return os.getpid()

if __name__ == "__main__":
    with workers(1) as run:
        print(*run(whose, [0]), flush=True)
        sys.stdin.read()
"""


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    """One that is killed leaves no process behind that waits for a task for ever."""
    program = tmp_path / "starter.py"
    program.write_text(STARTER)
    with subprocess.Popen(
        [sys.executable, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as started:
        assert started.stdout is not None
        worker = int(started.stdout.readline())
        started.kill()
    assert any(ended(worker) for _ in range(600))


def ended(process: int) -> bool:
    """Return whether a process has ended by now, after a short while."""
    time.sleep(0.05)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and ") Z " in stat.read_text()


class _Gone:
    """A process that has ended."""

    def join(self) -> None:
        """Return at once."""


def test_what_outlives_its_parent_ends_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that nobody started waits for nobody; one whose parent has ended ends with code 1."""
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    running._end_with_parent()
    running._end_after(_Gone())  # type: ignore[arg-type]
    assert codes == [1]
