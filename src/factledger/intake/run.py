"""The second pass over a file: its new rows are appended, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from functools import partial

import attrs

from factledger.collecting import no_collecting
from factledger.errors import Problem, Refused
from factledger.intake.batches import (
    Draft,
    MappedRow,
    MappedRows,
    declaring,
    fits,
    row_steps,
    submit,
    undeclared,
)
from factledger.intake.documents import refused_by
from factledger.intake.maps.map import Map
from factledger.intake.row_steps import RowStep, body_of, dispute_of
from factledger.intake.surveying import OnRows, Survey, silent, survey
from factledger.ledger.ledger import Ledger
from factledger.log.stores.base import saying, stays

MOST_IN_BATCH = 1000


@attrs.frozen
class Imported:
    """The outcome of an import: its survey, and how many entries there were before and after."""

    found: Survey
    before: int
    after: int


def new_ledger(given: Map, address: str, file: str) -> Ledger:
    """Return a new ledger at an address, begun when the first row of the file was recorded.

    Raises `Refused` where the map names no origin.
    """
    if given.origin is None:
        message = "there is no ledger yet, and the map has no [ledger] with an origin to make one"
        raise refused_by("import-map", given.name, message)
    at = next((s.at for s in row_steps(given, file, file) if isinstance(s, RowStep)), None)
    return Ledger.create(address, origin=given.origin, title=given.title, backfilled=at)


def import_rows(
    ledger: Ledger,
    given: Map,
    file: str,
    *,
    name: str | None = None,
    found: Survey | None = None,
    on_rows: OnRows = silent,
    steps: MappedRows | None = None,
) -> Imported:
    """Append the rows of a file that the ledger does not hold yet; return the outcome.

    The file is surveyed first, unless its survey is given as `found`, and nothing is written
    where a row is wrong. Then rows are appended in the order of the file, in batches of rows of
    one instant, at most 1,000; each batch is written whole or not at all, and one that is refused
    ends the import. What was written stays: a second run goes on behind it. `on_rows` is called
    with the number of rows passed, once for those that are there and once a batch. `steps` yields the
    steps of its rows, where they were made already.

    Where rows say when they were recorded, nobody else appends before the last one is in: an entry
    of now would stand above rows of then, which could follow it no more.

    Raises `Refused` with every problem, each with the line of its row, and `Busy`.
    """
    with ledger.writing() if given.recorded else nullcontext():
        made = steps or partial(row_steps, given, file, name or file)
        return _imported(ledger, given, file, name or file, found, on_rows, made)


def _imported(
    ledger: Ledger,
    given: Map,
    file: str,
    name: str,
    found: Survey | None,
    on_rows: OnRows,
    made: MappedRows,
) -> Imported:
    if found is None or found.size != len(ledger):
        found = survey(ledger, given, file, name=name, steps=made)
    if found.problems:
        raise Refused(found.problems)
    before = len(ledger)
    on_rows(found.entered // len(given.rules))
    with no_collecting():
        _append_steps(ledger, given, _kept(made(), found), found.entered, on_rows)
    return Imported(found, before, len(ledger))


def _append_steps(
    ledger: Ledger, given: Map, steps: Iterable[RowStep | None], entered: int, on_rows: OnRows
) -> None:
    """Append what the steps behind the first `entered` say, batch by batch."""
    declared: set[tuple[str, str]] = set()
    first, before = undeclared(ledger, given), len(ledger)
    for batch, passed in _batches(steps, entered, len(given.rules)):
        ledger.index.look_ahead([step.label for step in batch], ())
        drafts = [*first, *declaring(ledger, given, batch, declared), *_drafts(ledger, batch)]
        with saying(lambda: stays(before, len(ledger))):
            submit(ledger.append, drafts, batch[0].at)
        on_rows(passed)
        first = []


def _kept(steps: Iterable[MappedRow], found: Survey) -> Iterator[RowStep | None]:
    """Yield the steps of rows that are not rejected, None for the others."""
    for step in steps:
        rejected = isinstance(step, Problem) or (step and step.row.line in found.rejected)
        yield None if rejected or isinstance(step, Problem) else step


def _batches(
    steps: Iterable[RowStep | None], entered: int, rules: int
) -> Iterator[tuple[list[RowStep], int]]:
    """Yield the steps behind the first `entered`, in batches of one instant, with rows passed."""
    batch: list[RowStep] = []
    passed = 0
    for number, step in enumerate(steps, start=1):
        if step is not None:
            if entered:
                entered -= 1
                continue
            if not fits(batch, step, MOST_IN_BATCH):
                yield batch, passed
                batch, passed = [], 0
            batch.append(step)
        passed += number % rules == 0
    if batch:
        yield batch, passed


def _drafts(ledger: Ledger, batch: Iterable[RowStep]) -> Iterator[Draft]:
    """Yield the records of a batch; a target that is in the ledger already is named by its number."""
    met: set[str] = set()
    for step in batch:
        numbers = () if step.label in met else ledger.index.labelled(step.label)
        met.add(step.label)
        target: int | str = numbers[-1] if numbers else step.label
        if (
            numbers and step.operation == "retract"
        ):  # the claim, and not its newest correction alone
            target = ledger.index.chains.first(numbers[-1])
        yield Draft(step.where, body_of(step, target))
        if (dispute := dispute_of(step, step.label)) is not None:
            yield Draft(step.where, dispute)
