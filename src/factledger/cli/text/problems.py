"""Problems and notes in lines: all where they are few, else some of each kind, and how many more there are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

from factledger.errors import Problem
from factledger.named import NamedTuple

FEW = 10
"""So many of a kind are told one by one."""

ALL_PROBLEMS = "FACTLEDGER_PROBLEMS"
"""The variable of the environment that has all told, where it is `all`."""

_LINE = re.compile(r"(:|^#|^record )[0-9]+$")
_VALUE = re.compile(r"""'[^']*'|"[^"]*"|\([^()]*\)|#?[0-9][0-9A-Za-z:.,_-]*""")


class _Told(NamedTuple):
    """A line, with what the lines of its kind begin with, the kind, and what tells it from others."""

    line: str
    head: str
    kind: str
    which: str


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    r"""Yield problems, one a line, in their order: of each kind the first few, and how many more it has.

    A kind is what one check says of one file in the same words, whatever values it names.

    >>> wrong = [Problem(f"rows.csv:{n}", "import-value", f"row {n} is wrong") for n in range(2, 14)]
    >>> print(*[*problem_lines(wrong)][-2:], sep="\n")
    rows.csv:11: import-value: row 11 is wrong
    rows.csv: import-value: 2 more like that of line 2; FACTLEDGER_PROBLEMS=all tells all of them
    """
    return _few_of_each(map(_told_problem, problems))


def few_notes(notes: Iterable[str]) -> Iterator[str]:
    """Yield notes as they are: of each kind the first few, and how many more it has.

    >>> [*few_notes(f"note: #{n} seals 5 characters" for n in range(30))][-1]
    'note: 20 more like the first of #0; FACTLEDGER_PROBLEMS=all tells all of them'
    """
    return _few_of_each(map(_told_note, notes))


def _few_of_each(lines: Iterable[_Told]) -> Iterator[str]:
    everything = os.environ.get(ALL_PROBLEMS) == "all"
    met: dict[tuple[str, str], tuple[_Told, int]] = {}
    for told in lines:
        first, count = met.get((told.head, told.kind), (told, 0))
        met[told.head, told.kind] = first, count + 1
        if everything or count < FEW:
            yield told.line
    for first, count in met.values():
        if not everything and count > FEW:
            more = f"{count - FEW:,} more like {first.which}"
            yield f"{first.head}: {more}; {ALL_PROBLEMS}=all tells all of them"


def _told_problem(problem: Problem) -> _Told:
    file = _LINE.sub("", problem.where)
    head = f"{file}: {problem.check}" if file else problem.check
    numbered = problem.where.startswith(("#", "record ")) or file == problem.where
    place = problem.where if numbered else f"line {problem.where[len(file) + 1 :]}"
    return _Told(str(problem), head, _words(problem.message), f"that of {place}")


def _told_note(note: str) -> _Told:
    named = re.search(r"#[0-9]+", note)
    which = f"the first of {named[0]}" if named else "the first"
    return _Told(note, note.partition(":")[0], _words(note), which)


def _words(message: str) -> str:
    """Return the words around the values that a message names."""
    return _VALUE.sub("…", message)
