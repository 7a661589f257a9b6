"""How many examples Hypothesis tries (FACTLEDGER_LONG=1 asks for many), and that Ctrl-C is heard.

And in what order the files run, and what is said at the end of the faults that were tried.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from postgres_server import Server

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
_LONG = os.environ.get("FACTLEDGER_LONG") == "1"
# Where CI runs or coverage is measured, the same examples are tried each time: a red run is about
# the change.
_SAME = os.environ.get("CI") == "true" or "coverage" in sys.modules

_ALL_ROWS = os.environ.get("FACTLEDGER_ALL_ROWS") == "1"
for name, examples in (("quick", 20), ("all rows", 50), ("long", 300)):
    settings.register_profile(
        name,
        deadline=None,
        max_examples=examples,
        derandomize=_SAME,
        suppress_health_check=_SLOW,
    )
settings.load_profile("long" if _LONG else "all rows" if _ALL_ROWS else "quick")

# A shell starts what it puts into the background deaf to Ctrl-C, and so would be the commands
# that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server for all tests of this process, and folders for what is kept of it."""
    from postgres_server import running_server

    with pytest.MonkeyPatch.context() as patch, running_server() as found:
        for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield found


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own: it remembers nothing, and keeps nothing of others."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.hookimpl(optionalhook=True)  # mutants are tried without xdist
def pytest_xdist_auto_num_workers() -> int:
    """Run one file more at a time than there are processors: many tests wait for disks and processes."""
    here = hasattr(os, "sched_getaffinity")
    return 1 + (len(os.sched_getaffinity(0)) if here else os.cpu_count() or 1)


def pytest_configure(config: pytest.Config) -> None:
    """Keep compiled code in a folder of this run where Python is told to keep none.

    Else every process that a test starts would compile all of it anew.
    """
    gc.disable()  # until the tests are found: none of what is made for that goes
    if sys.dont_write_bytecode and "PYTEST_XDIST_WORKER" not in os.environ:
        patch = pytest.MonkeyPatch()
        kept = tempfile.TemporaryDirectory(
            prefix="factledger-compiled-", ignore_cleanup_errors=True
        )
        patch.setenv("PYTHONPYCACHEPREFIX", kept.name)
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        config.add_cleanup(patch.undo)
        config.add_cleanup(kept.cleanup)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Load what is asked for, each worker from another file on: what one compiles, the others read."""
    from preloading import load, mine

    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is not None:
        here = session.config.invocation_params.dir
        found = {f for arg in session.config.args for f in (here / arg).rglob("test_*.py")}
        workers = int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        load(mine(sorted(found), int(worker.removeprefix("gw")), workers))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes longest begin first; leave out what only CI and a long run try."""
    from durations import turn
    from effort import ALL_ROWS
    from rare import is_rare

    why = "takes its time, and a quicker one of its kind is tried: with FACTLEDGER_ALL_ROWS=1"
    for item in items:
        if not ALL_ROWS and is_rare(item.nodeid):
            item.add_marker(pytest.mark.skip(reason=why))
    items.sort(key=lambda item: turn(item.nodeid))


def pytest_collection_finish() -> None:
    """Look for what can go among what the tests make, and not among the ten thousand tests."""
    gc.freeze()
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which faults were tried, and which could not be; after a long run, what took longest."""
    from durations import slowest
    from faults.summary import summary

    stats = terminalreporter.stats
    ran = [*stats.get("passed", []), *stats.get("failed", [])]
    for line in summary(ran, stats.get("skipped", [])):
        terminalreporter.write_line(line)
    if _LONG:
        terminalreporter.write_line("the ten slowest files:")
        reports = [*stats.get("", []), *ran]
        for line in slowest(reports):
            terminalreporter.write_line(line)
