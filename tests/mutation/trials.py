"""Trials: the tests of a module run on each of its mutants, every one in a process of its own.

A process is forked before anything of factledger was imported, so that what a module does when
it is loaded is changed as well as what its functions do.
"""

from __future__ import annotations

import importlib.machinery
import math
import os
import resource
import signal
from collections.abc import Iterable, Iterator, Sequence
from types import CodeType
from typing import Any, Literal, NamedTuple, TypeAlias

import cattrs.gen  # noqa: F401  what all trials need, so that it is loaded once
import click  # noqa: F401
import pytest
import sybil.document  # noqa: F401
from hypothesis import HealthCheck, Phase, settings

from mutation.mutants import Mutant

Outcome: TypeAlias = Literal["killed", "timed out", "survived"]

_MEMORY = 4 << 30  # bytes: a mutant may ask for more and more
# Plain assertions: the rewritten ones take longer, and pytest would rewrite the module as well.
_OPTIONS = (
    "-x", "-q", "-o", "addopts=", "--assert=plain", "--hypothesis-profile=mutants",
    "-p", "no:cacheprovider", "-p", "no:faulthandler", "-p", "no:xdist",
)  # fmt: skip

_GOOD = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)

# Few examples, the same each time, and no search for a smaller one.
settings.register_profile(
    "mutants",
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


class Ended(NamedTuple):
    """How a process ended, and how many seconds of a processor it took."""

    code: int
    seconds: float


def outcomes(
    module: str, found: Iterable[Mutant], tests: Sequence[str], seconds: float, jobs: int = 1
) -> Iterator[tuple[Mutant, Outcome]]:
    """Yield how the trial of each mutant of a module came out, as they end.

    `seconds` of a processor is what a trial may take; `jobs` run at once.
    """
    running: dict[int, Mutant] = {}
    for mutant in found:
        if len(running) >= jobs:
            yield _first_to_end(running)
        running[_start(module, mutant.code, tests, seconds)] = mutant
    while running:
        yield _first_to_end(running)


def untouched(tests: Sequence[str]) -> Ended:
    """Return how the tests end on the modules as they are."""
    _, status, used = os.wait4(_start("", None, tests, None), 0)
    return Ended(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime)


def _first_to_end(running: dict[int, Mutant]) -> tuple[Mutant, Outcome]:
    pid, status = os.wait()
    return running.pop(pid), _outcome(os.waitstatus_to_exitcode(status))


def _outcome(code: int) -> Outcome:
    if code == 0:
        return "survived"
    return "timed out" if code in (-signal.SIGXCPU, -signal.SIGKILL) else "killed"


def _start(module: str, code: CodeType | None, tests: Sequence[str], seconds: float | None) -> int:
    """Return the id of a new process that runs the tests, with a module of other code if given."""
    pid = os.fork()
    if pid:
        return pid
    try:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        _limit(seconds)
        if code is not None:
            _plant(module, code)
        each = (pytest.main([*_OPTIONS, test]) for test in tests)
        ended = int(next((code for code in each if code not in _GOOD), 0))
    except BaseException:
        ended = 1
    os._exit(ended)


def _limit(seconds: float | None) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if seconds is not None:
        most = math.ceil(seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))


def _plant(module: str, code: CodeType) -> None:
    """Have a module run other code when it is imported."""
    loader: Any = importlib.machinery.SourceFileLoader
    usual = loader.get_code

    def get_code(self: object, name: str) -> Any:
        return code if name == module else usual(self, name)

    loader.get_code = get_code
