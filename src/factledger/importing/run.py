"""Two passes over a file: a survey that finds what is wrong, then the import, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from factledger.drafts import Proposal
from factledger.errors import Problem, Refused
from factledger.importing.maps import Map
from factledger.importing.rows import Row, form_of, opened, rows
from factledger.importing.standing import entered, standing
from factledger.importing.steps import Step, declarations, proposal, step
from factledger.ledger import Ledger
from factledger.shown import nearest

BATCH = 1000
OnRows = Callable[[int], None]


@attrs.frozen
class Survey:
    """What an import would find: rows by what becomes of them, and what is wrong.

    `entered` are in the ledger already, `new` are not, and the map leaves out the others.
    """

    rows: int
    entered: int
    new: int
    problems: tuple[Problem, ...]


@attrs.frozen
class Imported:
    """What an import did: what it found, and how many entries there were before and after."""

    found: Survey
    before: int
    after: int


def _silent(count: int) -> None: ...


def new_ledger(given: Map, address: str, file: str) -> Ledger:
    """Return a new ledger at an address, begun when the first row of the file was recorded.

    Raises `Refused` where the map names no origin.
    """
    if given.origin is None:
        message = "there is no ledger yet, and the map has no [ledger] with an origin to make one"
        raise Refused([Problem(given.name, "import-map", message)])
    at = next((s.at for s in _steps(given, file, file) if isinstance(s, Step)), None)
    return Ledger.create(address, origin=given.origin, title=given.title, backfilled=at)


def survey(
    ledger: Ledger, given: Map, file: str, *, name: str | None = None, on_rows: OnRows = _silent
) -> Survey:
    """Return what importing a file would find, without writing; `name` is how problems call it.

    Every row is read, and tried in the ledger by itself. `on_rows` is called with the number of
    rows met since the last call.
    """
    looking = _Looking(ledger, given)
    for found in _steps(given, file, name or file):
        looking.meet(found)
        on_rows(1)
    looking.try_batch()
    return Survey(looking.rows, looking.entered, looking.new, tuple(_in_order(looking.problems)))


def import_rows(
    ledger: Ledger,
    given: Map,
    file: str,
    *,
    name: str | None = None,
    found: Survey | None = None,
    on_rows: OnRows = _silent,
) -> Imported:
    """Append what a file says and the ledger does not hold yet; return what was done.

    The file is surveyed first, unless its survey is given as `found`, and nothing is written where a row is wrong. Then rows are
    appended in the order of the file, in batches of rows of one instant, at most 1,000; each
    batch is written whole or not at all, and one that is refused ends the import. What was
    written stays: a second run goes on behind it. `on_rows` is called once a batch.

    Raises `Refused` with every problem, each with the line of its row.
    """
    found = found or survey(ledger, given, file, name=name)
    if found.problems:
        raise Refused(found.problems)
    before = len(ledger)
    on_rows(found.entered)
    declared: set[tuple[str, str]] = set()
    first = _undeclared(ledger, given)
    for batch, passed in _batches(_steps(given, file, name or file), found.entered):
        drafts = [*first, *_drafts(ledger, given, batch, declared)]
        ledger.append(*drafts, backfilled=batch[0].at)
        on_rows(passed)
        first = []
    return Imported(found, before, len(ledger))


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, by line: those of the map, tried in each batch, come first."""
    return sorted(dict.fromkeys(problems), key=_line)


def _line(problem: Problem) -> int:
    line = problem.where.rpartition(":")[2]
    return int(line) if line.isdecimal() else 0


# --- rows and batches


def _steps(given: Map, file: str, name: str) -> Iterator[Step | Problem | None]:
    form, delimiter = form_of(file, given.format, given.delimiter)
    with opened(file) as raw:
        for i, row in enumerate(rows(raw, name, form, delimiter)):
            if not i and form == "csv":
                _check_columns(given, row, name)
            yield step(given, row, name)


def _check_columns(given: Map, row: Row, name: str) -> None:
    missing = sorted(given.columns - set(row.values)) if row.fault is None else []
    if missing:
        near = nearest(missing[0], row.values)
        advice = f"did you mean {near!r}?" if near else f"it has {', '.join(row.values)}"
        message = f"{name} has no column {missing[0]!r}; {advice}"
        raise Refused([Problem(given.name, "import-map", message)])


def _batches(
    found: Iterable[Step | Problem | None], entered: int
) -> Iterator[tuple[list[Step], int]]:
    """Yield the steps behind the first `entered`, in batches of one instant, with rows passed."""
    batch: list[Step] = []
    passed = 0
    for item in found:
        if isinstance(item, Step):
            if entered:
                entered -= 1
                continue
            if batch and (len(batch) == BATCH or item.at != batch[0].at):
                yield batch, passed
                batch, passed = [], 0
            batch.append(item)
        passed += 1
    if batch:
        yield batch, passed


