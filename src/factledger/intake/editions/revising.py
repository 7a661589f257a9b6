"""The next edition of a file: surveyed against what stands, and appended as what it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Self

import attrs

from factledger.errors import Problem, Refused
from factledger.intake.batches import Draft, declaring, row_steps, submit, undeclared
from factledger.intake.documents import refused_by
from factledger.intake.editions.comparing import Comparison, gone, row_comparison
from factledger.intake.maps.map import Map
from factledger.intake.reading.readings import DateSurvey
from factledger.intake.row_steps import RowStep
from factledger.intake.surveying import MOST_PROBLEMS, OnRows, Survey, silent
from factledger.intake.wrong_rows import LeftOut, line_named, without_wrong_rows
from factledger.ledger.ledger import Ledger
from factledger.log.stores.base import saying, stays

_TRIED = 10_000
_WRITTEN = 1_000


@attrs.frozen
class EditionSurvey:
    """What a later edition of a file changes, counted by word, and what an import would find in its rows.

    `changes` counts rows that are `same`, `new`, `changed` or `again`, and claims that are `gone` or
    `kept` though their rows are gone.
    """

    found: Survey
    changes: Mapping[str, int]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with its rows."""
        return self.found.problems

    def telling(self, problems: Sequence[Problem]) -> Self:
        """Return the same with these problems in place of its own."""
        return attrs.evolve(self, found=self.found.telling(problems))

    @property
    def writes(self) -> int:
        """How many claims would be added, corrected, taken back or closed."""
        return sum(self.changes.get(word, 0) for word in ("new", "changed", "again", "gone"))


@attrs.frozen
class Revised:
    """The outcome of an edition: its survey, and how many entries there were before and after."""

    found: EditionSurvey
    before: int
    after: int


def survey_edition(
    ledger: Ledger,
    given: Map,
    file: str,
    *,
    name: str | None = None,
    on_rows: OnRows = silent,
    reject: bool = False,
) -> EditionSurvey:
    """Return what the next edition of a file changes in a ledger, without writing.

    Rows are compared by key with what stands of the map's source, and of those that it says it is a
    later edition of. With `reject` rows that are wrong are left out; then nothing is taken as gone.
    """
    _check_map(given)

    def look(left: LeftOut) -> EditionSurvey:
        revision = _Revision(ledger, given, file, name or file, left)
        return revision.survey(silent if left else on_rows)

    return without_wrong_rows(look, name or file) if reject else look({})


def import_edition(
    ledger: Ledger,
    given: Map,
    file: str,
    *,
    name: str | None = None,
    found: EditionSurvey | None = None,
    on_rows: OnRows = silent,
) -> Revised:
    """Append what the next edition of a file changes: new claims, corrections, and what is gone.

    It is surveyed first, unless its survey is given, and nothing is written where a row is wrong.
    The same edition a second time changes nothing, and one that was interrupted goes on. Raises
    `Refused` and `Busy` as `import_rows` does.
    """
    with ledger.writing():
        if found is None or found.found.size != len(ledger):
            rejecting = found is not None and bool(found.found.rejected)
            found = survey_edition(ledger, given, file, name=name, reject=rejecting)
        if found.found.problems:
            raise Refused(found.found.problems)
        before = len(ledger)
        left = dict(found.found.rejected)
        first = undeclared(ledger, given) if found.writes else []
        for drafts in _Revision(ledger, given, file, name or file, left).written(on_rows, first):
            with saying(lambda: stays(before, len(ledger))):
                submit(ledger.append, drafts, None)
        return Revised(found, before, len(ledger))


def _check_map(given: Map) -> None:
    for wrong, told in (
        (given.recorded, "an edition is recorded now; leave out [row] recorded"),
        (given.source is None, "an edition is one source; declare one [[source]]"),
    ):
        if wrong:
            raise refused_by("import-map", given.name, told)


