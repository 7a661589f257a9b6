"""Lines for a person: wrapped, paged and coloured on a terminal, whole and plain in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

import click

from factledger.named import NamedTuple
from factledger.text import wrapped

LEAST = 40
_AT_ONCE = 200  # lines that are written together


class Layout(NamedTuple):
    """The layout of lines: wrapped to `width` columns, or whole where it is None."""

    width: int | None = None

    @classmethod
    def of_output(cls) -> Layout:
        """Return the layout that fits standard output: a terminal's width, none for a pipe."""
        if not sys.stdout.isatty():
            return cls()
        from shutil import get_terminal_size  # slow to load; a pipe does without

        return cls(max(LEAST, get_terminal_size().columns))

    def wrapped(self, line: str, indent: int) -> Iterator[str]:
        """Return the line in lines that fit; those after the first are indented.

        >>> list(Layout(12).wrapped("- to and fro and on", 2))
        ['- to and fro', '  and on']
        """
        return (
            iter((line,)) if self.width is None else wrapped(line, self.width, indent, whole=True)
        )


def tell(lines: Iterable[str]) -> None:
    """Write lines to standard output, through a pager where a terminal is too small for them.

    The pager is that of $PAGER, else `less`; `PAGER=cat` does without.
    """
    rest = iter(lines)
    if sys.stdout.isatty() and sys.stdin is not None and sys.stdin.isatty():
        from shutil import get_terminal_size  # slow to load; a pipe does without

        shown = list(islice(rest, get_terminal_size().lines - 1))
        more = next(rest, None)
        if more is not None:
            color = click.get_current_context().color
            click.echo_via_pager((f"{line}\n" for line in chain(shown, [more], rest)), color)
            return
        rest = iter(shown)
    while some := [*islice(rest, _AT_ONCE)]:
        click.echo("\n".join(some))


def colour_wanted(environ: Mapping[str, str]) -> bool | None:
    """Return whether the environment asks for colour or forbids it; None leaves it to the output.

    `FORCE_COLOR` goes before `NO_COLOR`; both count when they are not empty. A dumb terminal
    gets none.

    >>> colour_wanted({"NO_COLOR": "1"}), colour_wanted({"NO_COLOR": ""}), colour_wanted({"FORCE_COLOR": "1"})
    (False, None, True)
    """
    if environ.get("FORCE_COLOR"):
        return True
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return None