def _undeclared(ledger: Ledger, given: Map) -> list[Proposal]:
    """Return what the map declares once and the ledger does not yet."""
    kinds = ((p, p.body["kind"], p.body["id"]) for p in given.declarations)
    return [p for p, kind, name in kinds if not ledger.index.declarations(kind, name)]


def _drafts(
    ledger: Ledger, given: Map, batch: Iterable[Step], declared: set[tuple[str, str]]
) -> Iterator[Proposal]:
    for found in batch:
        yield from _declarations(ledger, given, found, declared)
        yield proposal(found)


def _declarations(
    ledger: Ledger, given: Map, found: Step, declared: set[tuple[str, str]]
) -> list[Proposal]:
    """Return what a step needs declared that neither the ledger nor a step before it declares."""

    def known(kind: str, name: str) -> bool:
        if (kind, name) in declared:
            return True
        declared.add((kind, name))
        return bool(ledger.index.declarations(kind, name))

    return declarations(given, found, known)


# --- the survey


class _Looking:
    """A survey on its way: steps go in, in order; each batch is tried in the ledger.

    A batch that is tried declares for itself what it needs and corrects nothing, so that memory
    does not grow with the file; what a row's operation finds under its label is followed here.
    """

    def __init__(self, ledger: Ledger, given: Map) -> None:
        self.rows = self.entered = self.new = 0
        self.problems: list[Problem] = []
        self._ledger = ledger
        self._map = given
        self._belief = ledger.belief()
        self._newest = ledger.entry(len(ledger)).at
        self._under: dict[str, str] = {}
        self._first_new: Step | None = None
        self._batch: list[Step] = []

    def meet(self, found: Step | Problem | None) -> None:
        """Take in what the next row does."""
        self.rows += 1
        if isinstance(found, Step):
            there = entered(self._belief, found)
            if there is True:
                self._meet_entered(found)
            elif there is False:
                self._meet_new(found)
            else:
                self.problems.append(there)
        elif found is not None:
            self.problems.append(found)

    def _meet_entered(self, found: Step) -> None:
        self.entered += 1
        if self._first_new is not None:
            message = f"not in the ledger, but line {found.row.line} is, below it; {_ORDER}"
            self.problems.append(Problem(self._first_new.where, "import-changed", message))
            self._first_new = None

    def _meet_new(self, found: Step) -> None:
        self.new += 1
        self._first_new = self._first_new or found
        wrong = list(self._faults(found))
        self.problems += wrong
        if wrong:
            return
        if self._batch and (len(self._batch) == BATCH or found.at != self._batch[0].at):
            self.try_batch()
        self._batch.append(found)

    def _faults(self, found: Step) -> Iterator[Problem]:
        if found.at is not None and found.at < self._newest:
            message = f"recorded at {found.at}, before what stands above it ({self._newest})"
            yield Problem(found.where, "import-recorded", f"{message}; {_RISING}")
        self._newest = max(self._newest, found.at or "")
        under = self._under.get(found.label)
        under = standing(self._belief, found.label) if under is None else under
        stands = under.startswith(("#", "line"))
        if found.operation == "assert" and stands:
            message = f"{found.label!r} stands already ({under}); correct it, or give another key"
            yield Problem(found.where, "import-operation", message)
        elif found.operation != "assert" and not stands:
            what = f"was {under}" if under else "is under no label"
            message = f"nothing to {found.operation}: {found.label!r} {what}; assert it first"
            yield Problem(found.where, "import-operation", message)
        gone = found.operation == "retract"
        self._under[found.label] = f"{'retracted in ' if gone else ''}line {found.row.line}"

    def try_batch(self) -> None:
        """Try the claims of the batch in the ledger, and note what it would refuse."""
        batch, self._batch = self._batch, []
        declared: set[tuple[str, str]] = set()
        drafts = _undeclared(self._ledger, self._map)
        for found in batch:
            drafts += _declarations(self._ledger, self._map, found, declared)
            if found.claim is not None:
                drafts.append(Proposal(found.where, found.claim))
        if batch:
            try:
                self._ledger.try_append(*drafts, backfilled=batch[0].at)
            except Refused as refused:
                # What a row could not declare is unknown in every row below: told once.
                known = {f"unknown {kind} {name!r};" for kind, name in declared}
                own = (p for p in refused.problems if not p.message.startswith(tuple(known)))
                self.problems += (_placed(p, batch[0]) for p in own)


_ORDER = "the file was changed before its end: add new rows at the end"
_RISING = "rows are imported in the order in which they were recorded"


def _placed(problem: Problem, first: Step) -> Problem:
    """Return the problem with a place in the file: that of an instant is its batch's first row."""
    if problem.check != "backfilled":
        return problem
    return Problem(first.where, "import-recorded", problem.message)
