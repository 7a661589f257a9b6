"""A process that bears processes, each of which carries out one case: `python -m faults`.

It reads lines with a case, a folder and perhaps a flaw, bears a child that stops at once, says
its number, and at its end how it ended. What the child is told stands in the file `told` beside
the folder, its errors in `errors`. So a case costs no start of Python, and no call of its start
is counted.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from pathlib import Path

from faults.plan import Case

_PTRACER = 0x59616D61  # prctl: who may trace this process
_ANYBODY = ctypes.c_ulong(-1)


def main() -> None:
    """Bear a child for each line that is read."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _live(*line.split())
        os.waitpid(child, os.WUNTRACED)
        _say(child)
        _say(os.waitpid(child, 0)[1])


def _say(number: int) -> None:
    os.write(1, b"%d\n" % number)


def _live(name: str, root: str, flaw: str = "") -> None:
    """Run a case in a folder, with one flaw planted into the code where one is named, and end."""
    for fd, beside in ((1, "told"), (2, "errors")):
        os.dup2(os.open(Path(root).with_name(beside), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), fd)
    if flaw:
        from faults.flaws import plant

        plant(flaw)
    ctypes.CDLL(None).prctl(_PTRACER, _ANYBODY)
    os.kill(os.getpid(), signal.SIGSTOP)
    status = 1
    try:
        Case(*name.split("-")).run(Path(root), lambda word: os.write(1, f"{word}\n".encode()))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
