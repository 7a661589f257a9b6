"""Lines for a person: what is longer than the terminal goes through its pager."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import chain, islice

import click


def tell(lines: Iterable[str]) -> None:
    """Write lines to standard output; in a terminal that they do not fit, a page at a time.

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
    for line in rest:
        click.echo(line)
