"""A ledger folded part by part: each part by the rules of the whole, and none that did not change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import attrs

from factledger.dates.days import Day
from factledger.named import NamedTuple
from factledger.scaling.files import (
    delete_old,
    digest_of,
    joined_lines,
    json_in,
    packed,
    packed_lines,
    put_json,
    write_whole,
)
from factledger.scaling.layout.declared import Declared, names_in
from factledger.scaling.layout.plan import Planned, plan
from factledger.scaling.layout.reading import terms_from
from factledger.scaling.layout.roots import ever_same
from factledger.scaling.layout.routing import CellLines, lines_at, number_of
from factledger.scaling.manifest import manifest_in
from factledger.scaling.parts import LedgerPart, each_once
from factledger.scaling.rows import RowSum, rows_of
from factledger.scaling.rules import rules_digest
from factledger.scaling.running import Runner, here
from factledger.status.belief import Belief
from factledger.status.timeline import Timeline

MOST_ROWS = 40_000  # entries of a part, so that a process that folds it stays below a GiB


@attrs.frozen
class FoldedPart:
    """The rows of one part: the file that holds them, how many there are, and their sum.

    `entries` are the lines that were read for it, and `made` is false where an earlier run made it.
    """

    name: str
    entries: int
    rows: int
    digest: str
    made: bool


@attrs.frozen
class FoldedParts:
    """All parts of a ledger, folded at a cut: `recorded` is the last entry that counts."""

    folder: Path
    recorded: int
    published: Day | None
    parts: tuple[FoldedPart, ...]

    @property
    def rows(self) -> int:
        """How many standings there are."""
        return sum(part.rows for part in self.parts)

    @property
    def entries(self) -> int:
        """How many lines the parts have together, those that several have counted in each."""
        return sum(part.entries for part in self.parts)

    @property
    def made(self) -> int:
        """How many of the parts were folded now."""
        return sum(part.made for part in self.parts)

    @property
    def digest(self) -> str:
        """The sum over all rows."""
        found = RowSum()
        for part in self.parts:
            found.join(part.rows, part.digest)
        return found.digest


class FoldTask(NamedTuple):
    """A part to fold: its stretches by file, what is declared, who is who, and the cut."""

    folder: str
    stretches: list[tuple[str, list[CellLines]]]
    declared: str
    terms: str
    recorded: int
    published: int | None


def fold_parts(
    folder: Path,
    run: Runner = here,
    *,
    recorded: int | None = None,
    published: Day | None = None,
    most: int = MOST_ROWS,
    least: int = 0,
) -> FoldedParts:
    """Fold the sealed ledger in a folder at a cut, each part by itself, and return the parts.

    `recorded` is the last entry that counts, None for all that are sealed. A part has `most`
    entries, as far as what bears on one another allows, and there are at least two to the power
    of `least` cells of them. A part that is as it was when it was folded is not folded again.
    """
    tasks = fold_tasks(folder, run, recorded, published, most, least)
    parts = tuple(sorted(run(fold_part, tasks), key=lambda part: part.name))
    cut = manifest_in(folder).entries if recorded is None else recorded
    return FoldedParts(folder, cut, published, parts)


def fold_tasks(
    folder: Path, run: Runner, recorded: int | None, published: Day | None, most: int, least: int
) -> list[FoldTask]:
    """Return the parts of a sealed ledger as tasks; see `fold_parts`."""
    cut = manifest_in(folder).entries if recorded is None else recorded
    planned = plan(folder, run, most, least)
    _clean(folder, planned)
    return [_task(folder, planned, one, cut, published) for one in planned.parts]


def _task(
    folder: Path, planned: Planned, cells: range, cut: int, published: Day | None
) -> FoldTask:
    stretches = [(name, planned.within(name, cells)) for name in planned.routed]
    day = None if published is None else int(published)
    return FoldTask(
        str(folder), [s for s in stretches if s[1]], planned.declared, planned.terms, cut, day
    )


def _clean(folder: Path, planned: Planned) -> None:
    """Delete what tasks made of segments, types or people that are no longer so."""
    for room, kept in planned.kept.items():
        delete_old(folder / room, map(Path, kept))


def fold_part(task: FoldTask) -> FoldedPart:
    """Fold one part, unless its file is there already; return what it holds."""
    folder, entries = Path(task.folder), entries_of(task)
    last = sum(1 for raw in entries if number_of(raw) <= task.recorded)
    name = digest_of(rules_digest(), joined_lines(entries), str(last), str(task.published))
    path = folder / "parts" / f"{name}.jsonl.gz"
    told = path.with_suffix(".json")
    made = not (told.exists() and path.exists())
    if made:
        part, timeline = part_of(task, entries)
        rows = rows_of(timeline.tracks(timeline.belief.claims()), part.number_at)
        write_whole(path, packed(joined_lines(rows)))
        found = RowSum(rows)
        put_json(told, [len(entries), found.count, found.digest])  # last: it says that all is there
    count, rows_there, digest = json_in(told)
    return FoldedPart(path.name, count, rows_there, digest, made)


def entries_of(task: FoldTask) -> list[bytes]:
    """Return the lines of a part and of all that is declared of whoever they name, by number."""
    folder = Path(task.folder)
    groups = ever_same(terms_from(str(folder / "terms" / f"{task.terms}.json")).identities)
    raws = [raw for name, part in task.stretches for raw in lines_at(folder, name, part)]
    raws.sort(key=number_of)
    return [*each_once(raws, _declared(task, raws, groups))]


def _declared(task: FoldTask, raws: Sequence[bytes], groups: Mapping[str, str]) -> list[bytes]:
    names = {name for raw in raws for name in names_in(json.loads(raw).get("body"), groups)}
    with closing(Declared(Path(task.folder) / "declared" / task.declared)) as declared:
        return declared.closed_over(sorted(names), groups)


def part_of(task: FoldTask, entries: Sequence[bytes]) -> tuple[LedgerPart, Timeline]:
    """Return a part of its lines, with the timeline of its claims at the cut of a task."""
    part = LedgerPart(entries)
    day = None if task.published is None else Day(task.published)
    return part, Timeline(Belief(part.index, part.place_of(task.recorded), day))


def rows_in(folded: FoldedParts) -> Iterator[bytes]:
    """Yield all rows, part by part."""
    for part in folded.parts:
        yield from packed_lines(folded.folder / "parts" / part.name)


def whole_digest(belief: Belief) -> str:
    """Return the sum over all rows of a ledger that is folded as a whole."""
    timeline = Timeline(belief)
    return RowSum(rows_of(timeline.tracks(belief.claims()), int)).digest
