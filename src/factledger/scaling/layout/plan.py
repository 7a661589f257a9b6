"""The parts of a ledger: which cells make one, and where their lines lie."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path

from factledger.errors import NotALedger
from factledger.named import NamedTuple
from factledger.scaling.files import put_json
from factledger.scaling.layout.declared import write_declared
from factledger.scaling.layout.placing import CELLS, NOWHERE, PlacedEntries, cells_over
from factledger.scaling.layout.reading import (
    Readings,
    SegmentTask,
    Terms,
    read_segment,
    readings_in,
    terms_in,
    terms_path,
)
from factledger.scaling.layout.roots import ever_same, splits
from factledger.scaling.layout.routing import CellLines, RouteTask, route, stretches_in
from factledger.scaling.manifest import Manifest, manifest_in
from factledger.scaling.running import Runner


class Planned(NamedTuple):
    """What a fold needs besides the cut: the parts as cells, and the files that hold their lines.

    `kept` are the files that belong to the plan, by folder.
    """

    parts: list[range]
    routed: dict[str, list[CellLines]]
    declared: str
    terms: str
    kept: dict[str, list[str]]

    def within(self, name: str, cells: range) -> list[CellLines]:
        """Return the stretches of a file that hold the lines of some cells."""
        return [one for one in self.routed[name] if one.cell in cells]


def plan(folder: Path, run: Runner, most: int, least: int) -> Planned:
    """Lay all segments out by cells, and return the parts of `most` lines."""
    manifest = manifest_in(folder)
    terms = _terms(folder, manifest, run)
    put_json(folder / "terms" / f"{terms.digest}.json", terms)
    tasks = [SegmentTask(str(folder), s, terms.digest) for s in manifest.segments]
    names = sorted(run(read_segment, tasks))
    by_first = sorted((_first(folder, name), name) for name in names)
    readings = [found for (_, found), _ in by_first]
    placed = cells_over(readings)
    routed = sorted(run(route, _routes(folder, manifest, placed)))
    declared = _written_declared(folder, readings, placed, terms)
    kept = {
        "found": [terms_path(folder, segment).name for segment in manifest.segments],
        "terms": [f"{terms.digest}.json"],
        "roots": names,
        "declared": [declared],
        "routed": [f"{name}.{end}" for name in routed for end in ("json", "lines")],
    }
    stretches = {name: stretches_in(folder, name) for name in routed}
    return Planned(
        splits(_counts(placed.cells), most, least), stretches, declared, terms.digest, kept
    )


def _first(folder: Path, name: str) -> tuple[int, Readings]:
    found = readings_in(folder / "roots" / name)
    return found.first, found


def _terms(folder: Path, manifest: Manifest, run: Runner) -> Terms:
    """Return the types of a ledger, and who was ever said to be whom."""
    tasks = [SegmentTask(str(folder), segment) for segment in manifest.segments]
    found = sorted(run(terms_in, tasks))
    headers, types, identities = (
        [body for _, *lists in found for body in lists[place]] for place in range(3)
    )
    if not headers:
        raise NotALedger(str(folder), "its first entry does not begin a ledger")
    return Terms(headers[0], tuple(types), tuple(identities))


def _routes(folder: Path, manifest: Manifest, placed: PlacedEntries) -> Iterable[RouteTask]:
    for segment in manifest.segments:
        cells = placed.cells[segment.first - 1 : segment.after.seq]
        yield RouteTask(str(folder), segment, cells.tobytes())


def _counts(cells: array[int]) -> list[int]:
    """Return how many entries there are in each cell."""
    found = [0] * (NOWHERE + 1)
    for cell in cells:
        found[cell] += 1
    return found[:CELLS]


def _written_declared(
    folder: Path, readings: list[Readings], placed: PlacedEntries, terms: Terms
) -> str:
    declaring = (one for reading in readings for one in reading.declaring)
    groups = ever_same(terms.identities)
    return write_declared(folder, declaring, placed.about_declarations, groups)
