"""Batches: row steps of one instant, and the drafts that a ledger is asked to append for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from factledger.dates.instants import numbered
from factledger.errors import Problem, Refused
from factledger.index.base import Index
from factledger.intake.claim_dates import SeriesEnd, series_ends
from factledger.intake.documents import refused_by
from factledger.intake.maps.map import Map
from factledger.intake.reading.row import FileRow
from factledger.intake.row_steps import RowStep, row_declarations, row_steps_of, worked_out
from factledger.intake.rows import rows_of_file
from factledger.ledger.ledger import Ledger
from factledger.named import NamedTuple
from factledger.records.codec import Body
from factledger.text import nearest

_AHEAD = 500  # steps whose labels are looked up together
_TOLD = 20  # columns that are named where one is missing


MappedRow: TypeAlias = RowStep | Problem | None
"""What a row comes to: a step, what is wrong with it, or nothing where the map leaves it out."""

MappedRows: TypeAlias = Callable[[], Iterator[MappedRow]]
"""What yields the steps of a file, from its first row on each time."""


class Draft(NamedTuple):
    """The body of a record that a row or the map proposes, and its place in the file."""

    where: str
    body: Body


def row_steps(given: Map, file: str, name: str) -> Iterator[MappedRow]:
    """Yield the step of each row of a file; `name` stands for the file in problems.

    Where the map has series the file is read once more before, for the starts of their states.
    """

    def mapped() -> Iterator[MappedRow]:
        for row in fitting_rows(given, file, name):
            yield from row_steps_of(given, row, name)

    return steps_together(given, mapped)


def fitting_rows(given: Map, file: str, name: str) -> Iterator[FileRow]:
    """Yield the rows of a file; raises `Refused` where it lacks a column that the map names."""
    columns: Sequence[str] | None = None
    for row in rows_of_file(given.input, file, name):
        if columns is None and row.columns and row.fault is None:
            columns = row.columns
            _check_columns(given, [*dict.fromkeys([*columns, *row.cells])], name)
        yield row


def steps_together(given: Map, mapped: MappedRows) -> Iterator[MappedRow]:
    """Yield the steps of a file as its rows bear on one another: series have ends, keys their first row."""
    ends = _ends(_first_of_keys(given, mapped())) if given.series else {}
    for step in _first_of_keys(given, mapped()):
        if isinstance(step, RowStep):
            yield worked_out(step, ends.get((step.row.line, step.rule)))
        else:
            yield step


def _ends(steps: Iterable[MappedRow]) -> dict[tuple[int, int], SeriesEnd]:
    """Return the end of the state of each row in its series, by the line of the row and its rule."""
    found: dict[tuple[int, int], tuple[str, object]] = {
        (step.row.line, step.rule): (step.series, (step.claim or {}).get("since"))
        for step in steps
        if isinstance(step, RowStep) and step.series is not None
    }
    return dict(zip(found, series_ends([*found.values()]), strict=True))


def _first_of_keys(given: Map, steps: Iterator[MappedRow]) -> Iterator[MappedRow]:
    return _without_repeated(given, steps) if any(rule.once for rule in given.rules) else steps


def _without_repeated(given: Map, steps: Iterable[MappedRow]) -> Iterator[MappedRow]:
    seen: set[tuple[int, str]] = set()
    for step in steps:
        yield None if _is_repeated(given, step, seen) else step


def _is_repeated(given: Map, step: MappedRow, seen: set[tuple[int, str]]) -> bool:
    """Return whether a step has the key of one before, under a rule that takes only the first."""
    if not isinstance(step, RowStep) or not given.rules[step.rule].once:
        return False
    key = (step.rule, step.label)
    repeated = key in seen
    seen.add(key)
    return repeated


def _check_columns(given: Map, columns: Sequence[str], name: str) -> None:
    missing = sorted(given.columns - set(columns))
    if missing:
        near = nearest(missing[0], columns)
        advice = f"did you mean {near!r}?" if near else f"it has {_some(filter(None, columns))}"
        message = f"{name} has no column {missing[0]!r}; {_otherwise_parted(columns) or advice}"
        raise refused_by("import-map", given.name, message)


def _otherwise_parted(columns: Sequence[str]) -> str | None:
    """Return what to say where all columns stand in the first: they are parted by something else."""
    named = [column for column in columns if column]
    signs = [sign for sign in ("\t", ";", "|", ",") if len(named) == 1 and sign in named[0]]
    if not signs:
        return None
    sign = max(signs, key=named[0].count)
    told = {"\t": "\\t"}.get(sign, sign)
    return f'it is parted by {sign!r}; say [input] delimiter = "{told}"'


def _some(names: Iterable[str]) -> str:
    """Return the first of some names."""
    first = list(islice(names, _TOLD + 1))
    return ", ".join(first[:_TOLD]) + (", ..." if first[_TOLD:] else "")


def fits(batch: list[RowStep], step: RowStep, size: int) -> bool:
    """Return whether a step belongs to a batch: of its instant, and not yet of its full size.

    One that is about a label which reads as a number begins a new one, so that what it is about is
    in the ledger by then and need not be named by that label.
    """
    named = step.operation == "assert" or numbered(step.label) is None
    return not batch or (len(batch) < size and step.at == batch[0].at and named)


def looked_up(steps: Iterable[MappedRow], index: Index) -> Iterator[MappedRow]:
    """Yield steps as they are; which entries bear their labels is read for many of them together."""
    rest = iter(steps)
    while some := list(islice(rest, _AHEAD)):
        index.look_ahead([step.label for step in some if isinstance(step, RowStep)], ())
        yield from some


def undeclared(ledger: Ledger, given: Map) -> list[Draft]:
    """Return the declarations of the map that the ledger does not have yet."""
    return [
        Draft(given.name, body)
        for body in given.declarations
        if not ledger.index.declarations(body["kind"], body["id"])
    ]


def declaring(
    ledger: Ledger, given: Map, batch: Iterable[RowStep], declared: set[tuple[str, str]]
) -> list[Draft]:
    """Return the declarations that a batch needs; their kinds and ids are added to `declared`."""

    def known(kind: str, name: str) -> bool:
        if (kind, name) in declared:
            return True
        declared.add((kind, name))
        return bool(ledger.index.declarations(kind, name))

    return [
        Draft(step.where, body)
        for step in batch
        for body in row_declarations(given.rules[step.rule], step, known)
    ]


_RECORD = re.compile(r"record ([1-9][0-9]*)").fullmatch


def submit(act: Callable[..., object], drafts: list[Draft], at: str | None) -> None:
    """Ask a ledger to append, or to try, drafts at an instant.

    Raises `Refused` with each problem at the place of its draft; that of the instant is the last,
    for the first ones may be the map's.
    """
    try:
        act(*(draft.body for draft in drafts), backfilled=at)
    except Refused as refused:
        raise Refused(_placed(problem, drafts) for problem in refused.problems) from None


def _placed(problem: Problem, drafts: list[Draft]) -> Problem:
    record = _RECORD(problem.where)
    if record:
        return Problem(drafts[int(record[1]) - 1].where, problem.check, problem.message)
    if problem.check == "backfilled":
        return Problem(drafts[-1].where, "import-recorded", problem.message)
    return problem
