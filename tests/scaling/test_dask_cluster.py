"""A Dask cluster gives the answers of one process; its processes are started in a long run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli_tools import DEMO, run
from effort import LONG
from factledger.scaling.dask_cluster import cluster

WORKER = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}


def test_a_cluster_does_each_task_anew_and_again_where_it_fails(tmp_path: Path) -> None:
    """A task that was done before is done once more, and one that fails a few times comes to its end."""
    from distributed import LocalCluster

    start: Any = LocalCluster  # it has no types
    with start(**WORKER) as scheduler, cluster(scheduler.scheduler_address) as run:
        assert [*run(times_done, [tmp_path / "times"])] == [3]
        assert [*run(times_done, [tmp_path / "times"])] == [4]


def times_done(file: Path) -> int:
    """Return how often this was done, kept in a file; the first two times it fails."""
    with file.open("a") as kept:
        kept.write("I")
    if file.stat().st_size < 3:
        raise OSError("the disk is busy")
    return file.stat().st_size


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


@pytest.mark.skipif(not LONG, reason="starts a cluster: only in a long run")
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
