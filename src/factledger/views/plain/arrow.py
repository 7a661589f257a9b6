"""Rows → a table of pyarrow, for polars, pandas, DuckDB and Parquet."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from mmap import mmap
from typing import Any

from factledger.errors import MissingExtra
from factledger.views.plain.rows import Column

_ROOM = 2**28  # bytes of addresses that pyarrow takes, and what it loads, before it holds anything


def loaded_pyarrow(what: str) -> Any:
    """Return the module pyarrow; `what` it makes is named where it is missing.

    Raises `MissingExtra`, and `MemoryError` where it has no room: what it loads ends the process then.
    """
    if "pyarrow" not in sys.modules:
        _check_room()
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each of its threads takes room
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError:
        raise MissingExtra(what, "pyarrow", "arrow") from None
    return pyarrow


def _check_room() -> None:
    try:
        mmap(-1, _ROOM).close()
    except OSError:
        raise MemoryError("pyarrow needs 256 MiB") from None


def arrow_table(rows: Sequence[dict[str, Any]], columns: Mapping[str, Column]) -> Any:
    """Return rows as a table of pyarrow, each column of one type also where there is no row."""
    pyarrow = loaded_pyarrow("Arrow tables")
    word, number = pyarrow.string(), pyarrow.int64()
    kinds = {
        "number": number,
        "text": word,
        "numbers": pyarrow.list_(number),
        "texts": pyarrow.list_(word),
    }
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
    return pyarrow.Table.from_pylist(list(rows), schema=schema)
