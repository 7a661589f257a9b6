"""A Dask cluster gives the answers of one process; it is started for real, in a long run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_tools import DEMO, run
from effort import LONG

pytestmark = pytest.mark.skipif(not LONG, reason="starts a cluster: only in a long run")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a scheduler with two workers, each a command of its own."""
    folder = tmp_path_factory.mktemp("cluster")
    told = folder / "scheduler.json"
    ours = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    started = [subprocess.Popen([*ours, *options, "--scheduler-file", str(told)], cwd=folder)]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told)]
    alone = ["--nthreads", "1", "--nworkers", "1", "--no-dashboard", "--host", "127.0.0.1"]
    started += [subprocess.Popen([*worker, *alone], cwd=folder) for _ in range(2)]
    yield f"file://{told}"
    for process in started:
        process.send_signal(signal.SIGTERM)
    for process in started:
        process.wait()


def test_a_cluster_gives_the_same_answer(scheduler: str, tmp_path: Path) -> None:
    """Here, in processes and on a cluster the digest is one, and so are head and root."""
    import json
    import time

    told = Path(scheduler.removeprefix("file://"))
    while not told.exists():
        time.sleep(0.1)
    address = json.loads(told.read_text())["address"]
    here = run("scale", "fold", DEMO, str(tmp_path / "here")).out
    there = run("scale", "fold", DEMO, str(tmp_path / "there"), "--dask", address).out
    assert here == there
    verified = run("scale", "verify", DEMO, str(tmp_path / "there"), "--dask", address).out
    assert verified == run("scale", "verify", DEMO, str(tmp_path / "here")).out
    assert os.path.isdir(tmp_path / "there" / "parts")
