"""The page on mutation testing: `python tests/mutation/page.py` puts the list of survivors into it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # where the package `mutation` is

from mutation.survivors import Survivor, listed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "mutation.md"
HEAD = (
    "| module | mutants | killed | timed out | survived | noticed |\n"
    "| --- | --- | --- | --- | --- | --- |"
)


class Figures(NamedTuple):
    """How many mutants of a module there are, how many never ended, and how many survived."""

    module: str
    mutants: int
    timed_out: int
    survived: int

    @property
    def killed(self) -> int:
        """Return of how many a test failed."""
        return self.mutants - self.timed_out - self.survived

    @property
    def noticed(self) -> float:
        """Return the share that was killed or timed out."""
        return 1 - self.survived / self.mutants

    @property
    def row(self) -> str:
        """Return the figures as a row of the table."""
        counts = (self.mutants, self.killed, self.timed_out, self.survived)
        numbers = " | ".join(str(n) for n in counts)
        return f"| `{self.module}` | {numbers} | {100 * self.noticed:.1f} % |"

    @classmethod
    def read(cls, row: str) -> Figures:
        """Return the figures that a row of the table tells."""
        module, mutants, _, timed_out, survived, _ = (
            cell.strip(" `") for cell in row.strip("| \n").split("|")
        )
        return cls(module, int(mutants), int(timed_out), int(survived))


def figures(page: str) -> dict[str, Figures]:
    """Return the figures that the page tells, by module."""
    rows = re.findall(r"^\| `.*%.*\|$", _block(page, "figures"), flags=re.MULTILINE)
    return {found.module: found for found in map(Figures.read, rows)}


def with_figures(page: str, found: Iterable[Figures]) -> str:
    """Return the page with new figures of some modules; those of the others stay."""
    known = figures(page) | {one.module: one for one in found}
    return _with_block(page, "figures", "\n".join([HEAD, *(one.row for one in known.values())]))


def with_survivors(page: str, survivors: Iterable[Survivor]) -> str:
    """Return the page with the survivors, by module and reason."""
    parts = []
    for (module, reason), members in groupby(survivors, key=lambda s: (s.module, s.reason)):
        parts.append(f"`{module}`: {reason}\n")
        parts += [f"- `{m.place}`: {_code(m.line)}, {_code(m.change)}" for m in members]
        parts.append("")
    return _with_block(page, "survivors", "\n".join(parts).strip())


def _code(text: str) -> str:
    mark = "``" if "`" in text else "`"
    return f"{mark}{text}{mark}"


def _block(page: str, name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", page, flags=re.DOTALL)
    assert found is not None, f"the page has no block {name!r}"
    return found[1]


def _with_block(page: str, name: str, text: str) -> str:
    opening, closing = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    return page.replace(f"{opening}{_block(page, name)}{closing}", f"{opening}{text}\n{closing}")


if __name__ == "__main__":
    PAGE.write_text(with_survivors(PAGE.read_text(encoding="utf-8"), listed()), encoding="utf-8")
