"""Rows → a table of pyarrow, for polars, pandas, DuckDB and Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from factledger.errors import MissingExtra
from factledger.views.plain.rows import Column


def arrow_table(rows: Sequence[dict[str, Any]], columns: Mapping[str, Column]) -> Any:
    """Return rows as a table of pyarrow, each column of one type also where there is no row."""
    try:
        import pyarrow
    except ImportError:
        raise MissingExtra("Arrow tables", "pyarrow", "arrow") from None
    word, number = pyarrow.string(), pyarrow.int64()
    kinds = {
        "number": number,
        "text": word,
        "numbers": pyarrow.list_(number),
        "texts": pyarrow.list_(word),
    }
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
    return pyarrow.Table.from_pylist(list(rows), schema=schema)
