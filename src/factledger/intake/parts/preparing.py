"""A task of an import: some rows under the map, and each of their claims tried by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, groupby
from pathlib import Path

from factledger.checks.admission import Admission
from factledger.checks.fast_path import FastPath
from factledger.dates.instants import instant, utc_now
from factledger.errors import FieldError
from factledger.index.memory import MemoryIndex
from factledger.intake.batches import MappedRow
from factledger.intake.maps.map import Map
from factledger.intake.maps.map_file import parse_map
from factledger.intake.parts.declared_file import declared_index
from factledger.intake.parts.row_files import rows_in_file
from factledger.intake.parts.step_lines import mapped_row_lines, mapped_rows_of
from factledger.intake.row_steps import RowStep, row_declarations, row_steps_of, worked_out
from factledger.named import NamedTuple
from factledger.records.codec import Body
from factledger.scaling.files import (
    digest_of,
    joined_lines,
    json_in,
    packed,
    packed_lines,
    put_json,
    write_whole,
)
from factledger.scaling.rules import rules_digest

_ROOMS = ("dates", "citations", "records", "index", "status", "checks", "intake", "scaling")


class PrepareTask(NamedTuple):
    """A file of rows, with the map, and what the ledger declares; `number` is its place."""

    number: int
    folder: str
    rows: str
    map: str
    declared: str


class Prepared(NamedTuple):
    """A file of steps: its place, how many rows they are of, and whether nothing is wrong with their claims.

    Without a name the steps have no form in JSON, and whoever wants them maps the rows.
    """

    number: int
    steps: str
    rows: int
    tried: bool


def prepared(task: PrepareTask) -> Prepared:
    """Return the steps of some rows in a file, which is made unless it is there."""
    folder = Path(task.folder)
    name = f"{digest_of(rules_digest(_ROOMS), task.map, task.rows)}.jsonl.gz"
    path = folder / "steps" / name
    told = folder / "tried" / f"{digest_of(name, task.declared)}.json"
    if not told.exists():
        given = _map(task.map)
        try:
            rows, steps = _mapped(given, folder / "rows" / task.rows, path)
        except TypeError:  # a map can hold what no record may
            return Prepared(task.number, "", 0, tried=False)
        index = declared_index(folder / "declared" / task.declared)
        put_json(told, [rows, are_fit(index, given, steps)])  # last: it says that all is there
    return Prepared(task.number, name, *json_in(told))


def _mapped(given: Map, rows: Path, path: Path) -> tuple[int, list[MappedRow]]:
    """Return how many rows there are, and their steps; the file with the steps is made."""
    if path.exists():
        steps = [*mapped_rows_of(packed_lines(path), "")]
    else:
        steps = [step for row in rows_in_file(rows) for step in row_steps_of(given, row, "")]
        write_whole(path, packed(joined_lines(mapped_row_lines(steps))))
    return len(steps) // len(given.rules), steps


@lru_cache(maxsize=2)
def _map(text: str) -> Map:
    return parse_map(text, "the map")


def are_fit(index: MemoryIndex, given: Map, steps: Iterable[MappedRow]) -> bool:
    """Return whether nothing is wrong with the claims of steps, beside all that an index declares.

    Where that is not certain it is false; then they are tried in the ledger. What is declared in two
    ways is not certain, since it is not known yet which comes first.
    """
    if given.series:  # a claim ends as a later row says
        return False
    worked = [step for s in steps if isinstance(s, RowStep) for step in [worked_out(s, None)]]
    try:
        tables = [_tables(index, given, step) for step in worked if isinstance(step, RowStep)]
    except FieldError:
        return False
    whole = _once([_undeclared(index, given), *(held for held, _ in tables)])
    if whole is None:
        return False
    groups = groupby(tables, lambda told: told[1].at)
    return all(_fits(index, at, _bodies(index, given, [*some])) for at, some in groups)


_Told = tuple[list[Body], RowStep]  # what a row declares, and its step


def _tables(index: MemoryIndex, given: Map, step: RowStep) -> _Told:
    def known(kind: str, name: str) -> bool:
        return bool(index.declarations(kind, name))

    return [*row_declarations(given.rules[step.rule], step, known)], step


def _undeclared(index: MemoryIndex, given: Map) -> list[Body]:
    return [b for b in given.declarations if not index.declarations(b["kind"], b["id"])]


def _once(tables: Iterable[list[Body]]) -> list[Body] | None:
    """Return each declaration once; None where one is told in two ways."""
    found: dict[tuple[str, str], Body] = {}
    for body in chain.from_iterable(tables):
        if found.setdefault((body["kind"], str(body.get("id"))), body) != body:
            return None
    return [*found.values()]


def _bodies(index: MemoryIndex, given: Map, told: Sequence[_Told]) -> list[Body]:
    """Return what some steps declare, and their claims."""
    declared = _once([_undeclared(index, given), *(tables for tables, _ in told)])
    return [*(declared or ()), *(step.claim for _, step in told if step.claim is not None)]


def _fits(index: MemoryIndex, at: str | None, bodies: Sequence[Body]) -> bool:
    """Return whether an index would take bodies that were recorded at an instant, None for now."""
    now = instant(utc_now())
    if at is not None and at > now:
        return False
    with index.trial(dry=True):
        line = max(at or now, index.at(len(index)))
        written = None if at is None else now
        admission = Admission(index, line, FastPath(index), backfilled=written, apart=True)
        admission.take(bodies)
    return not admission.problems
