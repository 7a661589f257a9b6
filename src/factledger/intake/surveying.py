"""The first pass over a file: its rows are counted and tried, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Self

import attrs

from factledger.collecting import no_collecting
from factledger.errors import Problem, Refused
from factledger.intake.batches import (
    Draft,
    MappedRow,
    MappedRows,
    declaring,
    fits,
    looked_up,
    row_steps,
    submit,
    undeclared,
)
from factledger.intake.known_rows import entered, standing
from factledger.intake.maps.map import Map
from factledger.intake.reading.readings import DateSurvey, ReadDates
from factledger.intake.row_steps import RowStep
from factledger.intake.rows import is_of_encoding
from factledger.intake.wrong_rows import LeftOut, line_named, without_wrong_rows
from factledger.ledger.ledger import Ledger

MOST_PROBLEMS = 10_000  # problems that are told
TRIED = 10_000  # rows at a time: what they share is declared once
OnRows = Callable[[int], None]


@attrs.frozen
class Survey:
    """The rows of a file by what an import would make of them, and the problems.

    `entered` are in the ledger already, `new` are not, and the map leaves out the others; where a map
    makes several claims of a row, these two count claims. `rejected` are the lines of rows that are
    wrong and are to be left out, with the reasons; then they are no problems. `size` is
    how many entries the ledger had. `dates` are the everyday dates of a map that reads them, each text
    once; `notes` say what else to look at.
    """

    rows: int
    entered: int
    new: int
    problems: tuple[Problem, ...]
    size: int
    rejected: LeftOut = attrs.field(factory=dict)
    dates: tuple[ReadDates, ...] = ()
    notes: tuple[str, ...] = ()

    def telling(self, problems: Sequence[Problem]) -> Self:
        """Return the same with these problems in place of its own."""
        return attrs.evolve(self, problems=tuple(problems))


def silent(count: int) -> None:
    """Say nothing of the rows that were met."""


def survey(
    ledger: Ledger,
    given: Map,
    file: str,
    *,
    name: str | None = None,
    on_rows: OnRows = silent,
    reject: bool = False,
    steps: MappedRows | None = None,
) -> Survey:
    """Return the survey of a file, without writing; `name` stands for the file in problems.

    Every row is read, and tried in the ledger by itself. With `reject` the rows that are wrong are
    left out, and the file is looked at again until no other is: a row may rest on one that is not
    there. `on_rows` is called with the number of rows met since the last call. `steps` yields the steps
    of its rows, where they were made already.
    """
    made = steps or partial(row_steps, given, file, name or file)

    def look(left: LeftOut) -> Survey:
        met = silent if left else on_rows
        passed = _looked_at(ledger, given, made(), name or file, met, left if reject else None)
        return passed.survey(left)

    return without_wrong_rows(look, name or file) if reject else look({})


def _looked_at(
    ledger: Ledger,
    given: Map,
    steps: Iterable[MappedRow],
    name: str,
    on_rows: OnRows,
    left: Mapping[int, object] | None,
) -> _Looking:
    """Return what one pass over the steps of a file finds, but for the rows that are left out."""
    looking = _Looking(ledger, given, name, rejecting=left is not None)
    with no_collecting():
        for step in looked_up(steps, ledger.index):
            on_rows(looking.meet(step, left or {}))
            if left is None and len(looking.problems) >= MOST_PROBLEMS:
                break
        looking.try_batch()
    return looking


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, by line: those of the map, tried in each batch, come first."""
    return sorted(dict.fromkeys(problems), key=lambda problem: line_named(problem.where))


