"""Standings along time → Arrow and Parquet: a row for each turn of each standing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from factledger.dates.days import Day
from factledger.output.formats.arrow import EPOCH, pyarrow

_BATCH = 50_000


class RowTable:
    """Rows of a fold in parts as an Arrow table; a row of the table is one turn of one standing.

    `number` is the claim's entry, and `derived` tells what follows from it alone. From `day` on
    the status is `status`, to the day before `until`; null is the beginning of time, or its end.
    Raises `MissingExtra` where pyarrow is not installed.
    """

    def __init__(self, rows: Iterable[bytes]) -> None:
        self._arrow = pyarrow()
        self._rows = rows

    @property
    def schema(self) -> Any:
        """The names and types of the columns."""
        arrow = self._arrow
        word, number, day = arrow.string(), arrow.int64(), arrow.date32()
        columns = [
            ("number", number), ("shape", word), ("type", word), ("derived", arrow.bool_()),
            ("day", day), ("until", day), ("status", word), ("contested_by", arrow.list_(number)),
        ]  # fmt: skip
        return arrow.schema(columns, metadata={"factledger.export": "1"})

    def batches(self) -> Iterator[Any]:
        """Yield the turns in batches, in the order of the rows."""
        turns = (turn for row in self._rows for turn in turns_in(json.loads(row)))
        while batch := [*islice(turns, _BATCH)]:
            yield self._arrow.RecordBatch.from_pylist(batch, schema=self.schema)

    def write_parquet(self, file: IO[bytes]) -> None:
        """Write the table as Parquet, a row group a batch."""
        from pyarrow import parquet

        with parquet.ParquetWriter(file, self.schema) as writer:
            for batch in self.batches():
                writer.write_batch(batch)


def turns_in(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the turns of one standing as the values of the columns."""
    steps = row["steps"]
    said = {name: row[name] for name in ("number", "shape", "type", "derived")}
    ends = [day for day, _, _ in steps[1:]]
    for (day, status, against), until in zip(steps, [*ends, None], strict=True):
        yield {
            **said,
            "day": _days(day),
            "until": _days(until),
            "status": status,
            "contested_by": against,
        }


def _days(text: str | None) -> int | None:
    return None if text is None else Day.parse(text) - EPOCH
