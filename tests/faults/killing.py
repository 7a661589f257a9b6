"""A process that bears processes, each of which is one command, and kills them: `python -m faults.killing`.

It reads a JSON list of a folder, seconds and the words of a command, bears a child that carries it
out in that folder, and kills it after that time where that is not null. It says how the child ended
and how long it lived. What the child said stands in the file `said` beside the folder.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path


def main() -> None:
    """Bear a child for each line that is read."""
    _load()
    for line in sys.stdin:
        folder, seconds, words = json.loads(line)
        start = time.monotonic()
        child = os.fork()
        if child == 0:
            _live(Path(folder), words)
        status = _ended(child, seconds)
        told = [os.waitstatus_to_exitcode(status), time.monotonic() - start]
        os.write(1, json.dumps(told).encode() + b"\n")


def _load() -> None:
    """Load what commands load, so that a child does nothing but its work."""
    from factledger.cli.group import VERBS, cli

    for verb in VERBS:
        cli.get_command(None, verb)  # type: ignore[arg-type]
    from fuzz.sandbox import load_all

    load_all()


def _ended(child: int, seconds: float | None) -> int:
    """Return the status of a child that has ended, or is killed after some seconds."""
    ended = os.pidfd_open(child)
    try:
        if seconds is not None and not select.select([ended], [], [], seconds)[0]:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(ended)
    return os.waitpid(child, 0)[1]


def _live(folder: Path, words: Sequence[str]) -> None:
    """Carry out a command in a folder, and end."""
    from factledger.cli.group import cli

    code = 99
    try:
        said = os.open(folder.with_name("said"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.chdir(folder)
        cli.main(list(words), "factledger")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 98
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
