"""Entries → Arrow: batches of typed columns, for pyarrow, polars, DuckDB and pandas; and Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import IO, Any

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.output.formats.entries import entry_object
from factledger.records.codec import Body
from factledger.records.entries import Entry
from factledger.records.record import Record
from factledger.views.plain.arrow import loaded_pyarrow

BATCH_ROWS = 10_000  # entries in memory at a time
EPOCH = Day.parse("1970-01-01")
_WORDS = (
    "kind", "id", "label", "reason", "type", "mode", "value", "polarity", "modality", "hedge", "text",
    "when", "since", "until", "told_when", "condition",
)  # fmt: skip
_PARTICIPANT = ("role", "actor", "of", "as_said")
_CITATION = ("source", "quote", "sealed", "prefix", "suffix", "locator")


class Table:
    """The entries of a ledger as an Arrow table, a row an entry, read batch by batch.

    Anything that takes an Arrow stream takes it: it has `__arrow_c_stream__`. Texts are as the
    ledger has them. `earliest` and `latest` are the days that the dates of a claim enclose, null
    where they are open or unknown; `record` is the whole record as JSON, null where it was
    erased. A correction has target and reason beside the record that it puts in place.

    Raises `MissingExtra` where pyarrow is not installed.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._arrow = pyarrow()
        self._ledger = ledger

    @property
    def schema(self) -> Any:
        """The names and types of the columns."""
        return schema_of(self._arrow)

    def batches(self) -> Iterator[Any]:
        """Yield the entries in batches, in the order of the log."""
        rows = map(arrow_row, self._ledger.entries())
        while batch := list(islice(rows, BATCH_ROWS)):
            yield self._arrow.RecordBatch.from_pylist(batch, schema=self.schema)

    def reader(self) -> Any:
        """Return a reader of pyarrow over the batches, to be read once."""
        return self._arrow.RecordBatchReader.from_batches(self.schema, self.batches())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.reader().__arrow_c_stream__(requested_schema)

    def write_stream(self, file: IO[bytes]) -> None:
        """Write the table as a stream of Arrow's own format (IPC)."""
        with self._arrow.ipc.new_stream(file, self.schema) as writer:
            for batch in self.batches():
                writer.write_batch(batch)

    def write_parquet(self, file: IO[bytes]) -> None:
        """Write the table as Parquet, a row group a batch."""
        from pyarrow import parquet

        with parquet.ParquetWriter(file, self.schema) as writer:
            for batch in self.batches():
                writer.write_batch(batch)


def pyarrow() -> Any:
    """Return the module pyarrow; raises `MissingExtra`, and `MemoryError` where it has no room."""
    return loaded_pyarrow("Arrow and Parquet")


def schema_of(arrow: Any) -> Any:
    """Return the names and types of the columns."""
    word, number, day = arrow.string(), arrow.int64(), arrow.date32()
    participant = arrow.struct([(name, word) for name in _PARTICIPANT])
    citation = [(name, word) for name in _CITATION]
    return arrow.schema(
        [
            ("entry", number),
            ("at", arrow.timestamp("us", tz="UTC")),
            ("batch", number),
            ("hash", word),
            *((name, word) for name in _WORDS),
            ("target", number),
            ("earliest", day),
            ("latest", day),
            ("attributed_to", arrow.list_(word)),
            ("told_to", arrow.list_(word)),
            ("participants", arrow.list_(participant)),
            (
                "citations",
                arrow.list_(arrow.struct([*citation, ("start", number), ("end", number)])),
            ),
            ("record", word),
        ],
        metadata={"factledger.export": "1"},  # by which it is known again
    )


def arrow_row(entry: Entry) -> dict[str, Any]:
    """Return an entry as the values of the columns."""
    values = entry_object(entry)
    body: Body = values["record"] or {"kind": "redacted"}
    flat = {**body.get("record", {}), **body}
    earliest, latest = day_bounds(entry.record)
    return {
        "entry": entry.number,
        "at": datetime.fromisoformat(entry.at),
        "batch": entry.batch,
        "hash": entry.hash,
        **{name: flat.get(name) for name in _WORDS},
        "target": flat.get("target"),
        "earliest": earliest,
        "latest": latest,
        "attributed_to": flat.get("attributed_to", []),
        "told_to": flat.get("told_to", []),
        "participants": flat.get("participants", []),
        "citations": flat.get("citations", []),
        "record": entry.record and json.dumps(body, ensure_ascii=False, sort_keys=True),
    }


def day_bounds(record: Record | None) -> tuple[int | None, int | None]:
    """Return the first and the last day that the dates of a claim enclose, from 1970-01-01 on."""
    claim = record and record.content
    when: Edtf | None = getattr(claim, "when", None)
    first: Edtf | None = when or getattr(claim, "since", None)
    last: Edtf | None = when or getattr(claim, "until", None)
    return _since_epoch(first and first.earliest), _since_epoch(last and last.latest)


def _since_epoch(day: object) -> int | None:
    return day - EPOCH if isinstance(day, Day) else None
