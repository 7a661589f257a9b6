"""The command line: the only room that prints or exits."""

from __future__ import annotations

import gc
import os
import sys

OBJECTS = 100_000
_STREAMS = {"stdin": ("r", os.O_WRONLY), "stdout": ("w", os.O_RDONLY), "stderr": ("w", os.O_WRONLY)}


def main() -> None:
    """Run the command line with the arguments of the process, and end it with its code."""
    # What a command loads and makes lives as long as it does: looking for garbage finds none.
    gc.set_threshold(OBJECTS)
    open_streams()
    # What fails where nobody can catch it, as it does where memory runs out, is no line of ours.
    sys.unraisablehook = unraised
    from factledger.cli.group import cli
    from factledger.cli.outcome import leave

    try:
        cli.main(prog_name="factledger")
    except SystemExit as end:
        leave(end.code)


def unraised(told: object) -> None:
    """Say nothing of an error in what is thrown away."""


def open_streams() -> None:
    """Open the standard streams with which the process was not started, for whoever looks at them.

    Nothing can be read from such an input, and nothing be written to such an output, as before;
    but no file that is opened later takes its number, and would be written to in its place.
    """
    for number, (name, (mode, access)) in enumerate(_STREAMS.items()):
        if getattr(sys, name) is None:
            os.open(os.devnull, access)  # the lowest free number: that of the stream
            setattr(sys, name, os.fdopen(number, mode, closefd=False))
