"""The rows of a large file, cut into files of many rows, so that others can map them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from factledger.intake.batches import fitting_rows
from factledger.intake.maps.map import Map
from factledger.intake.reading.row import FileRow
from factledger.scaling.files import digest_of, joined_lines, packed, packed_lines, write_whole


def cut_rows(given: Map, file: str, name: str, folder: Path, size: int) -> Iterator[str]:
    """Write the rows of a file into files of `size` rows, and yield the name of each as it is there.

    Raises `Refused` where the file cannot be read, or lacks a column.
    """
    rows = fitting_rows(given, file, name)
    while some := [*islice(rows, size)]:
        data = joined_lines(map(_told, some))
        cut = f"{digest_of(data)}.jsonl.gz"
        if not (folder / cut).exists():
            write_whole(folder / cut, packed(data))
        yield cut


def rows_in_file(path: Path) -> Iterator[FileRow]:
    """Yield the rows that a file of rows holds, without their bytes."""
    for line in packed_lines(path):
        number, sha256, cells, fault, place = json.loads(line)
        yield FileRow(number, sha256, cells, fault, place=place)


def _told(row: FileRow) -> bytes:
    told = [row.line, row.sha256, row.cells, row.fault, row.place]
    return json.dumps(told, separators=(",", ":")).encode()