class _Looking:
    """A survey on its way: steps go in, in order; each batch is tried in the ledger.

    A batch that is tried declares for itself what it needs and corrects nothing, so that memory
    does not grow with the file; what a row's operation finds under its label is followed here.
    """

    def __init__(self, ledger: Ledger, given: Map, name: str, *, rejecting: bool) -> None:
        self.rows = self.entered = self.new = 0
        self._steps = 0
        self._name = name
        self._rejecting = rejecting
        self._size = len(ledger)
        self.problems: list[Problem] = []
        self._encoded: list[Problem] = []
        self.dates = DateSurvey(given.dates)
        self._ledger = ledger
        self._map = given
        self._belief = ledger.belief()
        self._newest = ledger.entry(len(ledger)).at
        self._under: dict[str, str] = {}
        self._first_new: RowStep | None = None
        self._batch: list[RowStep] = []

    def survey(self, left: LeftOut) -> Survey:
        """Return what was found."""
        problems = tuple(_in_order([*self.problems, *self._of_encoding(), *self.dates.problems()]))
        if not self._rejecting and len(problems) >= MOST_PROBLEMS:
            message = f"{MOST_PROBLEMS:,} problems or more; what comes below was not looked at"
            told = Problem(self._name, "import-readable", message)
            problems = (*problems[:MOST_PROBLEMS], told)
        return Survey(
            rows=self.rows,
            entered=self.entered,
            new=self.new,
            problems=problems,
            size=self._size,
            rejected=dict(left),
            dates=tuple(self.dates.told()),
            notes=tuple(self.dates.notes()),
        )

    def meet(self, step: MappedRow, left: Mapping[int, object]) -> int:
        """Take in the next step; return how many rows it begins, for a row has one of each rule."""
        begun = self._steps % len(self._map.rules) == 0
        self._steps += 1
        self.rows += begun
        where = None if step is None else step.where
        if where is None or (left and line_named(where) in left):
            return begun
        if isinstance(step, Problem):
            told_once = is_of_encoding(step.message) and not self._rejecting
            (self._encoded if told_once else self.problems).append(step)
        elif step is not None and not self._dates_asked(step):
            there = entered(self._belief, step)
            if there is True:
                self._meet_entered(step)
            elif there is False:
                self._meet_new(step)
            else:
                self.problems.append(there)
        return begun

    def _of_encoding(self) -> Iterator[Problem]:
        """Yield the problem that rows are in another encoding, once: it is one of the file."""
        for first in self._encoded[:1]:
            more = len(self._encoded) - 1
            rest = f"; nor {'is' if more == 1 else 'are'} {more:,} more row{'s' * (more > 1)}"
            yield first._replace(message=f"{first.message}{rest if more else ''}")

    def _dates_asked(self, step: RowStep) -> bool:
        """Take in the dates of a step; return whether one has to be asked about."""
        if self._map.dates is not None:
            return self.dates.meet(step.dates, step.where)
        self.dates.meet_plain(step.claim or {}, step.where)
        return False

    def _meet_entered(self, step: RowStep) -> None:
        self.entered += 1
        if self._first_new is not None:
            message = f"not in the ledger, but line {step.row.line} is, below it; {_ORDER}"
            self.problems.append(Problem(self._first_new.where, "import-changed", message))
            self._first_new = None

    def _meet_new(self, step: RowStep) -> None:
        self.new += 1
        self._first_new = self._first_new or step
        wrong = [*self._instant_faults(step), *self._operation_faults(step)]
        self.problems += wrong
        if wrong:
            return
        if not fits(self._batch, step, TRIED):
            self.try_batch()
        self._batch.append(step)

    def _instant_faults(self, step: RowStep) -> Iterator[Problem]:
        if step.at is not None and step.at < self._newest:
            message = f"recorded at {step.at}, before what stands above it ({self._newest})"
            yield Problem(step.where, "import-recorded", f"{message}; {_RISING}")
        self._newest = max(self._newest, step.at or "")

    def _operation_faults(self, step: RowStep) -> Iterator[Problem]:
        under = self._under.get(step.label)
        under = standing(self._belief, step.label) if under is None else under
        stands = under.startswith(("#", "line"))
        if step.operation == "assert" and stands:
            message = f"{step.label!r} stands already ({under}); correct it, or give another key"
            yield Problem(step.where, "import-operation", message)
        elif step.operation != "assert" and not stands:
            what = f"was {under}" if under else "is under no label"
            message = f"nothing to {step.operation}: {step.label!r} {what}; assert it first"
            yield Problem(step.where, "import-operation", message)
        gone = step.operation == "retract"
        self._under[step.label] = f"{'retracted in ' if gone else ''}line {step.row.line}"

    def try_batch(self) -> None:
        """Try the claims of the batch in the ledger, and note the problems."""
        batch, self._batch = self._batch, []
        if all(step.tried for step in batch):
            return
        declared: set[tuple[str, str]] = set()
        drafts = undeclared(self._ledger, self._map)
        drafts += declaring(self._ledger, self._map, batch, declared)
        drafts += (Draft(s.where, s.claim) for s in batch if s.claim is not None)
        try:
            submit(partial(self._ledger.try_append, apart=True), drafts, batch[0].at)
        except Refused as refused:
            # What a row could not declare is unknown in every row below: told once, unless these
            # rows are to be left out as well.
            known = tuple(f"unknown {kind} {name!r};" for kind, name in declared)
            told = refused.problems
            if not self._rejecting:
                told = tuple(p for p in told if not p.message.startswith(known))
            self.problems += told


_ORDER = "the file was changed before its end: add new rows at the end"
_RISING = "rows are imported in the order in which they were recorded"