class _Revision:
    """One pass over an edition: each row compared, then what is gone."""

    def __init__(self, ledger: Ledger, given: Map, file: str, name: str, left: LeftOut) -> None:
        self._ledger, self._map, self._file, self._name = ledger, given, file, name
        self._left = left
        self._belief = ledger.belief()
        self._source = str(given.source)
        self._sources = frozenset({self._source, *given.edition.of})
        self._met: dict[str, int] = {}
        self._steps = 0
        self._changes: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._dates = DateSurvey(given.dates)

    # --- the two passes

    def survey(self, on_rows: OnRows) -> EditionSurvey:
        """Return what the pass finds, each draft tried."""
        size = len(self._ledger)
        first = undeclared(self._ledger, self._map)
        for drafts in self._batches(on_rows, _TRIED):
            try:
                submit(self._ledger.try_append, [*first, *drafts], None)
            except Refused as refused:
                self._problems += refused.problems
            if len(self._problems) > MOST_PROBLEMS and not self._left:
                break
        problems = tuple(dict.fromkeys([*self._problems, *self._dates.problems()]))
        found = Survey(
            rows=-(-self._steps // len(self._map.rules)),
            entered=self._changes["same"],
            new=self._changes["new"],
            problems=problems[:MOST_PROBLEMS] if not self._left else problems,
            size=size,
            rejected=dict(self._left),
            dates=tuple(self._dates.told()),
            notes=tuple(self._dates.notes()),
        )
        return EditionSurvey(found, dict(self._changes))

    def written(self, on_rows: OnRows, first: list[Draft]) -> Iterator[list[Draft]]:
        """Yield what is to be appended, batch by batch, the declarations of the map before the first."""
        for drafts in self._batches(on_rows, _WRITTEN):
            yield [*first, *drafts]
            first = []

    def _batches(self, on_rows: OnRows, size: int) -> Iterator[list[Draft]]:
        steps: list[RowStep] = []
        drafts: list[Draft] = []
        declared: set[tuple[str, str]] = set()
        for step, draft in self._drafts(on_rows):
            drafts.append(draft)
            steps += [step] if step is not None else []
            if len(drafts) >= size:
                yield [*declaring(self._ledger, self._map, steps, declared), *drafts]
                steps, drafts = [], []
                declared = declared if size == _WRITTEN else set()
        if drafts:
            yield [*declaring(self._ledger, self._map, steps, declared), *drafts]

    def _drafts(self, on_rows: OnRows) -> Iterator[tuple[RowStep | None, Draft]]:
        for step in row_steps(self._map, self._file, self._name):
            on_rows(int(self._steps % len(self._map.rules) == 0))
            self._steps += 1
            draft = self._met_step(step)
            if draft is not None and isinstance(step, RowStep):
                yield step, draft
        for change in self._gone():
            self._changes[change.word] += 1
            if change.draft is not None:
                yield None, change.draft

    # --- one row

    def _met_step(self, step: RowStep | Problem | None) -> Draft | None:
        """Take in the step of a row; return the draft of what it changes, None for nothing."""
        if step is None or line_named(step.where) in self._left:
            return None
        if isinstance(step, Problem):
            self._problems.append(step)
            return None
        if self._asked(step) or self._twice(step):
            return None
        change = row_comparison(self._belief, step, self._sources)
        if isinstance(change, Problem):
            self._problems.append(change)
            return None
        self._changes[change.word] += 1
        return change.draft

    def _asked(self, step: RowStep) -> bool:
        if self._map.dates is not None:
            return self._dates.meet(step.dates, step.where)
        self._dates.meet_plain(step.claim or {}, step.where)
        return False

    def _twice(self, step: RowStep) -> bool:
        line = self._met.setdefault(step.label, step.row.line)
        if line == step.row.line:
            return False
        told = f"{step.label!r} is the key of line {line} too; give each row a key of its own"
        self._problems.append(Problem(step.where, "import-operation", told))
        return True

    def _gone(self) -> Iterator[Comparison]:
        """Yield what becomes of claims without a row; of nothing, where a row could not be read."""
        edition = self._map.edition
        if self._left or self._problems:
            edition = attrs.evolve(edition, gone="keep")
        rows = -(-self._steps // len(self._map.rules))
        yield from gone(self._belief, edition, self._source, self._sources, {*self._met}, rows)
