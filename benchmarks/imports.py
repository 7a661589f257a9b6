"""What an import by a map costs beside a load: `python benchmarks/imports.py [ROWS] [ROUNDS] [STORE]`.

The rows are the claims of `benchmarks/bitemporal`, as a CSV file. Told are microseconds a row: of the
processor, in the process that writes, and in brackets of the clock. An import in parts has two processes
that map the rows. STORE is `db` or `jsonl`.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bitemporal.contenders.factledger_stores import NOW, body, declarations
from bitemporal.workload import BATCH, claims
from factledger import Ledger
from factledger.intake import Map, import_rows
from factledger.intake.maps.map_file import parse_map
from factledger.intake.parts.importing import import_in_parts
from factledger.scaling import workers

COLUMNS = ("id", "shape", "kind", "a", "b", "when", "since", "until")
MAP = """
[[source]]
id = "wire"
title = "A wire"
published = "2099-12-31"
[row]
key = "r{id}"
[row.claim]
kind = "{shape}"
type = "{kind}"
participants = [{ role = "party", actor = "{a}" }, { role = "party", actor = "{b}" }]
when = "{when}"
since = "{since}"
until = "{until}"
"""


def main(rows: int, rounds: int, store: str) -> None:
    """Print what each way costs, in turns."""
    given = parse_map(MAP, "map.toml")
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = written(folder / "rows.csv", rows)
            ways: dict[str, Callable[[Ledger], object]] = {
                "load": lambda ledger: loaded(ledger, rows),
                "import": lambda ledger, path=path: import_rows(ledger, given, path),
                "import in parts": lambda ledger, path=path: in_parts(ledger, given, path),
            }
            told = [
                f"{way} {taken(act, folder / f'{way}.{store}', rows)}" for way, act in ways.items()
            ]
        print(f"{'; '.join(told)}; load {os.getloadavg()[0]:.0f}", flush=True)


def written(path: Path, count: int) -> str:
    """Write the rows of so many claims, and return the path."""
    with path.open("w", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS)
        rows.writeheader()
        for claim in claims(count):
            said = {name: held for name, held in body(claim).items() if name in COLUMNS}
            shape = "state" if claim.is_state else "event"
            rows.writerow(
                {
                    **said,
                    "id": claim.id,
                    "shape": shape,
                    "kind": claim.kind,
                    "a": claim.a,
                    "b": claim.b,
                }
            )
    return str(path)


def loaded(ledger: Ledger, count: int) -> None:
    """Append so many claims, given as they are to stand."""
    bodies = [body(claim) for claim in claims(count)]
    for first in range(0, count, BATCH):
        ledger.append(*bodies[first : first + BATCH])


def in_parts(ledger: Ledger, given: Map, path: str) -> None:
    """Import a file in parts, which two processes map."""
    with workers(2) as run:
        import_in_parts(ledger, given, path, Path(path).with_name("parts"), run)


def taken(act: Callable[[Ledger], object], address: Path, rows: int) -> str:
    """Return how long it takes to fill a new ledger, a row."""
    with Ledger.create(address, origin="benchmark", clock=lambda: NOW) as ledger:
        ledger.append(*(one for one in declarations() if one["kind"] != "source"))
        if "load" in address.name:
            ledger.append(*(one for one in declarations() if one["kind"] == "source"))
        processor, clock = time.process_time(), time.perf_counter()
        act(ledger)
        ledger.close()
        spent = time.process_time() - processor, time.perf_counter() - clock
    return f"{spent[0] / rows * 1e6:.0f} ({spent[1] / rows * 1e6:.0f})"


if __name__ == "__main__":
    asked = [*sys.argv[1:], *("60000", "3", "db")[len(sys.argv) - 1 :]]
    main(int(asked[0]), int(asked[1]), asked[2])
