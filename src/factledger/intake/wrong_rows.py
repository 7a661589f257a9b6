"""Rows that are wrong, left out of a file pass after pass until no other row is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, Self, TypeVar

from factledger.errors import Problem

MOST_REJECTED = 100_000  # rows that are left out
LeftOut = Mapping[int, tuple[str, ...]]  # the lines of rows, each with the reasons


class Findings(Protocol):
    """What one pass over a file finds."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the rows, and with what is asked of the map."""

    def telling(self, problems: Sequence[Problem]) -> Self:
        """Return the same with these problems in place of its own."""


_Findings = TypeVar("_Findings", bound=Findings)


def without_wrong_rows(look: Callable[[LeftOut], _Findings], file: str) -> _Findings:
    """Return what a look at a file finds once the rows that are wrong are left out.

    It looks again until no other row is wrong, for a row may rest on one that is not there. What is wrong
    and of no row is told by itself: nothing can be left out for it.
    """
    left: dict[int, tuple[str, ...]] = {}
    while True:
        found = look(left)
        wrong = reasons_by_line(found.problems, file)
        if not wrong or sum(map(len, wrong.values())) < len(found.problems):
            return found.telling(_others(found.problems, wrong, file))
        if len(left) + len(wrong) > MOST_REJECTED:
            message = f"more than {MOST_REJECTED:,} rows are wrong; is it the map of this file?"
            return found.telling((Problem(file, "import-readable", message),))
        left |= wrong


def reasons_by_line(problems: Iterable[Problem], file: str) -> dict[int, tuple[str, ...]]:
    """Return the reasons why rows are wrong, by their lines; what is asked of the map is of no row."""
    found: dict[int, tuple[str, ...]] = {}
    for problem in problems:
        line = line_named(problem.where)
        if line and problem.where == f"{file}:{line}" and problem.check != "import-dates":
            found[line] = (*found.get(line, ()), f"{problem.check}: {problem.message}")
    return found


def _others(
    problems: Sequence[Problem], wrong: Mapping[int, object], file: str
) -> tuple[Problem, ...]:
    """Return the problems that are of no row which can be left out."""
    rows = {f"{file}:{line}" for line in wrong}
    return tuple(p for p in problems if p.where not in rows or p.check == "import-dates")


def line_named(where: str) -> int:
    """Return the line that a place in a file names, 0 for none.

    >>> line_named("rows.csv:12"), line_named("map.toml")
    (12, 0)
    """
    line = where.rpartition(":")[2]
    return int(line) if line.isascii() and line.isdigit() and len(line) < 16 else 0
