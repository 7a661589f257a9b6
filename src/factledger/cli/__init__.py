"""The command line: the only room that prints or exits."""

from __future__ import annotations

import gc

OBJECTS = 100_000


def main() -> None:
    """Run the command line with the arguments of the process, and end it with its code."""
    # What a command loads and makes lives as long as it does: looking for garbage finds none.
    gc.set_threshold(OBJECTS)
    from factledger.cli.group import cli
    from factledger.cli.outcome import leave

    try:
        cli.main(prog_name="factledger")
    except SystemExit as end:
        leave(end.code)
