"""The command line: the only room that prints or exits."""

from __future__ import annotations

import gc

from factledger.cli.group import cli
from factledger.cli.outcome import leave

OBJECTS = 100_000


def main() -> None:
    """Run the command line with the arguments of the process, and end it with its code."""
    # A command makes objects that live as long as it does: looking for garbage finds none.
    gc.set_threshold(OBJECTS)
    try:
        cli.main(prog_name="factledger")
    except SystemExit as end:
        leave(end.code)


__all__ = ["cli", "main"]
