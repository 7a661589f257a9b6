"""A segment laid out by cells, so that one part of a ledger is one stretch of each of these files."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from factledger.named import NamedTuple
from factledger.scaling.files import (
    digest_of,
    joined_lines,
    json_in,
    packed,
    put_json,
    read_part,
    spoilt,
    unpacked,
    write_whole,
)
from factledger.scaling.layout.placing import NOWHERE
from factledger.scaling.manifest import Segment


class RouteTask(NamedTuple):
    """A segment, and the cell of each of its entries."""

    folder: str
    segment: Segment
    cells: bytes


class CellLines(NamedTuple):
    """The lines of one cell in a file: where they lie, how many they are, and a hash of them."""

    cell: int
    offset: int
    length: int
    lines: int
    digest: str


def route(task: RouteTask) -> str:
    """Lay a segment out by cells, and return the name of the file."""
    folder = Path(task.folder) / "routed"
    name = digest_of(task.segment.digest, task.cells)
    table = folder / f"{name}.json"
    if not (table.exists() and table.with_suffix(".lines").exists()):
        data, stretches = _laid_out(task)
        write_whole(folder / f"{name}.lines", data)
        put_json(table, stretches)  # last: who finds it finds the lines
    return name


def _laid_out(task: RouteTask) -> tuple[bytes, list[CellLines]]:
    cells = array("H")
    cells.frombytes(task.cells)
    by_cell: defaultdict[int, list[bytes]] = defaultdict(list)
    for cell, raw in zip(cells, task.segment.lines(Path(task.folder)), strict=True):
        if cell != NOWHERE:
            by_cell[cell].append(raw)
    parts, stretches, offset = [], [], 0
    for cell, raws in sorted(by_cell.items()):
        data = joined_lines(raws)
        parts.append(packed(data))
        stretches.append(CellLines(cell, offset, len(parts[-1]), len(raws), digest_of(data)))
        offset += len(parts[-1])
    return b"".join(parts), stretches


def stretches_in(folder: Path, name: str) -> list[CellLines]:
    """Return the stretches of a file, by cell."""
    return [CellLines(*one) for one in json_in(folder / "routed" / f"{name}.json")]


def lines_at(folder: Path, name: str, stretches: list[CellLines]) -> Iterator[bytes]:
    """Yield the lines of some stretches of a file, by number within each."""
    path = folder / "routed" / f"{name}.lines"
    for one in stretches:
        data = unpacked(read_part(path, one.offset, one.length), path)
        if digest_of(data) != one.digest:
            raise spoilt(path)
        yield from data.split(b"\n")[:-1]


def number_of(raw: bytes) -> int:
    """Return the number of a raw line, which stands at its end."""
    return int(raw[raw.rindex(b":") + 1 : -1])
