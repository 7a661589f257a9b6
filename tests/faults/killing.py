"""A process that bears processes, each of which is one command, and kills them: `python -m faults.killing`.

It reads a JSON list of a folder, seconds, the words of a command and limits, and bears a child that
carries it out in that folder under these limits. It kills the child after that time, where it is not
null, and says how the child ended and how long it lived. What the child said, up to what a pipe
holds, stands in the file `said` beside the folder.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path


def main() -> None:
    """Bear a child for each line that is read."""
    _load()
    for line in sys.stdin:
        folder, seconds, words, limits = json.loads(line)
        reader, writer = os.pipe()
        start = time.monotonic()
        child = os.fork()
        if child == 0:
            _live(Path(folder), words, limits, writer)
        os.close(writer)
        status = _ended(child, seconds)
        Path(folder).with_name("said").write_bytes(os.read(reader, 2**20))
        os.close(reader)
        told = [os.waitstatus_to_exitcode(status), time.monotonic() - start]
        os.write(1, json.dumps(told).encode() + b"\n")


def _load() -> None:
    """Load what commands load, so that a child does nothing but its work."""
    from factledger.cli.group import VERBS, cli

    for verb in VERBS:
        cli.get_command(None, verb)  # type: ignore[arg-type]
    from fuzz.sandbox import load_all

    load_all()
    gc.freeze()  # what is loaded is not looked through, and so not copied, in each child


def _ended(child: int, seconds: float | None) -> int:
    """Return the status of a child that has ended, or is killed after some seconds."""
    ended = os.pidfd_open(child)
    try:
        if seconds is not None and not select.select([ended], [], [], seconds)[0]:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(ended)
    return os.waitpid(child, 0)[1]


def _live(folder: Path, words: Sequence[str], limits: Mapping[str, int], said: int) -> None:
    """Carry out a command in a folder, and end."""
    from factledger.cli import unraised
    from factledger.cli.group import cli

    sys.unraisablehook = unraised
    code = 99
    try:
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.close(said)
        os.chdir(folder)
        for name, most in limits.items():
            limit(name, most)
        cli.main(list(words), "factledger")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 98
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def limit(name: str, most: int) -> None:
    """Set a limit of this process; that of memory counts beside what it has."""
    if name == "AS":
        most += int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


if __name__ == "__main__":
    main()
