"""The first pass over a file: its rows are counted and tried, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from factledger.errors import Problem, Refused
from factledger.intake.batches import Draft, declaring, fits, row_steps, submit, undeclared
from factledger.intake.known_rows import entered, standing
from factledger.intake.maps import Map
from factledger.intake.reading.readings import DateSurvey, ReadDates
from factledger.intake.row_steps import RowStep
from factledger.ledger.ledger import Ledger

MOST_PROBLEMS = 10_000  # problems that are told
TRIED = 10_000  # rows at a time: what they share is declared once
OnRows = Callable[[int], None]


@attrs.frozen
class Survey:
    """The rows of a file by what an import would make of them, and the problems.

    `entered` are in the ledger already, `new` are not, and the map leaves out the others. `size` is
    how many entries the ledger had. `dates` are the everyday dates of a map that reads them, each text
    once; `notes` say what else to look at.
    """

    rows: int
    entered: int
    new: int
    problems: tuple[Problem, ...]
    size: int
    dates: tuple[ReadDates, ...] = ()
    notes: tuple[str, ...] = ()


def silent(count: int) -> None:
    """Say nothing of the rows that were met."""


def survey(
    ledger: Ledger, given: Map, file: str, *, name: str | None = None, on_rows: OnRows = silent
) -> Survey:
    """Return the survey of a file, without writing; `name` stands for the file in problems.

    Every row is read, and tried in the ledger by itself. `on_rows` is called with the number of
    rows met since the last call.
    """
    looking, size = _Looking(ledger, given), len(ledger)
    for step in row_steps(given, file, name or file):
        looking.meet(step)
        on_rows(1)
        if len(looking.problems) >= MOST_PROBLEMS:
            break
    looking.try_batch()
    problems = tuple(_in_order([*looking.problems, *looking.dates.problems()]))
    if len(problems) >= MOST_PROBLEMS:
        message = f"{MOST_PROBLEMS:,} problems or more; what comes below was not looked at"
        problems = (*problems[:MOST_PROBLEMS], Problem(name or file, "import-readable", message))
    dates, notes = tuple(looking.dates.told()), tuple(looking.dates.notes())
    return Survey(looking.rows, looking.entered, looking.new, problems, size, dates, notes)


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, by line: those of the map, tried in each batch, come first."""
    return sorted(dict.fromkeys(problems), key=_line)


def _line(problem: Problem) -> int:
    line = problem.where.rpartition(":")[2]
    return int(line) if line.isascii() and line.isdigit() and len(line) < 16 else 0


class _Looking:
    """A survey on its way: steps go in, in order; each batch is tried in the ledger.

    A batch that is tried declares for itself what it needs and corrects nothing, so that memory
    does not grow with the file; what a row's operation finds under its label is followed here.
    """

    def __init__(self, ledger: Ledger, given: Map) -> None:
        self.rows = self.entered = self.new = 0
        self.problems: list[Problem] = []
        self.dates = DateSurvey(given.dates)
        self._ledger = ledger
        self._map = given
        self._belief = ledger.belief()
        self._newest = ledger.entry(len(ledger)).at
        self._under: dict[str, str] = {}
        self._first_new: RowStep | None = None
        self._batch: list[RowStep] = []

    def meet(self, step: RowStep | Problem | None) -> None:
        """Take in the step of the next row."""
        self.rows += 1
        if isinstance(step, RowStep):
            if self._dates_asked(step):
                return
            there = entered(self._belief, step)
            if there is True:
                self._meet_entered(step)
            elif there is False:
                self._meet_new(step)
            else:
                self.problems.append(there)
        elif step is not None:
            self.problems.append(step)

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
        if not batch:
            return
        declared: set[tuple[str, str]] = set()
        drafts = undeclared(self._ledger, self._map)
        drafts += declaring(self._ledger, self._map, batch, declared)
        drafts += (Draft(s.where, s.claim) for s in batch if s.claim is not None)
        try:
            submit(self._ledger.try_append, drafts, batch[0].at)
        except Refused as refused:
            # What a row could not declare is unknown in every row below: told once.
            known = tuple(f"unknown {kind} {name!r};" for kind, name in declared)
            self.problems += (p for p in refused.problems if not p.message.startswith(known))


_ORDER = "the file was changed before its end: add new rows at the end"
_RISING = "rows are imported in the order in which they were recorded"
