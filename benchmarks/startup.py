"""What a whole command costs, against the bare import of its libraries."""

from __future__ import annotations

from collections.abc import Iterator
from compileall import compile_dir
from pathlib import Path

import factledger
from measure import Row, in_turns, process

IMPORTS = "import click, attrs, cattrs, sqlite3"


def rows() -> Iterator[Row]:
    """Yield the whole process of `asof` on the article, and of `--help`."""
    compile_dir(Path(factledger.__file__).parent, quiet=1)  # as an installed package is
    ledger = ("-l", "ledgers/japan-ukraine")
    asof = process("-m", "factledger", "asof", "2023-04-01", *ledger)
    helped = process("-m", "factledger", "--help")
    floor = process("-c", IMPORTS)
    in_turns(asof, helped, floor, rounds=2)  # once for the caches of the disk
    a, h, f = in_turns(asof, helped, floor, rounds=25)
    rival = f"`python -c '{IMPORTS}'`"
    yield Row("`factledger asof 2023-04-01`", a * 1e3, rival, f * 1e3, "ms", "≤ 1.5", a <= 1.5 * f)
    yield Row("`factledger --help`", h * 1e3, rival, f * 1e3, "ms", "≤ 1", h <= f)
