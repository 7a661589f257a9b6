"""Lines for a person: wrapped to a terminal, whole in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import attrs

from factledger.text import columns

LEAST = 40


@attrs.frozen
class Layout:
    """How lines are laid out: wrapped to `width` columns, or not at all where it is None."""

    width: int | None = None

    @classmethod
    def of_output(cls) -> Layout:
        """Return the layout that fits standard output: a terminal's width, none for a pipe."""
        if not sys.stdout.isatty():
            return cls()
        from shutil import get_terminal_size  # slow to load; a pipe does without

        return cls(max(LEAST, get_terminal_size().columns))

    def wrapped(self, line: str, indent: int) -> Iterator[str]:
        """Yield the line in lines that fit; those after the first are indented.

        >>> list(Layout(12).wrapped("- to and fro and on", 2))
        ['- to and fro', '  and on']
        """
        if self.width is None or columns(line) <= self.width:
            yield line
            return
        lead = line[: len(line) - len(line.lstrip(" "))]
        row = ""
        for word in line.split(" "):
            if row.strip() and columns(f"{row}{word}") > self.width:
                yield row.rstrip()
                row = " " * indent
            row += f"{word} "
        yield row.rstrip() or lead
