"""What the log costs: appending, and opening a large file."""

from __future__ import annotations

import itertools
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from factledger import Ledger
from measure import Row, in_turns
from work import claims, declarations, made


def rows() -> Iterator[Row]:
    """Yield the rate of a durable append, and the time from a closed file to an answer."""
    with tempfile.TemporaryDirectory(dir=".") as folder:  # a disk, not memory
        yield appending(Path(folder))
        yield opening(Path(folder))


def appending(folder: Path) -> Row:
    """Append 1,000 records with one fsync, against json.dumps and one fsync of the same."""
    ledger = Ledger.create(folder / "append.jsonl", origin="benchmark")
    ledger.append(*declarations())
    fresh = list(claims(20_000))
    batches = iter([fresh[i : i + 1000] for i in range(0, len(fresh), 1000)])
    ledger.append(*next(batches))
    lines = [json.loads(line) for line in itertools.islice(ledger.lines(), 100, 1100)]
    bare = os.open(folder / "bare.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def floor() -> None:
        rows = [json.dumps(line, sort_keys=True, separators=(",", ":")) for line in lines]
        os.write(bare, "\n".join(rows).encode())
        os.fsync(bare)

    ours, theirs = in_turns(lambda: ledger.append(*next(batches)), floor, rounds=15)
    rate, wanted = 1000 / ours, 20_000 / 90_000
    return Row(
        "append 1,000 records, one fsync",
        rate,
        "json.dumps and fsync",
        1000 / theirs,
        "records/s",
        f"≥ {wanted:.2f}",
        rate >= wanted * 1000 / theirs,
    )


def opening(folder: Path) -> Row:
    """Open 100,000 records and answer for one relationship, against json.loads of the lines."""
    path = folder / "large.jsonl"
    made(path, 100_000).close()

    def ours() -> None:
        with Ledger.open(path) as ledger:
            assert ledger.as_of("2015-04-01").between("E01", "E02").standings

    def floor() -> None:
        with path.open("rb") as lines:
            for line in lines:
                json.loads(line)

    mine, theirs = in_turns(ours, floor, rounds=5)
    return Row(
        "open 100,000 records and answer",
        mine,
        "json.loads",
        theirs,
        "s",
        "≤ 4",
        mine <= 4 * theirs,
    )
