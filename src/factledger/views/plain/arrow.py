"""Rows → a table of pyarrow, for polars, pandas, DuckDB and Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from factledger.errors import MissingExtra
from factledger.views.plain.rows import ROW_NUMBER_LISTS, ROW_NUMBERS, ROW_TEXT_LISTS, ROW_TEXTS


def arrow_table(rows: Sequence[dict[str, Any]]) -> Any:
    """Return rows as a table of pyarrow, each column of one type also where there is no row."""
    try:
        import pyarrow
    except ImportError:
        raise MissingExtra("Arrow tables", "pyarrow", "arrow") from None
    word, number = pyarrow.string(), pyarrow.int64()
    columns = [
        *((name, number) for name in ROW_NUMBERS),
        *((name, word) for name in ROW_TEXTS),
        *((name, pyarrow.list_(number)) for name in ROW_NUMBER_LISTS),
        *((name, pyarrow.list_(word)) for name in ROW_TEXT_LISTS),
    ]
    return pyarrow.Table.from_pylist(list(rows), schema=pyarrow.schema(columns))
