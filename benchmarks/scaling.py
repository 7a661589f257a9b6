"""What a large ledger costs in parts: sealed, verified and folded on one process, two, and a cluster.

    python benchmarks/scaling.py 1000000 [LEDGER]    so many generated claims, or a ledger that is there

Each figure is a ratio within the same run. Processes are those of this machine; the cluster is a
scheduler and two workers of it. Needs 'factledger[dask]'.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from shutil import rmtree
from typing import Any

from factledger import Ledger
from factledger.log.stores import create_store, open_store
from factledger.records.declarations import FORMAT, Header
from factledger.records.vocabulary import NEWEST
from factledger.scaling import (
    fold_parts,
    here,
    manifest_in,
    on,
    seal_lines,
    verify_segments,
    workers,
)
from factledger.scaling.running import Runner

_BATCH = 10_000


def generated(path: Path, count: int) -> None:
    """Write a ledger of so many claims: offices held one after another, meetings, corrections.

    They are written as lines, without the checks of an append, for the checks are not measured.
    """
    from made_archive import bodies  # beside this file

    with create_store(str(path)) as store, store.writing() as writer:
        header = Header(format=FORMAT, vocabulary=NEWEST, origin="archive")
        rest = iter(bodies(header, count))
        while batch := [*islice(rest, _BATCH)]:
            salts = [b"%016d" % n for n in range(len(batch))]
            writer.append(batch, at="2026-11-23T19:00:00.000000Z", salts=salts)


def timed(what: str, work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long a work took and what it gave, and say so."""
    start = time.perf_counter()
    found = work()
    took = time.perf_counter() - start
    print(f"{what}: {took:.1f} s", flush=True)
    return took, found


@contextmanager
def of_cluster() -> Iterator[Runner]:
    """Give what runs tasks on a cluster of two workers."""
    from distributed import Client, LocalCluster

    options: dict[str, Any] = {
        "n_workers": 2, "threads_per_worker": 1, "processes": True,
        "memory_limit": "2GiB", "dashboard_address": None,
    }  # fmt: skip
    with LocalCluster(**options) as started, Client(started) as client:
        yield on(client.get_executor(pure=False, retries=3))


def peak(_: int) -> int:
    """Return the most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def folded_anew(folder: Path, run: Runner, recorded: int) -> Callable[[], Any]:
    """Return the work of folding all parts of a ledger that is laid out already."""

    def work() -> Any:
        rmtree(folder / "parts", ignore_errors=True)
        return fold_parts(folder, run, recorded=recorded)

    return work


def main() -> None:
    """Measure, and print the figures."""
    count = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        address = sys.argv[2] if len(sys.argv) > 2 else str(Path(name, "archive.jsonl"))
        if len(sys.argv) < 3:
            timed(f"{count:,} claims made", lambda: generated(Path(address), count))
        measure(address, Path(name, "parts"), count <= 2_000_000)


def measure(address: str, folder: Path, with_whole: bool) -> None:
    """Print the figures of one ledger."""
    with open_store(address) as store:
        timed("sealed", lambda: seal_lines(store, folder))
    entries = manifest_in(folder).entries
    alone, one = timed("verified on one process", lambda: verify_segments(folder))
    with workers(2) as run:
        [*run(peak, range(4))]
        both, other = timed("verified on two", lambda: verify_segments(folder, run))
    print(f"  two are {alone / both:.2f} times as fast; {one == other}; {entries:,} entries")
    timed("first fold, laying out included", lambda: fold_parts(folder, here, recorded=entries))
    for cut in (entries, entries * 2 // 3, entries // 3):
        at_cut(address, folder, cut, with_whole)


def at_cut(address: str, folder: Path, cut: int, with_whole: bool) -> None:
    """Print the figures of folding at a cut."""
    print(f"recorded up to #{cut:,}")
    alone, first = timed("  folded on one process", folded_anew(folder, here, cut))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        run = on(pool)
        [*run(peak, range(4))]  # started, before the clock is
        both, second = timed("  on two", folded_anew(folder, run, cut))
        memory = max(run(peak, range(8)))
    with of_cluster() as run:
        [*run(peak, range(4))]
        cluster, third = timed("  on a cluster of two", folded_anew(folder, run, cut))
    digests = {first.digest, second.digest, third.digest}
    if with_whole:
        digests.add(timed("  as a whole", lambda: whole(address, cut))[1])
    print(
        f"  two {alone / both:.2f} times as fast, cluster {cluster / both:.2f} of two, "
        f"{len(first.parts)} parts, {first.entries / max(cut, 1):.2f} lines an entry, "
        f"{memory / 2**20:.0f} MiB, {first.rows:,} standings, "
        f"{'one digest' if len(digests) == 1 else 'DIFFERENT DIGESTS'}"
    )


def whole(address: str, cut: int) -> str:
    """Return the digest of the ledger folded as a whole."""
    from factledger.scaling import whole_digest

    with Ledger.open(address) as ledger:
        return whole_digest(ledger.belief(cut))


if __name__ == "__main__":
    main()
